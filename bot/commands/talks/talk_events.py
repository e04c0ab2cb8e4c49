"""What else changes when something happens to a talk: holds and asks, a card whose contact wants no more letters."""

from bot.commands.contacts.withdrawal import stop
from bot.commands.talks.brief import researched
from bot.desk.context import Context
from bot.model.contact import ASK_LASTS, Ask, AskState, Contact, ContactId
from bot.model.interview import Interview
from bot.model.journey import Event, State, after, possible
from bot.talk.view import Element, say
from bot.talk.words import N_, _

TALK_OVER = frozenset({State.HELD, State.FOLLOWED_UP, State.IN_TOUCH})

SENT_BY = frozenset({Event.ASK, Event.ASK_AGAIN, Event.BOOK})
"""Events that tell that a message went out: a hold becomes an ask."""

HEARD_BY = SENT_BY | {Event.DECLINE, Event.HOLD}
"""Events that tell that the contact was written to, or talked to: they get the rest that follows."""

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
    """Let the member's own hold or ask about the talk's contact follow *event*, and note when the contact heard from
    them: nobody else asks before the contact has had their rest."""
    if talk.contact is None or not await _is_somebody_elses(ctx, talk.contact):
        return
    asks = [ask for ask in await ctx.store.asks.by(ctx.member.id) if ask.contact == talk.contact]
    live = [ask for ask in asks if ask.is_open(ctx.now)]
    for ask in live:
        await _settle(ctx, ask, event)
    if event in HEARD_BY and not live and not any(ask.sent_at and ask.sent_at >= talk.created_at for ask in asks):
        await _note(ctx, talk.contact, asks)


async def note_sent(ctx: Context, contact: ContactId) -> None:
    """Let the member's talks with *contact* follow what they told about the ask: they wait for an answer now."""
    for talk in await ctx.store.interviews.of(ctx.member.id):
        if talk.contact == contact and Event.ASK in possible(talk.state):
            await ctx.store.interviews.move(talk.id, after(talk.state, Event.ASK), ctx.now)


async def _is_somebody_elses(ctx: Context, contact: ContactId) -> bool:
    """Tell whether asks about *contact* count for the member, and keep others from it until this is settled. Sharers
    write to their own contacts whenever they like."""
    found = await ctx.store.contacts.lock(contact, ctx.member.id)
    return found is not None and found.steward != ctx.member.id


async def _settle(ctx: Context, ask: Ask, event: Event) -> None:
    is_sent = ask.state is AskState.SENT
    if event in HEARD_BY and not is_sent:
        await ctx.store.asks.set_state(ask.id, AskState.SENT, ctx.now)
    if event in ENDED_BY:
        is_unsent = not is_sent and event is Event.LET_GO
        await ctx.store.asks.set_state(ask.id, AskState.RELEASED if is_unsent else AskState.CLOSED, ctx.now)


async def _note(ctx: Context, contact: ContactId, asks: list[Ask]) -> None:
    """Note that the contact heard from the member, who has no ask about them that is open: the contact gets a rest,
    and the member nothing that only an open ask gives."""
    lapsed = next((ask.id for ask in asks if ask.state is AskState.HOLD and ctx.now - ask.taken_at < ASK_LASTS), None)
    ask = lapsed or await ctx.store.asks.hold(contact, ctx.member.id, ctx.now, ctx.now)
    for state in (AskState.SENT, AskState.CLOSED):
        await ctx.store.asks.set_state(ask, state, ctx.now)


async def asked_to_stop(ctx: Context, talk: Interview) -> None:
    """End it for everybody at once: the card goes, every ask about it closes, and its posts say so."""
    if talk.contact is not None:
        await ctx.store.contacts.lock_person(talk.contact)
    contact = await stoppable(ctx, talk)
    if contact is None:
        await settle_asks(ctx, talk, Event.CLOSE)
        return
    await stop(ctx, contact.id)


async def stoppable(ctx: Context, talk: Interview) -> Contact | None:
    """Return the talk's contact, locked, if the member can speak for them: as steward, or having written to them."""
    if talk.contact is None:
        return None
    contact = await ctx.store.contacts.lock(talk.contact, ctx.member.id)
    if contact is None or contact.steward == ctx.member.id:
        return contact
    asks = await ctx.store.asks.by(ctx.member.id)
    return contact if any(ask.contact == contact.id and ask.sent_at is not None for ask in asks) else None
