"""An interaction that is delivered again: the same answer, also when an upgrade can no longer read the first one."""

from dataclasses import replace

import pytest

from bot.model.outbox import Unreachable
from bot.talk.view import Press
from bot.talk.wire import KINDS
from tests.commands.sharing import EMAIL, call, shared, written_down
from tests.world import World, said


async def test_the_same_press_gets_the_same_answer(world: World) -> None:
    contact = await shared(world)
    press, once = Press("board ask", (str(contact),)), world.actor(key="once")
    first = await world.bot.handle(press.path, press, once)
    world.clock.forward(minutes=5)

    assert await world.bot.handle(press.path, press, once) == first


@pytest.mark.parametrize("kind", ["View", "Text", "Buttons"])
async def test_an_answer_that_an_upgrade_cannot_read_is_replaced_by_a_calm_one(
    world: World, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    contact = await written_down(world, by="ben")
    press, once = Press("refer remove", (str(contact),)), world.actor(key="once")
    await world.bot.handle(press.path, press, once)
    monkeypatch.delitem(KINDS, kind)

    again = await world.bot.handle(press.path, press, once)

    assert said(again) == "That is done already. Call /career home to see where things stand."


@pytest.mark.parametrize("path", ["refer see", "export"])
async def test_what_is_only_shown_is_not_kept_with_the_news_that_a_message_was_lost(world: World, path: str) -> None:
    contact = await written_down(world, by="ben")
    member = await world.member()
    lost = replace(member.nudges, unreachable=Unreachable.CLOSED)
    async with world.store.unit(member.group, writes=True) as unit:
        await unit.members.set_nudges(member.id, lost)

    seen = await call(world, path, contact)

    assert "could not reach you" in said(seen)
    async with world.store.unit(member.group, writes=False) as unit:
        everything = await unit.exports.everything(member.id)
    assert not [reply for reply in everything["replies"] if EMAIL in reply["answer"]]
