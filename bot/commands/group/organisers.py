"""Who looks after the group besides the admins of its workspace: organisers name others here, and take it back."""

from collections.abc import Sequence
from typing import Annotated

from bot.commands.group.namesakes import Person, found, meant, persons, since_words
from bot.commands.rhythm.agenda import offer
from bot.desk.command import Role, Topic, command
from bot.desk.context import Context
from bot.desk.letters import letter
from bot.model.outbox import Draft, Later, Unreachable
from bot.model.people import Member, MemberId
from bot.nudging.rhythm import awake_at, until_awake
from bot.talk.errors import BadInput, Refused
from bot.talk.form import Key, Lookup
from bot.talk.view import Bold, Button, Buttons, Card, Element, Option, Text, View, When, say, small, spans
from bot.talk.words import N_, _

NAMED = "named-organiser"
"""The kind of letter that tells somebody so. It is about the id of whoever named them."""

MOST = 20
"""Organisers who are named. With more, nobody knows any longer who looks after the group."""

MOST_SHOWN = 25
"""People in one menu: https://docs.discord.com/developers/components/reference (string select)."""


@command("group organisers", N_("Organisers"), topic=Topic.GROUP, role=Role.ORGANISER, is_listed=False, reads=True)
async def organisers(ctx: Context) -> View:
    return await _screen(ctx)


async def _suggested(ctx: Context, typed: str) -> tuple[Option, ...]:
    """Return who could be named. Nobody but organisers learns from it who is in the group."""
    if not ctx.is_organiser:
        return ()
    others = (one for one in found(await _present(ctx), typed) if not _is_one(ctx, one.member))
    labels = dict.fromkeys(one.label for one in others)
    return tuple(Option(label, label) for label in labels)[:MOST_SHOWN]


@command(
    "group organisers name", N_("Name an organiser"), topic=Topic.GROUP, role=Role.ORGANISER, is_listed=False,
    submit=N_("Name them"),
    intro=N_("They can do here what you can do, naming others included, and hear from me that you named them."),
)  # fmt: skip
async def name_one(
    ctx: Context,
    who: Annotated[str, Lookup(N_("Who is it?"), _suggested, N_("Begin to type their name"), limit=150)],
) -> View:
    present = await _present(ctx)
    named_in_full = meant(present, who)
    if len(named_in_full) == 1:
        return await _name(ctx, named_in_full[0].member)
    some = named_in_full or found(present, who)
    if not some:
        sentence = _(
            "I do not know “{name}” in this group yet. Ask them to type /career home once, then name them here."
        )
        raise BadInput(sentence.format(name=who), "who")
    return _whom(ctx, some)


@command("group organisers choose", N_("Name them"), topic=Topic.GROUP, role=Role.ORGANISER, is_listed=False)
async def choose(ctx: Context, member: Annotated[MemberId, Key()]) -> View:
    one = await _member(ctx, member)
    if not _is_present(one):
        raise _has_left()
    return await _name(ctx, one)


@command("group organisers back", N_("Take it back"), topic=Topic.GROUP, role=Role.ORGANISER, is_listed=False)
async def take_back(ctx: Context, member: Annotated[MemberId, Key()]) -> View:
    one = await _member(ctx, member)
    await ctx.store.members.set_organiser(one.id, is_organiser=False)
    await _untell(ctx, one)
    if one.id == ctx.member.id:
        return _given_back(ctx)
    return await _screen(ctx, say(_("{name} is no longer named as an organiser."), name=Bold(one.name)))


@letter(NAMED)
async def named(ctx: Context, about: str) -> View | Later | None:
    """Return the message to somebody who was named; nothing if that was taken back by now."""
    if not ctx.member.is_organiser:
        return None
    if later := until_awake(ctx.member, ctx.now):
        return later
    by = MemberId(int(about))
    name = (await ctx.store.members.names([by])).get(by, _("Another organiser"))
    said = say(_("{name} named you an organiser of {group}."), name=Bold(name), group=Bold(ctx.group.name))
    means = say(
        _("You can now set what holds for everybody: the career office, breaks without nudges, what drafts say, and "
          "who else is an organiser. It is all behind “Your group” in {command}."),
        command=Bold("/career home"),
    )  # fmt: skip
    quiet = small(_("Nothing has to be done today. If it does not suit you, give it back; nobody gets a message then."))
    doors = (*offer(ctx, "group", _("See your group"), is_primary=True), _give_back_button(ctx))
    return View(_("You are an organiser now"), (said, means, quiet, Buttons(doors)))


