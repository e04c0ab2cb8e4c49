"""The brief: everything for one talk on one screen, and the same as a page to print."""

import textwrap
from collections.abc import Iterator
from typing import Annotated

from bot.commands.talks.plan_parts import at_minute, timetable, to_plan, whom
from bot.commands.talks.planning import Plan, load
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.interview import Interview, InterviewId, Mark
from bot.model.journey import Event, State, possible
from bot.model.people import Inventory
from bot.model.timed_plan import Entry
from bot.nudging.stages import fill
from bot.record import record
from bot.talk.form import Key
from bot.talk.view import Attachment, Bullets, Buttons, Element, Facts, Heading, Link, Spans, View, When, small
from bot.talk.words import N_, _, day_words, hour_words

WIDTH = 76
HEIGHT = 58
"""Characters and lines that fit on one printed page, A4 or Letter."""

ON_SITE = frozenset({"S-27", "S-30", "S-31", "S-32", "S-33"})
"""Lines of the guide about the way there and the first minutes."""


@record
class Brief:
    """What the brief says besides the plan: the *inventory*, the *page* about the person, what was looked up."""

    plan: Plan
    inventory: Inventory
    page: str
    research: tuple[tuple[str, bool], ...]
    reminders: tuple[str, ...]
    booked: str

    @property
    def talk(self) -> Interview:
        return self.plan.interview


@command(
    "plan brief", N_("Everything for one talk, to read or print"), topic=Topic.PREPARE, is_listed=False, reads=True
)
async def brief(ctx: Context, interview: Annotated[InterviewId, Key()]) -> View:
    made = await _brief(ctx, interview)
    body = (
        _facts(made),
        Heading(_("Your questions")),
        timetable(made.plan),
        *_list(_("Looked up"), (f"{title}: {_('done') if is_done else _('open')}" for title, is_done in made.research)),
        *_list(_("On the day"), iter(made.reminders)),
        small("{words}", words=keep_time(made.talk)),
        _page_of(made),
        Buttons((to_plan(ctx, interview),)),
    )
    return View(_("Brief: {who}").format(who=made.talk.who), body)


async def _brief(ctx: Context, interview: InterviewId) -> Brief:
    plan = await load(ctx, interview)
    talk = plan.interview
    contact = await ctx.store.contacts.get(talk.contact, ctx.member.id) if talk.contact is not None else None
    return Brief(
        plan, ctx.member.inventory, contact.link if contact else "", await researched(ctx, talk),
        tuple(_reminders(ctx, talk)), _booked(ctx, talk),
    )  # fmt: skip


async def researched(ctx: Context, talk: Interview) -> tuple[tuple[str, bool], ...]:
    """Return each research step for *talk*, in its own words, and whether it is done."""
    marks = await ctx.store.steps.of(ctx.member.id)
    done = {mark.step for mark in marks if mark.mark is Mark.DONE and mark.interview in {None, talk.id}}
    steps = [step for step in ctx.library.steps if step.is_research]
    return tuple((fill(step.title, ctx.member, talk), step.slug in done) for step in steps)


def _reminders(ctx: Context, talk: Interview) -> Iterator[str]:
    for step in ctx.library.steps:
        if ON_SITE.intersection(step.guide) and Event.HOLD in possible(talk.state):
            yield fill(step.title, ctx.member, talk)


def _booked(ctx: Context, talk: Interview) -> str:
    if talk.state is not State.BOOKED or talk.booked_at is None:
        return ""
    local = talk.booked_at.astimezone(ctx.zone)
    day, hour = day_words(local.date(), ctx.today), hour_words(local.time())
    return _("{day}, {hour}").format(day=day, hour=hour)


def keep_time(talk: Interview) -> str:
    """Return the reminder of the time that was asked for."""
    return _(
        "You ask for {n} minutes, whenever it suits them. When they are over, offer to stop; if they want to go on, "
        "the parked questions are yours."
    ).format(n=talk.minutes)


def _facts(made: Brief) -> Facts:
    talk, link = made.talk, made.page
    is_booked = talk.state is State.BOOKED and talk.booked_at is not None
    rows: tuple[tuple[str, Spans], ...] = (
        (_("Whom you meet"), (whom(talk),)),
        (_("When"), (When(talk.booked_at),) if is_booked and talk.booked_at else ()),
        (_("Page"), (Link(link, link),) if link else ()),
        (_("Goal"), (talk.goal,)),
        (_("You and this field"), (talk.relates,)),
        *((name, (words,)) for name, words in about_you(made.inventory)),
    )
    return Facts(tuple((name, value) for name, value in rows if value and value != ("",)))


def about_you(inventory: Inventory) -> tuple[tuple[str, str], ...]:
    """Return what a member told about themselves, each with its name."""
    rows = (
        (_("Your values"), inventory.values),
        (_("Your interests"), inventory.interests),
        (_("Your skills"), inventory.skills),
        (_("Who you are, in 30 seconds"), inventory.introduction),
    )
    return tuple(row for row in rows if row[1])


def _list(title: str, lines: Iterator[str]) -> tuple[Element, ...]:
    items: tuple[Spans, ...] = tuple((line,) for line in lines)
    return (Heading(title), Bullets(items)) if items else ()


def _page_of(made: Brief) -> Attachment:
    words = _("One page with room for notes. No phone number and no e-mail is on it.")
    return Attachment(f"plan-{made.talk.id}.txt", "text/plain", page_text(made), words)


def page_text(made: Brief) -> str:
    """Return the brief as plain text, with as many lines for notes as one page has room for."""
    top, bottom = _top(made), _bottom(made)
    questions = [_question(entry) for entry in (*made.plan.timed.asked, *made.plan.timed.closing)]
    used = len(top) + len(bottom) + sum(map(len, questions))
    notes = max(1, min(4, (HEIGHT - used) // max(1, len(questions))))
    asked = [line for question in questions for line in (*question, *[_rule(".")] * notes)]
    return "\n".join([*top, *asked, *bottom]) + "\n"


def _top(made: Brief) -> list[str]:
    talk = made.talk
    rows = (
        (_("When"), made.booked), (_("Field"), talk.field), (_("Goal"), talk.goal),
        (_("You and this field"), talk.relates),
    )  # fmt: skip
    title = _("Talk with {who}").format(who=whom(talk))
    facts = [line for name, words in rows if words for line in _wrapped(f"{name}: {words}", "  ")]
    opening = _("{at}  Open: thank them, say who you are").format(at=at_minute(0))
    return [*_wrapped(title), _rule("="), *facts, "", *_wrapped(opening, " " * 6)]


def _question(entry: Entry) -> list[str]:
    return _wrapped(f"{at_minute(entry.starts_at)}  {entry.question.text}", " " * 6)


def _bottom(made: Brief) -> list[str]:
    parked = [q.text for q in made.plan.set_aside]
    later = [_("If there is time:"), *(line for text in parked for line in _wrapped(f"- {text}", "  "))]
    return ["", *(later if parked else []), *_wrapped(keep_time(made.talk))]


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent) or [""]


def _rule(sign: str) -> str:
    return sign * WIDTH
