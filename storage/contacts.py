"""Reads and changes the contacts of a group."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, delete, insert, or_, select, update

from bot.model.contact import Budget, Consent, Contact, ContactId, Reach, Standing
from bot.model.people import MemberId
from bot.model.store import NewContact
from storage.board import Board
from storage.cards import COLUMNS, OF_CONTACT, THIS, contact_of, put_card, redo_card, remove_card
from storage.details import ContactDetails, remember_stop
from storage.link import OF_GROUP, given
from storage.secrets import plain_name
from storage.tables import asks, contacts, interviews, sightings
from storage.types import Instant

_VIEWER: Any = bindparam("viewer")
_THEIR_OWN = contacts.c.steward_id == _VIEWER
_KNOWABLE = or_(_THEIR_OWN, contacts.c.standing == Standing.SHARED)

_ADD = insert(contacts).returning(contacts.c.id)
_GET = select(*COLUMNS).where(*THIS, _KNOWABLE)
_LOCK = _GET.with_for_update(key_share=True)
_OF = select(*COLUMNS).where(contacts.c.group_id == OF_GROUP, _THEIR_OWN).order_by(contacts.c.id.desc())
_SAME_NAME = (
    select(*COLUMNS)
    .where(contacts.c.group_id == OF_GROUP, contacts.c.name_hash == bindparam("name_hash"), _KNOWABLE)
    .order_by(_THEIR_OWN.desc(), contacts.c.id.desc())
)
_CHANGE = update(contacts).where(*THIS)
_SHARE = _CHANGE.values(
    standing=Standing.SHARED,
    # A consent that is renewed leaves the card where it is.
    shared_at=case(
        (contacts.c.standing == Standing.SHARED, contacts.c.shared_at), else_=bindparam("now", type_=Instant)
    ),
)
# A person whose card was taken off may be shared again, by anybody: they still have the rest that they had then.
_NAMESAKES = select(contacts.c.id).where(
    contacts.c.group_id == OF_GROUP,
    contacts.c.standing == Standing.WITHDRAWN,
    contacts.c.name_hash == select(contacts.c.name_hash).where(*THIS).scalar_subquery(),
)
_INHERIT = (
    update(asks)
    .where(asks.c.group_id == OF_GROUP, asks.c.sent_at.is_not(None), asks.c.contact_id.in_(_NAMESAKES))
    .values(contact_id=OF_CONTACT)
)
_REMOVE = (
    delete(asks).where(asks.c.group_id == OF_GROUP, asks.c.contact_id == OF_CONTACT),
    delete(sightings).where(sightings.c.group_id == OF_GROUP, sightings.c.contact_id == OF_CONTACT),
    update(interviews)
    .where(interviews.c.group_id == OF_GROUP, interviews.c.contact_id == OF_CONTACT)
    .values(contact_id=None),
    delete(contacts).where(*THIS),
)


class Contacts(Board, ContactDetails):
    async def add(self, new: NewContact, now: datetime) -> ContactId:
        number = await self._scope.add(
            _ADD,
            steward_id=new.steward,
            does=new.does,
            organisation=new.organisation,
            field=new.field,
            place=new.place,
            created_at=now,
            **self._named(new.name),
        )
        return ContactId(number)

    async def get(self, contact: ContactId, viewer: MemberId) -> Contact | None:
        return await self._one(_GET, viewer, of_contact=contact)

    async def lock(self, contact: ContactId, viewer: MemberId) -> Contact | None:
        return await self._one(_LOCK, viewer, of_contact=contact)

    async def of(self, steward: MemberId) -> tuple[Contact, ...]:
        return tuple(self._seen_by(steward, row) for row in await self._scope.all(_OF, viewer=steward))

    async def same_name(self, steward: MemberId, name: str) -> Contact | None:
        return await self._one(_SAME_NAME, steward, name_hash=self._named(name)["name_hash"])

    async def describe(
        self, contact: ContactId, *, name: str | None = None, does: str | None = None, organisation: str | None = None,
        field: str | None = None, place: str | None = None, tags: Sequence[str] | None = None, link: str | None = None,
        reach: Reach | None = None, hours: str | None = None, known: str | None = None, note: str | None = None,
        budget: Budget | None = None,
    ) -> None:  # fmt: skip
        changes = given(
            does=does, organisation=organisation, field=field, place=place, link=link, reach=reach, hours=hours,
            known=known,
            note=None if note is None else self._scope.vault.encrypt(note),
            tags=None if tags is None else json.dumps(list(tags), ensure_ascii=False),
        )  # fmt: skip
        changes |= _budget(budget) | (self._named(name) if name is not None else {})
        if changes:
            await self._scope.run(_CHANGE, of_contact=contact, **changes)
            await redo_card(self._scope, contact)

    async def share(self, contact: ContactId, consent: Consent, now: datetime) -> None:
        await self._scope.run(
            _SHARE,
            of_contact=contact,
            now=now,
            basis=consent.basis,
            scope=consent.scope,
            given_on=consent.given_on,
            expires_on=consent.expires_on,
            recorded_by_id=consent.recorded_by,
            may_name=consent.may_name,
        )
        await self._scope.run(_INHERIT, of_contact=contact)
        await put_card(self._scope, contact)

    async def withdraw(self, contact: ContactId, now: datetime, *, suppress: bool) -> None:
        if suppress:
            await remember_stop(self._scope, contact, now)
        await self._scope.run(
            _CHANGE,
            of_contact=contact,
            standing=Standing.WITHDRAWN,
            email="",
            phone="",
            email_hash=None,
            phone_hash=None,
        )
        await remove_card(self._scope, contact)

    async def remove(self, contact: ContactId) -> None:
        await remove_card(self._scope, contact)
        for statement in _REMOVE:
            await self._scope.run(statement, of_contact=contact)

    async def _one(self, statement: Select[Any], viewer: MemberId, **params: Any) -> Contact | None:
        row = await self._scope.first(statement, viewer=viewer, **params)
        return None if row is None else self._seen_by(viewer, row)

    def _seen_by(self, viewer: MemberId, row: Row[Any]) -> Contact:
        note = self._scope.vault.decrypt(row.note) if row.steward_id == viewer else ""
        return contact_of(row, note)

    def _named(self, name: str) -> dict[str, str]:
        """Return *name* and the keyed hash that finds it again without an index of names."""
        return {"name": name, "name_hash": self._scope.fingerprint("name", plain_name(name))}


def _budget(budget: Budget | None) -> dict[str, int]:
    if budget is None:
        return {}
    return {
        "max_open_asks": budget.max_open_asks,
        "min_gap_days": budget.min_gap_days,
        "max_per_90d": budget.max_per_90d,
    }
