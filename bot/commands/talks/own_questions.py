"""The group's own questions, and the check whether a question opens a talk or closes it."""

from typing import Annotated

from bot.commands.talks.bank import category_options, slug_of
from bot.commands.talks.plan_adding import put
from bot.commands.talks.plan_parts import closed_notice
from bot.commands.talks.plan_questions import LONGEST
from bot.commands.talks.planning import NO_CATEGORY
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.interview import OwnQuestion, OwnQuestionId
from bot.model.openness import Kind, Verdict, check
from bot.model.question import CategorySlug
from bot.talk.errors import BadInput, Refused
from bot.talk.form import Choice, Key, Line
from bot.talk.press import encode
from bot.talk.view import Bold, Button, Buttons, Element, Option, View, say
from bot.talk.words import N_, _

PRESS = 100
"""Characters that a button can carry: https://docs.discord.com/developers/components/reference."""


async def _categories(ctx: Context) -> tuple[Option, ...]:
    return category_options(ctx.library)


@command("question add", N_("Add a question to the group's bank"), topic=Topic.PREPARE, submit=N_("Add it"))
async def question_add(
    ctx: Context,
    text: Annotated[str, Line(N_("Your question"), N_("What, how and why open a talk."), limit=LONGEST)],
    category: Annotated[CategorySlug, Choice(N_("What is it about?"), _categories)] = NO_CATEGORY,
) -> View:
    """Add a question that worked for you. The whole group finds it in the bank, without your name."""
    verdict = check(text)
    if verdict.kind is Kind.EMPTY:
        raise BadInput(verdict.why, "text")
    known = next((own for own in await ctx.store.questions.all() if _same(own.text, text)), None)
    if known is not None:
        raise Refused(_("The group has this question already."), put.button(_("Put it in a plan"), slug_of(known.id)))
    added = await ctx.store.questions.add(ctx.member.id, text, category, ctx.now)
    return _added(ctx, added, text, category)


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _added(ctx: Context, added: OwnQuestionId, text: str, category: CategorySlug) -> View:
    body: list[Element] = [say(_("Added to the group's bank: {question}"), question=Bold(text))]
    better = check(text).rewrite
    choice = [put.button(_("Put it in a plan"), slug_of(added)), question_remove.button(_("Delete it"), added)]
    if better:
        body.append(closed_notice(text, better))
        own = (question_rewrite.primary(_("Use the rewrite"), added), keep.button(_("Keep mine"), added))
        choice = [*own, *choice]
    unsorted = question_sort.select(_("What is it about?"), category_options(ctx.library), added)
    return View(_("Thank you"), (*body, Buttons(tuple(choice)), *([] if category else [unsorted])))


@command("question keep", N_("Keep a question as it is"), topic=Topic.PREPARE, is_listed=False, reads=True)
async def keep(ctx: Context, own: Annotated[OwnQuestionId, Key()]) -> View:
    kept = await _mine(ctx, own)
    said = say(_("It stays as you wrote it: {question}"), question=Bold(kept.text))
    buttons = (put.button(_("Put it in a plan"), slug_of(own)), question_remove.button(_("Delete it"), own))
    return View(_("Kept"), (said, Buttons(buttons))).instead()


@command("question rewrite", N_("Use the open form"), topic=Topic.PREPARE, is_listed=False)
async def question_rewrite(ctx: Context, own: Annotated[OwnQuestionId, Key()]) -> View:
    kept = await _mine(ctx, own)
    return await _replaced(ctx, kept, check(kept.text).rewrite or kept.text, kept.category)


@command("question sort", N_("Say what a question is about"), topic=Topic.PREPARE, is_listed=False)
async def question_sort(
    ctx: Context, own: Annotated[OwnQuestionId, Key()], category: Annotated[CategorySlug, Key()]
) -> View:
    kept = await _mine(ctx, own)
    known = ctx.library.category(category)
    return await _replaced(ctx, kept, kept.text, known.slug if known else kept.category)


async def _replaced(ctx: Context, kept: OwnQuestion, text: str, category: CategorySlug) -> View:
    """Put *text* in the place of *kept*. Plans that have it keep the words they have."""
    await ctx.store.questions.remove(kept.id, ctx.member.id)
    added = await ctx.store.questions.add(ctx.member.id, text, category, ctx.now)
    return _added(ctx, added, text, category).instead()


@command("question remove", N_("Delete a question of yours"), topic=Topic.PREPARE, is_listed=False)
async def question_remove(
    ctx: Context, own: Annotated[OwnQuestionId, Key()], is_sure: Annotated[bool, Key()] = False
) -> View:
    kept = await _mine(ctx, own)
    if not is_sure:
        asked = say(
            _("Delete “{question}” from the group's bank? Plans that have it keep it."), question=Bold(kept.text)
        )
        choice = (question_remove.danger(_("Delete"), own, True), keep.button(_("Keep it"), own))
        return View(_("Delete this question?"), (asked, Buttons(choice))).instead()
    await ctx.store.questions.remove(own, ctx.member.id)
    said = say(_("“{question}” is out of the group's bank."), question=kept.text)
    return View(_("Done"), (said, Buttons((_bank(ctx),)))).instead()


@command("check", N_("Check whether a question opens a talk"), topic=Topic.PREPARE, reads=True, submit=N_("Check it"))
async def check_question(
    ctx: Context,
    question: Annotated[str, Line(N_("Your question"), N_("As you would say it to them."), limit=LONGEST)],
) -> View:
    """See whether a question can be answered with yes or no, and how to open it. Nothing is kept."""
    verdict = check(question)
    body: list[Element] = [say("{question}", question=Bold(question)), *_explained(question, verdict)]
    add = question_add.opens(_("Add it to the group's bank"), question)
    fits = verdict.kind is not Kind.EMPTY and len(encode(add.press)) <= PRESS
    again = check_question.opens(_("Check another"))
    return View(_("Your question"), (*body, Buttons((*((add,) if fits else ()), again))))


def _explained(asked: str, verdict: Verdict) -> tuple[Element, ...]:
    if verdict.rewrite:
        return (closed_notice(asked, verdict.rewrite),)
    opens = (say(_("This opens a talk.")),) if verdict.kind is Kind.OPEN else ()
    return (*opens, say("{why}", why=verdict.why))


async def _mine(ctx: Context, own: OwnQuestionId) -> OwnQuestion:
    found = next((one for one in await ctx.store.questions.all() if one.id == own), None)
    if found is None or found.author != ctx.member.id:
        raise Refused(_("This question is not yours to change, or it is gone."), _bank(ctx))
    return found


def _bank(ctx: Context) -> Button:
    return ctx.registry.commands["questions"].button(_("See the questions"))
