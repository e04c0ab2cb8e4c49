"""The one screen of a plan: what it is for, what is asked when, what waits, and what can be done about it."""

from typing import Annotated, Any

from bot.commands.talks.bank import category_title
from bot.commands.talks.brief import brief
from bot.commands.talks.plan_adding import more
from bot.commands.talks.plan_parts import at_minute, notes_on, short, timetable, to_interview
from bot.commands.talks.plan_questions import question
from bot.commands.talks.planning import NO_CATEGORY, Plan, load, own_interview
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.contact import Standing
from bot.model.interview import Interview, InterviewId
from bot.model.journey import State, state_words
from bot.model.timed_plan import LONGEST, SHORTEST
from bot.talk.errors import BadInput
from bot.talk.form import Key, Line, Number, Values
from bot.talk.view import (
    Bold,
    Bullets,
    Button,
    Buttons,
    Element,
    Facts,
    Heading,
    Option,
    Spans,
    View,
    When,
    say,
    small,
    spans,
)
from bot.talk.words import N_, _, listing, ngettext

NEXT_PARKED = 3
"""Parked questions that the plan names; the others are one press away."""

WHO = Line(N_("Whom do you want to talk to?"), N_("A name, or only “a nurse manager”"))
FIELD = Line(N_("Field"), N_("Nursing, music, public health, ..."))
GOAL = Line(N_("After this talk I want to know ..."), N_("One sentence. It decides which questions matter."), limit=300)
ORGANISATION = Line(N_("Organisation"), limit=120)
LENGTH = Number(N_("Minutes you will ask for"), SHORTEST, LONGEST, N_("20, 25 or 30 is a small favour to ask."))


@command("plan show", N_("Open a plan"), topic=Topic.PREPARE, is_listed=False, reads=True)
async def show(ctx: Context, interview: Annotated[InterviewId, Key()]) -> View:
    return await shown_plan(ctx, await load(ctx, interview))


async def shown_plan(ctx: Context, shown: Plan, *top: Element) -> View:
    """Return the screen, which says first when the contact is not to be written to any more."""
    gone = (say(_("{who} is no longer on the board. Please do not write to them."), who=Bold(shown.interview.who)),)
    return screen(ctx, shown, *top, *(gone if await _is_gone(ctx, shown.interview) else ())).instead()


async def _is_gone(ctx: Context, talk: Interview) -> bool:
    if talk.contact is None:
        return False
    contact = await ctx.store.contacts.get(talk.contact, ctx.member.id)
    return contact is None or contact.standing is Standing.WITHDRAWN


async def _details(ctx: Context, known: dict[str, Any]) -> Values:
    talk = await own_interview(ctx, known["interview"])
    return {
        "who": talk.who, "organisation": talk.organisation, "field": talk.field, "goal": talk.goal,
        "minutes": str(talk.minutes),
    }  # fmt: skip


@command("plan details", N_("Goal and minutes"), topic=Topic.PREPARE, is_listed=False, prefill=_details)
async def details(
    ctx: Context,
    interview: Annotated[InterviewId, Key()],
    goal: Annotated[str, GOAL],
    minutes: Annotated[int, LENGTH],
    who: Annotated[str, WHO],
    field: Annotated[str, FIELD],
    organisation: Annotated[str, ORGANISATION] = "",
) -> View:
    await own_interview(ctx, interview)
    await ctx.store.interviews.change(
        interview, who=who, organisation=organisation, field=field, goal=goal, minutes=minutes
    )
    return await shown_plan(ctx, await load(ctx, interview))


@command("plan minutes", N_("Change the minutes"), topic=Topic.PREPARE, is_listed=False)
async def minutes(ctx: Context, interview: Annotated[InterviewId, Key()], minutes: Annotated[int, Key()]) -> View:
    await own_interview(ctx, interview)
    if not SHORTEST <= minutes <= LONGEST:
        raise BadInput(_("A talk takes {low} to {high} minutes.").format(low=SHORTEST, high=LONGEST))
    await ctx.store.interviews.change(interview, minutes=minutes)
    return await shown_plan(ctx, await load(ctx, interview))


