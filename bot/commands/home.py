"""The dashboard that answers `/career` alone: what is next, where each talk stands, and when the next nudge comes."""

from collections.abc import Iterable

from bot.commands.agenda import about, offer, situation_of
from bot.commands.nudges import hushed
from bot.commands.schedule import rhythm_words
from bot.commands.start import start
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.contact import AskState
from bot.model.interview import Interview
from bot.model.journey import State, state_words
from bot.nudging.due import due
from bot.nudging.rhythm import next_nudge
from bot.nudging.situation import Asked, Item, Situation
from bot.talk.view import Bold, Bullets, Buttons, Element, Facts, Heading, Small, Spans, View, When, say, spans
from bot.talk.words import N_, _

MOST_NEXT = 3
QUIET_STATES = frozenset({State.LET_GO, State.CLOSED, State.DECLINED, State.CANCELLED})
"""Talks that are over or set aside; they stay in the list of plans and off the dashboard."""


@command("home", N_("See where things stand"), topic=Topic.BEGIN, reads=True)
async def home(ctx: Context) -> View:
    """What is next, where each of your talks stands, whom you are asking, and when the next nudge comes."""
    if not ctx.member.has_started:
        return await start.run(ctx)
    situation = await situation_of(ctx)
    body = (
        *await hushed(ctx),
        *_next(due(situation, ctx.library)),
        *_talks(situation),
        *_asks(situation.asks),
        await _nudges(ctx),
        _doors(ctx),
    )
    return View(_("Hello, {name}").format(name=ctx.member.name), body)


def _next(items: tuple[Item, ...]) -> tuple[Element, ...]:
    if not items:
        return (say(_("Nothing waits for you today.")),)
    lines = tuple(_line(item) for item in items[:MOST_NEXT])
    return (Heading(_("Next for you")), Bullets(lines))


def _line(item: Item) -> Spans:
    under = about(item)
    return (Bold(item.title), " · ", *under) if any(under) else (Bold(item.title),)


def _talks(situation: Situation) -> tuple[Element, ...]:
    found = [one for one in situation.interviews if one.state not in QUIET_STATES]
    rows = tuple((one.who, _standing(one)) for one in found)
    return (Heading(_("Your talks")), Facts(rows)) if rows else ()


def _standing(interview: Interview) -> Spans:
    words = state_words(interview.state)
    if interview.state is State.BOOKED and interview.booked_at is not None:
        return spans(_("{state}, {when}"), state=words, when=When(interview.booked_at))
    return (words,)


def _asks(asks: Iterable[Asked]) -> tuple[Element, ...]:
    rows = tuple((asked.name, _ask(asked)) for asked in asks)
    return (Heading(_("Whom you are asking")), Facts(rows)) if rows else ()


def _ask(asked: Asked) -> Spans:
    if asked.ask.state is AskState.SENT:
        return (_("you wrote; silence for a week is usual"),)
    return spans(_("your hold ends {when}"), when=When(asked.ask.ends_at))


async def _nudges(ctx: Context) -> Small:
    if not ctx.member.nudges.is_on:
        return Small((_("Nudges are off."),))
    moment = next_nudge(ctx.member, ctx.now, ctx.group.breaks, await ctx.store.nudge_log.last_sent(ctx.member.id))
    if moment is None:
        return Small((_("No nudge is planned."),))
    rhythm = rhythm_words(ctx.member.nudges)
    return Small(
        spans(_("Next nudge: {when}, if something is due. They come {rhythm}."), when=When(moment), rhythm=rhythm)
    )


def _doors(ctx: Context) -> Buttons:
    """Return the buttons to what people do most."""
    doors = (
        ("today", _("Today")), ("plan", _("Plans")), ("questions", _("Questions")), ("board", _("Board")),
        ("refer", _("Share a contact")), ("nudges", _("Nudges")), ("help", _("Everything else")),
    )  # fmt: skip
    buttons = (button for path, label in doors for button in offer(ctx, path, label, is_form=path == "refer"))
    return Buttons(tuple(buttons))
