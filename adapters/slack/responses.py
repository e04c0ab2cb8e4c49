"""Posts answers to the address that Slack gives with an interaction, its response_url."""

import logging
from typing import Any

import aiohttp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.calls import UNREACHED, Failed, seconds_in, twice

log = logging.getLogger(__name__)

USES = 5
"""How often one address may be used: https://docs.slack.dev/interactivity/handling-user-interaction"""


CUT_OFF = "cut off"


async def respond(session: aiohttp.ClientSession, url: str, payload: dict[str, Any]) -> bool:
    """Post to *url*. Tells whether the person has the answer, as far as anybody can tell: what was cut off may have
    arrived, and is not said a second time unless it takes the place of a message, which it can do twice. What Slack
    says it broke on is, for an answer that is lost is worse than one that stands there twice."""
    failed = await twice(lambda: _posted(session, url, payload), is_repeatable=True)
    return failed is None or failed.code == CUT_OFF


async def _posted(session: aiohttp.ClientSession, url: str, payload: dict[str, Any]) -> Failed | None:
    """Return `None` when it was taken; else why it was not, in doubt when another try may help and does no harm."""
    webhook = AsyncWebhookClient(url, session=session, retry_handlers=[])
    try:
        response = await webhook.send_dict(payload)
    except aiohttp.ClientConnectorError:
        return Failed(UNREACHED)
    except (TimeoutError, aiohttp.ClientError, ConnectionError) as error:
        log.warning("an answer was cut off: %s", type(error).__name__)
        return Failed(CUT_OFF, is_in_doubt=bool(payload.get("replace_original")))
    if response.status_code == 200:
        return None
    log.warning("an answer was not taken: http %s", response.status_code)
    return _refused(response.status_code, response.headers)


def _refused(status: int, headers: Any) -> Failed:
    if status == 429:
        return Failed("ratelimited", seconds_in(headers))
    return Failed(f"http {status}", is_in_doubt=status >= 500)
