"""How a member is nudged: on or off, when, what about, and what comes next and why."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from bot.commands.rhythm.agenda import offer, situation_of
from bot.commands.rhythm.schedule import allow, change, days_words, rhythm_words
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.people import Away, Nudges
from bot.nudging.due import MOST_AT_ONCE, nudged
from bot.nudging.kinds import STOPS_AFTER, Kind, label, why
from bot.nudging.rhythm import next_nudge, quiet_of
from bot.nudging.situation import Item, Situation
from bot.record import record
from bot.talk.errors import BadInput, Refused
from bot.talk.form import Day, Hour, Key, Many, Values
from bot.talk.view import (
    Bullets,
    Button,
    Buttons,
    Element,
    Facts,
    Heading,
    Option,
    Select,
    View,
    When,
    say,
    small,
    spans,
)
from bot.talk.words import N_, WEEKDAYS, _, day_words, hour_words

DAYS = tuple(Option(str(number), name) for number, name in enumerate(WEEKDAYS))

PAUSE = timedelta(days=14)
"""The pause that one press gives."""


@command("nudges", N_("When and about what I remind you"), topic=Topic.RHYTHM, reads=True)
async def nudges(ctx: Context) -> View:
    """At most one private message a day, at your hour, and only when something is due. Change the hour and the days,
    set quiet hours, be away, pause, stop one kind, or switch it all off. You also see what comes next, and why."""
    return await _screen(ctx)


@command("nudges switch", N_("Switch nudges on or off"), topic=Topic.RHYTHM, is_listed=False)
async def switch(ctx: Context, is_on: Annotated[bool, Key()] = False) -> View:
    if is_on:
        need_zone(ctx)
    ctx = await change(ctx, replace(ctx.member.nudges, is_on=is_on))
    said = (
        _("Nudges are on.") if is_on else _("Nudges are off. Everything stays on your list; look in whenever you like.")
    )
    return (await _screen(ctx)).with_top(say(said)).instead()


def need_zone(ctx: Context) -> None:
    """Raise `Refused` while nobody knows what time it is where the member lives."""
    if ctx.member.zone is None:
        sentence = _("First tell me where you are, so that 9:00 is your 9:00.")
        raise Refused(sentence, *offer(ctx, "start city", _("Set my city"), is_form=True))


async def hour_and_days(ctx: Context, known: dict[str, Any]) -> Values:
    """Return what stands in a form that asks for the hour and the days."""
    nudges = ctx.member.nudges
    return {"hour": hour_words(nudges.hour), "days": tuple(str(day) for day in sorted(nudges.days))}


@command(
    "nudges hour", N_("Hour and days"), topic=Topic.RHYTHM, is_listed=False, prefill=hour_and_days,
)  # fmt: skip
async def hour(
    ctx: Context,
    hour: Annotated[time, Hour(N_("Your hour"), N_("9:00, 14:30, 7 pm"))],
    days: Annotated[tuple[str, ...], Many(N_("On these days"), DAYS)] = (),
) -> View:
    ctx = await set_rhythm(ctx, hour, days)
    return (await _screen(ctx)).with_top(say(at_hour(ctx.member.nudges))).instead()


async def set_rhythm(ctx: Context, hour: time, days: tuple[str, ...]) -> Context:
    """Keep the hour and the days. Raises `BadInput` when no day is left."""
    if not days:
        sentence = _("With no day there would be no nudge at all. Choose one day at least, or switch nudges off.")
        raise BadInput(sentence, "days")
    return await change(ctx, replace(ctx.member.nudges, hour=hour, days=frozenset(map(int, days))))


def at_hour(nudges: Nudges) -> str:
    """Return when nudges come, and what quiet hours make of that."""
    rhythm = rhythm_words(nudges)
    if not quiet_of(nudges).covers(nudges.hour):
        return _("Your nudge comes {rhythm}.").format(rhythm=rhythm)
    sentence = _("{hour} is in your quiet hours, so the nudge comes {days} at {end}, when they end.")
    end, days = hour_words(nudges.quiet_until), days_words(nudges.days)
    return sentence.format(hour=hour_words(nudges.hour), days=days, end=end)


async def _quiet(ctx: Context, known: dict[str, Any]) -> Values:
    nudges = ctx.member.nudges
    return {"start": hour_words(nudges.quiet_from), "end": hour_words(nudges.quiet_until)}


@command("nudges quiet", N_("Quiet hours"), topic=Topic.RHYTHM, is_listed=False, prefill=_quiet)
async def quiet(
    ctx: Context,
    start: Annotated[time, Hour(N_("Quiet from"), N_("20:00"))],
    end: Annotated[time, Hour(N_("Until"), N_("8:00. The same hour twice means no quiet hours."))],
) -> View:
    ctx = await change(ctx, replace(ctx.member.nudges, quiet_from=start, quiet_until=end))
    return (await _screen(ctx)).with_top(say(at_hour(ctx.member.nudges))).instead()


@command("nudges away", N_("Days away"), topic=Topic.RHYTHM, is_listed=False)
async def away(
    ctx: Context,
    first: Annotated[date, Day(N_("First day away"), N_("Tomorrow, Friday, 8 December, ..."))],
    last: Annotated[date, Day(N_("Last day away"))],
) -> View:
    if last < first:
        sentence = _("That is before {first}. Which is your last day away?")
        raise BadInput(sentence.format(first=day_words(first, ctx.today)), "last")
    if last < ctx.today:
        raise BadInput(_("That day has passed. Which is your last day away?"), "last")
    spans_ahead = tuple(span for span in ctx.member.nudges.away if span.last >= ctx.today)
    kept = sorted({*spans_ahead, Away(first, last)}, key=lambda span: (span.first, span.last))
    ctx = await change(ctx, replace(ctx.member.nudges, away=tuple(kept)))
    return (await _screen(ctx)).with_top(say(_("Noted. Nothing comes {span}."), span=_span(ctx, first, last))).instead()


@command("nudges back", N_("Take back days away"), topic=Topic.RHYTHM, is_listed=False)
async def back(ctx: Context, which: Annotated[str, Key()]) -> View:
    kept = tuple(span for span in ctx.member.nudges.away if _name(span) != which)
    ctx = await change(ctx, replace(ctx.member.nudges, away=kept))
    return (await _screen(ctx)).with_top(say(_("Welcome back."))).instead()


@command("nudges pause", N_("Pause until a day"), topic=Topic.RHYTHM, is_listed=False, submit=N_("Pause"))
async def pause(
    ctx: Context, until: Annotated[date, Day(N_("Until which day?"), N_("Nudges come again on that day."))]
) -> View:
    if until <= ctx.today:
        raise BadInput(_("That day is here already. From which later day may I write again?"), "until")
    ctx = await pause_until(ctx, until)
    return (await _screen(ctx)).with_top(say(paused_words(ctx))).instead()


async def pause_until(ctx: Context, day: date) -> Context:
    """Send nothing before *day*."""
    return await change(ctx, replace(ctx.member.nudges, paused_until=day))


def paused_words(ctx: Context) -> str:
    """Return until when nudges are paused, or nothing."""
    until = ctx.member.nudges.paused_until
    if until is None or until <= ctx.today:
        return ""
    return _("Paused until {day}. Nothing is lost meanwhile.").format(day=day_words(until, ctx.today))


@command("nudges resume", N_("End the pause"), topic=Topic.RHYTHM, is_listed=False)
async def resume(ctx: Context) -> View:
    ctx = await change(ctx, replace(ctx.member.nudges, paused_until=None))
    return (await _screen(ctx)).with_top(say(_("Nudges come again."))).instead()


@command("nudges kind", N_("Stop or allow one kind"), topic=Topic.RHYTHM, is_listed=False)
async def kind(ctx: Context, kind: Annotated[Kind, Key()], is_allowed: Annotated[bool, Key()] = False) -> View:
    ctx = await allow(ctx, kind, is_allowed=is_allowed)
    sentence = _("“{kind}” comes again.") if is_allowed else _("“{kind}” does not come any more.")
    return (await _screen(ctx)).with_top(say(sentence, kind=label(kind))).instead()


@command("nudges stop", N_("Stop one kind"), topic=Topic.RHYTHM, is_listed=False)
async def stop(ctx: Context, chosen: Annotated[Kind, Key()]) -> View:
    return await kind.run(ctx, chosen, False)


async def hushed(ctx: Context) -> tuple[Element, ...]:
    """Tell of kinds that stopped by themselves after no answer, until the member says what they want."""
    found: list[Element] = []
    for one in Kind:
        is_stopped = one in ctx.member.nudges.stopped
        if is_stopped and await ctx.store.nudge_log.ignored(ctx.member.id, one) >= STOPS_AFTER:
            sentence = _("I no longer send “{kind}”: it did not seem to help just now. Here it still shows.")
            again = kind.button(_("Send it again"), one, True)
            found += [say(sentence, kind=label(one)), Buttons((again, kind.button(_("Leave it so"), one, False)))]
    return tuple(found)


async def _screen(ctx: Context) -> View:
    rows = tuple((name, (value,)) for name, value in _rows(ctx) if value)
    return View(
        _("Your nudges"),
        (Facts(rows), *await _coming(ctx), _switches(ctx), Buttons(_forms(ctx)), *_kinds(ctx), *_returns(ctx)),
    )


def clock_words(ctx: Context) -> str:
    """Return what time it is for the member, as `9:00 in New York`; empty while nobody knows where they live."""
    if ctx.member.zone is None:
        return ""
    place = ctx.member.zone.rpartition("/")[2].replace("_", " ")
    return _("{hour} in {place}").format(hour=hour_words(ctx.now.astimezone(ctx.zone).time()), place=place)


def _rows(ctx: Context) -> tuple[tuple[str, str], ...]:
    mine = ctx.member.nudges
    start, end = hour_words(mine.quiet_from), hour_words(mine.quiet_until)
    is_quiet = mine.quiet_from != mine.quiet_until
    return (
        (_("Nudges"), rhythm_words(mine) if mine.is_on else _("off")),
        (_("Your clock"), clock_words(ctx) or _("not known yet")),
        (_("Quiet hours"), _("{start} to {end}").format(start=start, end=end) if is_quiet else _("none")),
        (_("Away"), ", ".join(_span(ctx, one.first, one.last) for one in mine.away if one.last >= ctx.today)),
        (_("Group breaks"), ", ".join(_span(ctx, b.first, b.last) for b in ctx.group.breaks if b.last >= ctx.today)),
        (_("For now"), paused_words(ctx)),
        (_("Stopped"), ", ".join(label(one) for one in Kind if one in mine.stopped)),
    )


@record
class Coming:
    """The next nudge: when, and what it would be about as things stand."""

    moment: datetime
    items: tuple[Item, ...]


async def coming(ctx: Context, situation: Situation) -> Coming | None:
    """Return the next nudge; `None` when none is planned."""
    last_sent = await ctx.store.nudge_log.last_sent(ctx.member.id)
    moment = next_nudge(ctx.member, ctx.now, ctx.group.breaks, last_sent)
    if moment is None:
        return None
    after = next_nudge(ctx.member, moment, ctx.group.breaks, moment)
    items = nudged(replace(situation, now=moment), ctx.library, after)
    return Coming(moment, items[:MOST_AT_ONCE])


async def _coming(ctx: Context) -> tuple[Element, ...]:
    """Say when the next nudge is due, and what it would be about as things stand."""
    found = await coming(ctx, await situation_of(ctx))
    if found is None:
        return ()
    head = (Heading(_("What is coming")), say(_("Next: {when}."), when=When(found.moment)))
    if not found.items:
        return (*head, small(_("As things stand nothing is due then, so I would stay quiet.")))
    lines = (spans(_("{title}. {why}"), title=item.title, why=why(item.kind)) for item in found.items)
    return (*head, Bullets(tuple(lines)))


def _switches(ctx: Context) -> Buttons:
    if not ctx.member.nudges.is_on:
        return Buttons((switch.primary(_("Switch nudges on"), True),))
    is_paused = bool(paused_words(ctx))
    rest = resume.button(_("End the pause")) if is_paused else pause.opens(_("Pause"))
    return Buttons((rest, switch.button(_("Switch off"), False)))


def _forms(ctx: Context) -> tuple[Button, ...]:
    city = offer(ctx, "start city", _("My city"), is_form=True)
    return (hour.opens(_("Hour and days")), quiet.opens(_("Quiet hours")), away.opens(_("Days away")), *city)


def _kinds(ctx: Context) -> tuple[Element, ...]:
    stopped = ctx.member.nudges.stopped
    running = tuple(Option(one.value, label(one), why(one)) for one in Kind if one not in stopped)
    menu: tuple[Select, ...] = (stop.select(_("Stop one kind"), running),) if running else ()
    again = tuple(kind.button(_("Allow “{kind}”").format(kind=label(one)), one, True) for one in Kind if one in stopped)
    return (*menu, *((Buttons(again),) if again else ()))


def _returns(ctx: Context) -> tuple[Buttons, ...]:
    ahead = [one for one in ctx.member.nudges.away if one.last >= ctx.today]
    some = tuple(
        back.button(_("Not away {span}").format(span=_span(ctx, one.first, one.last)), _name(one)) for one in ahead
    )
    return (Buttons(some),) if some else ()


def _name(away: Away) -> str:
    return f"{away.first}/{away.last}"


def _span(ctx: Context, first: date, last: date) -> str:
    if first == last:
        return _("on {day}").format(day=day_words(first, ctx.today))
    return _("from {first} to {last}").format(first=day_words(first, ctx.today), last=day_words(last, ctx.today))
