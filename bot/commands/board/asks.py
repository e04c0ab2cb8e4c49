"""Asking for a talk: take the hold, then say what became of it."""

from typing import Annotated

from bot.commands.board.ask_words import drawn, over, reachable, resting, taken_back, the_ask, too_many
from bot.commands.board.introduce import tell_sharer
from bot.commands.board.listing import board_button
from bot.commands.contacts.cards import is_on_board
from bot.commands.contacts.own import see
from bot.commands.talks.talk_events import note_sent
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.contact import ASK_LASTS, Ask, AskId, AskState, Contact, ContactId
from bot.model.shield import HOLD_LASTS, Free, Resting, TooManyOpen, Verdict, Yours, since, verdict
from bot.talk.errors import Refused
from bot.talk.form import Key
from bot.talk.view import Bold, Button, Buttons, View, say
from bot.talk.words import N_, _


@command("board ask", N_("Ask for a talk"), topic=Topic.CONTACTS, is_listed=False)
async def ask(ctx: Context, contact: Annotated[ContactId, Key()]) -> View:
    found = await _locked(ctx, contact)
    if found.steward == ctx.member.id:
        sentence = _("You know {name} yourself, so you need no ask here: write whenever you like.")
        raise Refused(sentence.format(name=found.name), see.button(_("Open your contact"), contact))
    match await _verdict(ctx, found):
        case Free():
            return await _take(ctx, found)
        case Yours(mine):
            return await the_ask(ctx, found, mine)
        case Resting() as rest:
            return await resting(ctx, found, rest)
        case TooManyOpen():
            raise Refused(too_many(), _asks())


@command("asks", N_("See whom you are asking, and until when"), topic=Topic.CONTACTS, reads=True)
async def asks(ctx: Context) -> View:
    """The talks you asked for through the board: how long each ask is yours, and what you can do next. Only you see
    this list."""
    own = await ctx.store.asks.by(ctx.member.id)
    found = [await drawn(ctx, one) for one in own if one.is_open(ctx.now) or _is_recent(ctx, one)]
    nobody = say(_("You are not asking anybody right now. The board shows who is free."))
    elements = tuple(element for element in found if element is not None) or (nobody,)
    return View(_("Your asks"), (*elements, Buttons((board_button(ctx),))))


# Not kept: e-mail and phone would outlast the ask. Delivered twice, the second look is noted like the first.
@command("board held", N_("See how to reach them"), topic=Topic.CONTACTS, is_listed=False, is_kept=False)
async def held(ctx: Context, ask: Annotated[AskId, Key()]) -> View:
    mine, contact = await _mine(ctx, ask)
    if not mine.is_open(ctx.now):
        raise Refused(over(contact), _asks())
    return await reachable(ctx, contact, mine)


@command("board sent", N_("Say that you wrote"), topic=Topic.CONTACTS, is_listed=False)
async def sent(ctx: Context, ask: Annotated[AskId, Key()]) -> View:
    mine, contact = await _mine(ctx, ask)
    match mine.state:
        case AskState.HOLD if mine.is_open(ctx.now):
            return await _wrote(ctx, contact, mine)
        case AskState.HOLD if _is_recent(ctx, mine):
            is_free = await _verdict(ctx, contact) == Free()
            return await (_wrote if is_free else _noted)(ctx, contact, mine)
        case AskState.SENT if mine.is_open(ctx.now):
            return await the_ask(ctx, contact, mine)
        case _:
            raise Refused(over(contact), _asks())


@command("board release", N_("Let an ask go"), topic=Topic.CONTACTS, is_listed=False)
async def release(ctx: Context, ask: Annotated[AskId, Key()]) -> View:
    mine, contact = await _mine(ctx, ask)
    match mine.state:
        case AskState.SENT:
            sentence = _("You wrote to {name} already. When the talk is over, or nothing comes of it, end it there.")
            raise Refused(sentence.format(name=contact.name), held.button(_("Open the ask"), ask))
        case AskState.HOLD:
            await ctx.store.asks.set_state(ask, AskState.RELEASED, ctx.now)
        case AskState.RELEASED | AskState.CLOSED:
            pass
    gone = say(_("The next person may ask {name} now. Nobody hears that it was you."), name=Bold(contact.name))
    return View(_("You let it go"), (gone, _onward(ctx))).instead()


