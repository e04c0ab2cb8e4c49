"""What platforms tell without anybody pressing something: people and workspaces come, change, leave and return."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta

from bot.content.library import Library
from bot.desk.context import Chance, Context
from bot.desk.happening import BACK, LEFT
from bot.desk.mishaps import noted
from bot.desk.registry import Registry
from bot.model.outbox import Spot
from bot.model.people import Account, Actor, Member, MemberId, Seat
from bot.model.store import Store, Unit
from bot.talk.limits import PLAYGROUND, Limits
from bot.talk.words import catalogue, speaking

GRACE = timedelta(days=7)
"""How long a workspace that took the bot away may bring it back and find everything. It is often put back in the same
week, after a slip or a change of rights. Longer would keep people's data without a reason."""


class Comings:
    """Hears of comings and goings. *clock* tells the moment (aware UTC); *wrote* is called after each commit that may
    have left letters in the outbox, so that a worker in the same process need not wait for its next look.

    Every method may be told the same twice, and never raises but for cancellation. It returns whether it could be
    done: false means that our own side failed (the log says how), and that it is worth telling again.
    """

    def __init__(
        self,
        store: Store,
        registry: Registry,
        library: Library,
        clock: Callable[[], datetime],
        wrote: Callable[[], None] = lambda: None,
    ) -> None:
        self.store = store
        self.registry = registry
        self.library = library
        self.clock = clock
        self._wrote = wrote
        self._met_on = date.min
        self._met: set[MemberId] = set()

    async def changed(self, actor: Actor) -> bool:
        """A profile has news: a name, a language, a zone. Of somebody never seen nothing is kept."""
        return await self._try("changed", self._changed(actor))

    async def left(self, account: Account) -> bool:
        """Somebody left the workspace, or their account was closed."""
        return await self._try(LEFT, self._left(account))

    async def came_back(self, account: Account) -> bool:
        """Somebody who had left can be reached again."""
        return await self._try(BACK, self._came_back(account))

    async def removed(self, platform: str, workspace: str) -> bool:
        """The workspace took the bot away. Its group ends after `GRACE`, unless the bot is put back."""
        self._met.clear()
        return await self._try("removed", self.store.leave(platform, workspace, self.clock() + GRACE))

    async def restored(self, platform: str, workspace: str) -> bool:
        """The workspace has the bot again. Each member's nudges go on when they are next met."""
        self._met.clear()
        return await self._try("restored", self.store.come_back(platform, workspace))

    async def _try(self, what: str, doing: Awaitable[None]) -> bool:
        try:
            await doing
        except Exception as error:  # there is nobody to answer: it goes into the log, and the caller may try again
            noted(what, error)
            return False
        return True

    async def _changed(self, actor: Actor) -> None:
        before = await self.store.known(Account(actor.platform, actor.workspace, actor.user))
        if before is None or actor.is_stranger:
            return
        seat = await self.store.seat(actor, self.clock())
        if seat.member.zone != before.member.zone or before.member.nudges.unreachable:
            await self._let(BACK, seat)

    async def _left(self, account: Account) -> None:
        """Do what follows, unless the member's messages go to another account of theirs: then they are still here."""
        seat = await self.store.known(account)
        if seat is None:
            return
        async with self.store.unit(seat.group.id, writes=False) as unit:
            is_reached_here = await unit.members.account(seat.member.id) == account
        if is_reached_here:
            await self._let(LEFT, seat)

    async def _came_back(self, account: Account) -> None:
        seat = await self.store.known(account)
        if seat is not None:
            await self._let(BACK, seat)

    async def _let(self, name: str, seat: Seat) -> None:
        """Let what follows from the happening *name* be done for one member, in one transaction."""
        chance = Chance(secrets.token_hex(8))  # keeps the keys of letters apart
        async with self.store.unit(seat.group.id, writes=True) as unit:
            member = await unit.members.lock(seat.member.id)
            if member is None:
                return
            with speaking(catalogue(member.locale)):
                ctx = self._context(Seat(seat.group, member), unit, self.clock(), chance)
                await self._act(name, ctx)
        self._wrote()

    async def _act(self, name: str, ctx: Context) -> None:
        if name in self.registry.happenings:
            await self.registry.happenings[name].act(ctx)

    async def _meet(self, seat: Seat, now: datetime) -> None:
        """See to it once a day that a member who wants nudges has one waiting. They lose it while their group was to
        end; nobody could find them all when it comes back, so each is looked after when they are met: one quick read
        for each member and day, remembered in this process."""
        if self._met_on != now.date():
            self._met_on = now.date()
            self._met.clear()
        if seat.member.id in self._met or not _is_nudged(seat.member):
            return
        self._met.add(seat.member.id)
        async with self.store.unit(seat.group.id, writes=False) as unit:
            is_waiting = bool(await unit.outbox.live(seat.member.id))
        if not is_waiting:
            await self._try(BACK, self._let(BACK, seat))

    def _context(
        self, seat: Seat, unit: Unit, now: datetime, chance: Chance, spot: Spot | None = None, user: str = "",
        limits: Limits = PLAYGROUND,
    ) -> Context:  # fmt: skip
        return Context(now, seat.group, seat.member, unit, self.library, self.registry, chance, spot, user, limits)


def _is_nudged(member: Member) -> bool:
    return member.nudges.is_on and member.zone is not None and not member.nudges.unreachable
