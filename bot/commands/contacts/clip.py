"""Saving somebody from a message: the form comes filled in with what the message says, and only the saver sees it."""

from typing import Annotated

from bot.commands.contacts.own import contact_view, own
from bot.commands.contacts.refer import already_there, refuse_suppressed, refuse_yourself
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.clipping import clipped
from bot.model.contact import Details
from bot.model.store import NewContact
from bot.talk.form import Kind, Line
from bot.talk.view import Bold, View, say, small
from bot.talk.words import N_, _

NOBODYS_FIELD = ""
"""Messages rarely name the field, and a form has room for five questions: it is asked for before sharing."""


def _said_in(message: str) -> tuple[str, ...]:
    found = clipped(message)
    return (found.name, found.does, found.organisation, found.email, found.link)


@command(
    "refer clip", N_("Save somebody from a message"), topic=Topic.CONTACTS, is_listed=False,
    shortcut=N_("Save as contact"), from_message=_said_in,
    intro=N_("Only you will see this contact. Look over what I read from the message, and change what is wrong."),
)  # fmt: skip
async def clip(
    ctx: Context,
    name: Annotated[str, Line(N_("Their name"))],
    does: Annotated[str, Line(N_("What they do"), N_("Nurse manager, sound engineer, ..."), limit=120)] = "",
    organisation: Annotated[str, Line(N_("Organisation"), limit=120)] = "",
    email: Annotated[str, Line(N_("E-mail"), N_("Kept encrypted."), limit=254, kind=Kind.EMAIL)] = "",
    link: Annotated[str, Line(N_("A public page about them"), limit=300, kind=Kind.LINK)] = "",
) -> View:
    refuse_yourself(ctx, name)
    details = Details(email)
    await refuse_suppressed(ctx, details)
    known = await ctx.store.contacts.same_name(ctx.member.id, name)
    new = NewContact(ctx.member.id, name, does, organisation, NOBODYS_FIELD, "")
    contact = await ctx.store.contacts.add(new, ctx.now)
    await ctx.store.contacts.set_details(contact, details)
    await ctx.store.contacts.describe(contact, link=link)
    said = say(_("Saved. So far only you see {name}."), name=Bold(name))
    hint = small(_("Before you share, add the field under Edit: others search by it."))
    return contact_view(ctx, await own(ctx, contact), None, *already_there(ctx, known), said, hint)
