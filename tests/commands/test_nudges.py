"""Nudges as a member sets them: on, off, when, what about; and what comes next and why."""

from collections.abc import Mapping

import pytest

from bot.desk.bot import Reply
from bot.talk.check import bugs
from bot.talk.fit import fit
from bot.talk.limits import PLATFORMS
from bot.talk.view import Press
from tests.world import World, errors, said, view


@pytest.fixture
async def nudged(world: World) -> World:
    """Return a world in which Ben said yes and plans a talk."""
    await world.bot.handle("start finish", Press("start finish", ("yes",)), world.actor())
    values = {"who": "Maria Santos", "field": "nursing", "goal": "nights", "organisation": "", "minutes": "25"}
    view(await world.bot.handle("plan new", values, world.actor()))
    return world


async def _send(world: World, path: str, values: Mapping[str, str | tuple[str, ...]]) -> Reply:
    return await world.bot.handle(path, values, world.actor())


async def test_the_screen_says_when_what_and_why(nudged: World) -> None:
    words = said(await nudged.say("nudges"))

    assert "Nudges: on weekdays at 9:00" in words
    assert "Your clock: 8:00 in Manila" in words
    assert "Quiet hours: 20:00 to 8:00" in words
    assert "Next: 2026-11-23 01:00 UTC." in words
    assert "- Write down what matters to you. You are preparing a talk: one small step a day." in words


async def test_the_screen_says_when_nothing_would_be_due(nudged: World) -> None:
    await nudged.bot.handle("nudges kind", Press("nudges kind", ("prepare",)), nudged.actor())

    assert "As things stand nothing is due then, so I would stay quiet." in said(await nudged.say("nudges"))


async def test_what_waits_until_tomorrow_is_not_announced_for_today(nudged: World) -> None:
    await nudged.press(await nudged.say("today"), "Tomorrow")

    assert "Write down what matters to you" not in said(await nudged.say("nudges"))


async def test_nudges_can_be_switched_off_and_on(nudged: World) -> None:
    off = await nudged.press(await nudged.say("nudges"), "Switch off")
    on = await nudged.press(off, "Switch nudges on")

    assert "Nudges are off. Everything stays on your list" in said(off)
    assert "What is coming" not in said(off)
    assert "Nudges are on." in said(on)


async def test_switching_on_needs_a_city(world: World) -> None:
    answer = await world.press(await world.say("nudges", "fay"), "Switch nudges on", "fay")

    assert "First tell me where you are" in said(answer)


async def test_hour_and_days_can_be_changed(nudged: World) -> None:
    form = await nudged.press(await nudged.say("nudges"), "Hour and days")

    answer = await nudged.submit(form, hour="7 pm", days=("0", "3"))

    assert "Your nudge comes on Monday and Thursday at 19:00." in said(answer)


async def test_no_days_at_all_is_asked_about(nudged: World) -> None:
    answer = await _send(nudged, "nudges hour", {"hour": "9:00", "days": ()})

    assert "Choose one day at least, or switch nudges off." in errors(answer)["days"]


async def test_quiet_hours_win_over_the_hour_and_the_screen_says_so(nudged: World) -> None:
    answer = await _send(nudged, "nudges quiet", {"start": "21:00", "end": "10:30"})

    assert "9:00 is in your quiet hours, so the nudge comes on weekdays at 10:30, when they end." in said(answer)
    assert "Next: 2026-11-23 02:30 UTC." in said(answer)


async def test_equal_ends_mean_no_quiet_hours(nudged: World) -> None:
    assert "Quiet hours: none" in said(await _send(nudged, "nudges quiet", {"start": "0:00", "end": "0:00"}))


async def test_days_away_are_kept_and_can_be_taken_back(nudged: World) -> None:
    answer = await _send(nudged, "nudges away", {"first": "today", "last": "Friday"})
    back = await nudged.press(answer, "Not away")

    assert "Nothing comes from Monday 23 November to Friday 27 November." in said(answer)
    assert "Next: 2026-11-30 01:00 UTC." in said(answer)
    assert "Next: 2026-11-23 01:00 UTC." in said(back)


@pytest.mark.parametrize(
    ("path", "values", "field"),
    [
        ("nudges away", {"first": "2026-12-08", "last": "2026-12-01"}, "last"),
        ("nudges away", {"first": "2026-11-01", "last": "2026-11-02"}, "last"),
        ("nudges away", {"first": "31 February", "last": "tomorrow"}, "first"),
        ("nudges pause", {"until": "today"}, "until"),
        ("nudges pause", {"until": "some day"}, "until"),
        ("nudges hour", {"hour": "25:00", "days": ("0",)}, "hour"),
        ("nudges hour", {"hour": "9:00", "days": ("8",)}, "days"),
        ("nudges quiet", {"start": "late", "end": "8"}, "start"),
    ],
)
async def test_what_cannot_be_meant_is_asked_again_with_the_words_still_there(
    nudged: World, path: str, values: dict[str, str | tuple[str, ...]], field: str
) -> None:
    answer = await _send(nudged, path, values)

    assert list(errors(answer)) == [field]
    assert f"{values[field]}" in said(answer)


async def test_a_pause_ends_by_itself_or_earlier(nudged: World) -> None:
    paused = await _send(nudged, "nudges pause", {"until": "2026-12-04"})
    resumed = await nudged.press(paused, "End the pause")

    assert "Paused until Friday 4 December. Nothing is lost meanwhile." in said(paused)
    assert "Next: 2026-12-04 01:00 UTC." in said(paused)
    assert "Next: 2026-11-23 01:00 UTC." in said(resumed)


async def test_one_kind_can_be_stopped_and_allowed_again(nudged: World) -> None:
    stopped = await nudged.choose(await nudged.say("nudges"), "Preparing a talk")
    allowed = await nudged.press(stopped, "Allow “Preparing a talk”")

    assert "Stopped: Preparing a talk" in said(stopped)
    assert "“Preparing a talk” comes again." in said(allowed)


async def test_a_kind_that_does_not_exist_is_answered_kindly(nudged: World) -> None:
    answer = await nudged.bot.handle("nudges kind", Press("nudges kind", ("@everyone",)), nudged.actor())

    assert "This button is out of date." in said(answer)


async def test_the_settings_of_one_member_are_not_another_s(nudged: World) -> None:
    assert "Nudges: off" in said(await nudged.say("nudges", "chloe"))


async def test_the_screen_fits_everywhere(nudged: World) -> None:
    for first in range(1, 9):
        await _send(nudged, "nudges away", {"first": f"2026-12-0{first}", "last": f"2026-12-0{first}"})
    seen = view(await nudged.say("nudges"))

    for limits in PLATFORMS:
        assert not [bug for page in fit(seen, limits) for bug in bugs(page, limits)]
