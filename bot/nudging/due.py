"""Says what is next for a member, and in which order: one rule for today, the dashboard and the nudge."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.content.library import Library
from bot.model.contact import AskState
from bot.model.interview import Interview, InterviewId
from bot.model.journey import State
from bot.model.people import Member
from bot.model.step import Phase, Step, StepSlug
from bot.nudging.kinds import Kind, kind_of
from bot.nudging.situation import HAPPENED, Asked, Item, Situation, is_open
from bot.nudging.stages import fill, is_about_you, is_over, steps_of
from bot.talk.words import _

MOST_AT_ONCE = 3
"""Things in one nudge. The rest waits in `/career today`, where nothing is lost."""

HOLD_SPEAKS_AFTER = timedelta(hours=48)

AHEAD = frozenset({State.IDEA, State.PREPARING, State.ASKING, State.SILENT, State.BOOKED, State.MOVED})
"""States in which a talk still lies ahead."""

Thread = tuple[Item, ...]
"""What is open for one talk or one hold, in order; the first is next."""

_Ranked = tuple[datetime, Thread]
"""A thread with the moment by which it is ordered among its like."""


def threads(situation: Situation, library: Library) -> tuple[Thread, ...]:
    """Return what is open, the most urgent thread first.

    Nothing in it is done, skipped or snoozed until later. Places to look for people come only when there is
    nothing else, no talk lies ahead and nobody is being asked.
    """
    ranked = ((moment, _open(thread, situation)) for moment, thread in _everything(situation, library))
    found = sorted(((moment, thread) for moment, thread in ranked if thread), key=_urgency)
    if found or _is_under_way(situation):
        return tuple(thread for _moment, thread in found)
    finding = _open(tuple(_finding(situation, library)), situation)
    return (finding,) if finding else ()


def due(situation: Situation, library: Library) -> Thread:
    """Return the next thing of each thread, the most urgent first."""
    return tuple(thread[0] for thread in threads(situation, library))


def nudged(situation: Situation, library: Library, next_at: datetime | None) -> Thread:
    """Return what a nudge at `situation.now` is about, before it is cut to `MOST_AT_ONCE`.

    Kinds that the member stopped stay out. A hold speaks after two days, or when the next nudge, at
    *next_at*, would come too late for it.
    """
    stopped = situation.member.nudges.stopped
    taken = {asked.ask.id: asked.ask.taken_at for asked in situation.asks}
    items = (item for item in due(situation, library) if item.kind not in stopped)
    return tuple(item for item in items if item.ask is None or _speaks(item, taken[item.ask], situation.now, next_at))


def _speaks(item: Item, taken_at: datetime, now: datetime, next_at: datetime | None) -> bool:
    is_last_chance = next_at is None or item.ends_at is None or next_at >= item.ends_at
    return is_last_chance or now >= taken_at + HOLD_SPEAKS_AFTER


def _everything(situation: Situation, library: Library) -> Iterator[_Ranked]:
    for asked in situation.asks:
        if asked.ask.state is AskState.HOLD and asked.ask.is_open(situation.now):
            yield asked.ask.ends_at, (_hold(asked),)
    first = _first_in_preparation(situation)
    for interview in situation.interviews:
        moment = interview.booked_at or interview.since
        if is_over(interview, situation.now):
            yield moment, (_happened(interview),)
        else:
            steps = steps_of(interview, situation, library, is_first=interview.id == first)
            yield moment, tuple(_item(step, situation.member, interview) for step in steps)


def _finding(situation: Situation, library: Library) -> Iterator[Item]:
    for phase in (Phase.STARTING, Phase.FINDING):
        yield from (_item(step, situation.member, None) for step in library.steps_of(phase))


def _open(thread: Thread, situation: Situation) -> Thread:
    marks = situation.mark_of
    return tuple(item for item in thread if is_open(marks.get(item.key), situation.now))


def _urgency(ranked: _Ranked) -> tuple[int, datetime, str]:
    moment, thread = ranked
    return [*Kind].index(thread[0].kind), moment, f"{thread[0].interview or 0:012}{thread[0].step}"


def _is_under_way(situation: Situation) -> bool:
    is_planned = any(interview.state in AHEAD for interview in situation.interviews)
    return is_planned or any(asked.ask.is_open(situation.now) for asked in situation.asks)


def _first_in_preparation(situation: Situation) -> InterviewId | None:
    early = (one.id for one in situation.interviews if one.state in {State.IDEA, State.PREPARING})
    return min(early, default=None)


def _hold(asked: Asked) -> Item:
    title = _("Your hold on {name}").format(name=asked.name)
    body = _("Write to them, or let the hold go so that somebody else may ask.")
    step = StepSlug(f"hold-{asked.ask.id}")
    return Item(Kind.HOLD, step, title, body, ask=asked.ask.id, ends_at=asked.ask.ends_at, who=asked.name)


def _happened(interview: Interview) -> Item:
    title = _("Did your talk with {name} take place?").format(name=interview.who)
    body = _("If it did, the next steps follow from there. If not: that happens, and a new time is often found.")
    return Item(Kind.TALK, HAPPENED, title, body, interview=interview.id, who=interview.who)


def _item(step: Step, member: Member, interview: Interview | None) -> Item:
    kept_under = interview.id if interview is not None and not is_about_you(step) else None
    title, body = (fill(words, member, interview) for words in (step.title, step.body))
    who = interview.who if interview else ""
    return Item(kind_of(step.phase), step.slug, title, body, step.minutes, kept_under, who)
