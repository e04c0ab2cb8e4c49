"""The daily nudge: one private message with what is next, at the member's own hour, and only when something is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

from bot.commands.rhythm.agenda import Said, about, keep, settled, settled_words, situation_of
from bot.commands.rhythm.nudges import PAUSE, nudges, pause_until, paused_words
from bot.commands.rhythm.schedule import NUDGE, allow, change, rhythm_words, schedule
from bot.commands.rhythm.today import answers_to_hold, answers_to_talk, today
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.desk.letters import letter
from bot.model.interview import InterviewId, Mark
from bot.model.outbox import Later, Outcome, Sent
from bot.model.step import StepSlug
from bot.nudging.due import MOST_AT_ONCE, nudged
from bot.nudging.hours import out_of_quiet
from bot.nudging.kinds import ASKS_AFTER, STOPS_AFTER, Kind, label
from bot.nudging.rhythm import FOLDED_AFTER, next_nudge, nudge_of_today, quiet_of
from bot.nudging.situation import HAPPENED, Item, Situation, is_open
from bot.nudging.situation import Key as Thing
from bot.talk.form import Key
from bot.talk.view import Button, Buttons, Card, Element, Small, Text, View, say, small
from bot.talk.words import N_, _, day_words

Items = tuple[Item, ...]


async def _over(ctx: Context, written_for: str, outcome: Outcome | None) -> None:
    """Note what was sent and what stays unanswered for good, then write the next letter."""
    member = await ctx.store.members.lock(ctx.member.id)
    if member is None:
        return
    ctx = replace(ctx, member=member)
    items = await _items(ctx, await situation_of(ctx))
    tired = await _unanswered(ctx, items, STOPS_AFTER)
    if isinstance(outcome, Sent):
        is_folded = _is_folded(ctx, written_for)
        kinds = () if is_folded else {item.kind for item in items[:MOST_AT_ONCE] if item.kind not in tired}
        await ctx.store.nudge_log.sent(member.id, (NUDGE, *sorted(kinds)), ctx.now)
    if tired:
        ctx = await change(ctx, replace(member.nudges, stopped=member.nudges.stopped | tired))
    await schedule(ctx)


@letter(NUDGE, delivered=_over)
async def nudge(ctx: Context, written_for: str) -> View | Later | None:
    """Return today's nudge, when to look again, or `None` when nothing is due or nothing is wanted today."""
    moment = await _earliest(ctx)
    if moment is None or moment > ctx.now:
        return None if moment is None else Later(moment, "not yet the member's hour")
    items = await _items(ctx, await situation_of(ctx))
    tired = await _unanswered(ctx, items, STOPS_AFTER)
    items = tuple(item for item in items if item.kind not in tired)
    if not items:
        return None
    if _is_folded(ctx, written_for):
        return _folded(ctx, datetime.fromisoformat(written_for))
    return _view(ctx, ctx.now, items, {}, await _unanswered(ctx, items, ASKS_AFTER))


async def _earliest(ctx: Context) -> datetime | None:
    """Return from when on a nudge may be sent today; `None` when none may, or today's was sent."""
    last = await ctx.store.nudge_log.last_sent(ctx.member.id)
    was_today = last is not None and last.astimezone(ctx.zone).date() >= ctx.today
    if was_today or ctx.member.nudges.unreachable:
        return None
    moment = nudge_of_today(ctx.member, ctx.now, ctx.group.breaks)
    if moment is None:
        return None
    return out_of_quiet(max(moment, ctx.now), ctx.zone, quiet_of(ctx.member.nudges))


async def _items(ctx: Context, situation: Situation) -> Items:
    """Return what a nudge at the situation's moment is about; the next one comes on a later day."""
    after = next_nudge(ctx.member, situation.now, ctx.group.breaks, situation.now)
    return nudged(situation, ctx.library, after)


async def _unanswered(ctx: Context, items: Iterable[Item], many: int) -> frozenset[Kind]:
    """Return the kinds among *items* of which so many in a row went by."""
    kinds = {item.kind for item in items}
    return frozenset({kind for kind in kinds if await ctx.store.nudge_log.ignored(ctx.member.id, kind) >= many})


def _is_folded(ctx: Context, written_for: str) -> bool:
    return ctx.now - datetime.fromisoformat(written_for) > FOLDED_AFTER


@command("nudge mark", N_("Say what became of a step"), topic=Topic.RHYTHM, is_listed=False)
async def go(
    ctx: Context,
    interview: Annotated[int, Key()],
    step: Annotated[str, Key()],
    said: Annotated[Said, Key()],
    at: Annotated[int, Key()],
) -> View:
    title = await keep(ctx, interview, step, said)
    undo = go.button(_("Undo"), interview, step, Said.OPEN, at)
    confirmed = (Text(settled(title, said)), *((Buttons((undo,)),) if said is not Said.OPEN else ()))
    return await _redrawn(ctx, at, (InterviewId(interview) if interview else None, StepSlug(step)), confirmed)


@command("nudge stop", N_("Stop one kind"), topic=Topic.RHYTHM, is_listed=False)
async def stop(ctx: Context, kind: Annotated[Kind, Key()], at: Annotated[int, Key()]) -> View:
    ctx = await allow(ctx, kind, is_allowed=False)
    said = say(_("“{kind}” does not come any more. In your list for today it still shows."), kind=label(kind))
    return (await _redrawn(ctx, at)).with_top(said)


