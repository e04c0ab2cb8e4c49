"""A plan as it stands, and what a member can do to it: every change gives new rows, and loses no question."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from bot.commands.talks.bank import OWN, first_for, own_id, own_questions
from bot.desk.context import Context
from bot.model.interview import Interview, InterviewId, Planned
from bot.model.question import CategorySlug, Question, QuestionSlug, Slot
from bot.model.timed_plan import CLOSING, Entry, TimedPlan, build, room_for
from bot.record import record
from bot.talk.errors import Refused
from bot.talk.words import _

MINE = "mine-"
"""How the slug of a question begins that only this plan knows; a number follows."""

NO_CATEGORY = CategorySlug("")

Rows = tuple[Planned, ...]


class Change(StrEnum):
    """What a member can do to one question of a plan."""

    STAR = "star"
    UNSTAR = "unstar"
    UP = "up"
    DOWN = "down"
    TOP = "top"
    PARK = "park"
    PUT = "put"
    REMOVE = "remove"
    ORIGINAL = "original"


@record
class Plan:
    """An interview with its questions in time. *rows* are what the member changed, *originals* the words before."""

    interview: Interview
    rows: Rows
    originals: tuple[Question, ...]
    timed: TimedPlan

    @property
    def order(self) -> tuple[QuestionSlug, ...]:
        """What is asked between opening and closing."""
        return tuple(entry.question.slug for entry in self.timed.asked)

    @property
    def parked(self) -> tuple[Question, ...]:
        """What waits, with what the member touched before the rest of the bank."""
        touched = {row.question for row in self.rows}
        return tuple(sorted(self.timed.parked, key=lambda q: q.slug not in touched))

    @property
    def set_aside(self) -> tuple[Question, ...]:
        """What the member touched and is not asked now."""
        touched = {row.question for row in self.rows}
        return tuple(question for question in self.timed.parked if question.slug in touched)

    def entry(self, slug: QuestionSlug) -> Entry | None:
        """Return when *slug* is asked, `None` while it is parked."""
        some = (*self.timed.asked, *self.timed.closing)
        return next((entry for entry in some if entry.question.slug == slug), None)

    def question(self, slug: QuestionSlug) -> Question | None:
        """Return *slug* in the member's words."""
        entry = self.entry(slug)
        return entry.question if entry else next((q for q in self.timed.parked if q.slug == slug), None)

    def original(self, slug: QuestionSlug) -> Question | None:
        """Return *slug* in the words of the bank."""
        return next((question for question in self.originals if question.slug == slug), None)

    def row(self, slug: QuestionSlug) -> Planned:
        """Return what the member said about *slug*, or an empty row."""
        return next((row for row in self.rows if row.question == slug), Planned(slug))


def made(interview: Interview, rows: Iterable[Planned], bank: Sequence[Question]) -> Plan:
    """Return the plan of *interview*. A row whose question is in no bank (any more) speaks with its own wording."""
    rows = tuple(rows)
    known = {question.slug for question in bank}
    lost = (row for row in rows if row.question not in known and row.wording)
    kept = (Question(row.question, row.wording, NO_CATEGORY) for row in lost)
    originals = (*bank, *kept)
    wording = {row.question: row.wording for row in rows if row.wording}
    worded = [replace(question, text=wording.get(question.slug, question.text)) for question in originals]
    return Plan(interview, rows, originals, _timed(worded, interview.minutes, rows))


def _timed(questions: Sequence[Question], minutes: int, rows: Rows) -> TimedPlan:
    starred = frozenset(row.question for row in rows if row.is_starred and not row.is_parked)
    parked = frozenset(row.question for row in rows if row.is_parked)
    seekers = {question.slug for question in questions if question.slot not in CLOSING} - parked
    picked = _seated([row for row in rows if row.question in seekers], room_for(minutes))
    return build(questions, minutes, starred=starred, picked=picked, parked=parked)


def _seated(rows: Sequence[Planned], room: int) -> list[QuestionSlug]:
    """Return the member's own order, without as many of its last as it takes to seat every star."""
    placed = sorted((row for row in rows if row.place is not None), key=lambda row: row.place or 0)
    others = sum(row.is_starred and row.place is None for row in rows)
    while len(placed) + others > room and (last := _last_plain(placed)) is not None:
        placed.remove(last)
    return [row.question for row in placed]


def _last_plain(rows: Sequence[Planned]) -> Planned | None:
    return next((row for row in reversed(rows) if not row.is_starred), None)


async def own_interview(ctx: Context, interview: InterviewId) -> Interview:
    """Return the member's own interview. Raises `Refused` for one that is gone, and for somebody else's."""
    found = await ctx.store.interviews.get(interview, ctx.member.id)
    if found is None:
        raise Refused(_("This talk is no longer on your list."), ctx.registry.commands["plan"].button(_("Your plans")))
    return found


async def load(ctx: Context, interview: InterviewId) -> Plan:
    """Return the plan of the member's own interview. Raises `Refused` as `own_interview`."""
    found = await own_interview(ctx, interview)
    rows = await ctx.store.interviews.plan(interview)
    named = {row.question for row in rows if own_id(row.question) is not None}
    own = [question for question in await own_questions(ctx) if question.slug in named] if named else []
    return made(found, rows, [*first_for(ctx.member.purpose, ctx.library), *own])


