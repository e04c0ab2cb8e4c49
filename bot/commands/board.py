"""The group's board: search it, look at a card, take the ask."""

from typing import Annotated

from bot.commands.cards import CARD, card_of
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.desk.letters import letter
from bot.model.contact import ContactId, Standing
from bot.talk.form import Key
from bot.talk.view import View, say, small
from bot.talk.words import N_, _


@command("board look", N_("Look at a card"), topic=Topic.CONTACTS, is_listed=False, reads=True)
async def look(ctx: Context, contact: Annotated[ContactId, Key()]) -> View:
    raise NotImplementedError  # the owner of this file writes it


@letter(CARD)
async def card(ctx: Context, about: str) -> View | None:
    """Return the card of a shared contact for a channel; one that was taken back says so and nothing more."""
    contact = await ctx.store.contacts.get(ContactId(int(about)), ctx.member.id)
    if contact is None or contact.standing is not Standing.SHARED:
        return View("", (say(_("This card was taken back.")),), is_private=False)
    button = look.button(_("I'd like to talk to them"), contact.id)
    quiet = small(_("E-mail and phone stay private. One person asks at a time."))
    return View(_("A contact for the group"), (card_of(contact, ctx.member.name, button), quiet), is_private=False)
