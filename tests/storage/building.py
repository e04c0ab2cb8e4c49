"""Makes what a storage test starts from: people, contacts, consents, letters."""

from datetime import UTC, date, datetime, timedelta

from bot.model.contact import Basis, Consent, ContactId, Scope
from bot.model.outbox import Draft, Spot
from bot.model.people import Actor, MemberId, Seat
from bot.model.store import NewContact, Unit
from storage.database import Database

NOW = datetime(2026, 3, 9, 8, 30, 0, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def an_actor(user: str = "ana", workspace: str = "T1", **more: object) -> Actor:
    known = {"platform": "slack", "channel": "C1", "name": user.title(), "key": f"press-{user}"}
    return Actor(workspace=workspace, user=user, **{**known, **more})  # type: ignore[arg-type]


async def a_seat(database: Database, user: str = "ana", workspace: str = "T1") -> Seat:
    return await database.seat(an_actor(user, workspace), NOW)


def a_contact(steward: MemberId, name: str = "Rosa Diaz", **more: str) -> NewContact:
    known = {"does": "Nurse manager", "organisation": "Harbour Hospital", "field": "Nursing", "place": "Cebu"}
    return NewContact(steward, name, **{**known, **more})


def a_consent(recorded_by: MemberId, expires_on: date = date(2027, 3, 9)) -> Consent:
    return Consent(Basis.SAID_YES, Scope.DIRECT, date(2026, 3, 9), expires_on, recorded_by, may_name=True)


async def a_card(unit: Unit, steward: MemberId, name: str = "Rosa Diaz", **more: str) -> ContactId:
    """Put a contact on the board."""
    contact = await unit.contacts.add(a_contact(steward, name, **more), NOW)
    await unit.contacts.share(contact, a_consent(steward), NOW)
    return contact


def a_draft(member: MemberId, key: str = "k1", due_at: datetime = NOW, spot: Spot | None = None) -> Draft:
    return Draft(key, "nudge", "7", member, due_at, spot)
