"""Names the faults that Discord may have, and follows what became of what the bot wanted to say."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import discord.http
import discord.webhook.async_
import pytest

from storage.database import Database
from tests.discord.acts import SECRET
from tests.discord.club import Club, club
from tests.discord.platform.faults import Fault, Faults
from tests.world import MONDAY

Strike = Callable[[Faults, str], Fault]
"""Brings a fault over a route."""

FAULTS: Mapping[str, Strike] = {
    "429": lambda faults, route: faults.limits(route, 0.05),
    "429 for the whole bot": lambda faults, route: faults.limits(route, 0.05, scope="global"),
    "500": lambda faults, route: faults.breaks(route),
    "500 although done": lambda faults, route: faults.breaks(route, after=True),
    "reset": lambda faults, route: faults.resets(route),
    "reset although done": lambda faults, route: faults.resets(route, after=True),
}
"""What passes: the call goes wrong once. discord.py calls once more by itself a second after a 500."""

OPEN, POST = "POST /users/@me/channels", "POST /channels/{channel_id}/messages"
LOOK, MEMBER = "GET /channels/{channel_id}/messages", "GET /guilds/{guild_id}/members/{user_id}"
EDIT = "PATCH /channels/{channel_id}/messages/{message_id}"
ANSWER = "POST /interactions/{interaction_id}/{interaction_token}/callback"
FOLLOW = "POST /webhooks/{webhook_id}/{webhook_token}"
ORIGINAL = f"PATCH {FOLLOW.removeprefix('POST ')}/messages/@original"

PRIVATE = ("Ana", "Ben", "Mia", "Maria", SECRET, "Morning", "Nurse", "loopback.token")
"""What no line of the log may hold: names, addresses, words of messages, the bot's token."""


@asynccontextmanager
async def faulty_club(
    store: Database, caplog: pytest.LogCaptureFixture, /, *, allows: Iterable[int] = (), **more: Any
) -> AsyncIterator[Club]:
    """Serve a club on Monday morning in Manila that breaks no rule of Discord's but those of *allows*, by their code,
    and says nothing private in its log."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "discord")  # below that, it writes down all that is sent
    async with club(store, at=MONDAY, **more) as found:
        yield found
    tokens = [exchange.token for exchange in found.discord.exchanges.values()]
    assert [one for one in found.discord.violations if one.code not in set(allows)] == []
    assert [line for line in caplog.text.splitlines() if any(word in line for word in (*PRIVATE, *tokens))] == []


def strike(club: Club, route: str, fault: str | int) -> Fault:
    """Bring *fault* over *route*: one that passes, or one of Discord's own codes, which stays until it is removed."""
    if isinstance(fault, int):
        return club.discord.faults.refuses(route, fault, times=None)
    return FAULTS[fault](club.discord.faults, route)


def calls(club: Club, route: str) -> int:
    """Return how often the bot has made this call."""
    return sum(call.route == route for call in club.discord.calls)


class Hurried:
    """asyncio for discord.py, with a fiftieth of the seconds that it waits before it repeats a call after a 500."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds if seconds < 1 else seconds / 50)


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let discord.py repeat calls soon. What Discord itself asks for, with less than a second, it gets."""
    monkeypatch.setattr(discord.http, "asyncio", Hurried())
    monkeypatch.setattr(discord.webhook.async_, "asyncio", Hurried())
