"""Carries letters from the outbox to people: claims what is due, finds the words, sends, records. Once each."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from bot.content.library import Library
from bot.desk.context import Context
from bot.desk.letters import LetterKind
from bot.desk.registry import Registry
from bot.model.outbox import Draft, Later, Letter, Never, Outcome, Sent, Spot, Unreachable
from bot.model.people import NOBODY, Account, Group, Member
from bot.model.store import Store, Unit
from bot.talk.view import View
from bot.talk.words import catalogue, speaking

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=45)
"""How long a claimed letter is out of sight: longer than any send with its time-out, shorter than the minutes in which
Discord still recognises a repeated nonce."""

BATCH = 100
MAX_TRIES = 12
LONGEST_WAIT = timedelta(hours=1)


class Sender(Protocol):
    """A platform that messages can be sent on. Raises nothing that matters: an error counts as "try again later".

    *key* is stable for a letter: a platform that has accepted it before must not show it twice.
    """

    async def send(self, to: Account | Spot, view: View, key: str, reader: Member | None) -> Outcome: ...

    async def edit(self, to: Account | Spot, message: str, view: View, reader: Member | None) -> Outcome: ...


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
        self.library = library
        self.senders = senders
        self.clock = clock

    async def round(self) -> int:
        """Carry one batch of what is due; returns how many letters were taken up."""
        now = self.clock()
        letters = await self.store.queue.claim(now, now + LEASE, BATCH)
        for letter in letters:
            try:
                await self._carry(letter)
            except Exception as error:  # one bad letter must not hold up the others; it comes back after a while
                log.error("letter %s (%s) failed: %s", letter.id, letter.kind, type(error).__qualname__)
                kind = self.registry.letters.get(letter.kind)
                await self._settle(letter, self._again(letter, type(error).__qualname__), kind)
        return len(letters)

    async def run(self, wake: asyncio.Event, pause: float = 1.0) -> None:
        """Work until cancelled; looks again after *pause* seconds, or at once when *wake* is set."""
        while True:
            wake.clear()
            if await self._round_or_none() == 0:
                try:
                    await asyncio.wait_for(wake.wait(), pause)
                except TimeoutError:
                    continue

    async def _round_or_none(self) -> int:
        try:
            return await self.round()
        except Exception as error:  # the store is away: nothing is lost, look again after the pause
            log.error("the outbox cannot be read: %s", type(error).__qualname__)
            return 0

    async def _carry(self, letter: Letter) -> None:
        kind = self.registry.letters.get(letter.kind)
        if kind is None:
            return await self._settle(letter, Never("no such kind of letter"))
        async with self.store.unit(letter.group, writes=False) as unit:
            ctx = await self._context(letter, unit)
            to = await _address(letter, unit)
            if ctx is None:
                return await self._settle(letter, Never("the member is gone"))
            with speaking(catalogue(ctx.member.locale)):
                words = await kind.compose(ctx, letter.about)
        outcome = await self._say(letter, to, words, ctx.member)
        await self._settle(letter, outcome, kind, words)

    async def _say(
        self, letter: Letter, to: Account | Spot | None, words: View | Later | None, member: Member
    ) -> Outcome | None:
        """Send what was composed; `None` when there was nothing to say."""
        if words is None or isinstance(words, Later):
            return words
        if to is None or to.platform not in self.senders:
            return Never("no way to reach them", Unreachable.NO_ACCOUNT)
        sender, reader = self.senders[to.platform], None if letter.spot else member
        try:
            if letter.edits:
                return await sender.edit(to, letter.edits, words, reader)
            return await sender.send(to, words, letter.key, reader)
        except Exception as error:  # whether it arrived is unknown; the key keeps a second try from showing twice
            return self._again(letter, type(error).__qualname__)

    def _again(self, letter: Letter, why: str) -> Outcome:
        if letter.tries >= MAX_TRIES:
            return Never(why)
        wait = min(LONGEST_WAIT, timedelta(seconds=2**letter.tries))
        chance = Random(f"{letter.key}:{letter.tries}")  # noqa: S311 - spreads retries, guards nothing
        return Later(self.clock() + wait * chance.uniform(0.5, 1.0), why)

    async def _settle(
        self,
        letter: Letter,
        outcome: Outcome | None,
        kind: LetterKind | None = None,
        words: View | Later | None = None,
    ) -> None:
        """Record what became of *letter*, in one transaction with what follows from it. *words* are what it said."""
        now = self.clock()
        async with self.store.unit(letter.group, writes=True) as unit:
            match outcome:
                case Later(when, why):
                    await unit.outbox.retry(letter, when, why)
                    return
                case Never(why, unreachable):
                    await _note_unreachable(letter, unit, unreachable)
                    await unit.outbox.bury(letter, why, now)
                case Sent(message):
                    was_live = await unit.outbox.finish(letter, message, now)
                    if kind is not None and letter.spot is not None:
                        await self._keep_true(replace(letter, edits=message), kind, words, unit)
                    if not was_live:
                        return
                case None:
                    if not await unit.outbox.finish(letter, None, now):
                        return
            ctx = await self._context(letter, unit)
            if kind is not None and kind.delivered is not None and ctx is not None:
                await kind.delivered(ctx, letter.about, isinstance(outcome, Sent))

    async def _keep_true(self, post: Letter, kind: LetterKind, words: View | Later | None, unit: Unit) -> None:
        """Have *post* edited if it would say something else by now: a card may be taken back while it is being sent,
        when there is no post yet that could be redrawn."""
        ctx = await self._context(post, unit)
        if ctx is None:
            return
        with speaking(catalogue(ctx.member.locale)):
            fresh = await kind.compose(ctx, post.about)
        if isinstance(fresh, View) and fresh != words:
            key = f"edit:{post.edits}:{ctx.now.timestamp()}"
            draft = Draft(key, post.kind, post.about, ctx.member.id, ctx.now, post.spot, post.edits)
            await unit.outbox.put(draft)

    async def _context(self, letter: Letter, unit: Unit) -> Context | None:
        member = await unit.members.get(letter.member) or _stand_in(letter)
        if member is None:
            return None
        group: Group = await unit.groups.get()
        chance = Random(letter.key)  # noqa: S311 - varies words, guards nothing
        return Context(self.clock(), group, member, unit, self.library, self.registry, chance, letter.spot)


def _stand_in(letter: Letter) -> Member | None:
    """Return nobody in particular where a post of somebody forgotten has to change: it outlived them, so its edit
    must too, and is composed as whoever may see the board sees it. Any other letter of theirs has lost its sense."""
    is_edit = letter.spot is not None and letter.edits is not None
    return Member(NOBODY, letter.group, "", letter.due_at) if is_edit else None


async def _address(letter: Letter, unit: Unit) -> Account | Spot | None:
    return letter.spot or await unit.members.account(letter.member)


async def _note_unreachable(letter: Letter, unit: Unit, reason: Unreachable | None) -> None:
    member = await unit.members.lock(letter.member)
    if reason is not None and member is not None and letter.spot is None:
        await unit.members.set_nudges(member.id, replace(member.nudges, unreachable=reason))
