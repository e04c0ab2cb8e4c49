"""What else changes when something happens to a talk: holds and asks, a card whose contact wants no more letters."""

from bot.commands.contacts.withdrawal import take_off
from bot.commands.talks.brief import researched
from bot.desk.context import Context
from bot.model.contact import Ask, AskState, Contact
from bot.model.interview import Interview
from bot.model.journey import Event, State
from bot.talk.view import Element, say
from bot.talk.words import N_, _

TALK_OVER = frozenset({State.HELD, State.FOLLOWED_UP, State.IN_TOUCH})

SENT_BY = frozenset({Event.ASK, Event.ASK_AGAIN, Event.BOOK})
"""Events that tell that a message went out: a hold becomes an ask."""

ENDED_BY = frozenset({Event.LET_GO, Event.CLOSE, Event.DECLINE, Event.HOLD})
"""Events after which nobody waits for an answer any more: the next seeker can be served."""

NEXT: dict[Event, str] = {
    Event.PREPARE: N_("Good. The plan is the place to begin."),
    Event.ASK: N_("Noted. Silence for a week is normal; until then there is nothing to do."),
    Event.GO_SILENT: N_("That is usual, people are busy. One short reminder is fine; after that we let it rest."),
    Event.DECLINE: N_("Noted. A no is about their week, not about you. A thank-you for the answer reads well."),
    Event.ASK_AGAIN: N_("Noted. If it stays quiet now, we let it rest."),
    Event.MOVE: N_("Noted. It happens often. Tell me when you have a new time."),
    Event.CANCEL: N_("Noted. Many of these find a new time within a month."),
    Event.NO_SHOW: N_("Noted. A short message that offers two new times is all it takes."),
    Event.HOLD: N_("Noted. A thank-you reads best within a day."),
    Event.FOLLOW_UP: N_("Noted. They will be glad to hear later what you did with it."),
    Event.TOUCH: N_("Noted. About three times a year keeps it alive."),
    Event.LET_GO: N_("Set aside. The plan stays here, in case."),
    Event.PICK_UP: N_("It is back in preparation, with everything you had."),
    Event.CLOSE: N_("Closed. Thank you for telling us."),
}


def told(talk: Interview, event: Event) -> tuple[Element, ...]:
    """Return what to say after *event*."""
    return (say(_(NEXT[event])),) if event in NEXT else ()


async def is_unprepared(ctx: Context, talk: Interview) -> tuple[str, ...]:
    """Return the research steps for *talk* when none of them is ticked, else nothing."""
    steps = await researched(ctx, talk)
    return () if any(is_done for _title, is_done in steps) else tuple(title for title, _done in steps)


async def settle_asks(ctx: Context, talk: Interview, event: Event) -> None:
    """Let the member's own hold or ask about the talk's contact follow *event*."""
    for ask in await _open_asks(ctx, talk):
        state = _state_after(ask, event)
        if state is not ask.state:
            await ctx.store.asks.set_state(ask.id, state, ctx.now)


async def _open_asks(ctx: Context, talk: Interview) -> list[Ask]:
    if talk.contact is None:
        return []
    asks = await ctx.store.asks.by(ctx.member.id)
    return [ask for ask in asks if ask.contact == talk.contact and ask.is_open(ctx.now)]


def _state_after(ask: Ask, event: Event) -> AskState:
    if event in SENT_BY:
        return AskState.SENT
    if event not in ENDED_BY:
        return ask.state
    is_unsent = ask.state is AskState.HOLD and event is Event.LET_GO
    return AskState.RELEASED if is_unsent else AskState.CLOSED


async def asked_to_stop(ctx: Context, talk: Interview) -> None:
    """End it for everybody at once: the card goes, every ask about it closes, and its posts say so."""
    contact = await stoppable(ctx, talk)
    if contact is None:
        await settle_asks(ctx, talk, Event.CLOSE)
        return
    await take_off(ctx, contact.id, suppress=True)


async def stoppable(ctx: Context, talk: Interview) -> Contact | None:
    """Return the talk's contact, locked, if the member can speak for them: as steward, or having written to them."""
    if talk.contact is None:
        return None
    contact = await ctx.store.contacts.lock(talk.contact, ctx.member.id)
    if contact is None or contact.steward == ctx.member.id:
        return contact
    asks = await ctx.store.asks.by(ctx.member.id)
    return contact if any(ask.contact == contact.id and ask.sent_at is not None for ask in asks) else None
