"""Records what became of letters, each in one transaction with what follows from it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from bot.content.library import Library
from bot.desk.context import Chance, Context
from bot.desk.letters import LetterKind
from bot.desk.registry import Registry
from bot.model.outbox import Draft, Later, Letter, Never, Outcome, Sent, Unreachable
from bot.model.people import NOBODY, GroupId, Member
from bot.model.store import Store, Unit
from bot.nudging.lanes import by_group
from bot.talk.view import View
from bot.talk.words import catalogue, speaking

DESKS = 4
"""Units of work that are open at once for letters: less than half of the connections that a database gives, so that
whoever waits for an answer never queues behind the outbox."""


Says: TypeAlias = View | Later | Never | None
"""What a letter says when its time has come: words, when to ask again, why it never will, or nothing."""


class Ledger:
    """Knows who a letter is for and writes down how it ended."""

    def __init__(self, store: Store, registry: Registry, library: Library, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._registry = registry
        self._library = library
        self._clock = clock
        self._desks = asyncio.Semaphore(DESKS)

    @asynccontextmanager
    async def unit(self, group: GroupId, *, writes: bool) -> AsyncIterator[Unit]:
        """Open a unit of work when one of the desks is free."""
        async with self._desks, self._store.unit(group, writes=writes) as unit:
            yield unit

    async def context(self, letter: Letter, unit: Unit) -> Context | None:
        """Return what *letter* is composed with, `None` when its member is gone."""
        member = await unit.members.get(letter.member) or _stand_in(letter)
        if member is None:
            return None
        group = await unit.groups.get()
        return Context(
            self._clock(), group, member, unit, self._library, self._registry, Chance(letter.key), letter.spot
        )

    async def give_back(self, letters: Sequence[Letter]) -> None:
        """Put claimed *letters*, of which none was tried, back to where they were."""
        for group, some in by_group(letters).items():
            async with self.unit(group, writes=True) as unit:
                for letter in some:
                    await unit.outbox.retry(letter, self._clock(), letter.why)

    async def settle(self, letter: Letter, outcome: Outcome | None, says: Says = None, *, tells: bool = True) -> None:
        """Record what became of *letter*; `None` when nothing needed saying. *says* is what was composed. The letter's
        kind is told of the end unless *tells* is false."""
        async with self.unit(letter.group, writes=True) as unit:
            await unit.members.lock(
                letter.member
            )  # before the letter, as commands do: else the two wait for each other
            if isinstance(outcome, Later):
                return await self._put_off(letter, outcome, unit, is_kept=outcome is not says)
            is_over = await self._close(letter, outcome, unit)
            kind = self._registry.letters.get(letter.kind)
            if kind is not None and tells:
                await self._keep_true(letter, outcome, kind, says, unit)
                if is_over:
                    await self._tell(letter, outcome, kind, unit)

    async def _put_off(self, letter: Letter, later: Later, unit: Unit, *, is_kept: bool) -> None:
        """Bring *letter* back. While nothing but its own words has kept it, *why* stays empty; once something else has,
        it stays, or a night between two days of errors would count as a fresh start."""
        is_new_doubt = later.is_in_doubt and not letter.is_in_doubt  # `may_double` counts from there
        # What waited while nobody worked gets as long as what was on time.
        if is_kept and (is_new_doubt or not letter.why):
            await unit.outbox.move(letter.key, self._clock())
        why = later.why if is_kept else letter.why
        await unit.outbox.retry(letter, later.when, why, is_in_doubt=later.is_in_doubt)

    async def _close(self, letter: Letter, outcome: Sent | Never | None, unit: Unit) -> bool:
        """Tell whether *letter* was still to be ended: it may have been taken back, or have gone to another worker."""
        match outcome:
            case Never(why, unreachable):
                is_over = await unit.outbox.bury(letter, why, self._clock())
                if is_over:
                    await _note_unreachable(letter, unit, unreachable)
                return is_over
            case Sent(message):
                return await unit.outbox.finish(letter, message, self._clock())
            case None:
                return await unit.outbox.finish(letter, None, self._clock())

    async def _tell(self, letter: Letter, outcome: Sent | Never | None, kind: LetterKind, unit: Unit) -> None:
        if kind.delivered is None or letter.edits is not None:
            return
        ctx = await self.context(letter, unit)
        if ctx is not None:
            await kind.delivered(ctx, letter.about, outcome)

    async def _keep_true(
        self, letter: Letter, outcome: Sent | Never | None, kind: LetterKind, says: Says, unit: Unit
    ) -> None:
        """Have a post edited if it would say something else by now: a card may be taken back while it is being sent,
        when there is no post yet that could be redrawn."""
        if not isinstance(outcome, Sent) or letter.spot is None:
            return
        post = replace(letter, edits=outcome.message)
        ctx = await self.context(post, unit)
        if ctx is None:
            return
        with speaking(catalogue(ctx.member.locale)):
            fresh = await kind.compose(ctx, post.about)
        if isinstance(fresh, View) and fresh != says:
            key = f"edit:{post.edits}:{ctx.now.timestamp()}"
            draft = Draft(key, post.kind, post.about, ctx.member.id, ctx.now, post.spot, post.edits)
            await unit.outbox.put(draft)


def _stand_in(letter: Letter) -> Member | None:
    """Return nobody in particular where a post of somebody forgotten has to change: it outlived them, so its edit
    must too, and is composed as whoever may see the board sees it. Any other letter of theirs has lost its sense."""
    is_edit = letter.spot is not None and letter.edits is not None
    return Member(NOBODY, letter.group, "", letter.due_at) if is_edit else None


async def _note_unreachable(letter: Letter, unit: Unit, reason: Unreachable | None) -> None:
    member = await unit.members.lock(letter.member)
    if reason is not None and member is not None and letter.spot is None:
        await unit.members.set_nudges(member.id, replace(member.nudges, unreachable=reason))
