"""Checks that groups and members come back as they were written, and that nobody reaches another group's."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.people import Away, Inventory, Member, MemberId, Nudges, Purpose
from storage.database import Database
from storage.preferences import inventory_from_text, inventory_to_text, nudges_from_text, nudges_to_text
from tests.storage.building import a_seat

AWAYS = st.builds(Away, st.dates(), st.dates())
NUDGES = st.builds(
    Nudges,
    is_on=st.booleans(),
    hour=st.times(),
    days=st.frozensets(st.integers(0, 6)),
    quiet_from=st.times(),
    quiet_until=st.times(),
    away=st.lists(AWAYS, max_size=3).map(tuple),
    paused_until=st.none() | st.dates(),
    stopped=st.frozensets(st.text(max_size=9), max_size=3),
    unreachable=st.text(max_size=9),
)


@given(NUDGES)
def test_nudge_settings_survive(nudges: Nudges) -> None:
    assert nudges_from_text(nudges_to_text(nudges)) == nudges


@given(st.builds(Inventory, st.text(), st.text(), st.text(), st.text()))
def test_an_inventory_survives(inventory: Inventory) -> None:
    assert inventory_from_text(inventory_to_text(inventory)) == inventory


async def test_a_group_changes_only_what_is_given(database: Database) -> None:
    group = (await a_seat(database)).group
    async with database.unit(group.id, writes=True) as unit:
        await unit.groups.change(office="Room 12, Mondays")
        await unit.groups.change(says_not_applying=False)
        await unit.groups.change()

        assert await unit.groups.get() == replace(group, office="Room 12, Mondays", says_not_applying=False)


async def test_a_group_that_is_not_there_is_our_bug(database: Database) -> None:
    with pytest.raises(LookupError):
        async with database.unit((await a_seat(database)).group.id + 1, writes=False) as unit:  # type: ignore[arg-type]
            await unit.groups.get()


async def test_a_member_changes_only_what_is_given(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.members.introduce(seat.member.id, purpose=Purpose.MAJOR, zone="Asia/Manila")
        await unit.members.introduce(seat.member.id, field="Music", has_started=True)
        await unit.members.introduce(seat.member.id)

        expected = replace(seat.member, purpose=Purpose.MAJOR, zone="Asia/Manila", field="Music", has_started=True)
        assert await unit.members.get(seat.member.id) == expected
        assert await unit.members.lock(seat.member.id) == expected


async def test_settings_and_inventory_are_kept_whole(database: Database) -> None:
    seat = await a_seat(database)
    away = Away(date(2026, 4, 1), date(2026, 4, 9))
    nudges = Nudges(is_on=True, hour=time(7, 30), away=(away,), stopped=frozenset({"prep"}), unreachable="closed")
    inventory = Inventory("honesty", "music", "listening", "I study nursing\u2028and sing")
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.members.set_nudges(seat.member.id, nudges)
        await unit.members.set_inventory(seat.member.id, inventory)

        assert await unit.members.get(seat.member.id) == replace(seat.member, nudges=nudges, inventory=inventory)


async def test_an_organiser_is_named_once_and_taken_back_once(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        named = [await unit.members.set_organiser(seat.member.id, is_organiser=True) for _time in range(2)]
        kept = await unit.members.get(seat.member.id)
        taken = [await unit.members.set_organiser(seat.member.id, is_organiser=False) for _time in range(2)]

        assert (named, taken) == ([True, False], [True, False])
        assert kept == replace(seat.member, is_organiser=True)
        assert await unit.members.get(seat.member.id) == seat.member


async def test_whoever_is_named_is_an_organiser_without_being_an_admin(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.members.set_organiser(seat.member.id, is_organiser=True)

    assert (await a_seat(database)).member.is_organiser


async def test_an_unknown_member_is_not_named(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        assert not await unit.members.set_organiser(MemberId(99), is_organiser=True)


async def test_all_members_come_in_the_order_they_joined(database: Database) -> None:
    seats = [await a_seat(database, user) for user in ("chloe", "ana", "ben")]

    async with database.unit(seats[0].group.id, writes=False) as unit:
        assert await unit.members.all() == tuple(seat.member for seat in seats)


async def test_names_are_given_for_members_of_the_group_only(database: Database) -> None:
    ana, ben, other = await a_seat(database), await a_seat(database, "ben"), await a_seat(database, "eve", "T2")
    asked = [ana.member.id, ben.member.id, other.member.id, MemberId(99)]
    async with database.unit(ana.group.id, writes=False) as unit:
        assert await unit.members.names(asked) == {ana.member.id: "Ana", ben.member.id: "Ben"}
        assert await unit.members.names([]) == {}


async def test_an_unknown_member_is_nobody(database: Database) -> None:
    seat = await a_seat(database)
    nobody: Member | None
    async with database.unit(seat.group.id, writes=True) as unit:
        nobody = await unit.members.lock(MemberId(99))

        assert nobody is None
        assert await unit.members.get(MemberId(99)) is None
        assert await unit.members.account(MemberId(99)) is None