@command("nudge keep", N_("Keep one kind"), topic=Topic.RHYTHM, is_listed=False)
async def go_on(ctx: Context, kind: Annotated[Kind, Key()], at: Annotated[int, Key()]) -> View:
    ctx = await allow(ctx, kind, is_allowed=True)
    return (await _redrawn(ctx, at)).with_top(say(_("Good, “{kind}” keeps coming."), kind=label(kind)))


@command("nudge pause", N_("Pause for two weeks"), topic=Topic.RHYTHM, is_listed=False)
async def pause(ctx: Context, at: Annotated[int, Key()]) -> View:
    ctx = await pause_until(ctx, ctx.today + PAUSE)
    return (await _redrawn(ctx, at)).with_top(say(paused_words(ctx)))


async def _redrawn(ctx: Context, at: int, marked: Thing | None = None, confirmed: Sequence[Element] = ()) -> View:
    """Return the nudge that was sent at *at* (seconds since 1970) with what became of each of its things. When what was
    *marked* just now is not among them, because its talk has gone on, it stands above them as *confirmed*."""
    then, situation = datetime.fromtimestamp(at, UTC), await situation_of(ctx)
    items = await _items(ctx, situation.as_of(then))
    marks = {item: mark for item in items if (mark := _mark(ctx, situation, item)) is not None}
    view = _view(ctx, then, items, marks, await _unanswered(ctx, items, STOPS_AFTER)).instead()
    is_shown = marked in {item.key for item in items[:MOST_AT_ONCE]}
    return view if marked is None or is_shown else view.with_top(*confirmed)


def _mark(ctx: Context, situation: Situation, item: Item) -> Mark | None:
    """Return what the member said about *item* since, if it still holds."""
    kept = situation.mark_of.get(item.key)
    return None if kept is None or is_open(kept, ctx.now) else kept.mark


def _view(ctx: Context, at: datetime, items: Items, marks: Mapping[Item, Mark], tired: frozenset[Kind]) -> View:
    shown = items[:MOST_AT_ONCE]
    first = next((item for item in shown if item not in marks), None)
    cards = tuple(_card(ctx, item, marks.get(item), at, is_first=item is first) for item in shown)
    end = () if first is not None else (say(_("That is all for today.")),)
    more = (small(_("More waits in your list for today. It keeps.")),) if len(items) > len(shown) else ()
    questions = (element for kind in sorted(tired) for element in _question(kind, at))
    return View(greeting(ctx, at), (*cards, *end, *more, *questions, *_foot(ctx, shown, marks, tired, at)))


def _card(ctx: Context, item: Item, mark: Mark | None, at: datetime, *, is_first: bool) -> Card:
    if mark is not None:
        undo = go.button(_("Undo"), item.interview or 0, item.step, Said.OPEN, _seconds(at))
        return Card(item.title, (settled_words(mark),), (undo,))
    lines = (about(item), (item.body if is_first else "",))
    return Card(item.title, tuple(line for line in lines if any(line)), _buttons(ctx, item, _seconds(at)))


def _buttons(ctx: Context, item: Item, at: int) -> tuple[Button, ...]:
    talk, step = item.interview or 0, item.step
    not_today = go.button(_("Not today"), talk, step, Said.TOMORROW, at)
    if item.ask is not None:
        return (*answers_to_hold(ctx, item), not_today)
    if step == HAPPENED:
        return (*answers_to_talk(ctx, item), not_today)
    done = go.primary(_("Done"), talk, step, Said.DONE, at)
    return (done, not_today, go.button(_("Skip"), talk, step, Said.SKIP, at))


def _question(kind: Kind, at: datetime) -> tuple[Element, ...]:
    """Ask whether a kind that went unanswered is still wanted. No answer will stop it."""
    said = say(_("Is “{kind}” still of use to you? If I hear nothing, I stop sending it."), kind=label(kind))
    keep_it = go_on.button(_("Keep it"), kind, _seconds(at))
    end_it = stop.button(_("Stop it"), kind, _seconds(at))
    return (said, Buttons((keep_it, pause.button(_("Pause two weeks"), _seconds(at)), end_it)))


def _foot(
    ctx: Context, shown: Items, marks: Mapping[Item, Mark], tired: frozenset[Kind], at: datetime
) -> tuple[Element, ...]:
    """Say why the nudge came and how to change that."""
    kinds = dict.fromkeys(item.kind for item in shown if item not in marks and item.kind not in tired)
    ends = tuple(stop.button(_("Stop “{kind}”").format(kind=label(kind)), kind, _seconds(at)) for kind in kinds)
    why = _("You get this {rhythm}, because you said yes to it.").format(rhythm=rhythm_words(ctx.member.nudges))
    return (Small((why,)), Buttons((nudges.button(_("Change")), *ends)))


def _folded(ctx: Context, since: datetime) -> View:
    """Return the one line that stands for more than a week of nudges that could not be sent."""
    day = day_words(since.astimezone(ctx.zone).date(), ctx.today)
    said = _("It has been quiet from me since {day}. That was on my side; what you planned is all still here.")
    buttons = Buttons((today.primary(_("See what is next")), nudges.button(_("Change"))))
    return View(greeting(ctx, ctx.now), (say(said, day=day), buttons))


def greeting(ctx: Context, at: datetime) -> str:
    """Return a greeting for the time of day that *at* is for the member."""
    hour, name = at.astimezone(ctx.zone).hour, ctx.member.name
    if hour < 12:
        return _("Morning, {name}.").format(name=name)
    if hour < 18:
        return _("Hello, {name}.").format(name=name)
    return _("Evening, {name}.").format(name=name)


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
