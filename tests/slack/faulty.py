"""Names the faults that Slack may have, and follows what became of what the bot wanted to say."""

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest

from storage.database import Database
from tests.slack.acts import SECRET
from tests.slack.club import Club, Way, club
from tests.slack.platform.faults import Fault, Faults
from tests.world import MONDAY

Strike = Callable[[Faults, str], Fault]
"""Brings a fault over a Web API method, over "response_url" or "upload"."""

FAULTS: Mapping[str, Strike] = {
    "429": lambda faults, call: faults.limits(call, 1),
    "500": lambda faults, call: faults.breaks(call),
    "500 although done": lambda faults, call: faults.breaks(call, after=True),
    "reset": lambda faults, call: faults.resets(call),
    "reset although done": lambda faults, call: faults.resets(call, after=True),
    "slow": lambda faults, call: faults.delays(call, 0.3),
}
"""What passes: the call goes wrong once."""


PRIVATE = ("Ana", "Ben", "Mia", "Maria", SECRET, "Morning", "Nurse", "xoxb", "xapp", "hook-", "ticket")
"""What no line of the log may hold: names, addresses, words of messages, tokens and what is as good as one."""


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pauses before another try be short. Those that Slack itself asks for stay as they are."""
    monkeypatch.setattr("adapters.slack.calls.SOON", 0.02)
    monkeypatch.setattr("adapters.slack.sockets.FIRST_PAUSE", 0.2)
    monkeypatch.setattr("adapters.slack.events.PAUSES", (0, 0.02, 0.02))


@asynccontextmanager
async def faulty_club(
    database: Database, way: Way, caplog: pytest.LogCaptureFixture, **more: Any
) -> AsyncIterator[Club]:
    """Serve a club on Monday morning in Manila that breaks no rule of Slack's, and says nothing private in its log."""
    caplog.set_level(logging.DEBUG)
    async with club(database, way, at=MONDAY, **more) as found:
        yield found
        await found.slack.quiet()
    assert found.slack.violations == []
    assert [line for line in caplog.text.splitlines() if any(word in line for word in PRIVATE)] == []


def strike(club: Club, call: str, fault: str) -> Fault:
    """Bring *fault* over *call*: one that passes, or a refusal in Slack's own word, which stays until it is removed."""
    if fault in FAULTS:
        return FAULTS[fault](club.slack.faults, call)
    return club.slack.faults.refuses(call, fault, times=None)


def calls(club: Club, method: str) -> int:
    """Return how often the bot has made this call."""
    return sum(call.method == method for call in club.slack.calls)
