"""Working on the questions of a plan: look at one, star it, move it, reword it, park it, add another."""

from typing import Annotated, Any

from bot.commands.bank import category_options, category_title, find, own_questions
from bot.commands.plan_parts import (
    as_option,
    at_minute,
    closed_notice,
    rewrite_of,
    timetable,
    to_new,
    to_plan,
    whom,
)
from bot.commands.planning import (
    MINE,
    NO_CATEGORY,
    Change,
    Plan,
    changed,
    is_removable,
    load,
    made,
    next_mine,
    put_in,
    reworded,
    save,
)
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.interview import InterviewId, Planned
from bot.model.journey import Event, possible, state_words
from bot.model.question import CategorySlug, Question, QuestionSlug
from bot.talk.errors import Refused
from bot.talk.form import Key, Line, Values
from bot.talk.view import Bold, Bullets, Button, Buttons, Element, Option, View, say, small
from bot.talk.words import N_, _

LONGEST = 300
"""Characters of a question: more cannot be said in one breath."""

OWN_CATEGORY = CategorySlug("own")
"""Stands for the group's own questions where a category is chosen."""


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
    change: Annotated[Change, Key()],
) -> View:
    plan = await load(ctx, interview)
    said = _in_plan(ctx, plan, slug)
    is_rewrite = change is Change.REWRITE
    rewrite = rewrite_of(plan, slug) or said.text
    rows = reworded(plan, slug, rewrite) if is_rewrite else changed(plan, slug, change)
    plan = await save(ctx, plan, rows)
    if plan.question(slug) is None:
        gone = say(_("“{question}” is out of this plan."), question=said.text)
        return View(_("Taken out"), (gone, Buttons((to_plan(ctx, interview),)))).instead()
    return question_view(ctx, plan, slug)


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


@command("plan write", N_("Write a question of your own"), topic=Topic.PREPARE, is_listed=False, submit=N_("Add it"))
async def write(
    ctx: Context,
    interview: Annotated[InterviewId, Key()],
    text: Annotated[str, Line(N_("Your question"), N_("Only you see it. What, how and why open a talk."), limit=LONGEST)],
) -> View:
    plan = await load(ctx, interview)
    return await _added(ctx, plan, Question(next_mine(plan), text, NO_CATEGORY))


@command("plan add", N_("Add a question to a plan"), topic=Topic.PREPARE, is_listed=False)
async def add(
    ctx: Context, interview: Annotated[InterviewId, Key()], slug: Annotated[QuestionSlug, Key()]
) -> View:
    plan = await load(ctx, interview)
    found = plan.original(slug) or await find(ctx, slug)
    return await _added(ctx, plan, _known(ctx, found))


@command("plan put", N_("Put a question into a plan"), topic=Topic.PREPARE, is_listed=False)
async def put(
    ctx: Context,
    slug: Annotated[QuestionSlug, Key()],
    interview: Annotated[InterviewId | None, Key()] = None,
) -> View:
    found = _known(ctx, await find(ctx, slug))
    if interview is not None:
        return await _added(ctx, await load(ctx, interview), found)
    said = say(_("“{question}”"), question=Bold(found.text))
    return View(_("Into which plan?"), (said, *await _plans(ctx, slug))).instead()


async def _plans(ctx: Context, slug: QuestionSlug) -> tuple[Element, ...]:
    """Return a menu of the talks that can still be prepared, and the way to a new one."""
    ahead = [one for one in await ctx.store.interviews.of(ctx.member.id) if Event.HOLD in possible(one.state)]
    options = tuple(Option(str(one.id), whom(one), state_words(one.state)) for one in ahead)
    some = (put.select(_("Your talks"), options, slug),) if options else ()
    return (*some, Buttons((to_new(ctx, _("Plan a new talk"), slug),)))


@command("plan more", N_("Add questions to a plan"), topic=Topic.PREPARE, is_listed=False, reads=True)
async def more(
    ctx: Context,
    interview: Annotated[InterviewId, Key()],
    category: Annotated[CategorySlug, Key()] = NO_CATEGORY,
) -> View:
    plan = await load(ctx, interview)
    some = await _offered(ctx, plan, category)
    body = [
        *_waiting(plan, category),
        *_menu(some, category_name(ctx, category), interview),
        more.select(_("By category"), _categories(ctx), interview, chosen=category or None),
        Buttons((write.opens(_("Write my own"), interview), to_plan(ctx, interview))),
    ]
    return View(_("Add a question"), tuple(body)).instead()


def category_name(ctx: Context, category: CategorySlug) -> str:
    return _("The group's own questions") if category == OWN_CATEGORY else category_title(category, ctx.library)


def _categories(ctx: Context) -> tuple[Option, ...]:
    return (*category_options(ctx.library), Option(OWN_CATEGORY, _("The group's own questions")))


async def _offered(ctx: Context, plan: Plan, category: CategorySlug) -> list[Question]:
    """Return the questions of *category* that are not asked yet."""
    own = await own_questions(ctx) if category else ()
    some = [q for q in (*ctx.library.questions, *own) if q.category == category]
    if category == OWN_CATEGORY:
        some = list(own)
    return [q for q in some if plan.entry(q.slug) is None]


def _menu(some: list[Question], name: str, interview: InterviewId) -> tuple[Element, ...]:
    if not some:
        return ()
    listed = Bullets(tuple((q.text,) for q in some))
    return (listed, add.select(name, tuple(as_option(q) for q in some), interview))


def _waiting(plan: Plan, category: CategorySlug) -> tuple[Element, ...]:
    """Return what the member chose before and is not asked now, where no category is looked at."""
    if category:
        return ()
    some = plan.set_aside
    hint = small(_("A full plan stays full: the last question without a star makes room, and waits under Parked."))
    return (hint, *_menu(list(some), _("Parked"), plan.interview.id))


async def _added(ctx: Context, plan: Plan, new: Question) -> View:
    """Put *new* into the plan, with words of its own where its bank may lose it."""
    row = plan.row(new.slug)
    if is_removable(new.slug) and not row.wording:
        row = Planned(row.question, row.place, new.text, row.is_starred)
    if plan.original(new.slug) is None:
        plan = made(plan.interview, plan.rows, [*plan.originals, new])
    plan = await save(ctx, plan, put_in(plan, row))
    return question_view(ctx, plan, new.slug)


def question_view(ctx: Context, plan: Plan, slug: QuestionSlug, *top: Element) -> View:
    """Return the screen of one question: its words, when it is asked, and what can be done with it."""
    asked = _known(ctx, plan.question(slug))
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
    rewrite = rewrite_of(plan, slug)
    if not rewrite:
        return ()
    use = change.primary(_("Use the rewrite"), plan.interview.id, slug, Change.REWRITE)
    return (closed_notice(rewrite), Buttons((use, to_plan(ctx, plan.interview.id, _("Keep mine")))))


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


def _known(ctx: Context, found: Question | None) -> Question:
    if found is None:
        again = ctx.registry.commands["questions"].button(_("See the questions"))
        raise Refused(_("This question is no longer in the bank. There are others."), again)
    return found

