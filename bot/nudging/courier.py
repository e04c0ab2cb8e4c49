"""Carries letters from the outbox to people: claims what is due, finds the words, sends, records. Once each."""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from bot.content.library import Library
from bot.desk.registry import Registry
from bot.model.outbox import Barrier, Later, Letter, Never, Outcome, Spot, Unreachable
from bot.model.people import Account, GroupId, Member
from bot.model.store import Store
from bot.nudging.lanes import IsClosing, Lanes
from bot.nudging.ledger import Ledger, Says
from bot.nudging.patience import Patience
from bot.nudging.sender import Sender, Unsure, may_double, stable_key
from bot.record import record
from bot.talk.view import View
from bot.talk.words import catalogue, speaking

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=45)
"""How long a claimed letter is out of sight: longer than any send with its time-out, shorter than the minutes in which
Discord still recognises a repeated nonce."""

LONGEST_SEND = timedelta(seconds=20)
"""When a send is cut off that does not end by itself: time for a call that runs into its own 10 s, and another."""

RESERVE = LONGEST_SEND + timedelta(seconds=5)
"""What must be left of the lease when a send begins, so that its end is still written down within it."""

BATCH = 100
MOST_IN_FLIGHT = 1000
"""Letters that are claimed at once while lanes are busy: a whole batch each of ten workspaces that answer slowly."""

GRACE = timedelta(seconds=5)
"""What a send that has begun gets when the process is to end: half of what Docker waits before it kills."""


@record
class Composed:
    """What a letter says at this moment, and to whom."""

    says: Says
    to: Account | Spot | None = None
    reader: Member | None = None


