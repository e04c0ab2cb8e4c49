"""Lists cards of the board, each with who shared it and whether it is free, in few statements."""

from collections.abc import Mapping, Sequence

from bot.commands.contacts.cards import card_of
from bot.commands.contacts.own import see
from bot.desk.context import Context
from bot.model.contact import Contact, ContactId, Listing, Sought
from bot.model.shield import Free, Rest, Resting, Yours, seen_by, since
from bot.talk.view import Button, Card, Moment, Spans, When, spans
from bot.talk.words import _

MOST_SIMILAR = 3
_ENOUGH = 12
"""Cards looked at to find similar ones that are free: several may rest at the same time."""


async def listed(ctx: Context, contacts: Sequence[Listing]) -> tuple[Card, ...]:
    """Return *contacts* as cards with a button to look closer."""
    if not contacts:
        return ()
    seen = await seen_on(ctx, contacts)
    return tuple([_card(ctx, one, seen[one.id]) for one in contacts])


async def seen_on(ctx: Context, contacts: Sequence[Listing]) -> Mapping[ContactId, Rest | Yours]:
    """Return how each of *contacts* looks to the member."""
    seen: dict[ContactId, Rest | Yours] = {one.id: Free() for one in contacts}
    if some := [one for one in contacts if one.may_rest]:
        about = await ctx.store.asks.about_each([one.id for one in some], since(ctx.now, [one.budget for one in some]))
        seen |= {one.id: seen_by(ctx.member.id, one.budget, about.get(one.id, ()), ctx.now) for one in some}
    return seen


async def similar(ctx: Context, contact: Contact) -> tuple[Listing, ...]:
    """Return up to three other cards of the same field, then of the same place, that are free now."""
    search = ctx.store.contacts.search
    found: dict[ContactId, Listing] = {}
    for words, by in ((contact.field, Sought.FIELD), (contact.place, Sought.PLACE)):
        some = await search(words, by, ctx.now, limit=_ENOUGH) if words else ()
        found |= {one.id: one for one in some if one.id not in found}
    others = [one for one in found.values() if one.id != contact.id and one.steward != ctx.member.id]
    seen = await seen_on(ctx, others) if others else {}
    return tuple(one for one in others if seen[one.id] == Free())[:MOST_SIMILAR]


def rest_words(seen: Rest | Yours) -> Spans:
    """Return in one line whether a card is free."""
    match seen:
        case Free():
            return (_("Free to ask."),)
        case Resting(until):
            return spans(_("Resting until {day}."), day=When(until, Moment.DAY))
        case Yours(ask):
            return spans(_("You hold the ask until {when}."), when=When(ask.open_until or ask.ends_at))


def _card(ctx: Context, contact: Listing, seen: Rest | Yours) -> Card:
    if contact.steward == ctx.member.id:
        return card_of(contact, see.button(_("Open your contact"), contact.id))
    return card_of(contact, look_button(ctx, contact.id), more=(rest_words(seen),))


def board_button(ctx: Context) -> Button:
    """Return the way to the board. By name: the board builds on this file."""
    return ctx.registry.commands["board"].button(_("See the board"))


def look_button(ctx: Context, contact: ContactId) -> Button:
    """Return the way to the whole card. By name: the board builds on this file."""
    return ctx.registry.commands["board look"].button(_("Look"), contact)
