"""Carries out a call to Discord, unless a fault befalls it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.discord.platform.faults import Fault, How
from tests.discord.platform.rates import limited
from tests.discord.platform.state import Call, DiscordError, Failed

if TYPE_CHECKING:
    from tests.discord.platform.server import Platform

_EARLY = 0.02
"""Seconds before the end of a wait at which a call is still taken: two clocks never agree fully."""


async def carried_out(platform: "Platform", request: web.Request, call: Call, act: Callable[[], Awaitable[Any]]) -> Any:
    """Return the answer of *act*; raise what is to be answered instead. *act* runs not at all, or once."""
    _not_frozen(platform, call)
    fault = platform.faults.take(call.route, call.path)
    if fault:
        call.fault = fault.how.name.lower()
        await _before(platform, request, fault)
    answer = await act()
    if fault and fault.how is How.RESET_AFTER:
        _reset(request)
    if fault and fault.how is How.BROKEN_AFTER:
        raise _broken()
    return answer


def _not_frozen(platform: "Platform", call: Call) -> None:
    left, scope = platform.faults.frozen_for(call.route, call.path)
    if left > _EARLY:
        platform.note(0, call.route, f"Retry-After was not heeded: {left:.3f} seconds too early")
        raise limited(left, scope)


def _broken() -> Failed:
    return Failed(500, {"message": "500: Internal Server Error", "code": 0})


async def _before(platform: "Platform", request: web.Request, fault: Fault) -> None:
    match fault.how:
        case How.LIMITED:
            platform.faults.freeze(fault)
            raise limited(fault.seconds, fault.scope)
        case How.BROKEN:
            raise _broken()
        case How.REFUSED:
            raise DiscordError(fault.code)
        case How.RESET:
            _reset(request)
        case How.SLOW:
            platform.bell.ring()
            await asyncio.sleep(fault.seconds)
        case How.RESET_AFTER | How.BROKEN_AFTER:
            return


def _reset(request: web.Request) -> None:
    """Break the connection: whoever called cannot know whether the call was taken."""
    if request.transport is not None:
        request.transport.abort()
    raise ConnectionResetError
