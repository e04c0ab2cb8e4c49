"""Holds what a command gets besides its arguments: who asks, where, when, and the open unit of work."""

from collections.abc import Iterable
from datetime import date, datetime
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.content.library import Library
from bot.model.outbox import Draft, Spot
from bot.model.people import Group, Member
from bot.model.store import Unit
from bot.record import record
from bot.talk.limits import PLAYGROUND, Limits

if TYPE_CHECKING:
    from bot.desk.registry import Registry


class Chance:
    """Draws the same lots for the same seed. It is made ready when first asked: few commands draw any."""

    __slots__ = ("_lots", "_seed")

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._lots: Random | None = None

    @property
    def lots(self) -> Random:
        if self._lots is None:
            self._lots = Random(self._seed)  # noqa: S311 - draws a question, varies a key; guards nothing
        return self._lots


@record
class Context:
    """Everything that varies. *now* is aware UTC; *spot* is the channel, `None` in a direct message and for nudges.

    *chance* is seeded by the interaction, so that one delivered twice draws the same question. *is_organiser* covers
    admins of the workspace as well as whom they named. *limits* are those of the platform where somebody asked.
    """

    now: datetime
    group: Group
    member: Member
    store: Unit
    library: Library
    registry: "Registry"
    chance: Chance
    spot: Spot | None = None
    user: str = ""
    limits: Limits = PLAYGROUND

    @property
    def zone(self) -> ZoneInfo:
        """The member's zone, UTC until they have told it."""
        return ZoneInfo(self.member.zone or "UTC")

    @property
    def today(self) -> date:
        """The day it is for the member."""
        return self.now.astimezone(self.zone).date()

    @property
    def is_organiser(self) -> bool:
        return self.member.is_organiser

    async def write(self, key: str, kind: str, about: object, *, due_at: datetime | None = None,
                    spot: Spot | None = None) -> None:  # fmt: skip
        """Write a letter of *kind* into the outbox: to *spot*, or to the member's direct messages."""
        draft = Draft(key, kind, str(about), self.member.id, due_at or self.now, spot)
        await self.store.outbox.put(draft)

    async def redraw(self, kind: str, about: object, *, at: datetime | None = None) -> None:
        """Let every message of *kind* about *about* that was posted to a channel be drawn anew, now or *at* a time."""
        moment = at or self.now
        drafts = (
            Draft(f"edit:{post.message}:{moment.timestamp()}", kind, str(about), self.member.id, moment,
                  post.spot, post.message)
            for post in await self.store.outbox.posts(kind, str(about))
        )  # fmt: skip
        await self._put_all(drafts)

    async def _put_all(self, drafts: Iterable[Draft]) -> None:
        for draft in drafts:
            await self.store.outbox.put(draft)
