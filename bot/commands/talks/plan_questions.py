"""One question of a plan on a screen: when it is asked, why, and what can be done with it."""

from typing import Annotated, Any

from bot.commands.talks.plan_parts import at_minute, closed_notice, rewrite_of, timetable, to_plan
from bot.commands.talks.planning import MINE, Change, Plan, changed, is_removable, load, reworded, save
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.interview import InterviewId
from bot.model.question import Question, QuestionSlug
from bot.talk.errors import Refused
from bot.talk.form import Key, Line, Values
from bot.talk.view import Bold, Button, Buttons, Element, View, say, small
from bot.talk.words import N_, _

LONGEST = 300
"""Characters of a question: more cannot be said in one breath."""


@command("plan question", N_("Look at a question of a plan"), topic=Topic.PREPARE, is_listed=False, reads=True)
async def question(
    ctx: Context, interview: Annotated[InterviewId, Key()], slug: Annotated[QuestionSlug, Key()]
) -> View:
    plan = await load(ctx, interview)
    _in_plan(ctx, plan, slug)
    return question_view(ctx, plan, slug)


@command("plan change", N_("Change a question of a plan"), topic=Topic.PREPARE, is_listed=False)
async def change(
    ctx: Context,
    interview: Annotated[InterviewId, Key()],
    slug: Annotated[QuestionSlug, Key()],
    what: Annotated[Change, Key()],
) -> View:
    plan = await load(ctx, interview)
    said = _in_plan(ctx, plan, slug)
    plan = await save(ctx, plan, changed(plan, slug, what))
    if plan.question(slug) is None:
        gone = say(_("“{question}” is out of this plan."), question=said.text)
        return View(_("Taken out"), (gone, Buttons((to_plan(ctx, interview),)))).instead()
    return question_view(ctx, plan, slug)


@command("plan rewrite", N_("Use the open form"), topic=Topic.PREPARE, is_listed=False)
async def rewrite(ctx: Context, interview: Annotated[InterviewId, Key()], slug: Annotated[QuestionSlug, Key()]) -> View:
    plan = await load(ctx, interview)
    words = rewrite_of(plan, slug) or _in_plan(ctx, plan, slug).text
    return question_view(ctx, await save(ctx, plan, reworded(plan, slug, words)), slug)


async def _worded(ctx: Context, known: dict[str, Any]) -> Values:
    plan = await load(ctx, known["interview"])
    return {"text": _in_plan(ctx, plan, known["slug"]).text}


@command(
    "plan reword", N_("Say it in your own words"), topic=Topic.PREPARE, is_listed=False, prefill=_worded,
    intro=N_("The original stays one press away."),
)  # fmt: skip
async def reword(
    ctx: Context,
    interview: Annotated[InterviewId, Key()],
    slug: Annotated[QuestionSlug, Key()],
    text: Annotated[str, Line(N_("Your question"), N_("As you would say it to them."), limit=LONGEST)],
) -> View:
    plan = await load(ctx, interview)
    _in_plan(ctx, plan, slug)
    plan = await save(ctx, plan, reworded(plan, slug, text))
    return question_view(ctx, plan, slug)


def question_view(ctx: Context, plan: Plan, slug: QuestionSlug, *top: Element) -> View:
    """Return the screen of one question: its words, when it is asked, and what can be done with it."""
    asked = _in_plan(ctx, plan, slug)
    body = (
        *top,
        say("{question}", question=Bold(asked.text)),
        *_before(plan, asked),
        *_closed(ctx, plan, slug),
        *_advice(plan, slug),
        timetable(plan, slug),
        *_ordering(plan, slug),
        Buttons(_doing(plan, slug)),
        Buttons((to_plan(ctx, plan.interview.id),)),
    )
    return View(_standing(plan, slug), body).instead()


def _standing(plan: Plan, slug: QuestionSlug) -> str:
    entry = plan.entry(slug)
    return _("Asked at {at}").format(at=at_minute(entry.starts_at)) if entry else _("Parked, for later")


def _before(plan: Plan, asked: Question) -> tuple[Element, ...]:
    original = plan.original(asked.slug)
    if original is None or original.text == asked.text:
        return ()
    return (small(_("Before you changed it: “{question}”"), question=original.text),)


def _closed(ctx: Context, plan: Plan, slug: QuestionSlug) -> tuple[Element, ...]:
    better, asked = rewrite_of(plan, slug), plan.question(slug)
    if not better or asked is None:
        return ()
    use = rewrite.primary(_("Use the rewrite"), plan.interview.id, slug)
    return (closed_notice(asked.text, better), Buttons((use, to_plan(ctx, plan.interview.id, _("Keep mine")))))


def _advice(plan: Plan, slug: QuestionSlug) -> tuple[Element, ...]:
    original = plan.original(slug)
    some = (original.why, original.hint) if original else ()
    return tuple(small("{words}", words=words) for words in some if words)


def _ordering(plan: Plan, slug: QuestionSlug) -> tuple[Element, ...]:
    """Return the buttons that move a question, as far as it can go."""
    if slug not in plan.order or len(plan.order) == 1:
        return ()
    at, talk = plan.order.index(slug), plan.interview.id
    up = (change.button(_("Move up"), talk, slug, Change.UP), change.button(_("To the top"), talk, slug, Change.TOP))
    down = (change.button(_("Move down"), talk, slug, Change.DOWN),)
    return (Buttons((*(up if at else ()), *(down if at < len(plan.order) - 1 else ()))),)


def _doing(plan: Plan, slug: QuestionSlug) -> tuple[Button, ...]:
    talk, row = plan.interview.id, plan.row(slug)
    is_changed = bool(row.wording) and not slug.startswith(MINE) and _before_differs(plan, slug)
    some = (
        None if plan.entry(slug) else change.primary(_("Put it in"), talk, slug, Change.PUT),
        change.button(_("Take the star off"), talk, slug, Change.UNSTAR) if row.is_starred and not row.is_parked
        else change.button(_("Star it"), talk, slug, Change.STAR),
        reword.opens(_("Reword"), talk, slug),
        change.button(_("Back to the first words"), talk, slug, Change.ORIGINAL) if is_changed else None,
        change.button(_("Park"), talk, slug, Change.PARK) if plan.entry(slug) else None,
        change.danger(_("Take it out"), talk, slug, Change.REMOVE) if is_removable(slug) else None,
    )  # fmt: skip
    return tuple(button for button in some if button)


def _before_differs(plan: Plan, slug: QuestionSlug) -> bool:
    original, asked = plan.original(slug), plan.question(slug)
    return original is not None and asked is not None and original.text != asked.text


def _in_plan(ctx: Context, plan: Plan, slug: QuestionSlug) -> Question:
    found = plan.question(slug)
    if found is None:
        raise Refused(_("This question is no longer in the plan."), to_plan(ctx, plan.interview.id))
    return found
