"""Sharing a contact: write them down for yourself, add how to reach them, say what they allowed, then share."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any

from bot.commands.cards import CARD, card_of, reach_words, whereabouts, work_of
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.contact import AskState, Basis, Consent, Contact, ContactId, Details, Reach, Scope, Standing
from bot.model.store import NewContact
from bot.talk.errors import BadInput, Refused
from bot.talk.form import Choice, Key, Kind, Line, Paragraph, Tick, Values
from bot.talk.view import Bold, Button, Buttons, Card, Element, Facts, Option, Small, View, say, small
from bot.talk.words import N_, _

CONSENT_LASTS = timedelta(days=365)

BASES = (
    Option(Basis.SAID_YES, N_("They told me yes"), N_("I asked whether I may pass their name on")),
    Option(Basis.OFFERED, N_("They offered"), N_("They said students may write to them")),
    Option(Basis.PUBLIC, N_("Their page invites it"), N_("A public page asks people to get in touch")),
    Option(Basis.UNKNOWN, N_("I have not asked yet"), N_("Others see the card and go through you")),
)
SCOPES = (
    Option(Scope.DIRECT, N_("Whoever holds the ask may write to them")),
    Option(Scope.ASK_ME_FIRST, N_("Ask me first, I introduce you")),
)
REACHES = (
    Option(Reach.EMAIL, N_("E-mail")),
    Option(Reach.PHONE, N_("Phone")),
    Option(Reach.MESSAGE, N_("Short message")),
    Option(Reach.UNKNOWN, N_("I do not know")),
)
REASONS = (
    Option("mine", N_("I take the card back")),
    Option("theirs", N_("They asked us to stop"), N_("Nobody in the group can add them again")),
)


@command("refer", N_("Share a contact with your group"), topic=Topic.CONTACTS, submit=N_("Save and preview"))
async def refer(
    ctx: Context,
    name: Annotated[str, Line(N_("Their name"))],
    does: Annotated[str, Line(N_("What they do"), N_("Nurse manager, sound engineer, ..."), limit=120)],
    field: Annotated[str, Line(N_("Field"), N_("Nursing, music, public health, ..."))],
    organisation: Annotated[str, Line(N_("Organisation"), limit=120)] = "",
    place: Annotated[str, Line(N_("City or region"))] = "",
) -> View:
    """Write down somebody who talks about their work with students. At first only you see them; you decide what to
    share, after a preview. Their e-mail and phone never go into a channel."""
    await _refuse_yourself(ctx, name)
    known = await ctx.store.contacts.same_name(ctx.member.id, name)
    new = NewContact(ctx.member.id, name, does, organisation, field, place)
    contact = await _own(ctx, await ctx.store.contacts.add(new, ctx.now))
    view = _contact_view(contact, Details(), say(_("Saved. So far only you see {name}."), name=Bold(name)))
    return view.with_top(*_already_there(known))


@command(
    "contacts", N_("See the contacts you wrote down or shared"), topic=Topic.CONTACTS, reads=True
)  # fmt: skip
async def contacts(ctx: Context) -> View:
    """Your own list: private contacts, and those you shared. Nobody else sees it."""
    own = await ctx.store.contacts.of(ctx.member.id)
    cards = tuple(
        Card(contact.name, ((work_of(contact) or whereabouts(contact),), (_standing(contact),)), _open(contact))
        for contact in own
    )
    if not cards:
        empty = say(_("Nobody yet. A teacher, a neighbour, a former colleague: who would talk about their work?"))
        return View(_("Your contacts"), (empty, Buttons((refer.opens(_("Write somebody down")),))))
    return View(_("Your contacts"), (*cards, Buttons((refer.opens(_("Add another")),))))


@command("refer see", N_("See one of your contacts"), topic=Topic.CONTACTS, is_listed=False, reads=True)
async def see(ctx: Context, contact: Annotated[ContactId, Key()]) -> View:
    found = await _own(ctx, contact)
    return _contact_view(found, await ctx.store.contacts.details(contact)).instead()


async def _described(ctx: Context, known: dict[str, Any]) -> Values:
    contact = await _own(ctx, known["contact"])
    return {
        "name": contact.name, "does": contact.does, "field": contact.field,
        "organisation": contact.organisation, "place": contact.place,
    }  # fmt: skip


@command(
    "refer edit", N_("Change a contact"), topic=Topic.CONTACTS, is_listed=False, prefill=_described
)
async def edit(
    ctx: Context,
    contact: Annotated[ContactId, Key()],
    name: Annotated[str, Line(N_("Their name"))],
    does: Annotated[str, Line(N_("What they do"), limit=120)],
    field: Annotated[str, Line(N_("Field"))],
    organisation: Annotated[str, Line(N_("Organisation"), limit=120)] = "",
    place: Annotated[str, Line(N_("City or region"))] = "",
) -> View:
    await _own(ctx, contact)
    await ctx.store.contacts.describe(
        contact, name=name, does=does, field=field, organisation=organisation, place=place
    )
    await ctx.redraw(CARD, contact)
    return await _saved(ctx, contact)


async def _reached(ctx: Context, known: dict[str, Any]) -> Values:
    contact = await _own(ctx, known["contact"])
    details = await ctx.store.contacts.details(contact.id)
    return {"email": details.email, "phone": details.phone, "reach": contact.reach, "hours": contact.hours}


@command(
    "refer reach", N_("How to reach them"), topic=Topic.CONTACTS, is_listed=False, prefill=_reached,
    intro=N_("Kept encrypted. Shown only to you and, if you share the contact that way, to whoever holds the ask."),
)  # fmt: skip
async def reach(
    ctx: Context,
    contact: Annotated[ContactId, Key()],
    email: Annotated[str, Line(N_("E-mail"), limit=254, kind=Kind.EMAIL)] = "",
    phone: Annotated[str, Line(N_("Phone"), limit=40, kind=Kind.PHONE)] = "",
    reach: Annotated[Reach, Choice(N_("They like to be reached by"), REACHES)] = Reach.UNKNOWN,
    hours: Annotated[str, Line(N_("Best hours"), N_("After 16:00, never on Fridays, ..."))] = "",
) -> View:
    await _own(ctx, contact)
    details = Details(email, phone)
    if await ctx.store.contacts.is_suppressed(details):
        raise BadInput(_("This person asked not to be passed on in this group, so their details stay out."))
    await ctx.store.contacts.set_details(contact, details)
    await ctx.store.contacts.describe(contact, reach=reach, hours=hours)
    return await _saved(ctx, contact)


async def _more(ctx: Context, known: dict[str, Any]) -> Values:
    contact = await _own(ctx, known["contact"])
    return {
        "link": contact.link, "tags": ", ".join(contact.tags), "known": contact.known, "note": contact.note
    }  # fmt: skip


@command("refer more", N_("More about them"), topic=Topic.CONTACTS, is_listed=False, prefill=_more)
async def more(
    ctx: Context,
    contact: Annotated[ContactId, Key()],
    link: Annotated[str, Line(N_("A public page about them"), limit=300, kind=Kind.LINK)] = "",
    tags: Annotated[str, Line(N_("Tags"), N_("Up to five, with commas: night shifts, first job"), limit=120)] = "",
    known: Annotated[str, Line(N_("How you know them"), limit=200)] = "",
    note: Annotated[str, Paragraph(N_("A note for yourself"), N_("Never shown to anybody else."))] = "",
) -> View:
    await _own(ctx, contact)
    words = tuple(dict.fromkeys(tag.strip() for tag in tags.split(",") if tag.strip()))
    if len(words) > 5:
        raise BadInput(_("Five tags are plenty. Which ones can go?"), "tags")
    await ctx.store.contacts.describe(contact, link=link, tags=words, known=known, note=note)
    await ctx.redraw(CARD, contact)
    return await _saved(ctx, contact)


@command(
    "refer share", N_("Share with the group"), topic=Topic.CONTACTS, is_listed=False, submit=N_("Preview"),
    intro=N_("A contact cannot press a button here, so you speak for them."),
)  # fmt: skip
async def share(
    ctx: Context,
    contact: Annotated[ContactId, Key()],
    basis: Annotated[Basis, Choice(N_("How do you know that they agree?"), BASES)],
    scope: Annotated[Scope, Choice(N_("How may others reach them?"), SCOPES)] = Scope.ASK_ME_FIRST,
    may_name: Annotated[
        bool, Tick(N_("Others may say that you suggested writing"), N_("Tick only if they know your name."))
    ] = False,
) -> View:
    found = await _shareable(ctx, contact)
    scope = Scope.ASK_ME_FIRST if basis is Basis.UNKNOWN else scope
    seen = replace(found, consent=_consent(ctx, basis, scope, may_name))
    buttons = [publish.primary(_("Share on the board"), contact, basis, scope, may_name)]
    if ctx.spot is not None:
        buttons.append(publish.button(_("Share and post it in this channel"), contact, basis, scope, may_name, True))
    body = [
        say(_("This is what the group will see. No e-mail, no phone, no note.")),
        card_of(seen, ctx.member.name),
        *_caution(basis),
        Buttons((*buttons, see.button(_("Not yet"), contact))),
    ]
    return View(_("Preview"), tuple(body)).instead()


@command("refer publish", N_("Share with the group"), topic=Topic.CONTACTS, is_listed=False)
async def publish(
    ctx: Context,
    contact: Annotated[ContactId, Key()],
    basis: Annotated[Basis, Key()],
    scope: Annotated[Scope, Key()],
    may_name: Annotated[bool, Key()] = False,
    in_channel: Annotated[bool, Key()] = False,
) -> View:
    found = await _shareable(ctx, contact)
    await ctx.store.contacts.share(contact, _consent(ctx, basis, scope, may_name), ctx.now)
    if in_channel and ctx.spot is not None:
        await ctx.write(f"card:{contact}:{ctx.now.timestamp()}", CARD, contact, spot=ctx.spot)
    where = _("on the board and in this channel") if in_channel and ctx.spot else _("on the board")
    said = say(
        _("{name} is {where} now. You will hear when somebody takes the ask."), name=Bold(found.name), where=where
    )
    rest = small(_("The group keeps it gentle: one person at a time, and two weeks of rest after each ask."))
    again = Buttons((see.button(_("See the contact"), contact), refer.opens(_("Share another"))))
    return View(_("Thank you, {name}").format(name=ctx.member.name), (said, rest, again)).instead()


@command(
    "refer withdraw", N_("Take a contact off the board"), topic=Topic.CONTACTS, is_listed=False, submit=N_("Take off")
)
async def withdraw(
    ctx: Context,
    contact: Annotated[ContactId, Key()],
    reason: Annotated[str, Choice(N_("Why?"), REASONS)],
) -> View:
    found = await _own(ctx, contact)
    for ask in await ctx.store.asks.about(contact, ctx.now):
        await ctx.store.asks.set_state(ask.id, AskState.CLOSED, ctx.now)
    await ctx.store.contacts.withdraw(contact, ctx.now, suppress=reason == "theirs")
    await ctx.redraw(CARD, contact)
    said = say(
        _("{name} is off the board, every card of theirs says so, and their e-mail and phone are deleted."),
        name=Bold(found.name),
    )
    return View(_("Done"), (said, Buttons((contacts.button(_("Your contacts")),)))).instead()


@command("refer remove", N_("Delete a contact"), topic=Topic.CONTACTS, is_listed=False)
async def remove(
    ctx: Context, contact: Annotated[ContactId, Key()], is_sure: Annotated[bool, Key()] = False
) -> View:
    found = await _own(ctx, contact)
    if found.standing is Standing.SHARED:
        raise Refused(_("Others can see this contact. Take it off the board first."), _withdraw(found))
    if not is_sure:
        asked = say(_("Delete {name} and what you noted about them? This cannot be undone."), name=Bold(found.name))
        choice = Buttons((remove.danger(_("Delete"), contact, True), see.button(_("Keep"), contact)))
        return View(_("Delete this contact?"), (asked, choice)).instead()
    await ctx.store.contacts.remove(contact)
    gone = say(_("{name} is deleted."), name=Bold(found.name))
    return View(_("Done"), (gone, Buttons((contacts.button(_("Your contacts")),)))).instead()


async def _own(ctx: Context, contact: ContactId) -> Contact:
    found = await ctx.store.contacts.get(contact, ctx.member.id)
    if found is None or found.steward != ctx.member.id:
        raise Refused(_("This contact is no longer on your list."), contacts.button(_("Your contacts")))
    return found


async def _shareable(ctx: Context, contact: ContactId) -> Contact:
    """Return the member's own contact, locked, if the group does not have them already and they did not say stop."""
    await ctx.store.contacts.lock(contact, ctx.member.id)
    found = await _own(ctx, contact)
    details = await ctx.store.contacts.details(contact)
    if await ctx.store.contacts.is_suppressed(details):
        raise Refused(_("This person asked not to be passed on in this group. You can still keep them for yourself."))
    twin = await ctx.store.contacts.duplicate(details, contact)
    if twin is not None:
        sentence = _("{name} is on the board already, with the same e-mail or phone. One card is enough.")
        raise Refused(sentence.format(name=twin.name), see.button(_("Back to the contact"), contact))
    return found


