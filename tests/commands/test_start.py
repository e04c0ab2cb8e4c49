"""The first hello, and setting oneself up in small steps that can be left out and taken up again."""

import pytest

from bot.model.people import Purpose
from bot.talk.check import bugs
from bot.talk.limits import PLATFORMS
from bot.talk.view import Press
from tests.world import World, buttons, errors, said, view


async def test_the_first_hello_says_what_it_does_and_what_it_never_does(world: World) -> None:
    hello = said(await world.say(""))

    assert "I help you prepare, arrange and follow up information interviews" in hello
    assert "I never read channels, never post without asking you first, and never write to your contacts." in hello
    assert "20 to 30 minutes that you arrange with one person" in hello
    assert "Shall we set your morning hour?" in hello


async def test_setting_up_takes_four_small_steps(world: World) -> None:
    form = await world.press(await world.say("start"), "Let us begin")
    clock = await world.submit(form, purpose="change", field="Nursing")
    hour = await world.press(clock, "Yes")
    ask = await world.press(hour, "That is fine")
    done = await world.press(ask, "Yes, nudge me")

    ben = await world.member()
    assert "It is 8:00 for you, right?" in said(clock)
    assert (ben.purpose, ben.field, ben.zone, ben.has_started) == (Purpose.CHANGE, "Nursing", "Asia/Manila", True)
    assert ben.nudges.is_on
    assert "Your first nudge can come 2026-11-23 01:00 UTC" in said(done)
    assert "[Plan a talk]" in said(done)


async def test_without_a_yes_nudges_stay_off(world: World) -> None:
    ask = await world.press(await world.bot.handle("start at", Press("start at"), world.actor()), "That is fine")

    done = await world.press(ask, "No, not now")

    assert not (await world.member()).nudges.is_on
    assert "No nudges, as you wish." in said(done)


async def test_everything_can_be_left_out(world: World) -> None:
    fay = "fay"  # no zone is known of her
    form = await world.press(await world.say("start", fay), "Let us begin", fay)
    clock = await world.submit(form, fay)
    hour = await world.press(clock, "Leave it out", fay)
    ask = await world.press(hour, "That is fine", fay)
    await world.press(ask, "No", fay)

    member = await world.member(fay)
    assert (member.purpose, member.field, member.zone, member.has_started) == (None, "", None, True)


async def test_a_yes_without_a_city_asks_for_the_city(world: World) -> None:
    fay = "fay"
    ask = await world.bot.handle("start ask", Press("start ask"), world.actor(fay))
    forced = await world.bot.handle("start finish", Press("start finish", ("yes",)), world.actor(fay))

    assert "[Yes, and set my city]" in said(ask)
    assert "First tell me where you are, so that 9:00 is your 9:00.\n[Set my city]" in said(forced)
    assert not (await world.member(fay)).nudges.is_on


async def test_calling_start_again_goes_on_where_it_was(world: World) -> None:
    form = await world.press(await world.say("start"), "Let us begin")
    await world.submit(form, purpose="major", field="Music")

    again = said(await world.say("start"))

    assert "Good to see you again." in again
    assert "What for: Choosing what to study" in again
    assert "It is 8:00 for you, right?" in again


async def test_who_has_started_sees_the_settings(world: World) -> None:
    await world.bot.handle("start finish", Press("start finish"), world.actor())

    settings = await world.say("start")

    assert [one.label for one in buttons(settings)][:2] == ["What for, which field", "My city"]


@pytest.mark.parametrize(("typed", "hour"), [("Manila", "8:00"), ("new york", "19:00"), ("Asia/Kolkata", "5:30")])
async def test_a_city_gives_the_clock(world: World, typed: str, hour: str) -> None:
    asked = await world.bot.handle("start city", {"city": typed}, world.actor("fay"))

    assert f"It is {hour} for you, right?" in said(asked)


async def test_a_name_of_several_cities_is_asked_about(world: World) -> None:
    asked = await world.bot.handle("start city", {"city": "Portland"}, world.actor())

    clock = await world.choose(asked, "Portland, Maine")
    await world.press(clock, "Yes")

    assert "Which one do you mean?" in said(asked)
    assert (await world.member()).zone == "America/New_York"


@pytest.mark.parametrize("typed", ["Nowhereville", "Mars/Olympus", "'; drop table", "<script>", "@everyone"])
async def test_an_unknown_city_says_what_to_do_and_keeps_the_words(world: World, typed: str) -> None:
    form = await world.bot.handle("start city", {"city": typed}, world.actor())

    assert "Try a larger city nearby, or a time zone such as Asia/Manila." in errors(form)["city"]
    assert typed in said(form)


async def test_typing_suggests_cities_with_their_time(world: World) -> None:
    options = await world.bot.suggest("start city", "city", "portl", world.actor())

    assert ("Portland, Maine, United States", "19:00") in [(one.label, one.hint) for one in options]


async def test_a_made_up_zone_on_a_button_changes_nothing(world: World) -> None:
    answer = await world.bot.handle("start zone", Press("start zone", ("../etc/passwd",)), world.actor())

    assert "I do not know this time zone." in said(answer)
    assert (await world.member()).zone == "Asia/Manila"


async def test_an_hour_in_quiet_hours_is_said_to_move(world: World) -> None:
    ask = await world.bot.handle("start hour", {"hour": "6", "days": ("0", "3")}, world.actor())

    assert "6:00 is in your quiet hours, so the nudge comes on Monday and Thursday at 8:00" in said(ask)


async def test_no_day_at_all_is_asked_about(world: World) -> None:
    form = await world.bot.handle("start hour", {"hour": "9", "days": ()}, world.actor())

    assert "Choose one day at least" in errors(form)["days"]


async def test_every_step_can_be_shown_everywhere(world: World) -> None:
    hello = await world.say("start")
    cities = await world.bot.handle("start city", {"city": "Springfield"}, world.actor())

    for limits in PLATFORMS:
        assert not bugs(view(hello), limits) + bugs(view(cities), limits)
