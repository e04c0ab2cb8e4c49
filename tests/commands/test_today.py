"""What is next today: done, put off, left out, and taken back."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.talk.check import bugs
from bot.talk.fit import fit
from bot.talk.limits import PLATFORMS
from bot.talk.view import Press
from tests.world import MONDAY, World, buttons, errors, said, view

FIRST, SECOND = "Write down what matters to you", "Write down what you do well"


async def _plan(world: World, who: str = "Maria Santos", by: str = "ben") -> None:
    values = {"who": who, "field": "nursing", "goal": "nights", "organisation": "", "minutes": "25"}
    view(await world.bot.handle("plan new", values, world.actor(by)))


async def test_today_shows_the_next_step_of_a_talk(world: World) -> None:
    await _plan(world)

    seen = await world.say("today")

    assert said(seen).startswith(f"Today, Monday 23 November\n{FIRST}\nFor your talk with Maria Santos · 5 minutes")
    assert [one.label for one in buttons(seen)][:4] == ["Done", "Tomorrow", "Choose a day", "Skip"]


@pytest.mark.parametrize(("label", "told"), [("Done", "Done: "), ("Skip", "Left out: "), ("Tomorrow", "Not today: ")])
async def test_what_is_settled_gives_way_to_the_next(world: World, label: str, told: str) -> None:
    await _plan(world)

    answer = view(await world.press(await world.say("today"), label))

    assert answer.is_instead
    assert said(answer).startswith(f"Today, Monday 23 November\n{told}{FIRST}\n[Undo]\n{SECOND}")
    assert FIRST not in said(await world.say("today"))


@pytest.mark.parametrize("label", ["Done", "Skip", "Tomorrow"])
async def test_everything_can_be_undone(world: World, label: str) -> None:
    await _plan(world)
    settled = await world.press(await world.say("today"), label)

    undone = await world.press(settled, "Undo")

    assert f"Back on the list: {FIRST}" in said(undone)
    assert FIRST in said(await world.say("today"))


async def test_done_stays_done_and_tomorrow_comes_back(world: World) -> None:
    await _plan(world)
    after = await world.press(await world.say("today"), "Done")
    await world.press(after, "Tomorrow")

    world.clock.to(datetime(2026, 11, 23, 16, 0, tzinfo=UTC))  # midnight in Manila
    words = said(await world.say("today"))

    assert FIRST not in words
    assert SECOND in words


async def test_a_step_can_wait_until_a_day(world: World) -> None:
    await _plan(world)
    form = await world.press(await world.say("today"), "Choose a day")

    answer = await world.submit(form, day="Friday")
    world.clock.to(MONDAY + timedelta(days=3))
    before = said(await world.say("today"))
    world.clock.to(MONDAY + timedelta(days=4))

    assert f"Until Friday 27 November: {FIRST}" in said(answer)
    assert FIRST not in before
    assert FIRST in said(await world.say("today"))


@pytest.mark.parametrize("day", ["today", "2026-11-22", "2028-01-01", "31 February", "soon"])
async def test_a_day_that_cannot_be_meant_is_asked_again(world: World, day: str) -> None:
    await _plan(world)
    form = await world.press(await world.say("today"), "Choose a day")

    answer = await world.submit(form, day=day)

    assert errors(answer)["day"]
    assert day in said(answer)


async def test_more_steps_show_what_follows(world: World) -> None:
    await _plan(world)

    more = said(await world.press(await world.say("today"), "More steps"))

    assert more.index(FIRST) < more.index(SECOND) < more.index("Read up on nursing")


async def test_a_step_about_yourself_is_done_once_for_all_talks(world: World) -> None:
    await _plan(world, "Maria Santos")
    await _plan(world, "Kofi Mensah")

    first = await world.press(await world.say("today"), "Done")

    assert said(first).count(FIRST) == 1
    assert FIRST not in said(await world.press(await world.say("today"), "More steps"))


async def test_without_any_plan_there_are_places_to_look(world: World) -> None:
    assert "Look through your group's board" in said(await world.say("today"))


async def test_when_nothing_is_left_that_is_said_kindly(world: World) -> None:
    for step in world.bot.library.steps:
        await world.bot.handle("today mark", Press("today mark", ("0", step.slug, "done")), world.actor())

    assert "Nothing waits for you today. That is fine too." in said(await world.say("today"))


async def test_the_talk_of_somebody_else_cannot_be_marked(world: World) -> None:
    await _plan(world)
    pressed = Press("today mark", ("1", "aim", "done"))

    answer = await world.bot.handle(pressed.path, pressed, world.actor("chloe"))

    assert "This talk is no longer on your list." in said(answer)


@pytest.mark.parametrize("slug", ["no-such-step", "@everyone", "<script>", "../../etc"])
async def test_a_step_that_is_gone_leads_to_what_is_next(world: World, slug: str) -> None:
    pressed = Press("today mark", ("0", slug, "done"))

    answer = await world.bot.handle(pressed.path, pressed, world.actor())

    assert "This step is no longer on the list." in said(answer)


async def test_a_talk_whose_time_is_over_asks_whether_it_took_place(world: World) -> None:
    await _plan(world)
    booked = {"interview": "1", "day": "2026-11-24", "hour": "10:00"}
    view(await world.bot.handle("interviews book", booked, world.actor()))
    world.clock.to(MONDAY + timedelta(days=2))

    asked = await world.say("today")
    await world.press(asked, "We talked")

    assert "Did your talk with Maria Santos take place?" in said(asked)
    assert "Write down what you heard" in said(await world.say("today"))


async def test_a_long_list_fits_everywhere(world: World) -> None:
    for number in range(6):
        await _plan(world, f"{number} " + "W" * 78)
    seen = view(await world.press(await world.say("today"), "More steps"))

    for limits in PLATFORMS:
        assert not [bug for page in fit(seen, limits) for bug in bugs(page, limits)]
