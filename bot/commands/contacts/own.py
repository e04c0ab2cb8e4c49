"""A member's own contacts: the list, one of them whole, and deleting it."""

from typing import Annotated

from bot.commands.contacts.cards import is_on_board, on_file, reach_row, whereabouts, work_of
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.contact import Contact, ContactId, Details, Standing
from bot.talk.errors import Refused
from bot.talk.form import Key
from bot.talk.view import Bold, Button, Buttons, Card, Element, Facts, Link, Small, Spans, View, When, say
from bot.talk.words import N_, _


@command("contacts", N_("See the contacts you wrote down or shared"), topic=Topic.CONTACTS, reads=True)
async def contacts(ctx: Context) -> View:
    """Your own list: private contacts, and those you shared. Nobody else sees it."""
    found = await ctx.store.contacts.of(ctx.member.id)
    if not found:
        empty = say(_("Nobody yet. A teacher, a neighbour, a former colleague: who would talk about their work?"))
        return View(_("Your contacts"), (empty, Buttons((_opens(ctx, "refer", _("Write somebody down")),))))
    cards = tuple(
        Card(one.name, ((work_of(one) or whereabouts(one),), (_standing(ctx, one),)), (see.button(_("Open"), one.id),))
        for one in found
    )
    return View(_("Your contacts"), (*cards, Buttons((_opens(ctx, "refer", _("Add another")),))))


@command("refer see", N_("See one of your contacts"), topic=Topic.CONTACTS, is_listed=False, reads=True)
async def see(ctx: Context, contact: Annotated[ContactId, Key()]) -> View:
    found = await own(ctx, contact)
    return contact_view(ctx, found, await ctx.store.contacts.details(contact), *await _asking(ctx, contact)).instead()


async def _asking(ctx: Context, contact: ContactId) -> tuple[Element, ...]:
    """Tell the sharer who has the ask: they vouch for whoever writes to their contact."""
    live = [ask for ask in await ctx.store.asks.about(contact, ctx.now) if ask.is_open(ctx.now)]
    names = await ctx.store.members.names([ask.seeker for ask in live]) if live else {}
    words = _("{name} has the ask, until {when} at most.")
    return tuple(
        say(words, name=names.get(ask.seeker, _("Somebody")), when=When(ask.open_until or ask.ends_at)) for ask in live
    )


@command("refer remove", N_("Delete a contact"), topic=Topic.CONTACTS, is_listed=False)
async def remove(ctx: Context, contact: Annotated[ContactId, Key()], is_sure: Annotated[bool, Key()] = False) -> View:
    found = await own(ctx, contact)
    if found.standing is Standing.SHARED:
        take_off = _opens(ctx, "refer withdraw", _("Take off the board"), found)
        raise Refused(_("Others can see this contact. Take it off the board first."), take_off)
    if not is_sure:
        asked = say(_("Delete {name} and what you noted about them? This cannot be undone."), name=Bold(found.name))
        choice = Buttons((remove.danger(_("Delete"), contact, True), see.button(_("Keep"), contact)))
        return View(_("Delete this contact?"), (asked, choice)).instead()
    await ctx.store.contacts.remove(contact)
    gone = say(_("{name} is deleted."), name=Bold(found.name))
    return View(_("Done"), (gone, Buttons((contacts.button(_("Your contacts")),)))).instead()


async def own(ctx: Context, contact: ContactId) -> Contact:
    """Return one of the member's own contacts. Raises `Refused` if it is not, or no longer, theirs."""
    found = await ctx.store.contacts.get(contact, ctx.member.id)
    if found is None or found.steward != ctx.member.id:
        raise Refused(_("This contact is no longer on your list."), contacts.button(_("Your contacts")))
    return found


async def changeable(ctx: Context, contact: ContactId) -> Contact:
    """Return one of the member's own contacts that was not taken off the board, locked: what was removed then stays
    removed, also when it happens right now."""
    await ctx.store.contacts.lock(contact, ctx.member.id)
    found = await own(ctx, contact)
    if found.standing is Standing.WITHDRAWN:
        sentence = _("{name} was taken off the board, so this entry only waits to be deleted.")
        raise Refused(sentence.format(name=found.name), see.button(_("Back to the contact"), contact))
    return found


async def saved(ctx: Context, contact: ContactId) -> View:
    """Return the contact as it stands after a change."""
    return contact_view(ctx, await own(ctx, contact), None, say(_("Saved."))).instead()


def contact_view(ctx: Context, contact: Contact, details: Details | None, *top: Element) -> View:
    """Return everything that the steward of *contact* sees. Without *details* it says only whether there are any: the
    answer to a change is kept for some days, and e-mail and phone must be gone when the contact is."""
    page: Spans = (Link(contact.link, contact.link),) if contact.link else ()
    rows: tuple[tuple[str, Spans], ...] = (
        (_("Does"), (contact.does,)), (_("Organisation"), (contact.organisation,)), (_("Field"), (contact.field,)),
        (_("Place"), (contact.place,)), (_("Tags"), (", ".join(contact.tags),)), (_("Page"), page),
        *_details(contact, details), (_("Reach them"), (reach_row(contact),)),
        (_("You know them"), (contact.known,)), (_("Your note"), (contact.note,)),
    )  # fmt: skip
    facts = Facts(tuple((name, value) for name, value in rows if any(value)))
    return View(contact.name, (*top, facts, Small((_standing(ctx, contact),)), Buttons(_actions(ctx, contact))))


def _details(contact: Contact, details: Details | None) -> tuple[tuple[str, Spans], ...]:
    if details is None:
        return ((_("Details"), (on_file(contact),)),)
    return ((_("E-mail"), (details.email,)), (_("Phone"), (details.phone,)))


def _actions(ctx: Context, contact: Contact) -> tuple[Button, ...]:
    change = (
        _opens(ctx, "refer reach", _("E-mail and phone"), contact),
        _opens(ctx, "refer more", _("Tags and notes"), contact),
        _opens(ctx, "refer edit", _("Edit"), contact),
    )
    delete = remove.button(_("Delete"), contact.id)
    match contact.standing:
        case Standing.PRIVATE:
            return (_opens(ctx, "refer share", _("Share with the group"), contact), *change, delete)
        case Standing.SHARED:
            renew = _opens(ctx, "refer share", _("What they allow"), contact)
            return (*change, renew, _opens(ctx, "refer withdraw", _("Take off the board"), contact))
        case Standing.WITHDRAWN:
            return (delete,)


def _opens(ctx: Context, path: str, label: str, contact: Contact | None = None) -> Button:
    """Return a button to a form about *contact*. By name: those commands build on this file."""
    return ctx.registry.commands[path].opens(label, *([contact.id] if contact else []))


def _standing(ctx: Context, contact: Contact) -> str:
    match contact.standing:
        case Standing.PRIVATE:
            return _("Private: only you see this contact.")
        case Standing.SHARED if is_on_board(contact, ctx.now):
            return _("On the board. Others see the card, not the e-mail, the phone or your note.")
        case Standing.SHARED:
            return _("Hidden: what they allowed is a year old. Ask them again, then say here what they allow.")
        case Standing.WITHDRAWN:
            return _("Taken off the board.")
