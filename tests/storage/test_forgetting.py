"""Checks that a member who leaves takes everything along, and first gets all of it in an export."""

import json
from typing import Any

from sqlalchemy import Table, select

from bot.model.contact import AskState, ContactId, Details, Sought
from bot.model.outbox import Spot
from bot.model.people import NOBODY
from storage.database import Database
from storage.exports import EXPORTED
from storage.tables import metadata
from tests.storage.building import DAY, NOW, a_seat
from tests.storage.stocked import SECRET, dump, stock

# Cards are the contacts' words again; what is not about a member at all has no way to `members`.
DERIVED = {"cards"}


def _points_at_people(table: Table, seen: frozenset[str] = frozenset({"groups"})) -> bool:
    targets = {key.column.table for key in table.foreign_keys if key.column.table.name not in seen}
    names = {target.name for target in targets}
    return "members" in names or any(_points_at_people(target, seen | {table.name}) for target in targets)


def _columns_of_people() -> list[Any]:
    """Return every column that refers to a member, as the tables themselves say."""
    return [
        element.parent
        for table in metadata.sorted_tables
        for constraint in table.foreign_key_constraints
        for element in constraint.elements
        if element.column.table.name == "members" and element.column.name == "id"
    ]


def test_the_export_names_every_table_that_has_a_members_data() -> None:
    personal = {table.name for table in metadata.sorted_tables if _points_at_people(table)} | {"members"}

    assert personal - DERIVED == set(EXPORTED)


async def test_the_export_is_all_there_is_in_plain_json(database: Database) -> None:
    stocked = await stock(database, "ana", "T1")
    async with database.unit(stocked.group, writes=False) as unit:
        found = await unit.exports.everything(stocked.member)

    assert json.loads(json.dumps(found)) == found
    assert all(found[name] for name in EXPORTED)
    assert found["members"][0]["inventory"]["interests"] == "music"
    assert {contact["email"] for contact in found["contacts"]} == {f"ana.{SECRET['email']}", ""}
    assert {contact["note"] for contact in found["contacts"]} == {SECRET["note"], ""}
    assert found["replies"][0]["answer"] == SECRET["reply"]
    assert found["drafts"][0]["text"] == SECRET["draft"]
    assert found["asks"][0]["taken_at"] == NOW.isoformat()
    assert not any("hash" in column for rows in found.values() for row in rows for column in row)


async def test_the_export_of_somebody_else_has_none_of_it(database: Database) -> None:
    stocked = await stock(database, "ana", "T1")
    ben = await a_seat(database, "ben")
    async with database.unit(stocked.group, writes=False) as unit:
        found = await unit.exports.everything(ben.member.id)

    assert {name for name, rows in found.items() if rows} == {"members", "accounts"}


async def test_no_row_of_a_forgotten_member_is_left(database: Database) -> None:
    stocked = await stock(database, "ana", "T1")
    ben = await stock(database, "ben", "T1")
    assert await _columns_naming(database, stocked.member) == {str(column) for column in _columns_of_people()}

    async with database.unit(stocked.group, writes=True) as unit:
        await unit.members.forget(stocked.member)

    assert await _columns_naming(database, stocked.member) == set()
    everything = repr(await dump(database))
    for word in ("Tom of ana", "Rosa of ana", "'ana'", "-ana'"):
        assert word not in everything.replace("edit-ana'", "")
    assert "Rosa of ben" in everything
    async with database.unit(ben.group, writes=False) as unit:
        assert len(await unit.contacts.of(ben.member)) == 3


async def _columns_naming(database: Database, member: int) -> set[str]:
    """Return the columns in which some row names *member*."""
    async with database._engine.reading() as link:
        return {
            str(column)
            for column in _columns_of_people()
            if await link.first(select(column).where(column == member), {}) is not None
        }


async def test_forgetting_twice_or_nobody_changes_nothing(database: Database) -> None:
    stocked = await stock(database, "ana", "T1")
    async with database.unit(stocked.group, writes=True) as unit:
        await unit.members.forget(stocked.member)
    before = await dump(database)

    async with database.unit(stocked.group, writes=True) as unit:
        await unit.members.forget(stocked.member)

    assert await dump(database) == before


async def test_what_protects_others_stays_without_a_name(database: Database) -> None:
    ana = await stock(database, "ana", "T1")
    ben = await stock(database, "ben", "T1")
    async with database.unit(ana.group, writes=True) as unit:
        ask = await unit.asks.hold(ben.card, ana.member, NOW, NOW + DAY)
        await unit.asks.set_state(ask, AskState.SENT, NOW)

        await unit.members.forget(ana.member)

        asks = {found.id: found for found in await unit.asks.about(ben.card, NOW - DAY)}
        assert (asks[ask].seeker, asks[ask].state) == (NOBODY, AskState.CLOSED)
        assert asks[ask].taken_at == NOW
        assert [question.author for question in await unit.questions.all()] == [NOBODY, ben.member]
        assert await unit.contacts.is_suppressed(Details("stop-ana@example.org"))


async def test_cards_of_a_forgotten_steward_are_off_the_board(database: Database) -> None:
    ana = await stock(database, "ana", "T1")
    ben = await stock(database, "ben", "T1")
    async with database.unit(ana.group, writes=True) as unit:
        await unit.members.forget(ana.member)

        assert await unit.contacts.get(ana.card, ben.member) is None
        assert [card.id for card in await unit.contacts.search("", Sought.ANYTHING, NOW)] == [ben.card]
        assert [card.id for card in await unit.contacts.search("rosa", Sought.ANYTHING, NOW)] == [ben.card]
        assert await unit.contacts.duplicate(Details(f"ana.{SECRET['email']}"), ContactId(0), NOW) is None


async def test_only_the_letters_that_redraw_a_message_in_a_channel_still_go_out(database: Database) -> None:
    ana = await stock(database, "ana", "T1")
    async with database.unit(ana.group, writes=True) as unit:
        await unit.members.forget(ana.member)

    letters = await database.queue.claim(NOW + 90 * DAY, NOW + 91 * DAY, 100)

    assert [(letter.key, letter.member, letter.spot) for letter in letters] == [
        ("edit-ana", NOBODY, Spot("slack", "T1", "C1"))
    ]