async def _refuse_yourself(ctx: Context, name: str) -> None:
    if name.casefold() == ctx.member.name.casefold():
        raise BadInput(_("That is you. Who else does work that the group could ask about?"), "name")


async def _saved(ctx: Context, contact: ContactId) -> View:
    details = await ctx.store.contacts.details(contact)
    return _contact_view(await _own(ctx, contact), details, say(_("Saved."))).instead()


def _consent(ctx: Context, basis: Basis, scope: Scope, may_name: bool) -> Consent:
    return Consent(basis, scope, ctx.today, ctx.today + CONSENT_LASTS, ctx.member.id, may_name)


def _contact_view(contact: Contact, details: Details, *top: Element) -> View:
    rows = (
        (_("Does"), contact.does), (_("Organisation"), contact.organisation), (_("Field"), contact.field),
        (_("Place"), contact.place), (_("Tags"), ", ".join(contact.tags)), (_("Page"), contact.link),
        (_("E-mail"), details.email), (_("Phone"), details.phone), (_("Reach them"), _reach_row(contact)),
        (_("You know them"), contact.known), (_("Your note"), contact.note),
    )  # fmt: skip
    facts = Facts(tuple((name, (value,)) for name, value in rows if value))
    return View(contact.name, (*top, facts, Small((_standing(contact),)), Buttons(_actions(contact))))


