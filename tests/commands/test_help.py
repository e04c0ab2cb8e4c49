"""What can be asked, by topic, and how it is typed."""

import pytest

from bot.desk.command import Role
from bot.talk.check import bugs
from bot.talk.fit import fit
from bot.talk.limits import PLATFORMS
from tests.world import World, button, buttons, said, view


async def test_help_lists_every_command_that_an_organiser_can_type(world: World) -> None:
    words = said(await world.say("help", world.actor("dana", is_admin=True)))

    listed = world.bot.registry.listed
    assert not [one.path for one in listed if f"/career {one.path}: {one.summary}" not in words]


async def test_a_command_that_is_typed_with_its_name_twice_is_known(world: World) -> None:
    assert await world.say("/career help plan") == await world.say("help plan")
    assert await world.say("/Career") == await world.say("")


async def test_help_shows_members_what_they_can_do(world: World) -> None:
    words = said(await world.say("help"))

    listed = world.bot.registry.listed
    shown = {one.path for one in listed if f"/career {one.path}: {one.summary}" in words}
    assert shown == {one.path for one in listed if one.role is Role.MEMBER}


async def test_help_never_lists_what_is_only_pressed(world: World) -> None:
    words = said(await world.say("help"))

    hidden = [one for one in world.bot.registry.commands.values() if not one.is_listed]
    assert hidden
    assert not [one.path for one in hidden if f"/career {one.path}:" in words]


async def test_every_command_has_its_own_help(world: World) -> None:
    for one in world.bot.registry.listed:
        words = said(await world.say(f"help {one.path}", world.actor("dana", is_admin=True)))

        assert words.startswith(f"/career {one.path}\n")
        assert " ".join(one.help.split()) in words


async def test_help_of_a_command_shows_its_fields_and_how_to_type_it(world: World) -> None:
    words = said(await world.say("help refer"))

    assert "- What they do (Nurse manager, sound engineer, ...)" in words
    assert "- /career refer <Their name>, <What they do>, <Field>" in words
    assert "organisation:<Organisation>" in words


async def test_help_what_tells_what_an_information_interview_is(world: World) -> None:
    words = said(await world.say("help what"))

    assert "one particular person" in words
    assert "20 to 30 minutes" in words
    assert "choose a major, decide on a career, think about a change, or begin to look for a job" in words


@pytest.mark.parametrize("typed", ["nonsense", "<script>", "@everyone", "x" * 100])
async def test_an_unknown_topic_leads_back_to_the_list(world: World, typed: str) -> None:
    answer = await world.say(f"help {typed}")

    assert "I have no command" in said(answer)
    assert "What I can do" in said(await world.press(answer, "See everything"))


async def test_a_slip_of_the_finger_finds_the_command(world: World) -> None:
    answer = await world.say("help quesions")

    assert button(answer, "/career questions").press.args == ("questions",)


async def test_choosing_from_the_menu_opens_a_command_s_help(world: World) -> None:
    chosen = await world.choose(await world.say("help"), "/career plan")

    assert said(chosen).startswith("/career plan\n")


async def test_help_fits_everywhere(world: World) -> None:
    for limits in PLATFORMS:
        pages = fit(view(await world.say("help")), limits)
        assert not [bug for page in pages for bug in bugs(page, limits)]


@pytest.mark.parametrize(("typed", "meant"), [("hlep", "help"), ("hlep me", "help"), ("bord nursing", "board")])
async def test_a_command_with_a_slip_is_offered_whatever_follows_it(world: World, typed: str, meant: str) -> None:
    offered = await world.say(typed)

    assert buttons(offered)[0].label == f"/career {meant}"
