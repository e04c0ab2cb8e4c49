"""Holds a platform that does to letters what platforms do, and an office that writes letters for a courier to carry."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.desk.context import Context
from bot.desk.letters import letter
from bot.desk.registry import Registry
from bot.model.outbox import Draft, Later, Letter, Never, Outcome, Sent, Spot, Unreachable
from bot.model.people import Account, Actor, Member, Seat
from bot.model.store import Store
from bot.nudging.courier import Courier
from bot.talk.view import View
from tests.world import LIBRARY, StoppedClock


class Killed(BaseException):
    """The process is gone: nobody records anything."""


@dataclass(frozen=True)
class Send:
    """One call of `Platform.send`."""

    workspace: str
    words: str
    key: str
    is_in_doubt: bool


@dataclass
class Platform:
    """A platform that looks for a letter it knows only when told that it may be there, as Slack does.

    *moods* are what happens to the next sends: `take`; `refuse`; `busy` and `freeze`, both for a minute; `cut before`
    and `cut after` it is accepted; `unsure` (accepted, but the answer is lost); `killed` after it is accepted.
    """

    clock: StoppedClock
    knows_again: timedelta | None = timedelta(minutes=2)
    moods: deque[str] = field(default_factory=deque)
    lasts: timedelta = timedelta()
    sends: list[Send] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    _accepted: dict[str, str] = field(default_factory=dict)
    _waiters: dict[str, asyncio.Event] = field(default_factory=dict)

    async def send(
        self, to: Account | Spot, view: View, key: str, reader: Member | None, *, is_in_doubt: bool = False
    ) -> Outcome:
        self.sends.append(Send(to.workspace, view.title, key, is_in_doubt))
        self._waiter(view.title).set()
        self.clock.now += self.lasts
        if gate := self.gates.get(to.workspace):
            await gate.wait()
        return self._answer(self.moods.popleft() if self.moods else "take", view, key, is_in_doubt=is_in_doubt)

    async def edit(self, to: Account | Spot, message: str, view: View, reader: Member | None) -> Outcome:
        self.edits.append(view.title)
        return Sent(message)

    def hang(self, workspace: str) -> asyncio.Event:
        """Let sends to *workspace* hang until what is returned is set."""
        return self.gates.setdefault(workspace, asyncio.Event())

    async def asked_for(self, words: str) -> None:
        """Wait until the letter that says *words* is being sent."""
        async with asyncio.timeout(10):
            await self._waiter(words).wait()

    def tried(self, words: str) -> list[bool]:
        """Return for each try of the letter that says *words* whether it was in doubt."""
        return [send.is_in_doubt for send in self.sends if send.words == words]

    def _answer(self, mood: str, view: View, key: str, *, is_in_doubt: bool) -> Outcome:
        soon = self.clock.now + timedelta(minutes=1)
        match mood:
            case "refuse":
                return Never("closed", Unreachable.CLOSED)
            case "busy":
                return Later(soon, "busy")
            case "freeze":
                return Later(soon, "ratelimited", freezes=True)
            case "cut before":
                raise ConnectionError
            case _:
                return self._accepted_in(mood, self._accept(view, key, is_in_doubt=is_in_doubt))

    def _accepted_in(self, mood: str, message: str) -> Outcome:
        match mood:
            case "cut after":
                raise ConnectionError
            case "unsure":
                return Later(self.clock.now + timedelta(minutes=1), "http 500", is_in_doubt=True)
            case "killed":
                raise Killed
            case _:
                return Sent(message)

    def _accept(self, view: View, key: str, *, is_in_doubt: bool) -> str:
        if not (is_in_doubt and key in self._accepted):
            self.shown.append(view.title)
            self._accepted[key] = f"m{len(self.shown)}"
        return self._accepted[key]

    def _waiter(self, words: str) -> asyncio.Event:
        return self._waiters.setdefault(words, asyncio.Event())


@dataclass
class Office:
    """Writes letters that say their own key, and remembers what their kind was told of their end."""

    store: Store
    clock: StoppedClock = field(default_factory=StoppedClock)
    ends: list[tuple[str, Outcome | None]] = field(default_factory=list)
    compose: Callable[[str], View | Later | None] = View
    end: Callable[[str], None] = lambda about: None

    def __post_init__(self) -> None:
        self.platform = Platform(self.clock)
        self.courier = self.hire()

    def hire(self) -> Courier:
        """Return a courier, as another process would have it."""

        async def delivered(ctx: Context, about: str, outcome: Outcome | None) -> None:
            self.end(about)
            self.ends.append((about, outcome))

        @letter("note", delivered=delivered)
        async def note(ctx: Context, about: str) -> View | Later | None:
            return self.compose(about)

        return Courier(self.store, Registry({}, {"note": note}), LIBRARY, {"test": self.platform}, self.clock)

    async def seat(self, workspace: str = "W1") -> Seat:
        actor = Actor("test", workspace, None, "ana", "Ana", "key")
        return await self.store.seat(actor, self.clock())

    async def write(
        self, *keys: str, workspace: str = "W1", due_at: datetime | None = None, spot: Spot | None = None,
        edits: str | None = None,
    ) -> None:  # fmt: skip
        """Write a letter for each of *keys*, by a member of *workspace* and to them unless there is a *spot*."""
        seat = await self.seat(workspace)
        async with self.store.unit(seat.group.id, writes=True) as unit:
            for key in keys:
                await unit.outbox.put(Draft(key, "note", key, seat.member.id, due_at or self.clock(), spot, edits))

    async def carry(self) -> None:
        """Carry all that is due."""
        while await self.courier.round():
            continue

    async def carry_for(self, **span: float) -> None:
        """Let time pass in quarters of an hour, with a courier at work."""
        until = self.clock.now + timedelta(**span)
        while self.clock.now < until:
            self.clock.forward(minutes=15)
            await self.carry()

    async def live(self, workspace: str = "W1") -> list[str]:
        seat = await self.seat(workspace)
        async with self.store.unit(seat.group.id, writes=False) as unit:
            return [draft.key for draft in await unit.outbox.live(seat.member.id)]

    async def dead(self, workspace: str = "W1") -> list[Letter]:
        seat = await self.seat(workspace)
        async with self.store.unit(seat.group.id, writes=False) as unit:
            return list(await unit.outbox.dead())

    @asynccontextmanager
    async def working(self, grace: timedelta = timedelta(seconds=10)) -> AsyncIterator[asyncio.Event]:
        """Let the courier run meanwhile. Yields what wakes it; it would not look again by itself."""
        wake = asyncio.Event()
        work = asyncio.create_task(self.courier.run(wake, pause=60, grace=grace))
        try:
            yield wake
        finally:
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work
