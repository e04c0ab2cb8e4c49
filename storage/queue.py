"""Hands out the letters that are due, all groups at once, each to one worker at a time."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from bot.model.outbox import Letter
from storage.engine import Engine
from storage.letters import IS_LIVE, letter_of
from storage.tables import letters
from storage.types import Instant

_IS_DUE = (IS_LIVE, letters.c.wake_at <= bindparam("now", type_=Instant))
_LEASE = bindparam("lease_until", type_=Instant)

# Common table, not subquery: PostgreSQL then locks these rows once, and only these, whatever plan it makes.
_due = (
    select(letters.c.id)
    .where(*_IS_DUE)
    .order_by(letters.c.wake_at, letters.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = (
    update(letters)
    .where(letters.c.id.in_(select(_due.c.id)))
    .values(wake_at=_LEASE, leased_until=_LEASE, tries=letters.c.tries + 1)
    .returning(letters)
)
_NEXT = select(letters.c.wake_at).where(IS_LIVE).order_by(letters.c.wake_at, letters.c.id).limit(1)


class Queue:
    """Fulfils `bot.model.store.Queue`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def claim(self, now: datetime, lease_until: datetime, limit: int) -> tuple[Letter, ...]:
        next_due = await self.next_due()
        if next_due is None or next_due > now:
            return ()  # an idle worker must not make others wait to write
        async with self._engine.writing() as link:
            rows = await link.all(_CLAIM, {"now": now, "lease_until": lease_until, "limit": limit})
        return tuple(sorted(map(letter_of, rows), key=lambda letter: (letter.due_at, letter.id)))

    async def next_due(self) -> datetime | None:
        async with self._engine.glancing() as link:
            row = await link.first(_NEXT, {})
        return row[0] if row else None
