"""Writing a contact down: who they are, how to reach them, what else to know. Only their steward sees them so far."""

from typing import Annotated, Any

from bot.commands.contacts.cards import CARD, is_on_board, work_of
from bot.commands.contacts.own import changeable, contact_view, own, saved
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.contact import Contact, ContactId, Details, Reach, Standing
from bot.model.store import NewContact
from bot.talk.errors import BadInput
from bot.talk.form import Choice, Key, Kind, Line, Paragraph, Values
from bot.talk.view import Bold, Element, Option, View, say
from bot.talk.words import N_, _

MOST_TAGS = 5

REACHES = (
    Option(Reach.EMAIL, N_("E-mail")),
    Option(Reach.PHONE, N_("Phone")),
    Option(Reach.MESSAGE, N_("Short message")),
    Option(Reach.UNKNOWN, N_("I do not know")),
)


@command("refer", N_("Share a contact with your group"), topic=Topic.CONTACTS, submit=N_("Save and go on"))
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
    refuse_yourself(ctx, name)
    known = await ctx.store.contacts.same_name(ctx.member.id, name)
    new = NewContact(ctx.member.id, name, does, organisation, field, place)
    contact = await own(ctx, await ctx.store.contacts.add(new, ctx.now))
    view = contact_view(ctx, contact, None, say(_("Saved. So far only you see {name}."), name=Bold(name)))
    return view.with_top(*already_there(ctx, known))


async def _described(ctx: Context, known: dict[str, Any]) -> Values:
    contact = await own(ctx, known["contact"])
    return {
        "name": contact.name, "does": contact.does, "field": contact.field,
        "organisation": contact.organisation, "place": contact.place,
    }  # fmt: skip


@command("refer edit", N_("Change a contact"), topic=Topic.CONTACTS, is_listed=False, prefill=_described)
async def edit(
    ctx: Context,
    contact: Annotated[ContactId, Key()],
    name: Annotated[str, Line(N_("Their name"))],
    does: Annotated[str, Line(N_("What they do"), limit=120)],
    field: Annotated[str, Line(N_("Field"))],
    organisation: Annotated[str, Line(N_("Organisation"), limit=120)] = "",
    place: Annotated[str, Line(N_("City or region"))] = "",
) -> View:
    found = await changeable(ctx, contact)
    refuse_yourself(ctx, name)
    await _refuse_stopped(ctx, found, name, organisation)
    await ctx.store.contacts.describe(
        contact, name=name, does=does, field=field, organisation=organisation, place=place
    )
    await ctx.redraw(CARD, contact)
    return await saved(ctx, contact)


async def _reached(ctx: Context, known: dict[str, Any]) -> Values:
    contact = await own(ctx, known["contact"])
    details = await ctx.store.contacts.details(contact.id)
    return {"email": details.email, "phone": details.phone, "reach": contact.reach, "hours": contact.hours}


@command(
    "refer reach", N_("How to reach them"), topic=Topic.CONTACTS, is_listed=False, prefill=_reached,
    intro=N_("E-mail and phone are kept encrypted: only you see them and, if you share the contact that way, whoever "
             "holds the ask. The rest everybody in the group sees once you share."),
)  # fmt: skip
async def reach(
    ctx: Context,
    contact: Annotated[ContactId, Key()],
    email: Annotated[str, Line(N_("E-mail"), limit=254, kind=Kind.EMAIL)] = "",
    phone: Annotated[str, Line(N_("Phone"), limit=40, kind=Kind.PHONE)] = "",
    reach: Annotated[Reach, Choice(N_("They like to be reached by"), REACHES)] = Reach.UNKNOWN,
    hours: Annotated[str, Line(N_("Best hours"), N_("After 16:00, never on Fridays, ..."))] = "",
) -> View:
    found = await changeable(ctx, contact)
    details = Details(email, phone)
    await _refuse_twin(ctx, found, details)
    await refuse_suppressed(ctx, details)
    await ctx.store.contacts.set_details(contact, details)
    await ctx.store.contacts.describe(contact, reach=reach, hours=hours)
    return await saved(ctx, contact)


async def _more(ctx: Context, known: dict[str, Any]) -> Values:
    contact = await own(ctx, known["contact"])
    return {"link": contact.link, "tags": ", ".join(contact.tags), "known": contact.known, "note": contact.note}


@command("refer more", N_("More about them"), topic=Topic.CONTACTS, is_listed=False, prefill=_more)
async def more(
    ctx: Context,
    contact: Annotated[ContactId, Key()],
    link: Annotated[str, Line(N_("A public page about them"), limit=300, kind=Kind.LINK)] = "",
    tags: Annotated[str, Line(N_("Tags"), N_("Up to five, with commas: night shifts, first job"), limit=120)] = "",
    known: Annotated[str, Line(N_("How you know them"), limit=200)] = "",
    note: Annotated[str, Paragraph(N_("A note for yourself"), N_("Never shown to anybody else."))] = "",
) -> View:
    await changeable(ctx, contact)
    words = tuple(dict.fromkeys(tag.strip() for tag in tags.split(",") if tag.strip()))
    if len(words) > MOST_TAGS:
        raise BadInput(_("Five tags are plenty. Which ones can go?"), "tags")
    await ctx.store.contacts.describe(contact, link=link, tags=words, known=known, note=note)
    await ctx.redraw(CARD, contact)
    return await saved(ctx, contact)


async def _refuse_twin(ctx: Context, contact: Contact, details: Details) -> None:
    """Raise `BadInput` for details that make *contact*, which others can see, the same person as on another card: two
    cards would have two people write to them."""
    twin = await ctx.store.contacts.duplicate(details, contact.id, ctx.now)
    if twin is not None and contact.standing is Standing.SHARED:
        sentence = _(
            "{name} is on the board already, with the same e-mail or phone. Leave these out, or take this card off."
        )
        raise BadInput(sentence.format(name=twin.name))


async def _refuse_stopped(ctx: Context, contact: Contact, name: str, organisation: str) -> None:
    """Raise `BadInput` when *contact*, which others can see, would become somebody who asked not to be passed on."""
    is_new = (name, organisation) != (contact.name, contact.organisation)
    if not (is_new and contact.standing is Standing.SHARED):
        return
    if await ctx.store.contacts.is_suppressed(Details(), name=name, organisation=organisation):
        sentence = _("This person asked not to be passed on in this group. Take the card off the board first.")
        raise BadInput(sentence, "name")


async def refuse_suppressed(ctx: Context, details: Details) -> None:
    """Raise `BadInput` for the e-mail or phone of somebody who asked not to be passed on."""
    if await ctx.store.contacts.is_suppressed(details):
        raise BadInput(_("This person asked not to be passed on in this group, so their details stay out."))


def refuse_yourself(ctx: Context, name: str) -> None:
    """Raise `BadInput` when *name* is the member's own."""
    if name.casefold() == ctx.member.name.casefold():
        raise BadInput(_("That is you. Who else does work that the group could ask about?"), "name")


def already_there(ctx: Context, known: Contact | None) -> tuple[Element, ...]:
    """Tell of somebody on the board, or of the member's own, who has the same name."""
    if known is None or not (known.steward == ctx.member.id or is_on_board(known, ctx.now)):
        return ()
    who = ", ".join(part for part in (known.name, work_of(known), known.place) if part)
    return (say(_("Somebody of that name is known already: {who}. Is it the same person?"), who=who),)
