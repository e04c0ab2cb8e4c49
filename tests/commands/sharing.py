"""What tests of contacts do again and again: write somebody down, share them, take the ask."""

from dataclasses import dataclass, replace

from bot.desk.bot import Reply
from bot.model.contact import Ask, Contact, ContactId
from bot.talk.view import Card, Press
from tests.world import World, button, view

EMAIL = "maria@example.org"
PHONE = "+63 2 5550 100"
NOTE = "Met her at the open day"


@dataclass(frozen=True)
class Person:
    """Somebody outside the chat, as a sharer describes them."""

    name: str = "Maria Santos"
    does: str = "nurse manager"
    field: str = "Nursing"
    organisation: str = "Example Hospital"
    place: str = "Manila"
    email: str = EMAIL
    phone: str = PHONE
    tags: str = "night shifts"


MARIA = Person()
DAVID = Person(
    "David Cruz", "sound engineer", "Music", "Example Studio", "Cebu", "david@example.org", "", tags="first job"
)


async def written_down(world: World, who: Person = MARIA, by: str = "ana", workspace: str = "W1") -> ContactId:
    """Let *by* write *who* down, with e-mail, phone and a note; returns the private contact."""
    new = await world.submit(
        await world.say("refer", world.actor(by, workspace=workspace)), world.actor(by, workspace=workspace),
        name=who.name, does=who.does, field=who.field, organisation=who.organisation, place=who.place,
    )  # fmt: skip
    contact = ContactId(int(button(new, "Edit").press.args[0]))
    await fill(
        world, Press("refer reach", (str(contact),), is_form=True), by, workspace, email=who.email, phone=who.phone
    )
    await fill(world, Press("refer more", (str(contact),), is_form=True), by, workspace, note=NOTE, tags=who.tags)
    return contact


async def shared(
    world: World, who: Person = MARIA, by: str = "ana", workspace: str = "W1", *, basis: str = "said-yes",
    scope: str = "direct", may_name: str = "", is_posted: bool = False,
) -> ContactId:  # fmt: skip
    """Let *by* put *who* on the board, and into the channel if *is_posted*."""
    contact = await written_down(world, who, by, workspace)
    form = Press("refer share", (str(contact),), is_form=True)
    preview = await fill(world, form, by, workspace, basis=basis, scope=scope, may_name=may_name)
    label = "Share and post it" if is_posted else "Share on the board"
    await world.press(preview, label, world.actor(by, workspace=workspace))
    return contact


async def fill(world: World, form: Press, by: str, workspace: str = "W1", **typed: str) -> Reply:
    """Open *form* and send it with *typed*."""
    opened = await world.bot.handle(form.path, form, world.actor(by, workspace=workspace))
    return await world.submit(opened, world.actor(by, workspace=workspace), **typed)


async def withdraw(world: World, contact: ContactId, by: str = "ana", reason: str = "mine") -> Reply:
    return await fill(world, Press("refer withdraw", (str(contact),), is_form=True), by, reason=reason)


async def call(world: World, path: str, number: int, by: str = "ben", workspace: str = "W1") -> Reply:
    """Press a button of the command *path* that carries *number*."""
    return await world.bot.handle(path, Press(path, (str(number),)), world.actor(by, workspace=workspace))


async def several(world: World, count: int) -> list[ContactId]:
    """Put *count* people on the board, all in nursing."""
    people = [replace(MARIA, name=f"Person {n}", email=f"p{n}@example.org", phone="") for n in range(count)]
    return [await shared(world, one) for one in people]


async def asked(world: World, contact: ContactId, by: str = "ben") -> Reply:
    return await call(world, "board ask", contact, by)


async def asks_of(world: World, user: str = "ben") -> tuple[Ask, ...]:
    member = await world.member(user)
    async with world.store.unit(member.group, writes=False) as unit:
        return await unit.asks.by(member.id)


async def contact_of(world: World, contact: ContactId, user: str = "ana") -> Contact | None:
    member = await world.member(user)
    async with world.store.unit(member.group, writes=False) as unit:
        return await unit.contacts.get(contact, member.id)


def titles(reply: Reply) -> list[str]:
    """Return the names on the cards of *reply*."""
    return [element.title for element in view(reply).body if isinstance(element, Card)]
