"""Checks that cards which were written in bulk are cards like any other."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.model.contact import Sought
from storage.bulk import fill
from storage.database import Database
from tests.storage.building import NOW, a_card, a_seat


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_cards_written_in_bulk_are_found_changed_and_joined_by_others(
    database: Database, database_url: str
) -> None:
    here, there = await a_seat(database), await a_seat(database, "eve", "T2")
    path = Path(database_url.removeprefix("sqlite:///"))
    sizes = {(here.group.id, here.member.id): 300, (there.group.id, there.member.id): 20}

    fill(path, {(int(group), int(steward)): count for (group, steward), count in sizes.items()}, NOW)

    async with database.unit(here.group.id, writes=True) as unit:
        assert await unit.contacts.count(NOW) == 300
        (found,) = await unit.contacts.search("person 299", Sought.ANYTHING, NOW)
        await unit.contacts.describe(found.id, organisation="Lakeside")
        newest = await a_card(unit, here.member.id)
        assert [card.id for card in await unit.contacts.search("", Sought.ANYTHING, NOW, limit=1)] == [newest]
        assert [card.id for card in await unit.contacts.search("lake", Sought.ORGANISATION, NOW)] == [found.id]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO board (board, rank) VALUES ('integrity-check', 1)")