class Courier:
    """Works the outbox off. Several may share one outbox: a claim hides a letter from the others."""

    def __init__(
        self,
        store: Store,
        registry: Registry,
        library: Library,
        senders: Mapping[str, Sender],
        clock: Callable[[], datetime],
    ) -> None:
        self.store = store
        self.registry = registry
        self.senders = senders
        self.clock = clock
        self._ledger = Ledger(store, registry, library, clock)
        self._patience = Patience()

    async def round(self) -> int:
        """Carry one batch of what is due, letter by letter; returns how many were taken up."""
        letters, until = await self._claim(BATCH)
        await self._carry_all(letters, until)
        return len(letters)

    async def run(self, wake: asyncio.Event, pause: float = 1.0, grace: timedelta = GRACE) -> None:
        """Work until cancelled; looks again after *pause* seconds, or at once when *wake* is set.

        When cancelled, it begins no further send. One that has begun may end within *grace*; if it does not, its letter
        comes back in doubt when its lease is over.
        """
        lanes = Lanes(self._carry_all, wake.set)
        work = asyncio.create_task(self._work(lanes, wake, pause))
        try:
            await asyncio.shield(work)  # a claim that is cut off would leave its letters in doubt
        finally:
            lanes.is_closing = True
            wake.set()
            await _end(work, lanes, grace.total_seconds())

    async def _work(self, lanes: Lanes, wake: asyncio.Event, pause: float) -> None:
        while not lanes.is_closing:
            wake.clear()
            if not await self._fill(lanes):
                with suppress(TimeoutError):
                    await asyncio.wait_for(wake.wait(), pause)
        await lanes.done()

    async def _fill(self, lanes: Lanes) -> bool:
        """Claim for the groups that have no lane and start one for each; tells whether there was anything."""
        room = min(BATCH, MOST_IN_FLIGHT - lanes.in_flight)
        if room <= 0:
            return False
        try:
            letters, until = await self._claim(room, lanes.busy)
        except Exception as error:  # the store is away: nothing is lost, look again after the pause
            log.error("the outbox cannot be read: %s", type(error).__qualname__)
            return False
        lanes.start(letters, until)
        return bool(letters)

    async def _claim(self, limit: int, without: Collection[GroupId] = ()) -> tuple[Sequence[Letter], datetime]:
        now = self.clock()
        return await self.store.queue.claim(now, now + LEASE, limit, without), now + LEASE

    async def _carry_all(
        self, letters: Sequence[Letter], until: datetime, is_closing: IsClosing = lambda: False
    ) -> None:
        """Carry *letters* one after the other; what there is no time for until *until* is given back."""
        for done, letter in enumerate(letters):
            if is_closing() or self._is_too_late(until):
                return await self._ledger.give_back(letters[done:])
            await self._carry(letter, until)

    def _is_too_late(self, until: datetime) -> bool:
        return self.clock() + RESERVE > until

    async def _carry(self, letter: Letter, until: datetime) -> None:
        """Send and record one letter. An error costs it a try and never holds up the others."""
        try:
            composed = await self._composed(letter)
        except Exception as error:
            log.error("letter %s (%s) cannot be composed: %s", letter.id, letter.kind, type(error).__qualname__)
            why = type(error).__qualname__
            again = self._patience.after_error(letter, why, self.clock(), is_in_doubt=False)
            return await self._record(letter, again)
        if self._is_too_late(until):  # the store kept its words waiting: somebody else may be sending it by now
            return await self._ledger.give_back([letter])
        await self._record(letter, await self._outcome(letter, composed), composed.says)

    async def _composed(self, letter: Letter) -> Composed:
        kind = self.registry.letters.get(letter.kind)
        if kind is None:
            return Composed(Never("no such kind of letter"))
        async with self._ledger.unit(letter.group, writes=False) as unit:
            ctx = await self._ledger.context(letter, unit)
            if ctx is None:
                return Composed(Never("the member is gone"))
            to = letter.spot or await unit.members.account(letter.member)
            with speaking(catalogue(ctx.member.locale)):
                words = await kind.compose(ctx, letter.about)
        return Composed(words, to, None if letter.spot else ctx.member)

    async def _outcome(self, letter: Letter, composed: Composed) -> Outcome | None:
        """Send what was composed; `None` when there was nothing to say."""
        if not isinstance(composed.says, View):
            return composed.says
        if composed.to is None or composed.to.platform not in self.senders:
            return Never("no way to reach them", Unreachable.NO_ACCOUNT)
        outcome = await self._said(letter, composed.to, composed.says, composed.reader)
        return self._patience.kept(letter, outcome, self.clock()) if isinstance(outcome, Later) else outcome

    async def _said(self, letter: Letter, to: Account | Spot, words: View, reader: Member | None) -> Outcome:
        if until := self._patience.frozen_until(to, self.clock()):
            return Later(until, "their workspace asked for a pause")
        try:
            async with asyncio.timeout(LONGEST_SEND.total_seconds()):
                outcome = await self._send(letter, to, words, reader)
        except Exception as error:  # whether it arrived is unknown; the key keeps a second try from showing twice
            why = str(error) if isinstance(error, Unsure) else type(error).__qualname__
            return self._patience.after_error(letter, why, self.clock(), is_in_doubt=True)
        if isinstance(outcome, Later) and outcome.freezes:
            self._patience.freeze(to, outcome.when)
        return outcome

    async def _send(self, letter: Letter, to: Account | Spot, words: View, reader: Member | None) -> Outcome:
        sender = self.senders[to.platform]
        if letter.edits:
            return await sender.edit(to, letter.edits, words, reader)
        if may_double(letter, sender.knows_again, self.clock()):
            return Never("unsure whether it arrived", barrier=Barrier.UNSURE)
        return await sender.send(to, words, stable_key(letter), reader, is_in_doubt=letter.is_in_doubt)

    async def _record(self, letter: Letter, outcome: Outcome | None, says: Says = None) -> None:
        """Write down what became of *letter*; if that cannot be, it comes back in doubt when its lease is over."""
        for tells in (True, True, False):  # a bug in what follows from it must not have it sent again
            try:
                return await self._ledger.settle(letter, outcome, says, tells=tells)
            except Exception as error:
                log.error("letter %s (%s) cannot be recorded: %s", letter.id, letter.kind, type(error).__qualname__)


async def _end(work: asyncio.Task[None], lanes: Lanes, seconds: float) -> None:
    """Let what has begun end within *seconds*, and cut off the rest."""
    await asyncio.wait({work}, timeout=seconds)
    late = {work, *lanes.tasks}
    for task in late:
        task.cancel()
    await asyncio.wait(late, timeout=GRACE.total_seconds())
