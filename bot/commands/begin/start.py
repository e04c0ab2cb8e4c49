"""The first hello, and the few things worth knowing: what for, where, at which hour, and whether to write at all."""

from dataclasses import replace
from datetime import time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from bot.commands.rhythm.agenda import offer
from bot.commands.rhythm.nudges import DAYS, at_hour, clock_words, hour_and_days, need_zone, set_rhythm
from bot.commands.rhythm.schedule import change, rhythm_words, schedule
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.cities import City, find, zone_named
from bot.model.people import Purpose
from bot.nudging.rhythm import next_nudge
from bot.talk.errors import BadInput, Refused
from bot.talk.form import Choice, Hour, Key, Line, Lookup, Many, Values
from bot.talk.view import Bold, Button, Buttons, Element, Facts, Option, Text, View, When, say, small
from bot.talk.words import N_, _, hour_words

PURPOSES = (
    Option(Purpose.MAJOR, N_("Choosing what to study")),
    Option(Purpose.CAREER, N_("Deciding on a career")),
    Option(Purpose.CHANGE, N_("Changing careers")),
    Option(Purpose.JOB_HUNT, N_("Beginning to look for a job")),
)

MOST_CITIES = 10


@command("start", N_("Say hello and set your hour"), topic=Topic.BEGIN, reads=True)
async def start(ctx: Context) -> View:
    """A short hello and four small settings: what you are here for, your city, your hour, and whether I may write to
    you. Leave any of them out, stop when you like; calling it again goes on where you were."""
    if ctx.member.has_started:
        return _settings(ctx)
    if ctx.member.purpose is not None or ctx.member.field:
        return (await _where(ctx)).with_top(say(_("Good to see you again. This is set so far:")), _so_far(ctx))
    return _hello(ctx)


def _hello(ctx: Context) -> View:
    lines = (
        _("I help you prepare, arrange and follow up information interviews, together with your group."),
        _("I never read channels, never post without asking you first, and never write to your contacts."),
        _("Such an interview is 20 to 30 minutes that you arrange with one person who does the work: a look from the "
          "inside, before you choose a major, a career, a change or a job."),
    )  # fmt: skip
    buttons = Buttons((purpose.opens(_("Let us begin")), *offer(ctx, "help", _("Look around first"))))
    asked = say(_("Shall we set your morning hour? It takes a minute, and you can leave out what you like."))
    return View(_("Hello, {name}").format(name=ctx.member.name), (*(Text((line,)) for line in lines), asked, buttons))


def _settings(ctx: Context) -> View:
    buttons = (
        purpose.opens(_("What for, which field")),
        set_city.opens(_("My city")),
        *offer(ctx, "nudges", _("Nudges")),
        *offer(ctx, "home", _("Where things stand")),
    )
    return View(_("You are set, {name}").format(name=ctx.member.name), (_so_far(ctx), Buttons(buttons)))


def _so_far(ctx: Context) -> Facts:
    member = ctx.member
    label = next((_(option.label) for option in PURPOSES if option.value == member.purpose), "")
    rhythm = rhythm_words(member.nudges) if member.nudges.is_on else _("off")
    rows = (
        (_("What for"), label), (_("Field"), member.field), (_("Your clock"), clock_words(ctx)), (_("Nudges"), rhythm)
    )  # fmt: skip
    return Facts(tuple((name, (value or _("open"),)) for name, value in rows))


def _time_in(ctx: Context, zone: str) -> str:
    return hour_words(ctx.now.astimezone(ZoneInfo(zone)).time())


async def _known(ctx: Context, known: dict[str, Any]) -> Values:
    return {"purpose": ctx.member.purpose or "", "field": ctx.member.field}


@command(
    "start purpose", N_("What brings you here"), topic=Topic.BEGIN, is_listed=False, prefill=_known,
    submit=N_("Go on"), intro=N_("It picks the questions that you see first. Leave out what you do not know yet."),
)  # fmt: skip
async def purpose(
    ctx: Context,
    purpose: Annotated[Purpose | None, Choice(N_("What for?"), PURPOSES)] = None,
    field: Annotated[str, Line(N_("Which field makes you curious?"), N_("Nursing, music, public health, ..."))] = "",
) -> View:
    await ctx.store.members.introduce(ctx.member.id, purpose=purpose, field=field)
    known = replace(ctx.member, purpose=purpose or ctx.member.purpose, field=field)
    ctx = replace(ctx, member=known)
    if known.has_started:
        return _settings(ctx).with_top(say(_("Saved."))).instead()
    return (await _where(ctx)).instead()


async def _where(ctx: Context) -> View:
    """Return the second small step: the member's clock."""
    skip = at.button(_("Leave it out"))
    if ctx.member.zone is not None:
        return _is_it(ctx, ctx.member.zone, skip)
    asked = say(_("Where are you? Your city is enough; it tells me when it is morning for you."))
    return View(_("Your clock"), (asked, Buttons((set_city.opens(_("Set my city")), skip))))


def _is_it(ctx: Context, name: str, *more: Button) -> View:
    """Return the question whether the clocks of the zone *name* are the member's."""
    asked = say(_("It is {hour} for you, right?"), hour=Bold(_time_in(ctx, name)))
    buttons = Buttons((zone.primary(_("Yes"), name), set_city.opens(_("No, another city")), *more))
    return View(_("Your clock"), (asked, buttons))


async def _suggested(ctx: Context, typed: str) -> tuple[Option, ...]:
    return tuple(Option(found.label, found.label, _time_in(ctx, found.zone)) for found in find(typed))


