"""Where each talk stands: what can happen next is one press, and what cannot is explained."""

from datetime import date, datetime, time
from typing import Annotated, Any

from bot.commands.talks.plan_parts import to_new, whom
from bot.commands.talks.plan_screen import show
from bot.commands.talks.planning import own_interview
from bot.commands.talks.talk_events import TALK_OVER, asked_to_stop, is_unprepared, settle_asks, stoppable, told
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.interview import Interview, InterviewId
from bot.model.journey import TABLE, Event, IllegalMove, State, after, label, possible, state_words
from bot.nudging.hours import instant
from bot.talk.errors import BadInput, Refused
from bot.talk.form import Day, Hour, Key, Values
from bot.talk.view import (
    Bold,
    Button,
    Buttons,
    Card,
    Element,
    Heading,
    Moment,
    Spans,
    Text,
    View,
    When,
    say,
    small,
    spans,
)
from bot.talk.words import N_, _, day_words, hour_words

PAGE = 10
OFFERED = 2
"""Events offered in the list; all of them are one press away."""

PARTS: tuple[tuple[str, frozenset[State]], ...] = (
    (N_("Booked"), frozenset({State.BOOKED, State.MOVED, State.NO_SHOW, State.CANCELLED})),
    (N_("Asked"), frozenset({State.ASKING, State.SILENT, State.DECLINED})),
    (N_("In preparation"), frozenset({State.PREPARING, State.IDEA})),
    (N_("After the talk"), TALK_OVER),
    (N_("Set aside"), frozenset({State.LET_GO, State.CLOSED})),
)
"""The parts of the list, the most pressing first."""


