"""Reads and changes the members of a group."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.model.people import Account, GroupId, Inventory, Member, MemberId, Nudges, Purpose
from storage.forgetting import forget
from storage.link import OF_GROUP, Repository, given
from storage.preferences import inventory_from_text, inventory_to_text, nudges_from_text, nudges_to_text
from storage.tables import accounts, members

COLUMNS = (
    members.c.id, members.c.group_id, members.c.name, members.c.joined_at, members.c.zone, members.c.locale,
    members.c.purpose, members.c.field, members.c.is_organiser, members.c.has_started, members.c.nudges,
    members.c.inventory,
)  # fmt: skip

_OF_MEMBER: Any = bindparam("of_member")
_THIS = (members.c.group_id == OF_GROUP, members.c.id == _OF_MEMBER)

_ALL = select(*COLUMNS).where(members.c.group_id == OF_GROUP).order_by(members.c.id)
_NAMES = select(members.c.id, members.c.name).where(
    members.c.group_id == OF_GROUP, members.c.id.in_(bindparam("of_members", expanding=True))
)
_GET = select(*COLUMNS).where(*_THIS)
_LOCK = _GET.with_for_update(key_share=True)
_CHANGE = update(members).where(*_THIS)
_NAME = update(members).where(*_THIS, members.c.is_organiser == bindparam("was_organiser"))
_ACCOUNT = (
    select(accounts.c.platform, accounts.c.workspace, accounts.c.user)
    .where(accounts.c.group_id == OF_GROUP, accounts.c.member_id == _OF_MEMBER)
    .order_by(accounts.c.is_latest.desc(), accounts.c.id.desc())
)


class Members(Repository):
    async def get(self, member: MemberId) -> Member | None:
        row = await self._scope.first(_GET, of_member=member)
        return None if row is None else member_of(row)

    async def lock(self, member: MemberId) -> Member | None:
        row = await self._scope.first(_LOCK, of_member=member)
        return None if row is None else member_of(row)

    async def all(self) -> tuple[Member, ...]:
        return tuple(member_of(row) for row in await self._scope.all(_ALL))

    async def names(self, members: Collection[MemberId]) -> Mapping[MemberId, str]:
        rows = await self._scope.all(_NAMES, of_members=list(members))
        return {MemberId(row.id): row.name for row in rows}

    async def account(self, member: MemberId) -> Account | None:
        row = await self._scope.first(_ACCOUNT, of_member=member)
        return None if row is None else Account(row.platform, row.workspace, row.user)

    async def introduce(
        self, member: MemberId, *, purpose: Purpose | None = None, field: str | None = None, zone: str | None = None,
        has_started: bool | None = None,
    ) -> None:  # fmt: skip
        if changes := given(purpose=purpose, field=field, zone=zone, has_started=has_started):
            await self._scope.run(_CHANGE, of_member=member, **changes)

    async def set_organiser(self, member: MemberId, *, is_organiser: bool) -> bool:
        values = {"is_organiser": is_organiser, "was_organiser": not is_organiser}
        return await self._scope.run(_NAME, of_member=member, **values) > 0

    async def set_nudges(self, member: MemberId, nudges: Nudges) -> None:
        await self._scope.run(_CHANGE, of_member=member, nudges=nudges_to_text(nudges))

    async def set_inventory(self, member: MemberId, inventory: Inventory) -> None:
        await self._scope.run(_CHANGE, of_member=member, inventory=inventory_to_text(inventory))

    async def forget(self, member: MemberId) -> None:
        await forget(self._scope, member)


def member_of(values: Sequence[Any], *, is_admin: bool = False) -> Member:
    """Return the member of *values*, as `COLUMNS` has them. An admin of the workspace counts as organiser."""
    number, group, name, joined_at, zone, locale, purpose, field, organises, started, nudges, inventory = values
    return Member(
        MemberId(number),
        GroupId(group),
        name,
        joined_at,
        zone,
        locale,
        Purpose(purpose) if purpose else None,
        field,
        organises or is_admin,
        started,
        nudges_from_text(nudges),
        inventory_from_text(inventory),
    )
