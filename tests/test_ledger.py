"""What becomes of a letter is written down once, by whoever has it, and beside a command that is about it."""

import asyncio
from datetime import timedelta

import bot.commands
from bot.content.library import load
from bot.desk.registry import registry_of
from bot.model.outbox import Barrier, Letter, Never, Sent, Unreachable
from bot.nudging.ledger import Ledger
from bot.talk.view import Press
from storage.database import Database
from tests.commands.sharing import shared
from tests.world import World, a_world

LEASE = timedelta(seconds=45)


def ledger(world: World) -> Ledger:
    return Ledger(world.store, registry_of(bot.commands), load(), world.clock)


async def claimed(world: World) -> Letter:
    """Return the one letter that is due, claimed by a worker that is about to be very slow."""
    (letter,) = await world.store.queue.claim(world.clock(), world.clock() + LEASE, 10)
    return letter


async def test_a_worker_whose_letter_went_to_another_tells_nobody_that_it_failed(world: World) -> None:
    await shared(world, is_posted=True)
    letter = await claimed(world)
    world.clock.forward(minutes=1)
    (posted,) = await world.deliver()

    await ledger(world).settle(letter, Never("no", barrier=Barrier.FORBIDDEN))

    assert posted.to == "careers"
    assert await world.deliver() == []


async def test_a_worker_whose_letter_went_to_another_calls_nobody_unreachable(world: World) -> None:
    await world.bot.handle("heard", Press("heard"), world.actor())
    letter = await claimed(world)
    world.clock.forward(minutes=1)
    await world.deliver()

    await ledger(world).settle(letter, Never("no", Unreachable.CLOSED))

    assert (await world.member()).nudges.unreachable == ""


async def test_a_letter_that_arrives_while_a_command_takes_it_back_holds_nobody_up(database: Database) -> None:
    world = a_world(database)
    await world.bot.handle("start finish", Press("start finish", ("yes",)), world.actor())
    world.clock.forward(days=1)
    letter, ben = await claimed(world), await world.member()
    async with database.unit(ben.group, writes=True) as unit:
        await unit.members.lock(ben.id)
        settling = asyncio.create_task(ledger(world).settle(letter, Sent("m1")))
        await asyncio.wait({settling}, timeout=0.2)  # it may only go on once the command is done
        await unit.outbox.cancel(letter.key)

    await settling

    async with database.unit(ben.group, writes=False) as unit:
        assert letter.key not in {draft.key for draft in await unit.outbox.live(ben.id)}