def _give_back_button(ctx: Context) -> Button:
    return take_back.button(_("Give it back"), ctx.member.id)


async def _name(ctx: Context, one: Member) -> View:
    """Make *one* an organiser and tell them, unless they are one already."""
    if _is_one(ctx, one):
        return await _screen(ctx, _already(one))
    if len(await _all_named(ctx)) >= MOST:
        sentence = _("Twenty people are named already. Take it back from somebody first.")
        raise Refused(sentence, organisers.button(_("See the organisers")))
    if not await ctx.store.members.set_organiser(one.id, is_organiser=True):
        return await _screen(ctx, _already(one))
    await _tell(ctx, one)
    return await _screen(ctx, say(_("{name} is an organiser now, and hears it from me."), name=Bold(one.name)))


def _is_one(ctx: Context, one: Member) -> bool:
    """Tell whether *one* is known to be an organiser: named, or asking this very moment."""
    return one.is_organiser or one.id == ctx.member.id


def _already(one: Member) -> Text:
    return say(_("{name} is an organiser already."), name=Bold(one.name))


async def _tell(ctx: Context, one: Member) -> None:
    """Write to whoever was named; it waits for the end of their quiet hours."""
    key = f"{NAMED}:{one.id}:{ctx.chance.lots.randrange(16**8):08x}"
    await ctx.store.outbox.put(Draft(key, NAMED, str(ctx.member.id), one.id, awake_at(one, ctx.now)))


async def _untell(ctx: Context, one: Member) -> None:
    """Take back the message that *one* was named, if it still waits: named anew, they would get two."""
    for draft in await ctx.store.outbox.live(one.id):
        if draft.kind == NAMED:
            await ctx.store.outbox.cancel(draft.key)


async def _screen(ctx: Context, *news: Element) -> View:
    some = await _all_named(ctx)
    admins = say(_("Admins are organisers anyway, whoever is named here."))
    nobody = () if some else (say(_("Nobody else is named so far.")),)
    full = (small(_("These are twenty, the most there can be.")),) if len(some) >= MOST else ()
    body = (*news, admins, *nobody, *map(_card, some), *full, Buttons(_ways(ctx, some)))
    return View(_("Organisers"), body).instead()


def _card(one: Member) -> Card:
    since = spans(_("Here since {when}"), when=When(one.joined_at))
    return Card(one.name, (since,), (take_back.danger(_("Take it back"), one.id),))


def _ways(ctx: Context, some: Sequence[Member]) -> tuple[Button, ...]:
    another = (name_one.opens(_("Name an organiser")),) if len(some) < MOST else ()
    return (*another, *offer(ctx, "group", _("Back to your group")))


def _given_back(ctx: Context) -> View:
    """Return the answer to somebody who gave it back: the group's own screens may be closed to them now."""
    said = say(_("You are no longer named as an organiser. Thank you for having looked after the group."))
    admin = small(_("If you are an admin, you stay an organiser all the same."))
    return View(_("Given back"), (said, admin, Buttons(offer(ctx, "home", _("Where things stand"))))).instead()


def _whom(ctx: Context, some: Sequence[Person]) -> View:
    """Ask which of *some* is meant: of those with the same name, the moment when each came tells."""
    asked = say(_("Whom do you mean? Whoever you choose is named at once."))
    options = tuple(Option(str(one.id), one.name, since_words(one, ctx.zone, ctx.today)) for one in _first(some))
    more = (small(_("There are more. Write more of the name to see them.")),) if len(some) > MOST_SHOWN else ()
    other = Buttons((name_one.opens(_("Another name")), organisers.button(_("Name nobody"))))
    return View(_("Name an organiser"), (asked, choose.select(_("Choose who it is"), options), *more, other)).instead()


def _first(some: Sequence[Person]) -> tuple[Member, ...]:
    return tuple(one.member for one in some[:MOST_SHOWN])


async def _member(ctx: Context, member: MemberId) -> Member:
    known = await ctx.store.members.get(member)
    if known is None:
        raise _has_left()
    return known


def _has_left() -> Refused:
    return Refused(_("This person has left the group."), organisers.button(_("See the organisers")))


async def _all_named(ctx: Context) -> tuple[Member, ...]:
    return tuple(one for one in await ctx.store.members.all() if one.is_organiser)


async def _present(ctx: Context) -> tuple[Person, ...]:
    """Return who is in the group and has not left its workspace."""
    return persons(filter(_is_present, await ctx.store.members.all()), ctx.zone, ctx.today)


def _is_present(one: Member) -> bool:
    return one.nudges.unreachable != Unreachable.GONE
