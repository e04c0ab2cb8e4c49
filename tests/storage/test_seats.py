"""Checks who sits where: groups and members appear at the first visit, once, and stay fresh."""

import asyncio
from contextlib import suppress
from dataclasses import replace

from bot.model.people import Account, Purpose
from storage.database import Database
from storage.tables import places
from tests.databases import KEY
from tests.storage.building import NOW, a_seat, an_actor
from tests.storage.stocked import dump


async def test_the_first_visit_makes_a_group_and_a_member(database: Database) -> None:
    seat = await database.seat(an_actor(workspace_name="Career club", zone="Asia/Manila", locale="fil"), NOW)

    assert seat.group.name == "Career club"
    assert (seat.member.name, seat.member.zone, seat.member.locale) == ("Ana", "Asia/Manila", "fil")
    assert seat.member.group == seat.group.id
    assert seat.member.joined_at == NOW


async def test_somebody_known_finds_their_seat_again(database: Database) -> None:
    first = await a_seat(database, "ana")
    await a_seat(database, "ben")

    assert await a_seat(database, "ana") == first


async def test_two_people_of_a_workspace_share_its_group(database: Database) -> None:
    ana, ben = await a_seat(database, "ana"), await a_seat(database, "ben")

    assert ana.group == ben.group
    assert ana.member.id != ben.member.id


async def test_two_workspaces_are_two_groups(database: Database) -> None:
    here, there = await a_seat(database, "ana", "T1"), await a_seat(database, "ana", "T2")

    assert here.group.id != there.group.id
    assert here.member.id != there.member.id


async def test_many_first_visits_at_once_make_one_group_and_one_member(database: Database) -> None:
    seats = await asyncio.gather(*(a_seat(database) for _ in range(8)))

    assert len({seat.group.id for seat in seats}) == 1
    assert len({seat.member.id for seat in seats}) == 1


async def test_a_channel_that_was_bound_wins_over_its_workspace(database: Database) -> None:
    workspace = (await a_seat(database)).group.id
    channel = (await a_seat(database, workspace="T2")).group.id
    async with database._engine.writing() as link:
        bound = {"platform": "slack", "workspace": "T1", "channel": "C9", "group_id": channel}
        await link.run(places.insert(), bound)

    assert (await database.seat(an_actor(channel="C9"), NOW)).group.id == channel
    assert (await database.seat(an_actor(channel="C1"), NOW)).group.id == workspace
    assert (await database.seat(an_actor(channel=None), NOW)).group.id == workspace


async def test_a_new_name_is_taken_over_and_an_empty_one_is_not(database: Database) -> None:
    await a_seat(database)

    renamed = await database.seat(an_actor(name="Ana B.", locale="fr"), NOW)
    nameless = await database.seat(an_actor(name="", locale="fr"), NOW)

    assert renamed.member.name == "Ana B."
    assert renamed.member.locale == "fr"
    assert nameless == renamed


async def test_a_member_who_moves_takes_the_platforms_zone_along(database: Database) -> None:
    await a_seat(database)

    filled = await database.seat(an_actor(zone="Asia/Manila"), NOW)
    moved = await database.seat(an_actor(zone="Europe/London"), NOW)
    unsaid = await database.seat(an_actor(zone=None), NOW)

    assert filled.member.zone == "Asia/Manila"
    assert moved.member.zone == "Europe/London"
    assert unsaid == moved


async def test_a_zone_that_the_member_chose_stays_wherever_the_platform_says_they_are(database: Database) -> None:
    seat = await database.seat(an_actor(zone="Asia/Manila"), NOW)
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.members.introduce(seat.member.id, zone="America/New_York")

    zones = [(await database.seat(an_actor(zone=zone), NOW)).member.zone for zone in ("Europe/London", "Asia/Manila")]

    assert zones == ["America/New_York"] * 2


async def test_a_zone_that_the_platform_has_said_before_is_written_down_once(database: Database) -> None:
    known = await database.seat(an_actor(zone="Asia/Manila"), NOW)

    async with database.unit(known.group.id, writes=True):  # nobody else could write now
        assert await database.seat(an_actor(zone="Asia/Manila"), NOW) == known


async def test_to_look_for_somebody_makes_nothing(database: Database) -> None:
    before = await dump(database)

    assert await database.known(Account("slack", "T1", "ana")) is None
    assert await dump(database) == before


async def test_somebody_known_is_found_in_the_group_of_their_workspace(database: Database) -> None:
    seat = await a_seat(database)
    await a_seat(database, "ana", "T2")

    assert await database.known(Account("slack", "T1", "ana")) == seat
    assert await database.known(Account("slack", "T1", "ben")) is None
    assert await database.known(Account("discord", "T1", "ana")) is None


async def test_an_admin_counts_as_organiser_only_while_they_are_one(database: Database) -> None:
    admin = await database.seat(an_actor(is_admin=True), NOW)
    plain = await database.seat(an_actor(), NOW)

    assert admin.member.is_organiser
    assert not plain.member.is_organiser


async def test_nothing_is_written_for_somebody_known(database: Database) -> None:
    known = await a_seat(database)

    async with database.unit(known.group.id, writes=True):  # nobody else could write now
        assert await a_seat(database) == known


async def test_direct_messages_go_to_the_account_used_last(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=False) as unit:
        account = await unit.members.account(seat.member.id)

    assert account == Account("slack", "T1", "ana")


async def test_what_a_member_chose_is_in_their_seat(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.members.introduce(seat.member.id, purpose=Purpose.CHANGE, field="Nursing")

    expected = replace(seat.member, purpose=Purpose.CHANGE, field="Nursing")
    assert (await a_seat(database)).member == expected


async def test_a_seat_is_as_the_last_commit_left_it_whoever_wrote(database_url: str) -> None:
    async with await Database.open(database_url, KEY) as here, await Database.open(database_url, KEY) as there:
        seats = [await a_seat(here), await a_seat(here)]
        for writer, is_organiser in ((there, True), (here, False), (there, True)):
            async with writer.unit(seats[0].group.id, writes=True) as unit:
                await unit.members.set_organiser(seats[0].member.id, is_organiser=is_organiser)
            seats += [await a_seat(here), await a_seat(here)]

    assert [seat.member.is_organiser for seat in seats] == [False, False, True, True, False, False, True, True]


async def test_a_seat_is_not_as_a_change_has_it_that_was_undone(database: Database) -> None:
    before = await a_seat(database)
    with suppress(LookupError):
        async with database.unit(before.group.id, writes=True) as unit:
            await unit.members.set_organiser(before.member.id, is_organiser=True)
            assert await a_seat(database) == before
            raise LookupError

    assert await a_seat(database) == before
