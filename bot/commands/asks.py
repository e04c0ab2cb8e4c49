"""Asking for a talk: take the hold, see how to reach the contact, say what became of it."""

from typing import Annotated

from bot.commands.cards import is_on_board, reach_row
from bot.commands.introduce import tell_sharer
from bot.commands.listing import listed, similar
from bot.commands.refer import see
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.contact import ASK_LASTS, Ask, AskId, AskState, Contact, ContactId, Scope
from bot.model.shield import (
    HOLD_LASTS,
    MOST_PER_SEEKER,
    Free,
    Reason,
    Resting,
    TooManyOpen,
    Verdict,
    Yours,
    since,
    verdict,
)
from bot.talk.errors import Refused
from bot.talk.form import Key
from bot.talk.view import (
    Bold,
    Button,
    Buttons,
    Card,
    Element,
    Facts,
    Link,
    Moment,
    Spans,
    Text,
    View,
    When,
    say,
    small,
    spans,
)
from bot.talk.words import N_, _


@command("board ask", N_("Ask for a talk"), topic=Topic.CONTACTS, is_listed=False)
async def ask(ctx: Context, contact: Annotated[ContactId, Key()]) -> View:
    found = await _locked(ctx, contact)
    if found.steward == ctx.member.id:
        sentence = _("You shared {name} yourself, so you need no ask: write whenever you like.")
        raise Refused(sentence.format(name=found.name), see.button(_("Open your contact"), contact))
    match await _verdict(ctx, found):
        case Free():
            return await _take(ctx, found)
        case Yours(held):
            return await _ask_view(ctx, found, held)
        case Resting() as rest:
            return await _resting(ctx, found, rest)
        case TooManyOpen(until):
            raise Refused(_too_many(), asks.button(_("See my asks")))


@command("asks", N_("See whom you are asking, and until when"), topic=Topic.CONTACTS, reads=True)
async def asks(ctx: Context) -> View:
    """The talks you asked for through the board: how long each ask is yours, and what you can do next. Only you see
    this."""
    own = await ctx.store.asks.by(ctx.member.id)
    recent = [one for one in own if one.is_open(ctx.now) or ctx.now - one.taken_at < ASK_LASTS]
    drawn = [await _drawn(ctx, one) for one in recent]
    cards = [element for element in drawn if element is not None]
    if not cards:
        nobody = say(_("You are not asking anybody right now. The board shows who is free."))
        return View(_("Your asks"), (nobody, Buttons((_board(ctx),))))
    return View(_("Your asks"), (*cards, Buttons((_board(ctx),))))


@command("board held", N_("See how to reach them"), topic=Topic.CONTACTS, is_listed=False)
async def held(ctx: Context, ask: Annotated[AskId, Key()]) -> View:
    mine, contact = await _mine(ctx, ask)
    if not mine.is_open(ctx.now):
        raise Refused(_over(contact), asks.button(_("See my asks")))
    return await _ask_view(ctx, contact, mine)


@command("board sent", N_("Say that you wrote"), topic=Topic.CONTACTS, is_listed=False)
async def sent(ctx: Context, ask: Annotated[AskId, Key()]) -> View:
    mine, contact = await _mine(ctx, ask)
    match mine.state:
        case AskState.HOLD if mine.is_open(ctx.now):
            return await _wrote(ctx, contact, mine)
        case AskState.HOLD if ctx.now - mine.taken_at < ASK_LASTS:
            return await _wrote_late(ctx, contact, mine)
        case AskState.SENT if mine.is_open(ctx.now):
            return await _ask_view(ctx, contact, mine)
        case _:
            raise Refused(_over(contact), asks.button(_("See my asks")))


@command("board release", N_("Let an ask go"), topic=Topic.CONTACTS, is_listed=False)
async def release(ctx: Context, ask: Annotated[AskId, Key()]) -> View:
    mine, contact = await _mine(ctx, ask)
    if mine.state is AskState.SENT:
        sentence = _("You wrote to {name} already, so letting go comes too late. When it is over, say so in your asks.")
        raise Refused(sentence.format(name=contact.name), asks.button(_("See my asks")))
    if mine.is_open(ctx.now):
        await ctx.store.asks.set_state(ask, AskState.RELEASED, ctx.now)
    gone = say(_("{name} is free for the next person. That is fine, and nobody is told."), name=Bold(contact.name))
    return View(_("You let it go"), (gone, _after(ctx))).instead()


@command("board close", N_("End an ask"), topic=Topic.CONTACTS, is_listed=False)
async def close(ctx: Context, ask: Annotated[AskId, Key()]) -> View:
    mine, contact = await _mine(ctx, ask)
    if mine.state is AskState.HOLD and mine.is_open(ctx.now):
        return await _ask_view(ctx, contact, mine)
    if mine.state is AskState.SENT:
        await ctx.store.asks.set_state(ask, AskState.CLOSED, ctx.now)
    done = say(_("Thank you for saying so. {name} gets a rest, then the next person may ask."), name=Bold(contact.name))
    return View(_("This ask is over"), (done, _after(ctx))).instead()


async def _locked(ctx: Context, contact: ContactId) -> Contact:
    """Return a contact of the board and keep others from asking until this is settled."""
    found = await ctx.store.contacts.lock(contact, ctx.member.id)
    if found is None or not (is_on_board(found, ctx.now) or found.steward == ctx.member.id):
        raise Refused(_taken_back(), _board(ctx))
    return found


async def _verdict(ctx: Context, contact: Contact) -> Verdict:
    about = await ctx.store.asks.about(contact.id, since(ctx.now, [contact.budget]))
    own = await ctx.store.asks.by(ctx.member.id)
    return verdict(ctx.member.id, contact.budget, about, own, ctx.now)


async def _mine(ctx: Context, ask: AskId) -> tuple[Ask, Contact]:
    """Return the member's own ask and its contact, locked, as they stand once nobody else changes them."""
    before = await ctx.store.asks.get(ask, ctx.member.id)
    if before is None:
        raise Refused(_("This ask is not on your list any more."), asks.button(_("See my asks")))
    contact = await _locked(ctx, before.contact)
    return await ctx.store.asks.get(ask, ctx.member.id) or before, contact


async def _take(ctx: Context, contact: Contact) -> View:
    number = await ctx.store.asks.hold(contact.id, ctx.member.id, ctx.now, ctx.now + HOLD_LASTS)
    await tell_sharer(ctx, contact, number)
    taken = await ctx.store.asks.get(number, ctx.member.id)
    if taken is None:
        raise LookupError(f"ask {number} is gone in the unit that made it")
    return await _ask_view(ctx, contact, taken)


async def _wrote(ctx: Context, contact: Contact, mine: Ask) -> View:
    await ctx.store.asks.set_state(mine.id, AskState.SENT, ctx.now)
    now_sent = await ctx.store.asks.get(mine.id, ctx.member.id) or mine
    return await _ask_view(ctx, contact, now_sent)


async def _wrote_late(ctx: Context, contact: Contact, mine: Ask) -> View:
    """Note that the member wrote although the hold was over: the contact's rest counts from what really happened."""
    ruling = await _verdict(ctx, contact)
    view = await _wrote(ctx, contact, mine)
    if ruling == Free():
        return view
    await ctx.store.asks.set_state(mine.id, AskState.CLOSED, ctx.now)
    noted = say(
        _("Your hold on {name} had ended, so I only noted that you wrote. They get their rest from today."),
        name=Bold(contact.name),
    )
    return View(_("Noted"), (noted, _after(ctx))).instead()
