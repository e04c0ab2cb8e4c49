"""Carries out a call to Slack, unless a fault befalls it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from tests.slack.platform.faults import Fault, How
from tests.slack.platform.state import Call, Json, SlackError

if TYPE_CHECKING:
    from tests.slack.platform.server import Platform


async def carried_out(
    platform: "Platform", request: web.Request, call: Call, act: Callable[[], Awaitable[Json]]
) -> Json:
    """Return the answer of *act*; raise the error to answer instead. *act* runs not at all, or once."""
    _not_frozen(platform, call)
    fault = platform.faults.take(call.method, call.team)
    if fault:
        await _before(platform, request, call, fault)
    answer = await act()
    call.error = ""
    if fault and fault.how is How.RESET_AFTER:
        _reset(request)
    if fault and fault.how is How.BROKEN_AFTER:
        raise SlackError("fatal_error", status=500)
    return answer


def _not_frozen(platform: "Platform", call: Call) -> None:
    left = platform.faults.frozen_for(call.method, call.team, platform.clock())
    if left > timedelta():
        platform.note("ignored_retry_after", call.method, f"{left} too early")
        raise _limited(left.total_seconds())


def _limited(seconds: float) -> SlackError:
    return SlackError("ratelimited", status=429, headers={"Retry-After": str(max(1, round(seconds)))})


async def _before(platform: "Platform", request: web.Request, call: Call, fault: Fault) -> None:
    match fault.how:
        case How.LIMITED:
            until = platform.clock() + timedelta(seconds=fault.seconds)
            platform.faults.freeze(call.method, call.team, until)
            raise _limited(fault.seconds)
        case How.BROKEN:
            raise SlackError("internal_error", status=500)
        case How.REFUSED:
            raise SlackError(fault.code)
        case How.RESET:
            call.error = "reset"
            _reset(request)
        case How.SLOW:
            await asyncio.sleep(fault.seconds)
        case How.RESET_AFTER | How.BROKEN_AFTER:
            return


def _reset(request: web.Request) -> None:
    """Break the connection: whoever called cannot know whether the call was taken."""
    if request.transport is not None:
        request.transport.abort()
    raise ConnectionResetError
