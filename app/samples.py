"""Fills the playground with two small groups, so that there is something to find on the first day.

Everybody here is invented; organisations and addresses use names that are reserved for examples.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from adapters.web.people import WORKSPACES, Person, Workspace
from adapters.web.stage import PLATFORM
from bot.commands.contacts.cards import CARD
from bot.commands.rhythm.schedule import schedule
from bot.content.library import Library
from bot.desk.context import Chance, Context
from bot.desk.registry import Registry
from bot.model.contact import CONSENT_LASTS, Basis, Consent, Details, Reach, Scope
from bot.model.outbox import Draft, Spot
from bot.model.people import Actor, Nudges, Purpose, Seat
from bot.model.store import NewContact, Store, Unit
from bot.record import record


@record
class Sample:
    """A contact that *sharer* has put on the board before the playground opens."""

    sharer: str
    name: str
    does: str
    organisation: str
    field: str
    place: str
    tags: tuple[str, ...]
    reach: Reach = Reach.EMAIL
    scope: Scope = Scope.DIRECT
    is_posted: bool = False


CONTACTS = (
    Sample("dana", "Ngozi Bello", "Public health officer", "Example Health Office", "Public health", "Lagos",
           ("outreach", "statistics")),
    Sample("chloe", "Omar Weiss", "Lead designer", "Studio Example", "Design", "London",
           ("career change", "portfolio"), is_posted=True),
    Sample("ana", "Luis Ortega", "Nurse educator", "Example Community Hospital", "Nursing", "New York",
           ("first job", "night shifts"), Reach.PHONE, Scope.ASK_ME_FIRST),
    Sample("ben", "Grace Lim", "Hotel operations manager", "Example Bay Hotel", "Hospitality", "Manila",
           ("shift work",)),
    Sample("emil", "Signe Dahl", "Harbour engineer", "Example Port", "Engineering", "Stockholm", ("field work",)),
    Sample("farah", "Peter Novak", "City planner", "Example City Hall", "City planning", "Toronto", ("maps",)),
)  # fmt: skip

FIELDS = {"ben": "Nursing", "chloe": "Design", "ana": "Public health", "farah": "City planning"}
EVERY_DAY = frozenset(range(7))
"""Sample members hear from Askwell on weekends too, so that "tomorrow at 9:00" shows a nudge on any day."""


async def fill(store: Store, registry: Registry, library: Library, clock: Callable[[], datetime]) -> None:
    """Write the sample groups into an empty *store*, as if their members had been here for a while."""
    for workspace in WORKSPACES:
        seats = {person.id: await store.seat(actor_of(workspace, person), clock()) for person in workspace.people}
        group = next(iter(seats.values())).group.id
        async with store.unit(group, writes=True) as unit:
            for person in workspace.people:
                await _introduce(unit, seats[person.id], person)
                await _share_all(unit, workspace, seats[person.id], person, clock())
        for person in workspace.people:
            seat = await store.seat(actor_of(workspace, person), clock())
            async with store.unit(group, writes=True) as unit:
                await schedule(Context(clock(), seat.group, seat.member, unit, library, registry, Chance(person.id)))


def actor_of(workspace: Workspace, person: Person) -> Actor:
    """Return *person* as somebody who acts in the playground."""
    return Actor(
        PLATFORM, workspace.id, None, person.id, person.name, "sample", person.is_organiser, str(person.zone),
        workspace_name=workspace.name,
    )  # fmt: skip


async def _introduce(unit: Unit, seat: Seat, person: Person) -> None:
    field = FIELDS.get(person.id, "")
    await unit.members.introduce(
        seat.member.id, purpose=Purpose.CAREER, field=field, zone=str(person.zone), has_started=True
    )
    await unit.members.set_nudges(seat.member.id, Nudges(is_on=True, days=EVERY_DAY))


async def _share_all(unit: Unit, workspace: Workspace, seat: Seat, person: Person, now: datetime) -> None:
    for i, sample in enumerate(one for one in CONTACTS if one.sharer == person.id):
        await _share(unit, workspace, seat, sample, now - timedelta(days=3, hours=i))


async def _share(unit: Unit, workspace: Workspace, seat: Seat, sample: Sample, at: datetime) -> None:
    sharer, first = seat.member.id, sample.name.split()[0].lower()
    new = NewContact(sharer, sample.name, sample.does, sample.organisation, sample.field, sample.place)
    contact = await unit.contacts.add(new, at)
    await unit.contacts.describe(contact, tags=sample.tags, reach=sample.reach)
    await unit.contacts.set_details(contact, Details(f"{first}@example.org", ""))
    consent = Consent(Basis.SAID_YES, sample.scope, at.date(), at.date() + CONSENT_LASTS, sharer, may_name=True)
    await unit.contacts.share(contact, consent, at)
    if sample.is_posted:
        spot = Spot(PLATFORM, workspace.id, "careers")
        await unit.outbox.put(Draft(f"card:{contact}:sample", CARD, str(contact), sharer, at, spot))
