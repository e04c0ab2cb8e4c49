"""The bank of questions: by category, by words, or drawn by chance, each with the reason to ask it."""

from collections.abc import Sequence
from typing import Annotated

from bot.commands.talks.bank import (
    AIMS,
    category_named,
    category_options,
    category_title,
    find,
    first_for,
    matching,
    own_id,
    own_questions,
)
from bot.commands.talks.own_questions import check_question, question_add, question_remove
from bot.commands.talks.plan_adding import put
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.question import Category, Question, QuestionSlug, Shape
from bot.talk.errors import Refused
from bot.talk.form import Key, Lookup
from bot.talk.press import encode
from bot.talk.view import Bold, Button, Buttons, Card, Element, Option, Press, Select, Text, View, say, small
from bot.talk.words import N_, _, ngettext

PAGE = 10
FIRST = 5
SURPRISE = "surprise me"
PRESS = 100
"""Characters that a button can carry: https://docs.discord.com/developers/components/reference."""


async def _suggested(ctx: Context, typed: str) -> tuple[Option, ...]:
    """Return the categories that begin with, or are about, what was typed."""
    wanted = typed.casefold().strip()
    some = (c for c in ctx.library.categories if wanted in f"{c.slug} {c.title} {c.about}".casefold())
    options = tuple(Option(category.slug, category.title) for category in some)
    return (*options, Option(SURPRISE, _("Surprise me"))) if wanted in SURPRISE else options


WORDS = Lookup(N_("A category, or words to look for"), _suggested, N_("salary, first job, night shifts"), limit=40)


@command("questions", N_("Find questions to ask"), topic=Topic.PREPARE, reads=True)
async def questions(ctx: Context, words: Annotated[str, WORDS] = "", page: Annotated[int, Key()] = 0) -> View:
    """Good questions for a talk: by category, by a word, or a surprise. Each tells why it is worth asking, and goes
    into a plan with one press."""
    if not words:
        return _offered_first(ctx)
    if words.casefold() in {SURPRISE, "surprise"}:
        return await _drawn(ctx, ())
    category = category_named(words, ctx.library)
    bank = (*ctx.library.questions, *await own_questions(ctx))
    if category is not None:
        return _of_category(ctx, category, [q for q in bank if q.category == category.slug], page)
    return _found(ctx, words, matching(words, bank, ctx.library), page)


def _offered_first(ctx: Context) -> View:
    """Return what helps with the member's purpose, one question of each category, and say that this is why."""
    some: dict[str, Question] = {}
    for one in first_for(ctx.member.purpose, ctx.library):
        some.setdefault(one.category, one)
    shown = list(some.values())[:FIRST]
    cards = tuple(_card(ctx, one) for one in shown)
    return View(_("Questions to ask"), (_why_these(ctx), *cards, *_ways(ctx)))


def _why_these(ctx: Context) -> Text:
    aim, field = ctx.member.purpose, ctx.member.field
    if aim is None:
        return say(_("A few to begin with. Tell me your purpose with /career start, and they follow it."))
    if not field:
        return say(_("You are {aim}, so these come first."), aim=_(AIMS[aim]))
    return say(_("You are {aim}, with {field} in mind, so these come first."), aim=_(AIMS[aim]), field=Bold(field))


def _of_category(ctx: Context, category: Category, some: Sequence[Question], page: int) -> View:
    return _listed(ctx, category.title, category.slug, say("{about}", about=category.about), some, page)


def _found(ctx: Context, words: str, some: Sequence[Question], page: int) -> View:
    if not some:
        said = say(_("No question has “{words}” in it. One of these may come close."), words=Bold(words))
        return View(_("Questions to ask"), (said, *_ways(ctx)))
    count = ngettext("{n} question about “{words}”.", "{n} questions about “{words}”.", len(some))
    return _listed(ctx, _("Questions to ask"), words, say(count, n=len(some), words=Bold(words)), some, page)


