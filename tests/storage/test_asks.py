"""Checks holds and asks, and that two at once never get more than the budget of a contact allows."""

import asyncio

import pytest
from sqlalchemy.exc import IntegrityError

from bot.model.contact import Ask, AskId, AskState, ContactId
from bot.model.people import Seat
from storage.database import Database
from tests.storage.building import DAY, HOUR, NOW, a_card, a_contact, a_seat


async def test_a_hold_comes_back_as_it_was_taken(database: Database) -> None:
    ana, ben = await a_seat(database), await a_seat(database, "ben")
    async with database.unit(ana.group.id, writes=True) as unit:
        card = await a_card(unit, ana.member.id)

        ask = await unit.asks.hold(card, ben.member.id, NOW, NOW + 3 * DAY)

        expected = Ask(ask, card, ben.member.id, AskState.HOLD, NOW, NOW + 3 * DAY)
        assert await unit.asks.get(ask, ben.member.id) == expected
        assert await unit.asks.get(ask, ana.member.id) is None
        assert await unit.asks.by(ben.member.id) == (expected,)


async def test_sending_is_remembered_when_the_ask_is_closed(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        card = await a_card(unit, ana.member.id)
        ask = await unit.asks.hold(card, ana.member.id, NOW, NOW + 3 * DAY)
        await unit.asks.set_state(ask, AskState.SENT, NOW + HOUR)
        await unit.asks.set_state(ask, AskState.CLOSED, NOW + DAY)

        assert await unit.asks.get(ask, ana.member.id) == Ask(
            ask, card, ana.member.id, AskState.CLOSED, NOW, NOW + 3 * DAY, NOW + HOUR
        )


async def test_asks_about_a_contact_are_the_recent_and_the_open_ones(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        card, other = await a_card(unit, ana.member.id), await a_card(unit, ana.member.id, "Tom")

        async def taken(days_ago: int, state: AskState, contact: ContactId = card) -> AskId:
            at = NOW - days_ago * DAY
            ask = await unit.asks.hold(contact, ana.member.id, at, at + 3 * DAY)
            await unit.asks.set_state(ask, state, at)
            return ask

        await taken(100, AskState.CLOSED)
        await taken(95, AskState.HOLD)  # lapsed long ago
        sent = await taken(91, AskState.SENT)
        released = await taken(10, AskState.RELEASED)
        hold = await taken(1, AskState.HOLD)
        elsewhere = await taken(1, AskState.HOLD, other)
        since = NOW - 90 * DAY

        found = await unit.asks.about(card, since)
        each = await unit.asks.about_each([card, other], since)
        everything = await unit.asks.by(ana.member.id)

    assert [ask.id for ask in found] == [sent, released, hold]
    assert each[card] == found
    assert [ask.id for ask in each[other]] == [elsewhere]
    assert [ask.id for ask in everything] == sorted((ask.id for ask in everything), reverse=True)
    assert len(everything) == 6


async def _ask(database: Database, seat: Seat, card: ContactId) -> bool:
    """Do what a command does: lock the contact, look whether anybody asks already, take a hold."""
    async with database.unit(seat.group.id, writes=True) as unit:
        assert await unit.contacts.lock(card, seat.member.id) is not None
        open_asks = [ask for ask in await unit.asks.about(card, NOW - 90 * DAY) if ask.is_open(NOW)]
        await asyncio.sleep(0)  # let everybody else in who can get in
        if open_asks:
            return False
        await unit.asks.hold(card, seat.member.id, NOW, NOW + 3 * DAY)
        return True


async def test_many_at_once_get_exactly_one_hold_on_a_budget_of_one(database: Database) -> None:
    seats = [await a_seat(database, f"user{n}") for n in range(6)]
    group = seats[0].group.id
    for _ in range(10):
        async with database.unit(group, writes=True) as unit:
            card = await a_card(unit, seats[0].member.id)

        got = await asyncio.gather(*(_ask(database, seat, card) for seat in seats))

        async with database.unit(group, writes=False) as unit:
            assert got.count(True) == 1
            assert len(await unit.asks.about(card, NOW - DAY)) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_locking_one_contact_makes_nobody_wait_for_another(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        first, second = await a_card(unit, ana.member.id), await a_card(unit, ana.member.id, "Tom")

    async with database.unit(ana.group.id, writes=True) as unit:
        await unit.contacts.lock(first, ana.member.id)
        assert await asyncio.wait_for(_ask(database, ana, second), 5)


async def test_an_ask_about_a_contact_that_is_not_there_is_our_bug_and_undoes_all(database: Database) -> None:
    ana = await a_seat(database)

    async def ask_about_nobody() -> None:
        async with database.unit(ana.group.id, writes=True) as unit:
            await unit.contacts.add(a_contact(ana.member.id), NOW)
            await unit.asks.hold(ContactId(99), ana.member.id, NOW, NOW + DAY)

    with pytest.raises(IntegrityError):
        await ask_about_nobody()

    async with database.unit(ana.group.id, writes=False) as unit:
        assert await unit.contacts.of(ana.member.id) == ()
