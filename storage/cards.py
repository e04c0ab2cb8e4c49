"""Maps the rows of contacts to records, and keeps a contact's card on the board."""

import json
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from bot.model.contact import (
    Basis,
    Budget,
    Consent,
    Contact,
    ContactId,
    Reach,
    Scope as ConsentScope,
    Standing,
)
from bot.model.people import MemberId
from storage.link import OF_GROUP, Scope
from storage.members import NOBODY
from storage.tables import cards, contacts
from storage.upsert import upsert
from storage.words import card_words

OF_CONTACT: Any = bindparam("of_contact")
THIS = (contacts.c.group_id == OF_GROUP, contacts.c.id == OF_CONTACT)

_INNER = {"name_hash", "email_hash", "phone_hash", "group_id"}
COLUMNS = tuple(column for column in contacts.c if column.name not in _INNER)

_GET = select(*COLUMNS).where(*THIS)
_ADD = upsert(cards).on_conflict_do_nothing(index_elements=[cards.c.contact_id]).returning(cards.c.no)
_NUMBER = update(contacts).where(*THIS)
_WORDS = update(cards).where(cards.c.group_id == OF_GROUP, cards.c.contact_id == OF_CONTACT)
_REMOVE = delete(cards).where(cards.c.group_id == OF_GROUP, cards.c.contact_id == OF_CONTACT)


async def put_card(scope: Scope, contact: ContactId) -> None:
    """Put the contact on the board as its newest card; one that is there already keeps its place."""
    row = await scope.first(_GET, of_contact=contact)
    if row is None:
        return
    number = await scope.add(_ADD, contact_id=contact, words=_words(scope, row))
    if number is not None:
        await scope.run(_NUMBER, of_contact=contact, card_no=number)


async def redo_card(scope: Scope, contact: ContactId) -> None:
    """Let the board find the contact by what is now written about it, if it is on the board."""
    row = await scope.first(_GET, of_contact=contact)
    if row is not None and row.standing == Standing.SHARED:
        await scope.run(_WORDS, of_contact=contact, words=_words(scope, row))


async def remove_card(scope: Scope, contact: ContactId) -> None:
    await scope.run(_REMOVE, of_contact=contact)


def _words(scope: Scope, row: Row[Any]) -> str:
    return card_words(
        scope.group,
        name=row.name,
        does=row.does,
        organisation=row.organisation,
        field=row.field,
        place=row.place,
        tags=json.loads(row.tags),
    )


def contact_of(row: Row[Any], note: str = "") -> Contact:
    """Return the contact of *row*, which has `COLUMNS`. The *note* is for the steward alone and comes in decrypted."""
    return Contact(
        id=ContactId(row.id),
        steward=MemberId(row.steward_id or NOBODY),
        name=row.name,
        does=row.does,
        organisation=row.organisation,
        field=row.field,
        place=row.place,
        created_at=row.created_at,
        tags=tuple(json.loads(row.tags)),
        link=row.link,
        reach=Reach(row.reach),
        hours=row.hours,
        known=row.known,
        note=note,
        standing=Standing(row.standing),
        consent=_consent(row),
        budget=Budget(row.max_open_asks, row.min_gap_days, row.max_per_90d),
        shared_at=row.shared_at,
        has_email=bool(row.email),
        has_phone=bool(row.phone),
    )


def _consent(row: Row[Any]) -> Consent | None:
    if row.basis is None:
        return None
    return Consent(
        basis=Basis(row.basis),
        scope=ConsentScope(row.scope),
        given_on=row.given_on,
        expires_on=row.expires_on,
        recorded_by=MemberId(row.recorded_by_id or NOBODY),
        may_name=row.may_name,
    )
