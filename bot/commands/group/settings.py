"""What organisers set for the whole group, and the group's career office for everybody."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from bot.commands.board.introduce import INTRODUCE, TAKEN
from bot.commands.contacts.cards import CARD
from bot.commands.contacts.posting import NOT_POSTED
from bot.commands.group.organisers import NAMED, organisers
from bot.commands.rhythm.heard import HEARD
from bot.commands.rhythm.schedule import NUDGE, schedule
from bot.desk.command import Role, Topic, command
from bot.desk.context import Context
from bot.model.outbox import Letter
from bot.model.people import Away
from bot.talk.errors import BadInput, Refused
from bot.talk.form import Day, Key, Line, Paragraph, Values
from bot.talk.view import (
    Bullets,
    Button,
    Buttons,
    Element,
    Facts,
    Heading,
    Moment,
    Spans,
    View,
    When,
    say,
    small,
    spans,
)
from bot.talk.words import N_, _, day_words

FEW = 3
"""Below this, a count would tell who is meant."""

MOST_BREAKS = 10

KINDS = {
    CARD: N_("a card in a channel"),
    INTRODUCE: N_("a request to introduce somebody"),
    NUDGE: N_("a daily nudge"),
    TAKEN: N_("word to a sharer that somebody asks"),
    NAMED: N_("word to somebody who was named an organiser"),
    NOT_POSTED: N_("word to a sharer that a card is not in a channel"),
    HEARD: N_("an answer to a direct message"),
}


@command("office", N_("See your career office: place, hours, link"), topic=Topic.GROUP, reads=True)
async def office(ctx: Context) -> View:
    """Where people sit who practise a talk with you, read what you wrote, and know who hires."""
    if ctx.group.office:
        what = small(_("They practise talks with students and read what you wrote before you send it."))
        return View(_("Your career office"), (say("{office}", office=ctx.group.office), what))
    nothing = say(_("Nobody has written down your career office yet."))
    if ctx.is_organiser:
        return View(_("Your career office"), (nothing, Buttons((describe.opens(_("Write it down")),))))
    hint = say(_("Ask an organiser of this group: they can add place, hours and link."))
    return View(_("Your career office"), (nothing, hint))


@command("group", N_("Set up your group"), topic=Topic.GROUP, role=Role.ORGANISER, reads=True)
async def group(ctx: Context) -> View:
    """The group's name, its career office, what drafts say, breaks without nudges, who else is an organiser, and
    messages that could not be delivered."""
    return await _screen(ctx)


async def _name(ctx: Context, known: dict[str, Any]) -> Values:
    return {"name": ctx.group.name}


@command(
    "group name", N_("Name of the group"), topic=Topic.GROUP, role=Role.ORGANISER, is_listed=False, prefill=_name
)  # fmt: skip
async def rename(ctx: Context, name: Annotated[str, Line(N_("What is the group called?"))]) -> View:
    await ctx.store.groups.change(name=name)
    return await _saved(ctx)


async def _office(ctx: Context, known: dict[str, Any]) -> Values:
    return {"words": ctx.group.office}


@command(
    "group office", N_("Career office"), topic=Topic.GROUP, role=Role.ORGANISER, is_listed=False, prefill=_office,
    intro=N_("Every member can see it. Leave it empty to take it away."),
)  # fmt: skip
async def describe(
    ctx: Context,
    words: Annotated[
        str, Paragraph(N_("Place, hours and link"), N_("Room 12, Tuesday to Thursday 10:00 to 16:00"), 500)
    ] = "",
) -> View:
    await ctx.store.groups.change(office=words)
    return await _saved(ctx)


@command("group drafts", N_("What drafts say"), topic=Topic.GROUP, role=Role.ORGANISER, is_listed=False)
async def drafts(ctx: Context, says_not_applying: Annotated[bool, Key()] = False) -> View:
    await ctx.store.groups.change(says_not_applying=says_not_applying)
    return await _saved(ctx)


@command(
    "group break", N_("A break without nudges"), topic=Topic.GROUP, role=Role.ORGANISER, is_listed=False,
    intro=N_("Nobody in the group gets a nudge on these days, by their own calendar."),
)  # fmt: skip
async def pause(
    ctx: Context,
    first: Annotated[date, Day(N_("First day"), N_("21 December, next Monday, 2026-12-21"))],
    last: Annotated[date, Day(N_("Last day"))],
) -> View:
    if last < first:
        sentence = _("That is before {first}. Which is the last day of the break?")
        raise BadInput(sentence.format(first=day_words(first, ctx.today)), "last")
    if last < ctx.today:
        raise BadInput(_("That day has passed. Which is the last day of the break?"), "last")
    ahead = {*await _breaks_ahead(ctx), Away(first, last)}
    if len(ahead) > MOST_BREAKS:
        raise Refused(_("Ten breaks are noted already. Take one back first."), group.button(_("See the breaks")))
    return await _set_breaks(ctx, ahead)


@command("group work", N_("Take a break back"), topic=Topic.GROUP, role=Role.ORGANISER, is_listed=False)
async def resume(ctx: Context, which: Annotated[str, Key()]) -> View:
    return await _set_breaks(ctx, {one for one in await _breaks_ahead(ctx) if _key(one) != which})


async def _breaks_ahead(ctx: Context) -> tuple[Away, ...]:
    fresh = await ctx.store.groups.get()
    return tuple(one for one in fresh.breaks if one.last >= ctx.today)


async def _set_breaks(ctx: Context, breaks: set[Away]) -> View:
    """Keep *breaks*, and move the next nudge of everybody who gets one."""
    await ctx.store.groups.change(breaks=sorted(breaks, key=lambda one: (one.first, one.last)))
    fresh = replace(ctx, group=await ctx.store.groups.get())
    for member in await ctx.store.members.all():
        if member.nudges.is_on:
            await schedule(replace(fresh, member=member))
    return await _saved(ctx)


async def _saved(ctx: Context) -> View:
    fresh = replace(ctx, group=await ctx.store.groups.get())
    return (await _screen(fresh)).with_top(say(_("Saved."))).instead()


async def _screen(ctx: Context) -> View:
    breaks = tuple(one for one in ctx.group.breaks if one.last >= ctx.today)
    forms = (
        rename.opens(_("Name")),
        describe.opens(_("Career office")),
        _switch(ctx),
        organisers.button(_("Organisers")),
        pause.opens(_("Add a break")),
        *(resume.button(_("No break {days}").format(days=_days(ctx, one)), _key(one)) for one in breaks),
    )
    return View(ctx.group.name, (Facts(await _rows(ctx, breaks)), Buttons(forms), *await _undelivered(ctx)))


async def _rows(ctx: Context, breaks: tuple[Away, ...]) -> tuple[tuple[str, Spans], ...]:
    says = _("“I am not applying for a job now”")
    members, cards = len(await ctx.store.members.all()), await ctx.store.contacts.count(ctx.now)
    return (
        (_("Members"), (_about(members),)),
        (_("Cards on the board"), (_about(cards),)),
        (_("Career office"), (ctx.group.office or _("not written down yet"),)),
        (_("Drafts say"), (says if ctx.group.says_not_applying else _("nothing about applying"),)),
        (_("Breaks"), ("; ".join(_days(ctx, one) for one in breaks) or _("none ahead"),)),
    )


def _about(count: int) -> str:
    if count == 0:
        return _("none yet")
    return _("a few") if count < FEW else f"{count:,}"


def _switch(ctx: Context) -> Button:
    if ctx.group.says_not_applying:
        return drafts.button(_("Leave “not applying” out of drafts"), False)
    return drafts.button(_("Say “not applying” in drafts"), True)


async def _undelivered(ctx: Context) -> tuple[Element, ...]:
    dead = await ctx.store.outbox.dead()
    if not dead:
        return ()
    note = small(_("Nobody else was told. What they were about is kept in each member's own list."))
    return (Heading(_("Messages that could not be delivered")), Bullets(tuple(map(_lost, dead))), note)


def _lost(letter: Letter) -> Spans:
    words = _("{when}: {kind} ({why})")
    kind = _(KINDS[letter.kind]) if letter.kind in KINDS else letter.kind
    return spans(words, when=When(letter.ended_at or letter.due_at, Moment.DAY), kind=kind, why=letter.why)


def _key(one: Away) -> str:
    return f"{one.first}/{one.last}"


def _days(ctx: Context, one: Away) -> str:
    first, last = day_words(one.first, ctx.today), day_words(one.last, ctx.today)
    return _("{first} to {last}").format(first=first, last=last) if one.first != one.last else first
