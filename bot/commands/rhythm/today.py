"""What is next for a member, talk by talk: done, put off, or left out, one thing at a time."""

from datetime import date
from typing import Annotated

from bot.commands.rhythm.agenda import Said, about, keep, offer, settled, situation_of, snooze
from bot.commands.rhythm.nudges import hushed
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.journey import Event, label
from bot.nudging.due import Thread, threads
from bot.nudging.situation import HAPPENED, Item
from bot.talk.errors import BadInput
from bot.talk.form import Day, Key
from bot.talk.view import Button, Buttons, Card, Element, Spans, Text, View, say
from bot.talk.words import N_, _, day_words

MOST_MORE = 5
"""Further steps of one talk that are shown at once; those after them come when these are settled."""

LONGEST_SNOOZE = 365


@command("today", N_("See what is next"), topic=Topic.RHYTHM, reads=True)
async def today(ctx: Context, is_all: Annotated[bool, Key()] = False) -> View:
    """The next small step for each talk, and the holds that wait for you. Say done, put it off, or leave it out."""
    return await _today(ctx, is_all=is_all)


@command("today mark", N_("Say what became of a step"), topic=Topic.RHYTHM, is_listed=False)
async def mark(
    ctx: Context,
    interview: Annotated[int, Key()],
    step: Annotated[str, Key()],
    said: Annotated[Said, Key()],
) -> View:
    title = await keep(ctx, interview, step, said)
    return await _after(ctx, settled(title, said), interview, step, can_undo=said is not Said.OPEN)


@command(
    "today later", N_("Put a step off"), topic=Topic.RHYTHM, is_listed=False, submit=N_("Put it off")
)  # fmt: skip
async def later(
    ctx: Context,
    interview: Annotated[int, Key()],
    step: Annotated[str, Key()],
    day: Annotated[date, Day(N_("Until which day?"), N_("Tomorrow, Friday, 8 December, ..."))],
) -> View:
    days = (day - ctx.today).days
    if days < 1:
        raise BadInput(_("That day is here already. Which later day suits you?"), "day")
    if days > LONGEST_SNOOZE:
        raise BadInput(_("That is more than a year away. Choose a nearer day, or leave the step out."), "day")
    title = await snooze(ctx, interview, step, days)
    said = _("Until {day}: {title}").format(day=day_words(day, ctx.today), title=title)
    return await _after(ctx, (said,), interview, step, can_undo=True)


async def _after(ctx: Context, said: Spans, interview: int, step: str, *, can_undo: bool) -> View:
    """Return what is next now, with what just happened said first and the way back."""
    undo = (Buttons((mark.button(_("Undo"), interview, step, Said.OPEN),)),) if can_undo else ()
    return (await _today(ctx)).with_top(Text(said), *undo).instead()


async def _today(ctx: Context, *, is_all: bool = False) -> View:
    found = threads(await situation_of(ctx), ctx.library)
    body: tuple[Element, ...] = tuple(card for thread in found for card in _cards(ctx, thread, is_all=is_all))
    if not found:
        body = (say(_("Nothing waits for you today. That is fine too.")),)
    title = _("Today, {day}").format(day=day_words(ctx.today, ctx.today))
    return View(title, (*await hushed(ctx), *body, *_further(ctx, found, is_all=is_all)))


def _cards(ctx: Context, thread: Thread, *, is_all: bool) -> tuple[Card, ...]:
    first, *rest = thread
    shown = rest[:MOST_MORE] if is_all else ()
    return (_card(ctx, first), *(Card(item.title, (about(item),), _short(item)) for item in shown))


def _card(ctx: Context, item: Item) -> Card:
    return Card(item.title, tuple(line for line in (about(item), (item.body,)) if any(line)), _buttons(ctx, item))


def _buttons(ctx: Context, item: Item) -> tuple[Button, ...]:
    """Return what can be done about *item*; a hold and a talk that is over are answered where they live."""
    talk, step = item.interview or 0, item.step
    put_off = mark.button(_("Tomorrow"), talk, step, Said.TOMORROW)
    if item.ask is not None:
        return (*answers_to_hold(ctx, item), put_off)
    if step == HAPPENED:
        return (*answers_to_talk(ctx, item), put_off)
    choose = later.opens(_("Choose a day"), talk, step)
    return (*_short(item)[:1], put_off, choose, *_short(item)[1:])


def _short(item: Item) -> tuple[Button, ...]:
    if item.ask is not None or item.step == HAPPENED:
        return ()
    talk, step = item.interview or 0, item.step
    return (mark.primary(_("Done"), talk, step, Said.DONE), mark.button(_("Skip"), talk, step, Said.SKIP))


def answers_to_hold(ctx: Context, item: Item) -> tuple[Button, ...]:
    """Return the buttons with which a hold is used or let go."""
    wrote = offer(ctx, "board sent", _("I wrote to them"), item.ask, is_primary=True)
    return (*wrote, *offer(ctx, "board release", _("Let it go"), item.ask))


def answers_to_talk(ctx: Context, item: Item) -> tuple[Button, ...]:
    """Return the buttons with which a member says what became of a booked talk."""
    happened = offer(ctx, "interviews tell", label(Event.HOLD), item.interview, Event.HOLD, is_primary=True)
    return (*happened, *offer(ctx, "interviews look", _("Something else"), item.interview))


def _further(ctx: Context, found: tuple[Thread, ...], *, is_all: bool) -> tuple[Element, ...]:
    has_more = any(len(thread) > 1 for thread in found)
    more = (today.button(_("More steps"), True),) if has_more and not is_all else ()
    fewer = (today.button(_("Only what is next"), False),) if is_all else ()
    plans = offer(ctx, "plan", _("Your plans"))
    return (Buttons((*more, *fewer, *plans, *offer(ctx, "nudges", _("Nudges")))),)
