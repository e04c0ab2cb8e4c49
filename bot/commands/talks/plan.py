"""Plans: one screen for each talk, with its goal and its questions in time."""

from typing import Annotated, Any

from bot.commands.contacts.cards import is_on_board
from bot.commands.talks.bank import AIMS, find
from bot.commands.talks.plan_adding import add
from bot.commands.talks.plan_parts import whom
from bot.commands.talks.plan_screen import FIELD, GOAL, LENGTH, ORGANISATION, WHO, screen, show, shown_plan
from bot.commands.talks.planning import Plan, load
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.contact import Contact, ContactId
from bot.model.interview import Interview, InterviewId
from bot.model.journey import Event, State, after, possible, state_words
from bot.model.question import QuestionSlug
from bot.talk.errors import Refused
from bot.talk.form import Key, Line, Values
from bot.talk.view import Bold, Button, Buttons, Card, Spans, Tone, View, say
from bot.talk.words import N_, _

MINUTES = 25
PAGE = 10
NAME = Line(N_("With whom?"), N_("A name, to open or begin that plan"), limit=40)


@command("plan", N_("Plan a talk: a goal, and questions in time"), topic=Topic.PREPARE, reads=True)
async def plan(ctx: Context, who: Annotated[str, NAME] = "", page: Annotated[int, Key()] = 0) -> View:
    """Build the question list of an interview around what you want to learn. It counts the minutes for you, keeps
    what does not fit, and can be printed."""
    talks = await ctx.store.interviews.of(ctx.member.id)
    if not talks and not who:
        return _first_plan()
    talks = tuple(talk for talk in talks if who.casefold() in whom(talk).casefold())
    if not talks:
        return _nobody_yet(who)
    ahead = sorted(talks, key=lambda talk: Event.HOLD not in possible(talk.state))
    start = min(max(0, page), (len(ahead) - 1) // PAGE) * PAGE
    cards = tuple(_card(talk) for talk in ahead[start : start + PAGE])
    turns = _turns(who, start // PAGE, len(ahead))
    return View(_("Your plans"), (*cards, Buttons((*turns, new.opens(_("Plan another"))))))


def _first_plan() -> View:
    said = say(
        _("A plan begins with a person and a goal. You get a list of questions that fits their time, yours to change.")
    )
    start = new.opens(_("Plan a talk"), tone=Tone.PRIMARY)
    return View(_("Your first plan"), (said, Buttons((start,))))


def _nobody_yet(who: str) -> View:
    said = say(_("No plan with {who} yet."), who=Bold(who))
    start = new.opens(_("Plan a talk with {who}").format(who=who), "", who, tone=Tone.PRIMARY)
    return View(_("Your plans"), (said, Buttons((start, plan.button(_("All your plans"))))))


def _card(talk: Interview) -> Card:
    lines: tuple[Spans, ...] = ((talk.goal or _("No goal written yet."),), (state_words(talk.state),))
    return Card(whom(talk), lines, (show.button(_("Open"), talk.id),))


def _turns(who: str, page: int, count: int) -> tuple[Button, ...]:
    back = (plan.button(_("Back"), who, page - 1),) if page else ()
    on = (plan.button(_("More of them"), who, page + 1),) if (page + 1) * PAGE < count else ()
    return (*back, *on)


async def _field(ctx: Context, known: dict[str, Any]) -> Values:
    return {"field": ctx.member.field, "minutes": str(MINUTES)}


@command(
    "plan new", N_("Plan a talk"), topic=Topic.PREPARE, is_listed=False, submit=N_("Make the plan"), prefill=_field,
    shortcut=N_("Plan an interview"),
)  # fmt: skip
async def new(
    ctx: Context,
    question: Annotated[QuestionSlug, Key()],
    who: Annotated[str, WHO],
    field: Annotated[str, FIELD],
    goal: Annotated[str, GOAL],
    organisation: Annotated[str, ORGANISATION] = "",
    minutes: Annotated[int, LENGTH] = MINUTES,
) -> View:
    talk = await _begun(ctx, who, organisation, field, goal, minutes)
    found = await find(ctx, question) if question else None
    if found is not None:
        return await add.run(ctx, talk, found.slug)
    return _made(ctx, await load(ctx, talk))


async def _from_contact(ctx: Context, known: dict[str, Any]) -> Values:
    found = await _visible(ctx, known["contact"])
    return {"who": found.name, "field": found.field, "organisation": found.organisation, "minutes": str(MINUTES)}


@command(
    "plan with", N_("Plan a talk with a contact"), topic=Topic.PREPARE, is_listed=False,
    submit=N_("Make the plan"), prefill=_from_contact,
)  # fmt: skip
async def plan_with(
    ctx: Context,
    contact: Annotated[ContactId, Key()],
    who: Annotated[str, WHO] = "",
    field: Annotated[str, FIELD] = "",
    goal: Annotated[str, GOAL] = "",
    organisation: Annotated[str, ORGANISATION] = "",
    minutes: Annotated[int, LENGTH] = MINUTES,
) -> View:
    found = await _visible(ctx, contact)
    talks = await ctx.store.interviews.of(ctx.member.id)
    known = next((talk for talk in talks if talk.contact == contact and Event.HOLD in possible(talk.state)), None)
    if known is not None and not goal:
        return await shown_plan(ctx, await load(ctx, known.id), say(_("You have a plan for this talk already.")))
    organisation = organisation or found.organisation
    talk = await _begun(ctx, who or found.name, organisation, field or found.field, goal, minutes, contact)
    return _made(ctx, await load(ctx, talk))


async def _visible(ctx: Context, contact: ContactId) -> Contact:
    found = await ctx.store.contacts.get(contact, ctx.member.id)
    if found is None or not (found.steward == ctx.member.id or is_on_board(found, ctx.now)):
        raise Refused(_("This contact cannot be asked any more."), new.opens(_("Plan a talk with somebody else")))
    return found


async def _begun(
    ctx: Context, who: str, organisation: str, field: str, goal: str, minutes: int, contact: ContactId | None = None
) -> InterviewId:
    """Write the talk down. Whoever plans one is preparing it already."""
    interviews = ctx.store.interviews
    talk = await interviews.add(ctx.member.id, who, organisation, field, goal, minutes, ctx.now, contact=contact)
    await interviews.move(talk, after(State.IDEA, Event.PREPARE), ctx.now)
    return talk


def _made(ctx: Context, made: Plan) -> View:
    if ctx.member.purpose is None:
        return screen(ctx, made, say(_("A first list from the bank. Change what you like.")))
    said = _("A first list from the bank. You are {aim}, so what helps there comes first. Change what you like.")
    return screen(ctx, made, say(said, aim=_(AIMS[ctx.member.purpose])))