def _listed(ctx: Context, title: str, words: str, top: Element, some: Sequence[Question], page: int) -> View:
    start = min(max(0, page), max(0, len(some) - 1) // PAGE) * PAGE
    cards = tuple(_card(ctx, one) for one in some[start : start + PAGE])
    chosen = words if category_named(words, ctx.library) else None
    return View(title, (top, *cards, *_turns(words, start // PAGE, len(some)), *_ways(ctx, chosen)))


def _turns(words: str, page: int, count: int) -> tuple[Element, ...]:
    back = (questions.button(_("Back"), words, page - 1),) if page else ()
    on = (questions.button(_("More of them"), words, page + 1),) if (page + 1) * PAGE < count else ()
    return (Buttons((*back, *on)),) if back or on else ()


def _card(ctx: Context, one: Question) -> Card:
    """Return a question as one among several."""
    title = category_title(one.category, ctx.library)
    about = _("{category} · from your group").format(category=title) if own_id(one.slug) is not None else title
    return Card(one.text, ((about,),), (why.button(_("Why ask this"), one.slug), _into_plan(one)))


def _into_plan(one: Question) -> Button:
    return put.button(_("Put it in a plan"), one.slug)


def _ways(ctx: Context, chosen: str | None = None) -> tuple[Element, ...]:
    """Return the ways on: every category, a surprise, a question of one's own, the check."""
    return (
        Select(_("By category"), Press(questions.path), category_options(ctx.library), chosen),
        Buttons(
            (
                surprise.button(_("Surprise me")),
                question_add.opens(_("Add your own")),
                check_question.opens(_("Check a question")),
            )
        ),
    )


@command("questions why", N_("Why ask this"), topic=Topic.PREPARE, is_listed=False, reads=True)
async def why(ctx: Context, slug: Annotated[QuestionSlug, Key()]) -> View:
    found = await find(ctx, slug)
    if found is None:
        raise Refused(_("This question is no longer in the bank. There are others."), questions.button(_("See them")))
    back = questions.button(category_title(found.category, ctx.library), found.category)
    buttons = (_into_plan(found), *await _own_buttons(ctx, found), back, surprise.button(_("Surprise me"), found.slug))
    return View(_("Why ask this"), (*_explained(ctx, found), Buttons(buttons))).instead()


def _explained(ctx: Context, one: Question) -> tuple[Element, ...]:
    """Return a question with all that is known about it: the reason, the tact, what it follows, its open form."""
    reason = one.why or _("Somebody in your group added it, because it worked for them.")
    before = ctx.library.question(one.follows) if one.follows else None
    notes = (
        small("{hint}", hint=one.hint) if one.hint else None,
        small(_("Ask it after: “{question}”"), question=before.text) if before else None,
        _shape(one),
    )
    return (say("{question}", question=Bold(one.text)), say("{why}", why=reason), *(note for note in notes if note))


def _shape(one: Question) -> Element | None:
    match one.shape:
        case Shape.CLOSED if one.rewrite:
            return say(_("It can be answered with yes or no. To hear more: {rewrite}"), rewrite=Bold(one.rewrite))
        case Shape.CONSENT:
            return small(_("A yes or a no is what you want here: it is a permission."))
        case Shape.SHORT:
            return small(_("The answer is short. Ask what is behind it."))
        case Shape.OPEN | Shape.CLOSED:
            return None


async def _own_buttons(ctx: Context, one: Question) -> tuple[Button, ...]:
    """Return the way to delete a question, for whoever added it."""
    own = own_id(one.slug)
    if own is None:
        return ()
    is_mine = any(q.id == own and q.author == ctx.member.id for q in await ctx.store.questions.all())
    return (question_remove.button(_("Delete it"), own),) if is_mine else ()


@command("questions surprise", N_("Surprise me"), topic=Topic.PREPARE, is_listed=False, reads=True)
async def surprise(ctx: Context, seen: Annotated[str, Key()] = "") -> View:
    return (await _drawn(ctx, tuple(seen.split(".")) if seen else ())).instead()


async def _drawn(ctx: Context, seen: tuple[str, ...]) -> View:
    """Return a question by chance that is none of *seen*, the latest last."""
    bank = (*ctx.library.questions, *await own_questions(ctx))
    fresh = [one for one in bank if one.slug not in seen] or [one for one in bank if one.slug != seen[-1]]
    drawn = ctx.chance.lots.choice(fresh or list(bank))
    again = _again(seen, drawn.slug)
    buttons = (again, why.button(_("Why ask this"), drawn.slug), _into_plan(drawn))
    title = category_title(drawn.category, ctx.library)
    body = (say("{question}", question=Bold(drawn.text)), small("{title}", title=title), Buttons(buttons))
    return View(_("A surprise"), body)


def _again(seen: tuple[str, ...], drawn: str) -> Button:
    """Return the button for another one; it remembers as many as it can carry, the oldest are forgotten."""
    shown = [*seen, drawn]
    while len(encode(surprise.press(".".join(shown)))) > PRESS:
        shown.pop(0)
    return surprise.primary(_("Another one"), ".".join(shown))
