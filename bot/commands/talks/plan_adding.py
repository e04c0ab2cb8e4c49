"""Adding questions to a plan: from the bank, from what is parked, from the group, or one of your own."""

from typing import Annotated

from bot.commands.talks.bank import category_options, category_title, find, own_questions
from bot.commands.talks.plan_parts import as_option, to_new, to_plan, whom
from bot.commands.talks.plan_questions import LONGEST, question_view
from bot.commands.talks.planning import NO_CATEGORY, Plan, is_removable, load, made, next_mine, put_in, save
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.interview import InterviewId, Planned
from bot.model.journey import Event, possible, state_words
from bot.model.question import CategorySlug, Question, QuestionSlug
from bot.talk.errors import Refused
from bot.talk.form import Key, Line
from bot.talk.view import Bold, Bullets, Buttons, Element, Option, View, say, small
from bot.talk.words import N_, _

OWN_CATEGORY = CategorySlug("own")
"""Stands for the group's own questions where a category is chosen."""


@command("plan write", N_("Write a question of your own"), topic=Topic.PREPARE, is_listed=False, submit=N_("Add it"))
async def write(
    ctx: Context,
    interview: Annotated[InterviewId, Key()],
    text: Annotated[
        str, Line(N_("Your question"), N_("Only you see it. What, how and why open a talk."), limit=LONGEST)
    ],
) -> View:
    plan = await load(ctx, interview)
    return await _added(ctx, plan, Question(next_mine(plan), text, NO_CATEGORY))


@command("plan add", N_("Add a question to a plan"), topic=Topic.PREPARE, is_listed=False)
async def add(ctx: Context, interview: Annotated[InterviewId, Key()], slug: Annotated[QuestionSlug, Key()]) -> View:
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


def _known(ctx: Context, found: Question | None) -> Question:
    if found is None:
        again = ctx.registry.commands["questions"].button(_("See the questions"))
        raise Refused(_("This question is no longer in the bank. There are others."), again)
    return found