@command("interviews", N_("See where each of your talks stands"), topic=Topic.PREPARE, reads=True)
async def interviews(ctx: Context, page: Annotated[int, Key()] = 0) -> View:
    """All your talks, from the first idea to keeping in touch. Tell me what happened, and I know what comes next.
    Nobody else sees this."""
    talks = await ctx.store.interviews.of(ctx.member.id)
    if not talks:
        said = say(_("No talk yet. The first one begins with a name, or only with “a nurse manager”."))
        return View(_("Your talks"), (said, Buttons((to_new(ctx, _("Plan a talk")),))))
    ordered = sorted(talks, key=_part)
    start = min(max(0, page), (len(ordered) - 1) // PAGE) * PAGE
    shown = ordered[start : start + PAGE]
    end = Buttons((*_turns(start // PAGE, len(ordered)), to_new(ctx, _("Plan another"))))
    return View(_("Your talks"), (*_listed(shown), end))


def _part(talk: Interview) -> int:
    return next(i for i, (_title, states) in enumerate(PARTS) if talk.state in states)


def _listed(talks: list[Interview]) -> list[Element]:
    """Return *talks* as cards, a heading above each part."""
    body: list[Element] = []
    for i, talk in enumerate(talks):
        if i == 0 or _part(talks[i - 1]) != _part(talk):
            body.append(Heading(_(PARTS[_part(talk)][0])))
        body.append(_card(talk))
    return body


def _card(talk: Interview) -> Card:
    buttons = (*_events(talk)[:OFFERED], look.button(_("More"), talk.id), show.button(_("Plan"), talk.id))
    return Card(whom(talk), tuple(line for line in (_standing(talk), (talk.goal,)) if line != ("",)), buttons)


def _turns(page: int, count: int) -> tuple[Button, ...]:
    back = (interviews.button(_("Back"), page - 1),) if page else ()
    on = (interviews.button(_("More of them"), page + 1),) if (page + 1) * PAGE < count else ()
    return (*back, *on)


@command("interviews look", N_("See where a talk stands"), topic=Topic.PREPARE, is_listed=False, reads=True)
async def look(ctx: Context, interview: Annotated[InterviewId, Key()]) -> View:
    return _look(await own_interview(ctx, interview)).instead()


def _look(talk: Interview, *top: Element) -> View:
    """Return one talk with everything that can happen to it."""
    events = _events(talk)
    asked = small(_("What happened?")) if events else small(_("They asked us to stop, so nothing more happens here."))
    own = (show.button(_("Plan"), talk.id), remove.button(_("Delete"), talk.id), interviews.button(_("All your talks")))
    happens = (Buttons(events),) if events else ()
    return View(whom(talk), (*top, Text(_standing(talk)), asked, *happens, Buttons(own)))


def _standing(talk: Interview) -> Spans:
    if talk.state is State.BOOKED and talk.booked_at is not None:
        return spans(_("Booked for {when}, {n} minutes."), when=When(talk.booked_at), n=talk.minutes)
    since = When(talk.since, Moment.DAY)
    return spans(_("Stands at: {state}, since {day}."), state=state_words(talk.state), day=since)


def _events(talk: Interview) -> tuple[Button, ...]:
    return tuple(_event(talk, event) for event in possible(talk.state))


def _event(talk: Interview, event: Event) -> Button:
    """Return *event* as a button in the reader's words; a new time is asked for in a form."""
    if event in {Event.BOOK, Event.REBOOK}:
        return book.opens(label(event), talk.id)
    return tell.button(label(event), talk.id, event)


@command("interviews tell", N_("Tell what happened"), topic=Topic.PREPARE, is_listed=False)
async def tell(
    ctx: Context,
    interview: Annotated[InterviewId, Key()],
    event: Annotated[Event, Key()],
    is_sure: Annotated[bool, Key()] = False,
) -> View:
    talk = await own_interview(ctx, interview)
    state = _after(talk, event)
    if event in {Event.BOOK, Event.REBOOK}:
        raise Refused(_("Which day, and at what time?"), book.opens(label(event), interview))
    if event is Event.ASK and not is_sure and (steps := await is_unprepared(ctx, talk)):
        return _unprepared(talk, steps)
    if event is Event.CLOSE and not is_sure:
        return _sure_to_close(talk, is_for_all=await stoppable(ctx, talk) is not None)
    await ctx.store.interviews.move(interview, state, ctx.now)
    await (asked_to_stop(ctx, talk) if event is Event.CLOSE else settle_asks(ctx, talk, event))
    return _look(await own_interview(ctx, interview), *told(talk, event)).instead()


def _after(talk: Interview, event: Event) -> State:
    """Return where *event* leads. Raises `Refused` with what is possible."""
    try:
        return after(talk.state, event)
    except IllegalMove as illegal:
        raise Refused(str(illegal), *_events(talk), show.button(_("Plan"), talk.id)) from None


def _unprepared(talk: Interview, steps: tuple[str, ...]) -> View:
    """Warn once that nothing was looked up; the message may be out already, so nothing is blocked."""
    words = _(
        "Nothing is ticked yet of what helps before writing to {who}: {steps}. "
        "Ten minutes of it make the questions sharper."
    )
    said = say(words, who=Bold(talk.who), steps="; ".join(steps))
    choice = (
        tell.primary(label(Event.ASK), talk.id, Event.ASK, True),
        look.button(_("I read up first"), talk.id),
    )
    return View(_("Before you write"), (said, Buttons(choice))).instead()


def _sure_to_close(talk: Interview, *, is_for_all: bool) -> View:
    whole = _("Then {who} is left in peace: this talk closes for good, and nobody in the group is offered them again.")
    own = _("Then {who} is left in peace: this talk closes for good.")
    said = say(whole if is_for_all else own, who=Bold(talk.who))
    choice = (tell.danger(label(Event.CLOSE), talk.id, Event.CLOSE, True), look.button(_("Not so"), talk.id))
    return View(_("Did they ask us to stop?"), (said, Buttons(choice))).instead()


async def _booked(ctx: Context, known: dict[str, Any]) -> Values:
    talk = await own_interview(ctx, known["interview"])
    if talk.booked_at is None:
        return {}
    local = talk.booked_at.astimezone(ctx.zone)
    return {"day": local.date().isoformat(), "hour": hour_words(local.time())}


@command(
    "interviews book", N_("Day and time"), topic=Topic.PREPARE, is_listed=False, prefill=_booked, submit=N_("Book it"),
    intro=N_("In your own time zone."),
)  # fmt: skip
async def book(
    ctx: Context,
    interview: Annotated[InterviewId, Key()],
    day: Annotated[date, Day(N_("Day"), N_("8 December, next Tuesday, 2026-12-08"))],
    hour: Annotated[time, Hour(N_("Time"), N_("14:30 or 2:30 pm"))],
) -> View:
    talk = await own_interview(ctx, interview)
    event = Event.BOOK if Event.BOOK in TABLE[talk.state] else Event.REBOOK
    state, at = _after(talk, event), _future(ctx, day, hour)
    await ctx.store.interviews.change(interview, booked_at=at)
    await ctx.store.interviews.move(interview, state, ctx.now)
    await settle_asks(ctx, talk, event)
    return _look(await own_interview(ctx, interview), *_echo(ctx, at)).instead()


def _future(ctx: Context, day: date, hour: time) -> datetime:
    """Return the moment in the member's own zone. Raises `BadInput` for one that has passed."""
    at = instant(day, hour, ctx.zone)
    if at <= ctx.now:
        sentence = _("{day}, {hour} has passed already. Which day did you mean?")
        words = sentence.format(day=day_words(day, ctx.today), hour=hour_words(hour))
        raise BadInput(words, "day" if day < ctx.today else "hour")
    return at


def _echo(ctx: Context, at: datetime) -> tuple[Element, ...]:
    """Say back when it is, with the weekday, by the member's own clock."""
    local = at.astimezone(ctx.zone)
    when = _("{day}, {hour}").format(day=day_words(local.date(), ctx.today), hour=hour_words(local.time()))
    said = say(_("Noted: {when}. Read it once more beside their message."), when=Bold(when))
    if ctx.member.zone is not None:
        return (said,)
    return (said, small(_("I do not know your city yet, so I took this as UTC. /career start sets it.")))


@command("interviews remove", N_("Delete a talk"), topic=Topic.PREPARE, is_listed=False)
async def remove(
    ctx: Context, interview: Annotated[InterviewId, Key()], is_sure: Annotated[bool, Key()] = False
) -> View:
    talk = await own_interview(ctx, interview)
    if not is_sure:
        asked = say(_("Delete the talk with {who}, its plan and its steps? This cannot be undone."), who=Bold(talk.who))
        choice = (remove.danger(_("Delete"), interview, True), look.button(_("Keep"), interview))
        return View(_("Delete this talk?"), (asked, Buttons(choice))).instead()
    await settle_asks(ctx, talk, Event.LET_GO)
    await ctx.store.interviews.remove(interview)
    gone = say(_("The talk with {who} is deleted."), who=Bold(talk.who))
    return View(_("Done"), (gone, Buttons((interviews.button(_("Your talks")),)))).instead()
