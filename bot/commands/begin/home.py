"""The dashboard that answers `/career` alone: what is next, where each talk stands, whom you ask, what is missing."""

from collections.abc import Iterable, Sequence

from bot.commands.begin.start import start
from bot.commands.board.asks import asks
from bot.commands.rhythm.agenda import about, offer, situation_of
from bot.commands.rhythm.nudges import coming, hushed
from bot.commands.rhythm.schedule import rhythm_words
from bot.commands.rhythm.today import today
from bot.commands.talks.gaps import gap_cards
from bot.commands.talks.interviews import interviews
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.contact import AskState
from bot.model.interview import Interview
from bot.model.journey import TABLE, State, state_words
from bot.nudging.due import due
from bot.nudging.situation import Asked, Item, Situation
from bot.talk.view import (
    Bold,
    Button,
    Buttons,
    Card,
    Element,
    Moment,
    Small,
    Span,
    Spans,
    View,
    When,
    say,
    spans,
)
from bot.talk.words import N_, _, ngettext

MOST_NEXT = 3
MOST_OF_A_STATE = 4
"""Talks of one state that are named; the others are counted, and stand in the list of talks."""

MOST_ASKS = 5
QUIET_STATES = frozenset({State.LET_GO, State.CLOSED, State.DECLINED, State.CANCELLED})
"""Talks that are over or set aside; they stay in the list of talks and off the dashboard."""


@command("home", N_("See where things stand"), topic=Topic.BEGIN, reads=True)
async def home(ctx: Context) -> View:
    """What is next, where each of your talks stands, whom you are asking, what is still missing, and when the next
    nudge comes."""
    if not ctx.member.has_started:
        return await start.run(ctx)
    situation = await situation_of(ctx)
    body = (
        *await hushed(ctx),
        *_next(due(situation, ctx.library)),
        *_talks(situation),
        *_asks(situation.asks),
        *await gap_cards(ctx, situation),
        await _nudges(ctx, situation),
        _doors(ctx),
    )
    return View(_("Hello, {name}").format(name=ctx.member.name), body)


def _next(items: tuple[Item, ...]) -> tuple[Element, ...]:
    if not items:
        return (say(_("Nothing waits for you today.")),)
    lines = tuple(_line(item) for item in items[:MOST_NEXT])
    return (Card(_("Next for you"), lines, (today.button(_("Open today's list")),)),)


def _line(item: Item) -> Spans:
    under = about(item)
    return (Bold(item.title), " · ", *under) if any(under) else (Bold(item.title),)


def _talks(situation: Situation) -> tuple[Element, ...]:
    """Return the talks by state, in the order of their life."""
    of_state = {
        state: [one for one in situation.interviews if one.state is state]
        for state in TABLE
        if state not in QUIET_STATES
    }
    lines = tuple(_standing(state, talks) for state, talks in of_state.items() if talks)
    return (Card(_("Your talks"), lines, (interviews.button(_("All your talks")),)),) if lines else ()


def _standing(state: State, talks: Sequence[Interview]) -> Spans:
    """Return one line: the state, and who is there; of those that are booked also when."""
    if state is State.BOOKED:
        talks = sorted(talks, key=lambda talk: talk.booked_at or talk.since)
    shown, others = talks[:MOST_OF_A_STATE], len(talks) - MOST_OF_A_STATE
    line: list[Span] = [Bold(_("{state}:").format(state=state_words(state))), " "]
    for n, talk in enumerate(shown):
        line += [", " if n else "", *_who(talk)]
    if others > 0:
        line.append(", " + ngettext("{n} more", "{n} more", others).format(n=others))
    return tuple(span for span in line if span != "")


def _who(talk: Interview) -> Spans:
    if talk.state is State.BOOKED and talk.booked_at is not None:
        return spans(_("{who}, {when}"), who=talk.who, when=When(talk.booked_at))
    return (talk.who,)


def _asks(some: Sequence[Asked]) -> tuple[Element, ...]:
    lines = tuple(_ask(asked) for asked in some[:MOST_ASKS])
    return (Card(_("Whom you are asking"), lines, (asks.button(_("See your asks")),)),) if lines else ()


def _ask(asked: Asked) -> Spans:
    ask, name = asked.ask, Bold(asked.name)
    if ask.state is AskState.SENT:
        words = _("{name}: you wrote on {day}; silence for a week is usual. Yours until {end}.")
        sent, end = When(ask.sent_at or ask.taken_at, Moment.DAY), When(ask.open_until or ask.ends_at, Moment.DAY)
        return spans(words, name=name, day=sent, end=end)
    return spans(_("{name}: your hold ends {when}."), name=name, when=When(ask.ends_at))


async def _nudges(ctx: Context, situation: Situation) -> Small:
    if not ctx.member.nudges.is_on:
        return Small((_("Nudges are off."),))
    found = await coming(ctx, situation)
    if found is None:
        return Small((_("No nudge is planned."),))
    rhythm = rhythm_words(ctx.member.nudges)
    template = _("Next nudge: {when}{about}. They come {rhythm}.")
    return Small(spans(template, when=When(found.moment), about=_about(found.items), rhythm=rhythm))


def _about(items: Iterable[Item]) -> str:
    first = next(iter(items), None)
    if first is None:
        return _(", if something is due")
    return _(", about “{title}”").format(title=first.title)


def _doors(ctx: Context) -> Buttons:
    """Return the buttons to what people do most. Some platforms hide the commands of organisers from whoever is not an
    admin, so those who were named find theirs here."""
    group = (("group", _("Your group")),) if ctx.is_organiser else ()
    doors = (
        ("plan", _("Plans")), ("board", _("Board")), ("refer", _("Share a contact")), ("contacts", _("Contacts")),
        ("questions", _("Questions")), ("nudges", _("Nudges")), *group, ("help", _("Everything else")),
    )  # fmt: skip
    buttons: list[Button] = []
    for path, label in doors:
        buttons += offer(ctx, path, label, is_form=path == "refer")
    return Buttons(tuple(buttons))