@command("start city", N_("Your city"), topic=Topic.BEGIN, is_listed=False, submit=N_("Go on"))
async def set_city(
    ctx: Context,
    city: Annotated[str, Lookup(N_("Your city, or the nearest large one"), _suggested, N_("Manila, London, ..."))],
) -> View:
    meant = _meant(city)
    if not meant:
        sentence = _("I do not find “{city}” yet. Try a larger city nearby, or a time zone such as Asia/Manila.")
        raise BadInput(sentence.format(city=city), "city")
    if len({one.zone for one in meant}) == 1:
        return _is_it(ctx, meant[0].zone)
    options = tuple(Option(one.label, one.label, _time_in(ctx, one.zone)) for one in meant[:MOST_CITIES])
    other = Buttons((set_city.opens(_("Another city")),))
    return View(_("Which one do you mean?"), (place.select(_("Choose your city"), options), other))


def _meant(typed: str) -> list[City]:
    """Return the places that *typed* names in full, or else all that it may mean."""
    found = find(typed)
    name = typed.casefold()
    exact = [one for one in found if one.label.casefold() == name][:1]
    return exact or [one for one in found if one.name.casefold() == name] or found


@command("start place", N_("Choose your city"), topic=Topic.BEGIN, is_listed=False, reads=True)
async def place(ctx: Context, label: Annotated[str, Key()]) -> View:
    meant = _meant(label)
    if not meant:
        raise Refused(_("I do not find this place any more. Try once more."), set_city.opens(_("Set my city")))
    return _is_it(ctx, meant[0].zone).instead()


@command("start zone", N_("Set your clock"), topic=Topic.BEGIN, is_listed=False)
async def zone(ctx: Context, name: Annotated[str, Key()]) -> View:
    known = zone_named(name)
    if known is None:
        raise Refused(_("I do not know this time zone. Your city is enough."), set_city.opens(_("Set my city")))
    await ctx.store.members.introduce(ctx.member.id, zone=known.key)
    ctx = replace(ctx, member=replace(ctx.member, zone=known.key))
    await schedule(ctx)
    if ctx.member.has_started:
        return _settings(ctx).with_top(say(_("Saved."))).instead()
    return _hour(ctx)


@command("start at", N_("Choose your hour"), topic=Topic.BEGIN, is_listed=False, reads=True)
async def at(ctx: Context) -> View:
    return _hour(ctx)


def _hour(ctx: Context) -> View:
    """Return the third small step: the hour."""
    asked = say(
        _("When may I write to you? {rhythm} suits most people."),
        rhythm=Bold(_capital(rhythm_words(ctx.member.nudges))),
    )
    buttons = (ask.primary(_("That is fine")), hour.opens(_("Another hour or other days")))
    return View(_("Your hour"), (asked, Buttons(buttons))).instead()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@command(
    "start hour", N_("Your hour and days"), topic=Topic.BEGIN, is_listed=False, prefill=hour_and_days,
    submit=N_("Go on"),
)  # fmt: skip
async def hour(
    ctx: Context,
    hour: Annotated[time, Hour(N_("Your hour"), N_("9:00, 14:30, 7 pm"))] = time(9),
    days: Annotated[tuple[str, ...], Many(N_("On these days"), DAYS)] = (),
) -> View:
    ctx = await set_rhythm(ctx, hour, days)
    return _ask(ctx).with_top(say(at_hour(ctx.member.nudges)))


@command("start ask", N_("May I write to you"), topic=Topic.BEGIN, is_listed=False, reads=True)
async def ask(ctx: Context) -> View:
    return _ask(ctx)


def _ask(ctx: Context) -> View:
    """Return the last small step: without a yes nothing is ever sent."""
    yes = finish.primary(_("Yes, nudge me"), True)
    asked = say(
        _("May I send you a nudge {rhythm}? At most one private message a day, and only when something is due."),
        rhythm=rhythm_words(ctx.member.nudges),
    )
    quiet = small(_("Without a yes nothing comes. You can change your mind at any time."))
    if ctx.member.zone is None:
        yes = set_city.opens(_("Yes, and set my city"))
        quiet = small(_("For that I need your city, to know when it is morning. Without a yes nothing comes."))
    buttons = Buttons((yes, finish.button(_("No, not now"), False)))
    return View(_("Nudges"), (asked, quiet, buttons)).instead()


@command("start finish", N_("Finish"), topic=Topic.BEGIN, is_listed=False)
async def finish(ctx: Context, is_on: Annotated[bool, Key()] = False) -> View:
    if is_on:
        need_zone(ctx)
    await ctx.store.members.introduce(ctx.member.id, has_started=True)
    ctx = replace(ctx, member=replace(ctx.member, has_started=True))
    ctx = await change(ctx, replace(ctx.member.nudges, is_on=is_on))
    plan = offer(ctx, "plan new", _("Plan a talk"), is_form=True, is_primary=True)
    buttons = (*plan, *offer(ctx, "board", _("Find somebody")), *offer(ctx, "help", _("See everything I can do")))
    next_step = say(_("Next: do you have somebody in mind already? Then plan a talk. If not, look at the board."))
    return View(
        _("You are set, {name}").format(name=ctx.member.name), (_promise(ctx), next_step, Buttons(buttons))
    ).instead()


def _promise(ctx: Context) -> Element:
    moment = next_nudge(ctx.member, ctx.now, ctx.group.breaks)
    if moment is None:
        return say(_("No nudges, as you wish. /career today tells you what is next whenever you ask."))
    return say(_("Your first nudge can come {when}, if something is due by then."), when=When(moment))