async def _relates(ctx: Context, known: dict[str, Any]) -> Values:
    return {"relates": (await own_interview(ctx, known["interview"])).relates}


@command(
    "plan relates", N_("You and this field"), topic=Topic.PREPARE, is_listed=False, prefill=_relates,
    intro=N_("It answers “why are you asking me?” before it is asked."),
)  # fmt: skip
async def relates(
    ctx: Context,
    interview: Annotated[InterviewId, Key()],
    relates: Annotated[
        str, Line(N_("What has this field to do with you?"), N_("A value, an interest or a skill of yours"), limit=300)
    ] = "",
) -> View:
    await own_interview(ctx, interview)
    await ctx.store.interviews.change(interview, relates=relates)
    return await shown_plan(ctx, await load(ctx, interview))


def screen(ctx: Context, shown: Plan, *top: Element) -> View:
    """Return the one screen of a plan: what it is for, what is asked when, what waits, and what can be done."""
    body = (
        *top,
        _facts(shown.interview),
        timetable(shown),
        *_parked(shown),
        *_left_out(ctx, shown),
        _menu(shown),
        Buttons(_actions(ctx, shown)),
        Buttons(_more(shown)),
    )
    return View(_("Plan: {who}").format(who=shown.interview.who), body)


def _facts(talk: Interview) -> Facts:
    is_booked = talk.state is State.BOOKED and talk.booked_at is not None
    booked: Spans = (When(talk.booked_at),) if is_booked and talk.booked_at else ()
    rows: tuple[tuple[str, Spans], ...] = (
        (_("Goal"), (talk.goal or _("Not written yet. What do you want to know afterwards?"),)),
        (_("Minutes"), (str(talk.minutes),)),
        (_("Organisation"), (talk.organisation,)),
        (_("Field"), (talk.field,)),
        (_("You and this field"), (talk.relates,)),
        (_("Stands at"), (state_words(talk.state),)),
        (_("Booked for"), booked),
    )
    return Facts(tuple((name, value) for name, value in rows if value and value != ("",)))


def _parked(shown: Plan) -> tuple[Element, ...]:
    some = max(NEXT_PARKED, len(shown.set_aside))
    listed, others = shown.parked[:some], shown.parked[some:]
    if not listed:
        return ()
    items: list[Spans] = [spans("{question}{notes}", question=q.text, notes=notes_on(shown, q.slug)) for q in listed]
    if others:
        words = ngettext("and {n} more of the bank", "and {n} more of the bank", len(others))
        items.append((words.format(n=len(others)),))
    return (Heading(_("Parked, for later")), Bullets(tuple(items)))


def _left_out(ctx: Context, shown: Plan) -> tuple[Element, ...]:
    titles = [category_title(slug, ctx.library) for slug in shown.timed.left_out if slug != NO_CATEGORY]
    return (small(_("This plan leaves out: {some}."), some=listing(titles)),) if titles else ()


def _menu(shown: Plan) -> Element:
    asked = [
        Option(entry.question.slug, f"{at_minute(entry.starts_at)} {short(entry.question.text, 60)}")
        for entry in (*shown.timed.asked, *shown.timed.closing)
    ]
    waiting = [Option(q.slug, short(q.text), _("Parked")) for q in shown.set_aside]
    return question.select(_("Change a question"), (*asked, *waiting), shown.interview.id)


def _actions(ctx: Context, shown: Plan) -> tuple[Button, ...]:
    talk = shown.interview
    goal = details.opens(_("Goal and minutes"), talk.id) if talk.goal else _goal(talk)
    return (
        more.button(_("Add questions"), talk.id),
        goal,
        brief.button(_("Brief, to read or print"), talk.id),
        to_interview(ctx, talk.id, _("Where it stands")),
    )


def _goal(talk: Interview) -> Button:
    return details.opens(_("Write your goal"), talk.id)


def _more(shown: Plan) -> tuple[Button, ...]:
    talk = shown.interview
    lengths = (minutes.button(_("{n} min").format(n=n), talk.id, n) for n in (20, 25, 30) if n != talk.minutes)
    return (relates.opens(_("You and this field"), talk.id), *lengths)
