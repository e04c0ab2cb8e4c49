"""Maps the rows of contacts to records, and keeps a contact's card on the board."""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from bot.model.contact import (
    Basis,
    Budget,
    Consent,
    Contact,
    ContactId,
    Listing,
    Reach,
    Standing,
)
from bot.model.contact import (
    Scope as ConsentScope,
)
from bot.model.people import NOBODY, MemberId
from storage.link import OF_GROUP, Scope
from storage.tables import asks, cards, contacts, members
from storage.upsert import upsert
from storage.words import card_words

OF_CONTACT: Any = bindparam("of_contact")
THIS = (contacts.c.group_id == OF_GROUP, contacts.c.id == OF_CONTACT)

COLUMNS = (
    contacts.c.id, contacts.c.steward_id, contacts.c.name, contacts.c.does, contacts.c.organisation, contacts.c.field,
    contacts.c.place, contacts.c.created_at, contacts.c.tags, contacts.c.link, contacts.c.reach, contacts.c.hours,
    contacts.c.known, contacts.c.note, contacts.c.standing, contacts.c.shared_at, contacts.c.email, contacts.c.phone,
    contacts.c.max_open_asks, contacts.c.min_gap_days, contacts.c.max_per_90d,
    contacts.c.basis, contacts.c.scope, contacts.c.given_on, contacts.c.expires_on, contacts.c.recorded_by_id,
    contacts.c.may_name,
)  # fmt: skip

_SHARER = select(members.c.name).where(members.c.id == contacts.c.steward_id).scalar_subquery()
_ASKED = select(asks.c.id).where(asks.c.group_id == contacts.c.group_id, asks.c.contact_id == contacts.c.id).exists()
LISTED = (
    contacts.c.id, contacts.c.steward_id, _SHARER.label("sharer"), contacts.c.name, contacts.c.does,
    contacts.c.organisation, contacts.c.field, contacts.c.place, contacts.c.tags, contacts.c.scope,
    contacts.c.max_open_asks, contacts.c.min_gap_days, contacts.c.max_per_90d, _ASKED.label("asked"),
)  # fmt: skip

# Looked up: calling an enum takes as long as the rest of a record.
_BASES = {basis.value: basis for basis in Basis}
_REACHES = {reach.value: reach for reach in Reach}
_SCOPES = {scope.value: scope for scope in ConsentScope}
_STANDINGS = {standing.value: standing for standing in Standing}

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
        tags=_tags(row.tags),
    )


def contact_of(row: Sequence[Any], note: str = "") -> Contact:
    """Return the contact of *row*, which has `COLUMNS`. The *note* is for the steward alone and comes in decrypted."""
    # Unpacked, not asked for by name: a page of the board is twenty of these.
    (
        number, steward, name, does, organisation, field, place, created_at, tags, link, reach, hours,
        known, _sealed, standing, shared_at, email, phone, most_open, gap, most, *consent,
    ) = row  # fmt: skip
    return Contact(
        ContactId(number), MemberId(steward or NOBODY), name, does, organisation, field, place, created_at,
        _tags(tags), link, _REACHES[reach], hours, known, note, _STANDINGS[standing], _consent(*consent),
        _budget(most_open, gap, most), shared_at, has_email=bool(email), has_phone=bool(phone),
    )  # fmt: skip


def listing_of(row: Sequence[Any]) -> Listing:
    """Return what the group sees of the contact of *row*, which has `LISTED`."""
    number, steward, sharer, name, does, organisation, field, place, tags, scope, open_, gap, quarter, asked = row
    return Listing(
        ContactId(number), MemberId(steward or NOBODY), sharer or "", name, does, organisation, field, place,
        _tags(tags), _SCOPES[scope], _budget(open_, gap, quarter), bool(asked),
    )  # fmt: skip


# Contacts that were shared the same way on the same day share these: a page of the board is a third quicker for it.
_budget = lru_cache(maxsize=1024)(Budget)


@lru_cache(maxsize=1024)
def _consent(
    basis: str | None, scope: str, given_on: date, expires_on: date, recorded_by: int | None, may_name: bool
) -> Consent | None:
    if basis is None:
        return None
    recorder = MemberId(recorded_by or NOBODY)
    return Consent(_BASES[basis], _SCOPES[scope], given_on, expires_on, recorder, may_name)


@lru_cache(maxsize=1024)
def _tags(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
