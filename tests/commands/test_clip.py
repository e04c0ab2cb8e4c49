"""Saving somebody from a message, and what else platforms offer in menus of their own."""

import re
from dataclasses import replace

import pytest

import bot.commands
from bot.desk.bot import Reply
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.desk.registry import registry_of
from bot.talk.form import Dialog
from bot.talk.view import Press, View
from tests.commands.sharing import call, shared, withdraw
from tests.world import World, buttons, errors, said

MESSAGE = "Talk to Maria Lopez, nurse manager at Example Hospital, maria@example.org https://www.example.org/in/maria"


async def chosen(world: World, label: str, message: str = "", by: str = "ben") -> Reply:
    """Choose a shortcut from a platform's own menu, as an adapter does."""
    (found,) = [one for one in world.bot.registry.shortcuts if one.shortcut == label]
    known = found.from_message(message) if found.from_message else ()
    return await world.bot.handle(found.path, Press(found.path, known, is_form=True), world.actor(by))


async def test_a_message_fills_in_the_form(world: World) -> None:
    form = await chosen(world, "Save as contact", MESSAGE)

    assert isinstance(form, Dialog)
    assert {entry.name: entry.value for entry in form.entries} == {
        "name": "Maria Lopez",
        "does": "nurse manager",
        "organisation": "Example Hospital",
        "email": "maria@example.org",
        "link": "https://www.example.org/in/maria",
    }


async def test_what_was_read_is_saved_for_the_saver_alone(world: World) -> None:
    saved = await world.submit(await chosen(world, "Save as contact", MESSAGE))

    assert "So far only you see Maria Lopez." in said(saved)
    assert "Details: E-mail on file" in said(saved)
    assert "Maria" not in said(await world.say("board", "ana"))
    assert "Maria" not in said(await world.say("contacts", "ana"))
    assert "maria@example.org" in said(await world.press(await world.say("contacts"), "Open"))


async def test_the_next_step_is_to_share_and_the_field_is_asked_for(world: World) -> None:
    saved = await world.submit(await chosen(world, "Save as contact", MESSAGE))

    assert [one.label for one in buttons(saved)][:4] == [
        "Share with the group", "E-mail and phone", "Tags and notes", "Edit"
    ]  # fmt: skip
    assert "Before you share, add the field under Edit" in said(saved)


async def test_a_name_is_all_that_is_needed(world: World) -> None:
    form = await chosen(world, "Save as contact", "does anybody know a nurse?")

    nameless = await world.submit(form)
    named = await world.submit(form, name="Maria")

    assert errors(nameless) == {"name": "This one is needed."}
    assert "So far only you see Maria." in said(named)


async def test_somebody_who_asked_to_stop_is_not_saved_from_a_message(world: World) -> None:
    await withdraw(world, await shared(world), reason="theirs")

    refused = await world.submit(await chosen(world, "Save as contact", MESSAGE))

    assert isinstance(refused, Dialog)
    assert "asked not to be passed on" in refused.error
    assert "Nobody yet" in said(await world.say("contacts"))


async def test_nobody_saves_themselves(world: World) -> None:
    refused = await world.submit(await chosen(world, "Save as contact", "Ask Ben"))

    assert "That is you" in errors(refused)["name"]


async def test_a_namesake_on_the_board_is_pointed_out(world: World) -> None:
    await shared(world)

    saved = await world.submit(await chosen(world, "Save as contact", MESSAGE), name="maria santos")

    assert "Somebody of that name is known already: Maria Santos" in said(saved)


async def test_the_same_form_sent_twice_saves_one_contact(world: World) -> None:
    form = await chosen(world, "Save as contact", MESSAGE)
    once = world.actor(key="same")

    first, second = await world.submit(form, once), await world.submit(form, once)

    assert first == second
    assert len(re.findall("Private", said(await world.say("contacts")))) == 1


async def test_a_contact_saved_from_a_message_can_be_shared_like_any_other(world: World) -> None:
    saved = await world.submit(await chosen(world, "Save as contact", MESSAGE))
    preview = await world.submit(await world.press(saved, "Share with the group"), basis="said-yes")

    await world.press(preview, "Share on the board")

    assert "Maria Lopez" in said(await world.say("board", "ana"))


async def test_an_interview_is_planned_from_a_menu(world: World) -> None:
    form = await chosen(world, "Plan an interview")

    made = await world.submit(form, who="Maria Lopez", field="Nursing", goal="nights")

    assert "Plan: Maria Lopez" in said(made)


def test_every_shortcut_opens_a_form_and_fits_a_menu() -> None:
    shortcuts = registry_of(bot.commands).shortcuts

    assert sorted(one.shortcut for one in shortcuts) == ["Plan an interview", "Save as contact"]
    assert all(one.visible and len(one.shortcut) <= 24 for one in shortcuts)


async def _nothing(ctx: Context) -> View:
    return View("")


def test_a_shortcut_that_no_menu_can_show_is_refused_when_it_is_made() -> None:
    with pytest.raises(TypeError, match="25 characters"):
        command("x", "x", topic=Topic.BEGIN, shortcut="x" * 25)(_nothing)
    with pytest.raises(TypeError, match="needs a shortcut"):
        command("x", "x", topic=Topic.BEGIN, from_message=lambda message: (message,))(_nothing)


async def test_a_stranger_cannot_save_anything(world: World) -> None:
    stranger = replace(world.actor("eve"), is_stranger=True)

    answer = await world.bot.handle("refer clip", {"name": "Maria"}, stranger)

    assert "a group that you are not in" in said(answer)
    assert "Maria" not in said(await call(world, "refer see", 1))
