"""Gathers what is next for a member, keeps what they say about a step, and draws one thing to do."""

from datetime import time, timedelta
from enum import StrEnum

from bot.desk.context import Context
from bot.model.interview import Interview, InterviewId, Mark, StepMark
from bot.model.step import StepSlug
from bot.nudging.hours import instant
from bot.nudging.kinds import Kind, kind_of
from bot.nudging.situation import HAPPENED, Asked, Item, Situation
from bot.nudging.stages import fill
from bot.talk.errors import Refused
from bot.talk.view import Bold, Button, Press, Spans, Tone, When, spans
from bot.talk.words import _, ngettext

HOLD = "hold-"
"""How the name begins under which a mark on a hold is kept; the ask's id follows."""


class Said(StrEnum):
    """What a member can say about one thing to do. *OPEN* takes back what they said before."""

    DONE = "done"
    SKIP = "skip"
    OPEN = "open"
    TOMORROW = "tomorrow"


async def situation_of(ctx: Context) -> Situation:
    """Read all that decides what is next for the member now."""
    store, member = ctx.store, ctx.member.id
    asked = []
    for ask in await store.asks.by(member):
        contact = await store.contacts.get(ask.contact, member) if ask.is_open(ctx.now) else None
        if contact is not None:
            asked.append(Asked(ask, contact.name))
    interviews, marks = await store.interviews.of(member), await store.steps.of(member)
    return Situation(ctx.member, ctx.now, interviews, tuple(asked), marks)


async def keep(ctx: Context, interview: int, step: str, said: Said) -> str:
    """Keep what the member *said* about a step and return its title. 0 stands for no talk in particular."""
    match said:
        case Said.DONE:
            return await _keep(ctx, interview, step, Mark.DONE)
        case Said.SKIP:
            return await _keep(ctx, interview, step, Mark.SKIPPED)
        case Said.OPEN:
            return await snooze(ctx, interview, step, 0)
        case Said.TOMORROW:
            return await snooze(ctx, interview, step, 1)


async def snooze(ctx: Context, interview: int, step: str, days: int) -> str:
    """Put a step off for so many local days and return its title; 0 opens it again."""
    return await _keep(ctx, interview, step, Mark.SNOOZED, days)


async def _keep(ctx: Context, interview: int, step: str, mark: Mark, days: int = 0) -> str:
    title, kind = await _named(ctx, interview, StepSlug(step))
    until = instant(ctx.today + timedelta(days=days), time(), ctx.zone) if days else ctx.now
    kept = StepMark(
        InterviewId(interview) if interview else None,
        StepSlug(step),
        mark,
        ctx.now,
        until if mark is Mark.SNOOZED else None,
    )
    await ctx.store.steps.mark(ctx.member.id, kept)
    await ctx.store.nudge_log.answered(ctx.member.id, kind, ctx.now)
    return title


async def _named(ctx: Context, interview: int, slug: StepSlug) -> tuple[str, Kind]:
    """Return what a step is called and its kind. Raises `Refused` when it is gone, or the talk is somebody else's."""
    talk = await _talk(ctx, interview) if interview else None
    if slug == HAPPENED and talk is not None:
        return _("Your talk with {name}").format(name=talk.who), Kind.TALK
    if slug.startswith(HOLD):
        return _("Your hold"), Kind.HOLD
    step = ctx.library.step(slug)
    if step is None:
        raise Refused(
            _("This step is no longer on the list. See what is next today."), *offer(ctx, "today", _("Today"))
        )
    return fill(step.title, ctx.member, talk), kind_of(step.phase)


async def _talk(ctx: Context, interview: int) -> Interview:
    found = await ctx.store.interviews.get(InterviewId(interview), ctx.member.id)
    if found is None:
        raise Refused(_("This talk is no longer on your list."), *offer(ctx, "today", _("Today")))
    return found


def about(item: Item) -> Spans:
    """Return the line under an item's title: for which talk, until when, how long it takes."""
    if item.ends_at is not None:
        return spans(_("It ends {when}."), when=When(item.ends_at))
    minutes = _minutes(item.minutes) if item.minutes else ""
    if not item.who:
        return (minutes,)
    talk = _("For your talk with {name}").format(name=item.who)
    return (f"{talk} · {minutes}" if minutes else talk,)


def _minutes(minutes: int) -> str:
    return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)


def settled(title: str, said: Said) -> Spans:
    """Return what became of something, as one line."""
    match said:
        case Said.DONE:
            return spans(_("Done: {title}"), title=Bold(title))
        case Said.SKIP:
            return spans(_("Left out: {title}"), title=Bold(title))
        case Said.OPEN:
            return spans(_("Back on the list: {title}"), title=Bold(title))
        case Said.TOMORROW:
            return spans(_("Not today: {title}"), title=Bold(title))


def settled_words(mark: Mark) -> Spans:
    """Return what became of something whose title stands above."""
    match mark:
        case Mark.DONE:
            return (_("Done."),)
        case Mark.SKIPPED:
            return (_("Left out."),)
        case Mark.SNOOZED:
            return (_("Not today. It comes back."),)


def offer(ctx: Context, path: str, label: str, *known: object, is_form: bool = False, is_primary: bool = False) -> (
    tuple[Button, ...]
):  # fmt: skip
    """Return a button for the command at *path*, or nothing where there is no such command.

    Screens that lead to all others use it, so that they need not import them.
    """
    if path not in ctx.registry.commands:
        return ()
    press = Press(path, tuple(str(arg) for arg in known), is_form)
    return (Button(label, press, Tone.PRIMARY if is_primary else Tone.PLAIN),)
