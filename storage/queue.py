"""Hands out the letters that are due, all groups at once, each to one worker at a time."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Update, bindparam, or_, select, update

from bot.model.outbox import Letter
from bot.model.people import GroupId
from storage.engine import Engine
from storage.letters import IS_LIVE, letter_of
from storage.tables import letters
from storage.types import Instant

_IS_DUE = letters.c.wake_at <= bindparam("now", type_=Instant)
_LEASE = bindparam("lease_until", type_=Instant)
_IS_ELSEWHERE = letters.c.group_id.not_in(bindparam("without", expanding=True))

# A claim that was settled left no lease: whoever held this one never told what became of the letter.
_IS_IN_DOUBT = or_(letters.c.is_in_doubt, letters.c.leased_until.is_not(None))


def _claim(*conditions: ColumnElement[bool]) -> Update:
    # Common table, not subquery: PostgreSQL then locks these rows once, and only these, whatever plan it makes.
    due = (
        select(letters.c.id)
        .where(IS_LIVE, _IS_DUE, *conditions)
        .order_by(letters.c.wake_at, letters.c.id)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    return (
        update(letters)
        .where(letters.c.id.in_(select(due.c.id)))
        .values(wake_at=_LEASE, leased_until=_LEASE, tries=letters.c.tries + 1, is_in_doubt=_IS_IN_DOUBT)
    )


def _next(*conditions: ColumnElement[bool]) -> Select[datetime]:
    return select(letters.c.wake_at).where(IS_LIVE, *conditions).order_by(letters.c.wake_at, letters.c.id).limit(1)


_CLAIM = _claim().returning(letters)
_CLAIM_ELSEWHERE = _claim(_IS_ELSEWHERE).returning(letters)
_NEXT = _next()
_NEXT_ELSEWHERE = _next(_IS_ELSEWHERE)


class Queue:
    """Fulfils `bot.model.store.Queue`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def claim(
        self, now: datetime, lease_until: datetime, limit: int, without: Collection[GroupId] = ()
    ) -> tuple[Letter, ...]:
        next_due = await self._next_due(without)
        if next_due is None or next_due > now:
            return ()  # an idle worker must not make others wait to write
        statement = _CLAIM_ELSEWHERE if without else _CLAIM
        params = {"now": now, "lease_until": lease_until, "limit": limit, **_but(without)}
        async with self._engine.writing() as link:
            rows = await link.all(statement, params)
        return tuple(sorted(map(letter_of, rows), key=lambda letter: (letter.due_at, letter.id)))

    async def next_due(self) -> datetime | None:
        return await self._next_due(())

    async def _next_due(self, without: Collection[GroupId]) -> datetime | None:
        statement = _NEXT_ELSEWHERE if without else _NEXT
        async with self._engine.glancing() as link:
            row = await link.first(statement, _but(without))
        return row[0] if row else None


def _but(without: Collection[GroupId]) -> dict[str, list[GroupId]]:
    return {"without": list(without)} if without else {}
