"""Holds the story, as a script that knows no platform."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from tests.clocks import StillClock
from tests.telling.transcript import Transcript

TUESDAY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""9:00 on Tuesday in Manila."""

WEDNESDAY = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


class Person(Protocol):
    """Somebody at their keyboard. Labels need only begin so."""

    async def types(self, words: str) -> None:
        """Type `/career <words>` in the channel."""

    async def presses(self, label: str) -> None:
        """Press the newest button of that label."""

    async def presses_in_dm(self, label: str) -> None: ...

    async def submits(self, answers: Mapping[str, str]) -> None:
        """Fill in the open form, by the labels of its fields, and send it."""

    async def tells_city(self, city: str) -> None:
        """Answer the question about their clock, which not every platform has to ask."""


@dataclass
class Stage:
    """Where the story is told: two people of one group, and everything around them."""

    ana: Person
    ben: Person
    clock: StillClock
    deliver: Callable[[], Awaitable[None]]
    transcript: Transcript


async def tell(stage: Stage) -> list[str]:
    """Tell the story and return the core's transcript of it."""
    await _start(stage)
    await _share(stage.ana)
    await stage.deliver()
    await stage.ben.types("board nursing")
    await stage.ben.presses("Look")
    await stage.ben.presses("I'd like to talk to them")
    await stage.ben.presses("Plan a talk")
    await stage.ben.presses("20 min")
    await stage.deliver()
    stage.clock.to(TUESDAY)
    await stage.deliver()
    await stage.ben.presses_in_dm("Done")
    stage.clock.to(WEDNESDAY)
    await stage.deliver()
    await stage.ben.types("home")
    return stage.transcript.lines


async def _start(stage: Stage) -> None:
    with stage.transcript.paused():
        await stage.ana.types("start")
        await stage.ana.presses("Let us begin")
        await stage.ana.submits({"Which field": "Nursing"})
        await stage.ana.tells_city("Manila")
    await stage.ben.types("start")
    await stage.ben.presses("Let us begin")
    with stage.transcript.paused():
        await stage.ben.submits({"Which field": "Nursing"})
        await stage.ben.tells_city("Manila")
    await stage.ben.presses("That is fine")
    await stage.ben.presses("Yes, nudge me")


async def _share(ana: Person) -> None:
    await ana.types("refer")
    await ana.submits({"Their name": "Maria Santos", "What they do": "Nurse manager", "Field": "Nursing"})
    await ana.presses("E-mail and phone")
    await ana.submits({"E-mail": "maria@example.org"})
    await ana.presses("Share with the group")
    await ana.submits({
        "How do you know that they agree?": "They told me yes",
        "How may others reach them?": "Whoever holds the ask may write to them",
    })  # fmt: skip
    await ana.presses("Share and post it in this channel")
