"""Checks what becomes of a group whose workspace takes the bot away: all of it goes, unless it comes back in time."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import text

from bot.model.installs import Install
from bot.model.outbox import Draft, Spot
from bot.model.people import Account, Seat
from storage.database import Database
from storage.erasing import erase
from storage.tables import accounts, metadata, places
from tests.databases import KEY
from tests.storage.building import DAY, HOUR, NOW, a_draft, a_seat, an_actor
from tests.storage.stocked import Stock, dump, stock

ENDS = NOW + 7 * DAY
FAR = NOW + 365 * DAY


def _rows_of(group: int, tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Return, for each table, the rows that belong to *group*."""
    return {
        name: [row for row in rows if row.get("id" if name == "groups" else "group_id") == group]
        for name, rows in tables.items()
    }


def _tables_of(group: int, tables: dict[str, list[dict[str, Any]]]) -> set[str]:
    return {name for name, rows in _rows_of(group, tables).items() if rows}


async def _bind(database: Database, seat: Seat, workspace: str, user: str | None = None) -> None:
    """Give the group of *seat* a place in another workspace, and its member an account there as *user*."""
    async with database._engine.writing() as link:
        there = {"platform": "slack", "workspace": workspace, "group_id": seat.group.id}
        await link.run(places.insert(), {**there, "channel": ""})
        if user is not None:
            await link.run(accounts.insert(), {**there, "user": user, "member_id": seat.member.id, "is_latest": True})


async def test_a_group_is_erased_from_every_table_and_no_other_is_touched(database: Database) -> None:
    gone, other = await stock(database, "ana", "T1"), await stock(database, "eve", "T2")
    before = await dump(database)
    assert _tables_of(gone.group, before) == {t.name for t in metadata.sorted_tables if "group_id" in t.c} | {"groups"}

    async with database._engine.writing() as link:
        removed = await erase(link, gone.group)

    after = await dump(database)
    assert _tables_of(gone.group, after) == set()
    assert _rows_of(other.group, after) == _rows_of(other.group, before)
    assert removed == sum(map(len, _rows_of(gone.group, before).values()))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_search_index_forgets_an_erased_group_too(database: Database) -> None:
    gone = await stock(database, "ana", "T1")
    await stock(database, "eve", "T2")
    async with database._engine.writing() as link:
        await erase(link, gone.group)

        # Raises "database disk image is malformed" where the index knows a card that is not there, or lacks one.
        await link.run(text("INSERT INTO board (board, rank) VALUES ('integrity-check', 1)"), {})
        assert len(await link.all(text("SELECT no FROM cards"), {})) == 1


async def test_a_group_that_was_left_is_erased_by_the_first_tidying_after_its_end(database: Database) -> None:
    gone = await stock(database, "ana", "T1")
    await database.leave("slack", "T1", ENDS)

    await database.prune(ENDS)
    assert await database.known(gone.account) is not None
    await database.prune(ENDS + HOUR)

    assert _tables_of(gone.group, await dump(database)) == set()
    assert await database.known(gone.account) is None


async def test_nothing_more_is_sent_to_a_group_that_was_left(database: Database) -> None:
    await stock(database, "ana", "T1")
    other = await stock(database, "eve", "T2")

    await database.leave("slack", "T1", ENDS)

    assert {letter.group for letter in await database.queue.claim(FAR, FAR + HOUR, 100)} == {other.group}


async def test_a_group_that_comes_back_in_time_stays_as_it_is(database: Database) -> None:
    stocked = await stock(database, "ana", "T1")
    await database.leave("slack", "T1", ENDS)

    await database.come_back("slack", "T1")
    await database.prune(ENDS + HOUR)

    assert await _is_whole(database, stocked)


async def test_whoever_uses_the_bot_again_keeps_their_group(database: Database) -> None:
    stocked = await stock(database, "ana", "T1")
    await database.leave("slack", "T1", ENDS)

    assert (await a_seat(database)).group == stocked.seat.group
    await database.prune(ENDS + HOUR)

    assert await _is_whole(database, stocked)


async def test_somebody_new_keeps_the_group_too(database: Database) -> None:
    stocked = await stock(database, "ana", "T1")
    await database.leave("slack", "T1", ENDS)

    ben = await a_seat(database, "ben")
    await database.prune(ENDS + HOUR)

    assert ben.group.id == stocked.group
    assert await _is_whole(database, stocked)


async def test_to_look_for_somebody_does_not_keep_their_group(database: Database) -> None:
    stocked = await stock(database, "ana", "T1")
    await database.leave("slack", "T1", ENDS)

    assert await database.known(stocked.account) is not None
    await database.prune(ENDS + HOUR)

    assert _tables_of(stocked.group, await dump(database)) == set()


async def _is_whole(database: Database, stocked: Stock) -> bool:
    async with database.unit(stocked.group, writes=False) as unit:
        card = await unit.contacts.get(stocked.card, stocked.member)
    return card is not None and await database.known(stocked.account) is not None