@command("board close", N_("End an ask"), topic=Topic.CONTACTS, is_listed=False)
async def close(ctx: Context, ask: Annotated[AskId, Key()]) -> View:
    mine, contact = await _mine(ctx, ask)
    if mine.state is AskState.HOLD:
        return await release.run(ctx, ask)
    await ctx.store.asks.set_state(ask, AskState.CLOSED, ctx.now)
    done = say(
        _("Thank you for saying so. After some rest for {name}, somebody else may ask."), name=Bold(contact.name)
    )
    return View(_("This ask is over"), (done, _onward(ctx))).instead()


async def _locked(ctx: Context, contact: ContactId) -> Contact:
    """Return a contact of the board, or the member's own, and keep others from it until this is settled."""
    found = await ctx.store.contacts.lock(contact, ctx.member.id)
    if found is None or not (is_on_board(found, ctx.now) or found.steward == ctx.member.id):
        raise Refused(taken_back(), board_button(ctx))
    return found


async def _verdict(ctx: Context, contact: Contact) -> Verdict:
    about = await ctx.store.asks.about(contact.id, since(ctx.now, [contact.budget]))
    own = await ctx.store.asks.by(ctx.member.id)
    return verdict(ctx.member.id, contact.budget, about, own, ctx.now)


async def _mine(ctx: Context, ask: AskId) -> tuple[Ask, Contact]:
    """Return the member's own ask and its contact, locked, as they stand once nobody else can change them."""
    mine = await ctx.store.asks.get(ask, ctx.member.id)
    if mine is None:
        raise Refused(_("This ask is not on your list any more."), _asks())
    contact = await _locked(ctx, mine.contact)
    return await _fresh(ctx, mine), contact


async def _fresh(ctx: Context, mine: Ask) -> Ask:
    return await ctx.store.asks.get(mine.id, ctx.member.id) or mine


async def _take(ctx: Context, contact: Contact) -> View:
    ends_at = ctx.now + HOLD_LASTS
    number = await ctx.store.asks.hold(contact.id, ctx.member.id, ctx.now, ends_at)
    await tell_sharer(ctx, contact, number)
    mine = Ask(number, contact.id, ctx.member.id, AskState.HOLD, ctx.now, ends_at)
    return await the_ask(ctx, contact, mine)


async def _wrote(ctx: Context, contact: Contact, mine: Ask) -> View:
    await ctx.store.asks.set_state(mine.id, AskState.SENT, ctx.now)
    await note_sent(ctx, contact.id)
    return await the_ask(ctx, contact, await _fresh(ctx, mine))


async def _noted(ctx: Context, contact: Contact, mine: Ask) -> View:
    """Answer somebody who wrote after their hold had ended and the contact was free no longer.

    What really happened is written down, so that the contact gets the rest; the ask does not open again.
    """
    await ctx.store.asks.set_state(mine.id, AskState.SENT, ctx.now)
    await ctx.store.asks.set_state(mine.id, AskState.CLOSED, ctx.now)
    await note_sent(ctx, contact.id)
    words = _("Your hold had ended, so the ask is not yours any more. I noted that you wrote: {name} gets a rest.")
    return View(_("Noted"), (say(words, name=Bold(contact.name)), _onward(ctx))).instead()


def _is_recent(ctx: Context, mine: Ask) -> bool:
    return ctx.now - mine.taken_at < ASK_LASTS


def _asks() -> Button:
    return asks.button(_("See my asks"))


def _onward(ctx: Context) -> Buttons:
    return Buttons((_asks(), board_button(ctx)))
