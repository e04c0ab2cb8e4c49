"""Removes what has been kept long enough: letters that were sent, and answers that nobody will ask for again."""

from datetime import datetime, timedelta

from sqlalchemy import Executable, bindparam, delete, select

from storage.engine import Engine
from storage.tables import letters, replies
from storage.types import Instant

LETTERS_STAY = timedelta(days=90)
REPLIES_STAY = timedelta(days=7)

BATCH = 1000
"""Rows to a transaction, so that nobody waits long to write."""

_BEFORE = bindparam("before", type_=Instant)
_LETTERS = delete(letters).where(
    letters.c.id.in_(
        select(letters.c.id)
        .where(letters.c.state == "done", letters.c.state != "live", letters.c.ended_at < _BEFORE)
        .limit(BATCH)
    )
)
_OLD_REPLIES = select(replies.c.at).where(replies.c.at < _BEFORE).order_by(replies.c.at).limit(BATCH).scalar_subquery()
_REPLIES = delete(replies).where(replies.c.at.in_(_OLD_REPLIES))


async def prune(engine: Engine, now: datetime) -> int:
    """Return how many rows were removed."""
    return await _drain(engine, _LETTERS, now - LETTERS_STAY) + await _drain(engine, _REPLIES, now - REPLIES_STAY)


async def _drain(engine: Engine, statement: Executable, before: datetime) -> int:
    removed = 0
    while True:
        async with engine.writing() as link:
            batch = await link.run(statement, {"before": before})
        removed += batch
        if batch < BATCH:
            return removed
