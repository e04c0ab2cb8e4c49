"""Reads what people type, press and send: the odd cases."""

import pytest

from bot.talk.view import Press
from tests.world import World, errors, said


@pytest.mark.parametrize("number", ["", "x", "1.5", "99999999999999999999999", "-99999999999999999999999", "٣x"])
async def test_a_button_that_we_never_made_gets_a_kind_answer(world: World, number: str) -> None:
    reply = await world.bot.handle("board look", Press("board look", (number,)), world.actor("ben"))

    assert "That is our fault" not in said(reply)
    assert said(reply)


async def test_words_are_cut_at_commas_where_several_are_needed(world: World) -> None:
    reply = await world.say("refer Maria Santos, Nurse manager, Nursing", "ana")

    assert "Saved. So far only you see Maria Santos." in said(reply)


async def test_a_field_can_be_named(world: World) -> None:
    reply = await world.say('refer Maria Santos place:"New York"', "ana")

    assert "New York" in said(reply)
    assert errors(reply) == {}


@pytest.mark.parametrize(
    "name",
    [
        "@everyone",
        "<!channel>",
        "<script>alert(1)</script>",
        '=HYPERLINK("https://example.org")',
        "{name}",
        "שלום עולם",
    ],
)
async def test_whatever_is_typed_stays_words(world: World, name: str) -> None:
    form = await world.say("refer", "ana")

    reply = await world.submit(form, "ana", name=name, does="Nurse", field="Nursing")

    assert name in said(reply)


@pytest.mark.parametrize("name", ["Maria\u202eSantos", "Maria\x00Santos", "Maria\x1b[2JSantos"])
async def test_characters_that_nobody_sees_are_taken_out_and_shown(world: World, name: str) -> None:
    form = await world.say("refer", "ana")

    reply = await world.submit(form, "ana", name=name, does="Nurse", field="Nursing")

    assert "invisible characters" in errors(reply)["name"]
    assert reply.entries[0].value.startswith("Maria")  # type: ignore[union-attr]
    assert name not in said(reply)


async def test_ten_thousand_characters_come_back_with_every_one_of_them(world: World) -> None:
    form = await world.say("refer", "ana")

    reply = await world.submit(form, "ana", name="x" * 10_000, does="Nurse", field="Nursing")

    assert "9,920" in errors(reply)["name"]
    assert reply.entries[0].value == "x" * 10_000  # type: ignore[union-attr]


async def test_an_interaction_delivered_twice_changes_nothing_twice(world: World) -> None:
    form = await world.say("refer", "ana")
    twice = world.actor("ana", key="the same")

    first = await world.submit(form, twice, name="Maria Santos", does="Nurse", field="Nursing")
    second = await world.submit(form, twice, name="Maria Santos", does="Nurse", field="Nursing")

    assert second == first
    assert said(await world.say("contacts", "ana")).count("Maria Santos") == 1
