"""What several screens of a plan share: the timetable, the closed-question notice, and the ways between the screens."""

import textwrap

from bot.commands.talks.planning import Plan
from bot.desk.context import Context
from bot.model.interview import Interview, InterviewId
from bot.model.openness import check
from bot.model.question import Question, QuestionSlug, Shape
from bot.model.timed_plan import Entry
from bot.talk.view import Bold, Bullets, Button, Element, Option, Spans, say, spans
from bot.talk.words import _


def to_plan(ctx: Context, interview: InterviewId, label: str = "") -> Button:
    """Return the way back to the plan, whose module already needs those that lead back to it."""
    return ctx.registry.commands["plan show"].button(label or _("Back to the plan"), interview)


def to_interview(ctx: Context, interview: InterviewId, label: str) -> Button:
    """Return the way to where the talk stands."""
    return ctx.registry.commands["interviews look"].button(label, interview)


def to_new(ctx: Context, label: str, question: QuestionSlug | None = None) -> Button:
    """Return the button that opens the form of a new talk, whose plan begins with *question*."""
    return ctx.registry.commands["plan new"].opens(label, question or "")


def at_minute(minutes: float) -> str:
    """Return minutes from the start as `0:05`, halves up."""
    whole = int(minutes + 0.5)
    return f"{whole // 60}:{whole % 60:02}"


def timetable(plan: Plan, shown: QuestionSlug | None = None) -> Bullets:
    """Return what is said when, from opening to closing; the question *shown* stands in bold."""
    opening = spans(_("0:00 Open: thank them, say who you are ({n} min)"), n=plan.timed.opens)
    asked = (_line(plan, entry, _("{at} {question}{notes}"), shown) for entry in plan.timed.asked)
    return Bullets((opening, *asked, *_closing(plan, shown)))


def _closing(plan: Plan, shown: QuestionSlug | None) -> tuple[Spans, ...]:
    timed = plan.timed
    if not timed.closing:
        start = at_minute(timed.minutes - timed.closes)
        return (spans(_("{at} Close: thank them ({n} min)"), at=start, n=timed.closes),)
    first, *others = timed.closing
    lines = [_line(plan, first, _("{at} Close ({n} min): {question}{notes}"), shown)]
    return (*lines, *(_line(plan, entry, _("{at} {question}{notes}"), shown) for entry in others))


def _line(plan: Plan, entry: Entry, template: str, shown: QuestionSlug | None) -> Spans:
    question = entry.question
    words = Bold(question.text) if question.slug == shown else question.text
    at = at_minute(entry.starts_at)
    return spans(template, at=at, question=words, notes=notes_on(plan, question.slug), n=plan.timed.closes)


def notes_on(plan: Plan, slug: QuestionSlug) -> str:
    """Return what the member did to a question, as it stands behind it: ` (starred, your words)`."""
    original = plan.original(slug)
    some = [_("starred")] if plan.row(slug).is_starred else []
    is_changed = original is not None and plan.row(slug).wording not in {"", original.text}
    notes = ", ".join(some + [_("your words")] * is_changed)
    return f" ({notes})" if notes else ""


def rewrite_of(plan: Plan, slug: QuestionSlug) -> str:
    """Return the open form of a question that can be answered with yes or no, or nothing."""
    original, question = plan.original(slug), plan.question(slug)
    if question is None or original is None or original.shape is Shape.CONSENT:
        return ""
    if question.text == original.text and original.rewrite:
        return original.rewrite
    return check(question.text).rewrite


def closed_notice(asked: str, rewrite: str) -> Element:
    """Say kindly why *asked* does not open a talk, and what to ask instead."""
    return say(_("{why} To hear more, try: {rewrite}"), why=check(asked).why, rewrite=Bold(rewrite))


def as_option(question: Question, hint: str = "") -> Option:
    """Return a question as one line of a menu; its whole text stands elsewhere on the screen."""
    return Option(question.slug, short(question.text), hint)


def short(text: str, room: int = 70) -> str:
    """Return *text*, or its beginning and an ellipsis where the whole stands elsewhere on the screen."""
    return textwrap.shorten(text, room, placeholder="…") if len(text) > room else text


def whom(interview: Interview) -> str:
    """Return who it is and where: `Maria Santos, Example Hospital`."""
    return ", ".join(part for part in (interview.who, interview.organisation) if part)
