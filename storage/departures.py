"""Lets go of a workspace that took the bot away, and keeps its group when it comes back in time."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, or_, select, update

from storage.letters import IS_LIVE
from storage.link import OF_GROUP, Link, Params
from storage.tables import accounts, drafts, groups, letters, places, posts

_PLATFORM: Any = bindparam("of_platform")
_WORKSPACE: Any = bindparam("of_workspace")


def _is_there(table: Table) -> ColumnElement[bool]:
    return and_(table.c.platform == _PLATFORM, table.c.workspace == _WORKSPACE)


# Locked: two workspaces of one group that leave at the same moment must see each other.
_GROUPS = (
    select(groups.c.id)
    .where(groups.c.id.in_(select(places.c.group_id).where(_is_there(places))))
    .order_by(groups.c.id)
    .with_for_update()
)
_ELSEWHERE = select(places.c.workspace).where(places.c.group_id == OF_GROUP, ~_is_there(places)).limit(1)

_REACHABLE = select(accounts.c.member_id).where(accounts.c.group_id == OF_GROUP)
_HAS_NO_WAY = and_(letters.c.channel.is_(None), letters.c.member_id.not_in(_REACHABLE))
_LEAVE_PLACE = (
    *(
        delete(table).where(table.c.group_id == OF_GROUP, _is_there(table))
        for table in (accounts, drafts, posts, places)
    ),
    delete(letters).where(letters.c.group_id == OF_GROUP, IS_LIVE, or_(_is_there(letters), _HAS_NO_WAY)),
)
_END_GROUP = update(groups).where(groups.c.id == OF_GROUP)
_SILENCE_GROUP = delete(letters).where(letters.c.group_id == OF_GROUP, IS_LIVE)
_COME_BACK = (
    update(groups)
    .where(groups.c.ends_at.is_not(None), groups.c.id.in_(select(places.c.group_id).where(_is_there(places))))
    .values(ends_at=None)
)


async def leave(link: Link, platform: str, workspace: str, ends_at: datetime) -> None:
    """End every group that has no place but in *workspace*, and take the others out of there."""
    await lock_workspace(link, platform, workspace)
    there = {"of_platform": platform, "of_workspace": workspace}
    for (group,) in await link.all(_GROUPS, there):
        here = {**there, "of_group": group}
        if await link.first(_ELSEWHERE, here) is None:
            await link.run(_END_GROUP, {"of_group": group, "ends_at": ends_at})
            await link.run(_SILENCE_GROUP, {"of_group": group})
        else:
            await _leave_place(link, here)


async def come_back(link: Link, platform: str, workspace: str) -> None:
    """Keep what was to end. Waits for one that is being erased right now: that one is gone then."""
    await link.run(_COME_BACK, {"of_platform": platform, "of_workspace": workspace})


async def lock_workspace(link: Link, platform: str, workspace: str) -> None:
    """Let nobody else make or leave a place there until this transaction ends."""
    await link.lock(f"{platform}/{workspace}")


async def _leave_place(link: Link, here: Params) -> None:
    for statement in _LEAVE_PLACE:
        await link.run(statement, here)
