"""What organisers set for the whole group, as they and the others see it."""

from datetime import datetime, timedelta

import bot.commands
from bot.commands.group.settings import KINDS
from bot.desk.registry import registry_of
from bot.model.outbox import Never, Unreachable
from tests.world import World, buttons, errors, said, view


async def _organise(world: World, label: str, **typed: str) -> str:
    """Open the form *label* of `/career group` as an organiser, send it, and return what comes back."""
    screen = await world.say("group", by=world.actor("dana", is_admin=True))
    form = await world.press(screen, label, by=world.actor("dana", is_admin=True))
    return said(await world.submit(form, world.actor("dana", is_admin=True), **typed))


async def test_only_organisers_set_up_the_group(world: World) -> None:
    answer = await world.say("group", by="ben")

    assert "Ask one of them" in said(answer)
    assert "Career office" not in said(answer)


async def test_an_organiser_gives_the_group_its_name(world: World) -> None:
    await _organise(world, "Name", name="Second Year Circle")

    screen = view(await world.say("group", by=world.actor("dana", is_admin=True)))

    assert screen.title == "Second Year Circle"


async def test_everybody_sees_the_career_office_that_an_organiser_wrote_down(world: World) -> None:
    await _organise(world, "Career office", words="Room 12, Tuesday to Thursday")

    assert "Room 12, Tuesday to Thursday" in said(await world.say("office", by="ben"))


async def test_without_a_career_office_a_member_hears_whom_to_ask(world: World) -> None:
    assert "Ask an organiser" in said(await world.say("office", by="ben"))


async def test_without_a_career_office_an_organiser_can_write_it_down(world: World) -> None:
    answer = await world.say("office", by=world.actor("dana", is_admin=True))

    assert [one.label for one in buttons(answer)] == ["Write it down"]


async def test_a_group_may_leave_not_applying_out_of_its_drafts(world: World) -> None:
    dana = world.actor("dana", is_admin=True)
    screen = await world.say("group", by=dana)

    await world.press(screen, "Leave", by=world.actor("dana", is_admin=True))

    assert "nothing about applying" in said(await world.say("group", by=world.actor("dana", is_admin=True)))


async def test_a_break_that_ends_before_it_begins_is_asked_again(world: World) -> None:
    dana = world.actor("dana", is_admin=True)
    form = await world.press(await world.say("group", by=dana), "Add a break", by=world.actor("dana", is_admin=True))

    answer = await world.submit(form, world.actor("dana", is_admin=True), first="2026-12-21", last="2026-12-20")

    assert "before Monday 21 December" in errors(answer)["last"]


async def test_a_break_moves_the_nudges_of_everybody_and_back_again(world: World) -> None:
    await world.bot.handle("nudges switch", {"is_on": "yes"}, world.actor("ben"))
    before = await _next_nudge(world)

    with_break = await _organise(world, "Add a break", first="2026-11-23", last="2026-11-27")
    assert "Monday 23 November to Friday 27 November" in with_break
    during = await _next_nudge(world)
    screen = await world.say("group", by=world.actor("dana", is_admin=True))
    await world.press(screen, "No break", by=world.actor("dana", is_admin=True))

    assert during == before + timedelta(days=7)
    assert await _next_nudge(world) == before


async def test_an_organiser_sees_that_a_message_was_given_up_but_not_to_whom(world: World) -> None:
    await world.bot.handle("nudges switch", {"is_on": "yes"}, world.actor("ben"))
    world.mailbox.answer = lambda to, key: Never("direct messages are closed", Unreachable.CLOSED)
    world.clock.forward(days=1, hours=2)
    await world.deliver()

    words = said(await world.say("group", by=world.actor("dana", is_admin=True)))

    assert "a daily nudge (direct messages are closed)" in words
    assert "Ben" not in words


async def test_small_numbers_are_a_few(world: World) -> None:
    assert "Members: a few" in said(await world.say("group", by=world.actor("dana", is_admin=True)))


async def _next_nudge(world: World) -> datetime:
    ben = await world.member("ben")
    async with world.store.unit(ben.group, writes=False) as unit:
        (letter,) = await unit.outbox.live(ben.id)
    return letter.due_at


def test_every_kind_of_message_that_may_be_lost_has_a_name() -> None:
    assert KINDS.keys() == registry_of(bot.commands).letters.keys()
