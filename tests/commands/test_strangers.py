"""Somebody from another workspace who sees a channel of the group: they get one kind sentence and nothing else."""

from dataclasses import replace

import pytest

from bot.desk.arguments import Raw
from bot.desk.bot import Reply
from bot.model.people import Account, Actor
from bot.talk.view import Press
from tests.commands.sharing import shared
from tests.world import World, said

KIND = "This belongs to a group that you are not in, so I cannot open it. Whoever invited you here knows more."


def stranger(world: World) -> Actor:
    return replace(world.actor("eve"), is_stranger=True)


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("board", ""), ("board look", Press("board look", ("1",))), ("board ask", Press("board ask", ("1",))),
        ("refer", {"name": "Eve", "does": "x", "field": "x"}), ("no such command", ""), ("gone", Press("gone")),
    ],
)  # fmt: skip
async def test_a_stranger_sees_nothing_of_the_group(world: World, path: str, raw: Raw) -> None:
    await shared(world)

    answer = await world.bot.handle(path, raw, stranger(world))

    assert said(answer) == KIND


@pytest.mark.parametrize("words", ["", "board", "nothing that I know"])
async def test_a_stranger_who_types_sees_nothing_either(world: World, words: str) -> None:
    answer: Reply = await world.bot.hear(words, stranger(world))

    assert said(answer) == KIND


async def test_a_stranger_gets_no_suggestions(world: World) -> None:
    assert await world.bot.suggest("start city", "city", "Manila", stranger(world)) == ()
    assert await world.bot.suggest("start city", "city", "Manila", world.actor()) != ()


async def test_a_stranger_gets_no_seat(world: World) -> None:
    await world.say("home")

    await world.bot.handle("start finish", Press("start finish"), stranger(world))
    await world.bot.changed(stranger(world))

    assert await world.store.known(Account("test", "W1", "eve")) is None