def _reach_row(contact: Contact) -> str:
    known = "" if contact.reach is Reach.UNKNOWN else reach_words(contact.reach)
    return ", ".join(part for part in (known, contact.hours) if part)


def _actions(contact: Contact) -> tuple[Button, ...]:
    change = (
        reach.opens(_("E-mail and phone"), contact.id),
        more.opens(_("Tags and notes"), contact.id),
        edit.opens(_("Edit"), contact.id),
    )
    match contact.standing:
        case Standing.PRIVATE:
            return (share.opens(_("Share with the group"), contact.id), *change, remove.button(_("Delete"), contact.id))
        case Standing.SHARED:
            return (*change, _withdraw(contact))
        case Standing.WITHDRAWN:
            return (remove.button(_("Delete"), contact.id),)


def _withdraw(contact: Contact) -> Button:
    return withdraw.opens(_("Take off the board"), contact.id)


def _open(contact: Contact) -> tuple[Button, ...]:
    return (see.button(_("Open"), contact.id),)


def _standing(contact: Contact) -> str:
    match contact.standing:
        case Standing.PRIVATE:
            return _("Private: only you see this contact.")
        case Standing.SHARED:
            return _("On the board. Others see the card, not the e-mail, the phone or your note.")
        case Standing.WITHDRAWN:
            return _("Taken off the board.")


def _already_there(known: Contact | None) -> tuple[Element, ...]:
    if known is None:
        return ()
    return (say(_("Somebody of that name is known already: {who}. Is it the same person?"), who=_who(known)),)


def _who(contact: Contact) -> str:
    return ", ".join(part for part in (contact.name, work_of(contact), contact.place) if part)


def _caution(basis: Basis) -> tuple[Element, ...]:
    if basis is not Basis.UNKNOWN:
        return ()
    return (small(_("You have not asked them yet, so others go through you. A short message to them settles it.")),)
