"""What a talk that lies ahead still lacks, told from what is written down, each with the way to fill it."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.commands.rhythm.today import today
from bot.commands.talks.bank import category_title
from bot.commands.talks.brief import brief
from bot.commands.talks.inventory import INTRODUCTION, about
from bot.commands.talks.plan_adding import more
from bot.commands.talks.plan_parts import whom
from bot.commands.talks.plan_screen import details
from bot.commands.talks.planning import NO_CATEGORY, Plan, load
from bot.desk.context import Context
from bot.model.interview import Interview, Mark
from bot.model.journey import State
from bot.nudging.due import AHEAD
from bot.nudging.situation import Situation
from bot.record import record
from bot.talk.view import Button, Card
from bot.talk.words import _, listing, ngettext

MOST_TALKS = 2
MOST_GAPS = 3
MOST_CATEGORIES = 3
"""What fits on a dashboard beside everything else; each plan shows the rest."""

IN_PREPARATION = frozenset({State.IDEA, State.PREPARING})
_NO_DAY = datetime.max.replace(tzinfo=UTC)


@record
class Gap:
    """Something that is lacking, in *words*, and the press that begins to fill it."""

    words: str
    fill: Button


async def gap_cards(ctx: Context, situation: Situation) -> tuple[Card, ...]:
    """Return a card for each of the next talks that lack something, the soonest first."""
    ahead = sorted((one for one in situation.interviews if one.state in AHEAD), key=_soonest)
    cards: list[Card] = []
    for talk in ahead[:MOST_TALKS]:
        gaps = [*_gaps(ctx, situation, await load(ctx, talk.id), is_first=not cards)][:MOST_GAPS]
        if gaps:
            cards.append(_card(talk, gaps))
    return tuple(cards)


def _soonest(talk: Interview) -> tuple[bool, datetime, bool]:
    booked = talk.booked_at if talk.state is State.BOOKED else None
    return booked is None, booked or _NO_DAY, talk.state not in IN_PREPARATION


def _card(talk: Interview, gaps: list[Gap]) -> Card:
    title = _("Still missing for your talk with {who}").format(who=whom(talk))
    return Card(title, tuple((gap.words,) for gap in gaps), tuple(gap.fill for gap in gaps))


def _gaps(ctx: Context, situation: Situation, plan: Plan, *, is_first: bool) -> Iterator[Gap]:
    """Yield what the talk lacks, the most useful first. What is about the member is said with the first talk only."""
    talk = plan.interview
    if not talk.goal:
        words = _("A goal: what do you want to know afterwards?")
        yield Gap(words, details.opens(_("Write your goal"), talk.id))
    if not _is_looked_up(ctx, situation, talk):
        words = _("Nothing is looked up yet: the field, the organisation, the person.")
        yield Gap(words, _reading(talk))
    if is_first and not _is_introduced(situation):
        words = _("Your introduction: who you are, in 30 seconds.")
        yield Gap(words, about.opens(_("Write your introduction")))
    if left_out := [slug for slug in plan.timed.left_out if slug != NO_CATEGORY]:
        titles = [category_title(slug, ctx.library) for slug in left_out]
        yield Gap(_left_out(titles), more.button(_("Add questions"), talk.id))


def _is_looked_up(ctx: Context, situation: Situation, talk: Interview) -> bool:
    research = {step.slug for step in ctx.library.steps if step.is_research}
    return any(
        mark.step in research and mark.mark is Mark.DONE and mark.interview in {None, talk.id}
        for mark in situation.marks
    )


def _reading(talk: Interview) -> Button:
    """Return the way to what is worth looking up: where it can be ticked while the talk is prepared, else the brief."""
    if talk.state in IN_PREPARATION:
        return today.button(_("See the steps"), True)
    return brief.button(_("See what to look up"), talk.id)


def _is_introduced(situation: Situation) -> bool:
    mark = situation.mark_of.get((None, INTRODUCTION))
    is_settled = mark is not None and mark.mark in {Mark.DONE, Mark.SKIPPED}
    return is_settled or bool(situation.member.inventory.introduction)


def _left_out(titles: list[str]) -> str:
    some, others = titles[:MOST_CATEGORIES], len(titles) - MOST_CATEGORIES
    if others < 1:
        return _("Its questions leave out: {some}.").format(some=listing(some))
    words = ngettext(
        "Its questions leave out: {some} and {n} more topic.", "Its questions leave out: {some} and {n} more topics.",
        others,
    )  # fmt: skip
    return words.format(some=", ".join(some), n=others)
