"""Removes what has been kept long enough: sent letters, old answers, left installs and forms, groups that ended."""

from datetime import datetime, timedelta

from sqlalchemy import Executable, bindparam, delete, select

from storage.compacting import compact
from storage.engine import Engine
from storage.erasing import erase_ended
from storage.tables import drafts, install_states, letters, replies
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
_OLD_STATES = select(install_states.c.hash).where(install_states.c.ends_at < _BEFORE).limit(BATCH)
_STATES = delete(install_states).where(install_states.c.hash.in_(_OLD_STATES))
_OLD_DRAFTS = select(drafts.c.hash).where(drafts.c.ends_at < _BEFORE).limit(BATCH)
_DRAFTS = delete(drafts).where(drafts.c.hash.in_(_OLD_DRAFTS))


async def prune(engine: Engine, now: datetime) -> int:
    """Return how many rows were removed."""
    removed = await erase_ended(engine, now)
    until = {_LETTERS: now - LETTERS_STAY, _REPLIES: now - REPLIES_STAY, _STATES: now, _DRAFTS: now}
    for statement, before in until.items():
        removed += await _drain(engine, statement, before)
    await compact(engine)
    return removed


async def _drain(engine: Engine, statement: Executable, before: datetime) -> int:
    removed = 0
    while True:
        async with engine.writing() as link:
            batch = await link.run(statement, {"before": before})
        removed += batch
        if batch < BATCH:
            return removed
