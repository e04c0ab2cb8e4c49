"""Says what becomes of a letter that Discord did not take: later, or never and why. One table for every error."""

from datetime import datetime, timedelta

import aiohttp
import discord

from bot.model.outbox import Barrier, Later, Never, Unreachable
from bot.nudging.sender import Unsure

CLOSED = frozenset({50007, 50033})
"""Cannot send messages to this user: closed to the server's members, or the bot is blocked; or nobody to be written to
at all, such as another bot."""

GONE = frozenset({50278, 10013, 10007})
"""No server in common any more, an unknown user, an unknown member."""

BARRIERS = {
    50001: Barrier.NOT_INVITED,
    50013: Barrier.FORBIDDEN,
    10003: Barrier.GONE,
    10004: Barrier.GONE,
    50083: Barrier.ARCHIVED,
    200000: Barrier.FORBIDDEN,
    200001: Barrier.FORBIDDEN,
    160002: Barrier.FORBIDDEN,
}
"""https://docs.discord.com/developers/topics/opcodes-and-status-codes#json: missing access, missing permissions,
unknown channel, unknown server, an archived thread, blocked by the server's own filter."""

STALE = frozenset({10003, 50001})
"""What Discord says of a conversation that is not the bot's, such as one of an application that it had before."""

PAUSE = timedelta(seconds=30)
MEND = timedelta(minutes=10)
"""How long everything rests when the token is refused: whoever runs Askwell has to put in another."""


def of(error: Exception, now: datetime, *, is_direct: bool) -> Later | Never:
    """Return what becomes of a letter after *error*. Raises `Unsure` when it may have arrived."""
    match error:
        case discord.HTTPException() if error.status >= 500:
            raise Unsure(f"http {error.status}") from None
        case discord.HTTPException():
            return _refused(error, now, is_direct=is_direct)
        case aiohttp.ClientConnectorError():
            return Later(now + PAUSE, "cannot be reached", freezes=True)
        case aiohttp.ClientError() | TimeoutError() | OSError():
            raise Unsure(type(error).__name__) from None
        case _:
            raise error


def _refused(error: discord.HTTPException, now: datetime, *, is_direct: bool) -> Later | Never:
    why = f"error {error.code or error.status}"
    if error.code in CLOSED:
        return Never(why, Unreachable.CLOSED)
    if error.code in GONE:
        return Never(why, Unreachable.GONE)
    if error.code in BARRIERS:
        return Never(why, Unreachable.CLOSED if is_direct else None, None if is_direct else BARRIERS[error.code])
    if error.status == 401:
        return Later(now + MEND, why, freezes=True)
    if error.status == 429:
        return Later(now + PAUSE, why, freezes=True)
    return Never(why)
