"""Finds where an actor sits, and makes room at the first visit."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, insert, select, update

from bot.model.people import Account, Actor, Group, Member, Seat
from storage import groups as group_rows
from storage import members as member_rows
from storage.departures import come_back, lock_workspace
from storage.engine import Engine
from storage.link import Link, given
from storage.tables import accounts, groups, members, places

_PLATFORM: Any = bindparam("platform")
_WORKSPACE: Any = bindparam("workspace")
_USER: Any = bindparam("user")
_GROUPS, _MEMBERS = len(group_rows.COLUMNS), len(member_rows.COLUMNS)

# The channel's own group sorts before the workspace's, whose channel is empty.
_SEAT = (
    select(
        *group_rows.COLUMNS,
        *member_rows.COLUMNS,
        groups.c.ends_at,
        accounts.c.id.label("account"),
        accounts.c.is_latest,
        accounts.c.zone.label("account_zone"),
    )
    .select_from(
        places.join(groups, groups.c.id == places.c.group_id)
        .outerjoin(
            accounts,
            and_(
                accounts.c.group_id == places.c.group_id,
                accounts.c.platform == _PLATFORM,
                accounts.c.workspace == _WORKSPACE,
                accounts.c.user == _USER,
            ),
        )
        .outerjoin(members, members.c.id == accounts.c.member_id)
    )
    .where(
        places.c.platform == _PLATFORM,
        places.c.workspace == _WORKSPACE,
        places.c.channel.in_(["", bindparam("channel")]),
    )
    .order_by(places.c.channel.desc())
    .limit(1)
)
_ADD_GROUP = insert(groups).returning(groups.c.id)
_ADD_PLACE = insert(places)
_ADD_MEMBER = insert(members).returning(members.c.id)
_ADD_ACCOUNT = insert(accounts)
_FRESHEN = update(members).where(members.c.id == bindparam("of_member"))
_FRESHEN_ACCOUNT = update(accounts).where(accounts.c.id == bindparam("of_account"))
_LATEST = (
    update(accounts)
    .where(accounts.c.member_id == bindparam("of_member"))
    .values(is_latest=accounts.c.id == bindparam("latest"))
)


class Seats:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def find(self, actor: Actor, now: datetime) -> Seat:
        """Return the actor's seat. Somebody known is one quick read; a first visit, a new name or another account of
        theirs than last time is written down."""
        asked = (actor.platform, actor.workspace, actor.channel, actor.user)
        told = (*asked, actor.name, actor.locale, actor.zone, actor.is_admin)
        async with self._engine.glancing() as link:
            kept = link.kept()
            seat: Seat | None = kept.get(told)
            if seat is None and (seat := await _up_to_date(link, actor)) is not None:
                kept[told] = seat
        return seat or _seat(await self._catch_up(actor, now), is_admin=actor.is_admin)

    async def known(self, account: Account) -> Seat | None:
        async with self._engine.glancing() as link:
            row = await _row(link, account)
        return None if row is None or row.account is None else _seat(row)

    async def _catch_up(self, actor: Actor, now: datetime) -> Row[Any]:
        async with self._engine.writing() as link:
            # Two first visits at the same moment make one group and one member.
            await lock_workspace(link, actor.platform, actor.workspace)
            row = await _row(link, actor)
            if row is not None and row.ends_at is not None:
                await come_back(link, actor.platform, actor.workspace)
                row = await _row(link, actor)
            row = row or await _make_group(link, actor, now)
            if row.account is None:
                await _make_member(link, actor, now, _group(row))
            else:
                await _freshen(link, row, actor)
            return await _found(link, actor)


async def _up_to_date(link: Link, actor: Actor) -> Seat | None:
    """Return the actor's seat if there is nothing to write down."""
    row = await _row(link, actor)
    if row is None or row.account is None or row.ends_at is not None:
        return None
    seat = _seat(row, is_admin=actor.is_admin)
    return None if _is_behind(row, seat.member, actor) else seat


async def _row(link: Link, who: Actor | Account) -> Row[Any] | None:
    """Return where *who* sits: for an account alone, in the group of the workspace."""
    channel = who.channel if isinstance(who, Actor) else None
    return await link.first(
        _SEAT, {"platform": who.platform, "workspace": who.workspace, "channel": channel or "", "user": who.user}
    )


async def _found(link: Link, actor: Actor) -> Row[Any]:
    row = await _row(link, actor)
    if row is None:
        raise LookupError("The place that was written down just now is gone")
    return row


async def _make_group(link: Link, actor: Actor, now: datetime) -> Row[Any]:
    name = actor.workspace_name or actor.workspace
    made = await link.first(_ADD_GROUP, {"name": name, "created_at": now})
    place = {"platform": actor.platform, "workspace": actor.workspace, "channel": ""}
    await link.run(_ADD_PLACE, {**place, "group_id": made and made[0]})
    return await _found(link, actor)


async def _make_member(link: Link, actor: Actor, now: datetime, group: Group) -> None:
    person = {"name": actor.name, "zone": actor.zone, "locale": actor.locale, "joined_at": now}
    made = await link.first(_ADD_MEMBER, {**person, "group_id": group.id})
    account = {"platform": actor.platform, "workspace": actor.workspace, "user": actor.user, "zone": actor.zone}
    ids = {"group_id": group.id, "member_id": made and made[0]}
    await link.run(_ADD_ACCOUNT, {**account, **ids, "is_latest": True})


async def _freshen(link: Link, row: Row[Any], actor: Actor) -> None:
    member = _member(row)
    if not row.is_latest:
        await link.run(_LATEST, {"of_member": member.id, "latest": row.account})
    if _has_moved(row, actor):
        await link.run(_FRESHEN_ACCOUNT, {"of_account": row.account, "zone": actor.zone})
    if news := _news(row, member, actor):
        await link.run(_FRESHEN, {"of_member": member.id, **news})


def _is_behind(row: Row[Any], member: Member, actor: Actor) -> bool:
    told = (actor.name, actor.locale, actor.zone)
    if row.is_latest and told == (member.name, member.locale, member.zone) and member.zone == row.account_zone:
        return False  # as almost always
    return not row.is_latest or _has_moved(row, actor) or bool(_news(row, member, actor))


def _has_moved(row: Row[Any], actor: Actor) -> bool:
    return bool(actor.zone) and actor.zone != row.account_zone


def _news(row: Row[Any], member: Member, actor: Actor) -> dict[str, Any]:
    """Return what the platform says of the member and is not written down yet. A zone that they chose stays: it is not
    the one that the platform said last."""
    follows = member.zone is None or (member.zone == row.account_zone and _has_moved(row, actor))
    return given(
        name=actor.name if actor.name not in {"", member.name} else None,
        locale=actor.locale if actor.locale not in {"", member.locale} else None,
        zone=(actor.zone or None) if follows else None,
    )


def _seat(row: Row[Any], *, is_admin: bool = False) -> Seat:
    return Seat(_group(row), _member(row, is_admin=is_admin))


def _group(row: Row[Any]) -> Group:
    return group_rows.group_of(row[:_GROUPS])


def _member(row: Row[Any], *, is_admin: bool = False) -> Member:
    return member_rows.member_of(row[_GROUPS : _GROUPS + _MEMBERS], is_admin=is_admin)
