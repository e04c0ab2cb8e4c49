"""Checks that an interaction which is delivered twice is handled once, and answered twice."""

import asyncio
from datetime import timedelta

from bot.model.people import Seat
from storage.database import Database
from tests.storage.building import DAY, NOW, a_contact, a_seat


async def _deliver(database: Database, seat: Seat, key: str, answer: str) -> str:
    """Do what `Bot.handle` does with an interaction that changes something."""
    async with database.unit(seat.group.id, writes=True) as unit:
        if (kept := await unit.replies.begin(key, seat.member.id, NOW)) is not None:
            return kept
        await asyncio.sleep(0)  # let the other delivery in, if it can get in
        await unit.contacts.add(a_contact(seat.member.id), NOW)
        await unit.replies.keep(key, answer)
        return answer


async def test_the_second_delivery_gets_the_answer_of_the_first(database: Database) -> None:
    seat = await a_seat(database)

    assert await _deliver(database, seat, "i1", "Saved.") == "Saved."
    assert await _deliver(database, seat, "i1", "Saved again.") == "Saved."
    assert await _deliver(database, seat, "i2", "Another.") == "Another."


async def test_two_deliveries_at_once_are_handled_once(database: Database) -> None:
    seat = await a_seat(database)
    for n in range(10):
        answers = await asyncio.gather(*(_deliver(database, seat, f"i{n}", f"answer {who}") for who in range(4)))

        assert len(set(answers)) == 1
    async with database.unit(seat.group.id, writes=False) as unit:
        assert len(await unit.contacts.of(seat.member.id)) == 10


async def test_a_delivery_that_failed_is_handled_the_next_time(database: Database) -> None:
    seat = await a_seat(database)
    try:
        async with database.unit(seat.group.id, writes=True) as unit:
            await unit.replies.begin("i1", seat.member.id, NOW)
            raise ZeroDivisionError
    except ZeroDivisionError:
        answer = await _deliver(database, seat, "i1", "Saved.")

    assert answer == "Saved."


async def test_an_answer_can_be_looked_up_without_writing(database: Database) -> None:
    seat = await a_seat(database)
    await _deliver(database, seat, "i1", "Saved for Žofie.")

    async with database.unit(seat.group.id, writes=False) as unit:
        assert await unit.replies.kept("i1") == "Saved for Žofie."
        assert await unit.replies.kept("i2") is None


async def test_what_was_begun_and_left_no_answer_gives_an_empty_one(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        assert await unit.replies.begin("i1", seat.member.id, NOW) is None
        assert await unit.replies.kept("i1") is None

    async with database.unit(seat.group.id, writes=True) as unit:
        assert await unit.replies.begin("i1", seat.member.id, NOW) == ""


async def test_answers_are_kept_for_a_week(database: Database) -> None:
    seat = await a_seat(database)
    await _deliver(database, seat, "i1", "Saved.")

    assert await database.prune(NOW + 7 * DAY) == 0
    assert await database.prune(NOW + 7 * DAY + timedelta(seconds=1)) == 1
    async with database.unit(seat.group.id, writes=False) as unit:
        assert await unit.replies.kept("i1") is None