async def save(ctx: Context, plan: Plan, rows: Rows) -> Plan:
    """Keep *rows* and return the plan as it stands then."""
    await ctx.store.interviews.set_plan(plan.interview.id, rows)
    return made(plan.interview, rows, _bank(plan, rows))


def _bank(plan: Plan, rows: Rows) -> list[Question]:
    """Return what *plan* was made from, without the questions that only its rows know, and without the group's that
    *rows* leave out."""
    before, now = {row.question for row in plan.rows}, {row.question for row in rows}
    bank = (q for q in plan.originals if not (q.slug in before and q.category == NO_CATEGORY))
    return [q for q in bank if q.slug in now or not is_removable(q.slug)]


def changed(plan: Plan, slug: QuestionSlug, change: Change) -> Rows:
    """Return the rows after *change* of a question that is in the plan."""
    row = plan.row(slug)
    match change:
        case Change.STAR:
            return _with(plan.rows, replace(row, is_starred=True, is_parked=False))
        case Change.UNSTAR:
            return _with(plan.rows, replace(row, is_starred=False))
        case Change.UP:
            return _moved(plan, slug, -1)
        case Change.DOWN:
            return _moved(plan, slug, 1)
        case Change.TOP:
            return _moved(plan, slug, -len(plan.order))
        case Change.PARK:
            return _with(plan.rows, replace(row, is_parked=True, place=None))
        case Change.PUT:
            return put_in(plan, row)
        case Change.REMOVE:
            return tuple(one for one in plan.rows if one.question != slug or not is_removable(slug))
        case Change.ORIGINAL:
            original = plan.original(slug)
            return reworded(plan, slug, original.text if original else "")


def is_removable(slug: QuestionSlug) -> bool:
    """Tell whether *slug* is somebody's own question: the guide's can only be parked."""
    return slug.startswith((OWN, MINE))


def reworded(plan: Plan, slug: QuestionSlug, text: str) -> Rows:
    """Return the rows with *text* for *slug*. The bank's own words need no wording, but an own question may go away."""
    original = plan.original(slug)
    is_same = original is not None and text == original.text and not is_removable(slug)
    return _with(plan.rows, replace(plan.row(slug), wording="" if is_same else text))


def put_in(plan: Plan, row: Planned) -> Rows:
    """Return the rows with *row* asked. When the minutes are full, the last one without a star makes room."""
    row = replace(row, is_parked=False)
    question = plan.original(row.question)
    slot = question.slot if question else Slot.ANY
    if slot in CLOSING or row.question in plan.order:
        return _with(plan.rows, row)
    order, leaving = list(plan.order), None
    if len(order) >= room_for(plan.interview.minutes):
        leaving = next((slug for slug in reversed(order) if not plan.row(slug).is_starred), None)
    if leaving is not None:
        order.remove(leaving)
    order.insert(_end(plan, order, slot), row.question)
    return _ordered(_with(plan.rows, row), order, leaving)


def _end(plan: Plan, order: Sequence[QuestionSlug], slot: Slot) -> int:
    """Return where a question of *slot* goes at the end: before those that are better asked late."""
    end = len(order)
    while end and slot is not Slot.LATE and _slot(plan, order[end - 1]) is Slot.LATE:
        end -= 1
    return end


def _slot(plan: Plan, slug: QuestionSlug) -> Slot:
    question = plan.original(slug)
    return question.slot if question else Slot.ANY


def _moved(plan: Plan, slug: QuestionSlug, by: int) -> Rows:
    """Return the rows with *slug* so many places later; one that is not asked stays where it is."""
    if slug not in plan.order:
        return plan.rows
    order = [one for one in plan.order if one != slug]
    order.insert(max(0, plan.order.index(slug) + by), slug)
    return _ordered(plan.rows, order)


def _ordered(rows: Rows, order: Sequence[QuestionSlug], leaving: QuestionSlug | None = None) -> Rows:
    """Return *rows* with *order* as the member's own, before what they had placed and did not fit."""
    beyond = sorted(
        (row for row in rows if row.place is not None and row.question not in (*order, leaving)),
        key=lambda row: row.place or 0,
    )
    all_slugs = [*order, *(row.question for row in beyond)]
    places = {slug: i for i, slug in enumerate(all_slugs)}
    known = {row.question for row in rows}
    left = () if leaving is None else (leaving,)
    new = tuple(Planned(slug) for slug in (*all_slugs, *left) if slug not in known)
    return tuple(replace(row, place=places.get(row.question)) for row in (*rows, *new))


def _with(rows: Rows, row: Planned) -> Rows:
    """Return *rows* with *row* in place of the one for the same question, or at the end."""
    if any(one.question == row.question for one in rows):
        return tuple(row if one.question == row.question else one for one in rows)
    return (*rows, row)


def next_mine(plan: Plan) -> QuestionSlug:
    """Return a slug for one more question that only this plan knows."""
    taken = [int(row.question.removeprefix(MINE)) for row in plan.rows if row.question.startswith(MINE)]
    return QuestionSlug(f"{MINE}{max(taken, default=0) + 1}")