async def test_a_workspace_that_comes_back_too_late_begins_anew(database: Database) -> None:
    stocked = await stock(database, "ana", "T1")
    await database.leave("slack", "T1", ENDS)
    await database.prune(ENDS + HOUR)

    await database.come_back("slack", "T1")

    assert (await a_seat(database)).group.id != stocked.group


async def test_those_who_come_back_while_the_tidying_is_under_way_have_a_whole_group_or_a_new_one(
    database: Database, database_url: str
) -> None:
    stocked = await stock(database, "ana", "T1")
    await database.leave("slack", "T1", ENDS)

    async with await Database.open(database_url, KEY) as other:  # another process, as far as both can tell
        tidying = asyncio.create_task(other.prune(ENDS + HOUR))
        seats = await asyncio.gather(*(a_seat(database) for _ in range(5)))
        await tidying

    assert len({seat.group.id for seat in seats}) == 1
    assert seats[0].group.id != stocked.group or await _is_whole(database, stocked)
    assert await a_seat(database) == seats[0]


async def test_to_leave_twice_or_from_nowhere_harms_nobody(database: Database) -> None:
    other = await stock(database, "eve", "T2")
    before = await dump(database)

    await database.leave("slack", "T1", ENDS)
    await database.leave("discord", "T2", ENDS)
    await database.come_back("slack", "T2")
    assert await dump(database) == before
    await database.leave("slack", "T2", ENDS)
    await database.leave("slack", "T2", ENDS)
    await database.come_back("slack", "T2")
    await database.prune(ENDS + HOUR)

    assert (await a_seat(database, "eve", "T2")).member.id == other.member


async def test_a_group_with_another_place_goes_on_without_the_one_that_was_left(database: Database) -> None:
    stocked = await stock(database, "ana", "T1")
    await _bind(database, stocked.seat, "T2", "ana")

    await database.leave("slack", "T1", ENDS)
    await database.prune(ENDS + HOUR)

    assert await database.known(stocked.account) is None
    moved = await database.known(Account("slack", "T2", "ana"))
    assert moved is not None
    assert moved.member.id == stocked.member
    kept = _rows_of(stocked.group, await dump(database))
    assert {row["workspace"] for name in ("places", "accounts", "posts") for row in kept[name]} == {"T2"}
    assert (await a_seat(database)).group.id != stocked.group


async def test_letters_follow_those_who_can_still_be_reached(database: Database) -> None:
    both = await a_seat(database)
    await _bind(database, both, "T2", "ana")
    lost = await a_seat(database, "ben")
    here, there = Spot("slack", "T1", "C1"), Spot("slack", "T2", "C1")
    async with database.unit(both.group.id, writes=True) as unit:
        for key, seat, spot in (("ana", both, None), ("ben", lost, None), ("here", both, here), ("there", lost, there)):
            await unit.outbox.put(a_draft(seat.member.id, key, NOW, spot))
        await unit.outbox.put(Draft("edit", "card", "7", lost.member.id, NOW, here, "171.2"))

    await database.leave("slack", "T1", ENDS)

    assert {letter.key for letter in await database.queue.claim(NOW, NOW + HOUR, 10)} == {"ana", "there"}


async def test_a_bound_channel_is_a_place_of_its_own_group(database: Database) -> None:
    at_home, guest = await a_seat(database), await a_seat(database, "eve", "T2")
    async with database._engine.writing() as link:
        bound = {"platform": "slack", "workspace": "T1", "channel": "C9", "group_id": guest.group.id}
        await link.run(places.insert(), bound)
    await database.seat(an_actor(channel="C9"), NOW)

    await database.leave("slack", "T1", ENDS)
    await database.prune(ENDS + HOUR)

    tables = await dump(database)
    assert _tables_of(at_home.group.id, tables) == set()
    assert [row["workspace"] for row in tables["places"]] == ["T2"]
    assert [row["user"] for row in tables["accounts"]] == ["eve"]


async def test_when_both_workspaces_of_a_group_leave_at_once_it_ends(database: Database, database_url: str) -> None:
    seat = await a_seat(database)
    await _bind(database, seat, "T2")

    async with await Database.open(database_url, KEY) as other:
        await asyncio.gather(database.leave("slack", "T1", ENDS), other.leave("slack", "T2", ENDS))
    await database.prune(ENDS + HOUR)

    assert _tables_of(seat.group.id, await dump(database)) == set()


async def test_the_installs_outlive_the_group(database: Database) -> None:
    club = Install("slack", "", "T1", "Career club", "token of T1")
    await database.installs.keep(club)
    await a_seat(database)
    await database.leave("slack", "T1", ENDS)

    await database.prune(ENDS + HOUR)

    assert await database.installs.all("slack") == (club,)
