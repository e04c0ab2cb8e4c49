"""Makes one call to Slack and says in a few words what came of it, so that nobody else reads exceptions."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.record import record

UNSURE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""Errors after which Slack may have done what was asked all the same: https://docs.slack.dev/reference/methods/chat.postMessage"""

UNREACHED = "cannot be reached"
DEFAULT_WAIT = 30.0
"""Seconds to wait after a 429 that does not say for how long."""

SOON = 0.5
"""Seconds before the one further try of what Slack could not do for the moment."""

LONGEST = 10.0
"""Seconds that somebody is kept waiting because Slack asks for patience, while there is another way to reach them."""

T = TypeVar("T")


@record
class Failed:
    """A call that did not succeed. *code* is Slack's own word for it or ours; *wait* are the seconds that Slack asks
    for before the next call; *is_in_doubt* when it may have taken effect all the same."""

    code: str
    wait: float | None = None
    is_in_doubt: bool = False


Answer: TypeAlias = dict[str, Any] | Failed


async def call(asking: Awaitable[AsyncSlackResponse]) -> Answer:
    """Await a Web API call and return its answer or why there is none. Never raises but for cancellation."""
    try:
        data = (await asking).data
    except SlackApiError as error:
        return _refused(error)
    except aiohttp.ClientConnectorError:
        return Failed(UNREACHED)
    except (TimeoutError, aiohttp.ClientError, ConnectionError, SlackClientError) as error:
        return Failed(f"cut off ({type(error).__name__})", is_in_doubt=True)
    return data if isinstance(data, dict) else Failed("no answer", is_in_doubt=True)


async def twice(
    calling: Callable[[], Awaitable[T | Failed]], *, is_repeatable: bool, longest: float = LONGEST
) -> T | Failed:
    """Return what *calling* returns, called once more if Slack may take it then. What may have been done already is
    only tried again when it *is_repeatable*: done twice, it changes nothing. Slack is never asked before the moment
    that it named; when that is more than *longest* seconds away, not at all."""
    answer = await calling()
    if not isinstance(answer, Failed):
        return answer
    pause = _pause(answer, is_repeatable=is_repeatable)
    if pause is None or pause > longest:
        return answer
    await asyncio.sleep(pause)
    return await calling()


def _pause(failed: Failed, *, is_repeatable: bool) -> float | None:
    """Return the seconds after which another try makes sense, `None` when none does."""
    if failed.wait is not None:
        return failed.wait
    may_pass = failed.code == UNREACHED or (failed.is_in_doubt and is_repeatable)
    return SOON if may_pass else None


def _refused(error: SlackApiError) -> Failed:
    response: Any = error.response  # aiohttp's own where slack_sdk could not read the body
    status = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    headers = getattr(response, "headers", None) or {}
    if status == 429:
        return Failed("ratelimited", seconds_in(headers))
    if status >= 500:
        return Failed(f"http {status}", is_in_doubt=True)
    data = getattr(response, "data", response)
    code = str(data.get("error") or "") if isinstance(data, dict) else ""
    if not code:
        return Failed("no answer", is_in_doubt=True)
    if code in {"ratelimited", "rate_limited"}:
        return Failed("ratelimited", seconds_in(headers))
    return Failed(code, is_in_doubt=code in UNSURE)


def seconds_in(headers: Any) -> float:
    """Return what Retry-After says; slack_sdk keeps the header's name as it came."""
    found = next((value for name, value in dict(headers).items() if name.lower() == "retry-after"), None)
    try:
        return max(1.0, float(found)) if found is not None else DEFAULT_WAIT
    except (TypeError, ValueError):
        return DEFAULT_WAIT
