"""Erases a group with every row that belongs to it, whatever table it is in."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.model.people import GroupId
from storage.engine import Engine
from storage.link import OF_GROUP, Link
from storage.tables import groups, metadata
from storage.types import Instant

# What refers to other rows goes before them.
_ROWS = tuple(
    delete(table).where(table.c.group_id == OF_GROUP)
    for table in reversed(metadata.sorted_tables)
    if "group_id" in table.c
)
_GROUP = delete(groups).where(groups.c.id == OF_GROUP)

# Locked: whoever comes back just now waits here, and begins anew.
_ENDED = select(groups.c.id).where(groups.c.ends_at < bindparam("now", type_=Instant)).limit(1).with_for_update()


async def erase_ended(engine: Engine, now: datetime) -> int:
    """Erase the groups that were to end before *now*, each in a transaction. Returns how many rows that were."""
    removed = 0
    while True:
        async with engine.writing() as link:
            row = await link.first(_ENDED, {"now": now})
            if row is None:
                return removed
            removed += await erase(link, GroupId(row.id))


async def erase(link: Link, group: GroupId) -> int:
    """Return how many rows were removed."""
    return sum([await link.run(statement, {"of_group": group}) for statement in (*_ROWS, _GROUP)])
