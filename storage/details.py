"""Keeps how a contact is reached: encrypted, found again only by keyed hash, each look at it noted."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, insert, or_, select, update

from bot.model.contact import Contact, ContactId, Details, Standing
from bot.model.people import MemberId
from storage.cards import COLUMNS, OF_CONTACT, THIS, contact_of
from storage.link import OF_GROUP, Repository, Scope
from storage.secrets import plain_email, plain_name, plain_phone
from storage.tables import contacts, sightings, suppressions
from storage.upsert import upsert

_GET = select(contacts.c.email, contacts.c.phone).where(*THIS)
_IDENTITY = (
    contacts.c.email_hash, contacts.c.phone_hash, contacts.c.name_hash, contacts.c.name, contacts.c.organisation,
)  # fmt: skip
_SET = update(contacts).where(*THIS)
_SEEN = insert(sightings).from_select(
    ["group_id", "contact_id", "reader_id", "at"],
    select(
        contacts.c.group_id,
        contacts.c.id,
        bindparam("reader", type_=sightings.c.reader_id.type),
        bindparam("at", type_=sightings.c.at.type),
    ).where(*THIS),
)
_SAME = (
    select(*COLUMNS)
    .where(
        contacts.c.group_id == OF_GROUP,
        contacts.c.standing == Standing.SHARED,
        contacts.c.expires_on >= bindparam("today"),
        contacts.c.id != OF_CONTACT,
        or_(contacts.c.email_hash == bindparam("email"), contacts.c.phone_hash == bindparam("phone")),
    )
    .order_by(contacts.c.card_no.desc())
)
_PERSON = select(*_IDENTITY).where(*THIS)
_SAME_PERSON = (
    select(contacts.c.id, *_IDENTITY)
    .where(
        contacts.c.group_id == OF_GROUP,
        or_(
            contacts.c.id == OF_CONTACT,
            and_(
                contacts.c.standing == Standing.SHARED,
                or_(
                    contacts.c.email_hash == bindparam("email"),
                    contacts.c.phone_hash == bindparam("phone"),
                    contacts.c.name_hash == bindparam("name"),
                ),
            ),
        ),
    )
    .order_by(contacts.c.id)
    .with_for_update(key_share=True)
)
_SUPPRESSED = select(suppressions.c.hash).where(
    suppressions.c.group_id == OF_GROUP,
    suppressions.c.hash.in_([bindparam("email"), bindparam("phone"), bindparam("person")]),
)
_SUPPRESS = upsert(suppressions).on_conflict_do_nothing()


class ContactDetails(Repository):
    async def details(self, contact: ContactId) -> Details:
        row = await self._scope.first(_GET, of_contact=contact)
        if row is None:
            return Details()
        return Details(self._scope.vault.decrypt(row.email), self._scope.vault.decrypt(row.phone))

    async def shown(self, contact: ContactId, reader: MemberId, now: datetime) -> None:
        await self._scope.run(_SEEN, of_contact=contact, reader=reader, at=now)

    async def set_details(self, contact: ContactId, details: Details) -> None:
        email_hash, phone_hash = _hashes(self._scope, details)
        await self._scope.run(
            _SET,
            of_contact=contact,
            email=self._scope.vault.encrypt(details.email),
            phone=self._scope.vault.encrypt(details.phone),
            email_hash=email_hash,
            phone_hash=phone_hash,
        )

    async def duplicate(self, details: Details, other_than: ContactId, now: datetime) -> Contact | None:
        email_hash, phone_hash = hashes = _hashes(self._scope, details)
        await _lock(self._scope, hashes)
        today = now.astimezone(UTC).date()
        row = await self._scope.first(_SAME, of_contact=other_than, today=today, email=email_hash, phone=phone_hash)
        return None if row is None else contact_of(row)

    async def lock_person(self, contact: ContactId) -> tuple[ContactId, ...]:
        who = await self._scope.first(_PERSON, of_contact=contact)
        if who is None:
            return ()
        hashes = {"email": who.email_hash, "phone": who.phone_hash, "name": who.name_hash}
        rows = await self._scope.all(_SAME_PERSON, of_contact=contact, **hashes)
        return tuple(ContactId(row.id) for row in rows if row.id == contact or _is_same(self._scope, row, who))

    async def is_suppressed(self, details: Details, *, name: str = "", organisation: str = "") -> bool:
        email_hash, phone_hash = _hashes(self._scope, details)
        hashes = {"email": email_hash, "phone": phone_hash, "person": _person(self._scope, name, organisation)}
        return await self._scope.first(_SUPPRESSED, **hashes) is not None


async def remember_stop(scope: Scope, contact: ContactId, now: datetime) -> None:
    """Remember by keyed hash that the contact asked not to be passed on."""
    row = await scope.first(_PERSON, of_contact=contact)
    if row is None:
        return
    marks = _marks(scope, row)
    await _lock(scope, marks)
    await scope.add_many(_SUPPRESS, [{"hash": kept, "at": now} for kept in sorted(marks)])


async def _lock(scope: Scope, hashes: Iterable[str | None]) -> None:
    """Make others wait who share the same person, or remember that they asked to stop; always in the same order."""
    for kept in sorted(filter(None, hashes)):
        await scope.link.lock(kept)


def _person(scope: Scope, name: str, organisation: str) -> str | None:
    """Return the keyed hash of who somebody is: many have no e-mail or phone on file to be known again by."""
    return scope.fingerprint("person", f"{plain_name(name)}\n{plain_name(organisation)}") if name else None


def _is_same(scope: Scope, one: Row[Any], other: Row[Any]) -> bool:
    """Tell whether two rows are about the same person, by what a stop is remembered by."""
    return bool(_marks(scope, one) & _marks(scope, other))


def _marks(scope: Scope, row: Row[Any]) -> set[str]:
    return set(filter(None, (row.email_hash, row.phone_hash, _person(scope, row.name, row.organisation))))


def _hashes(scope: Scope, details: Details) -> tuple[str | None, str | None]:
    """Return the keyed hashes of e-mail and phone; `None`, which equals nothing, for what is not given."""
    email, phone = plain_email(details.email), plain_phone(details.phone)
    return (
        scope.fingerprint("email", email) if email else None,
        scope.fingerprint("phone", phone) if phone else None,
    )
