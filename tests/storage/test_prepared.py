"""Checks that a SELECT that runs on sqlite3 itself gives what SQLAlchemy gives."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.model.contact import AskState
from storage.database import Database
from storage.link import InlineLink
from storage.prepared import prepared
from storage.tables import asks, groups, members, metadata
from storage.watching import statements
from tests.databases import KEY
from tests.storage.building import NOW
from tests.storage.stocked import stock

BY_NAME = select(members.c.id, members.c.name).where(members.c.name.in_(bindparam("names", expanding=True)))
BROKEN = select(func.abs(bindparam("number"), -1))


@pytest.fixture
async def link(sqlite_url: str) -> AsyncIterator[InlineLink]:
    """Return a link to a SQLite database in which every table of the groups has rows."""
    async with await Database.open(sqlite_url, KEY) as database:
        await stock(database, "ana", "T1")
        async with database._engine.reading() as opened:
            assert isinstance(opened, InlineLink)
            yield opened


@pytest.fixture
def people() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT)")
        yield connection


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
async def test_rows_are_the_same_as_by_sqlalchemy(link: InlineLink, table: Table[Any]) -> None:
    rows = await link.all(select(table), {})

    expected = link._connection.execute(select(table)).all()
    assert [row._asdict() for row in rows] == [row._asdict() for row in expected]
    assert [[type(value) for value in row] for row in rows] == [[type(value) for value in row] for row in expected]


# One connection for all examples: each of them begins by removing what the last one left.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=2), max_size=9), st.lists(st.text(max_size=2), max_size=9))
def test_a_list_of_any_length_finds_what_it_names(
    people: sqlite3.Connection, there: list[str], sought: list[str]
) -> None:
    people.execute("DELETE FROM members")
    people.executemany("INSERT INTO members (name) VALUES (?)", [(name,) for name in there])

    ready = prepared(BY_NAME, {"names": sought})
    rows = ready.rows(people.execute(ready.sql, ready.values({"names": sought})).fetchall())

    assert [row.name for row in rows] == [name for name in there if name in sought]


async def test_what_stands_in_the_statement_is_given_as_its_column_keeps_it(link: InlineLink) -> None:
    taken_now = select(asks.c.taken_at).where(asks.c.taken_at == NOW, asks.c.state == AskState.HOLD)

    assert {row.taken_at for row in await link.all(taken_now, {})} == {NOW}


async def test_a_list_that_stands_in_the_statement_is_given_too(link: InlineLink) -> None:
    either = select(asks.c.state).where(asks.c.state.in_([AskState.HOLD, AskState.SENT]), asks.c.taken_at.in_([NOW]))

    assert {row.state for row in await link.all(either, {})} == {AskState.HOLD}


async def test_the_first_of_several_is_one(link: InlineLink) -> None:
    in_order = select(asks.c.id).order_by(asks.c.id.desc())

    first = await link.first(in_order, {})

    assert first == (await link.all(in_order, {}))[0]


async def test_the_first_of_none_is_none(link: InlineLink) -> None:
    assert await link.first(select(groups.c.id).where(groups.c.id == bindparam("id")), {"id": -1}) is None


async def test_a_moment_without_a_zone_is_refused(link: InlineLink) -> None:
    since = select(asks.c.id).where(asks.c.taken_at > bindparam("since"))

    with pytest.raises(ValueError, match="needs a time zone"):
        await link.all(since, {"since": datetime(2026, 3, 9)})  # noqa: DTZ001


async def test_an_error_is_sqlalchemys_and_repeats_no_words(link: InlineLink) -> None:
    with pytest.raises(OperationalError, match="wrong number of arguments") as caught:
        await link.all(BROKEN, {"number": "owes me lunch"})

    assert "owes me lunch" not in str(caught.value)


async def test_whoever_counts_statements_is_told_of_each(link: InlineLink) -> None:
    with statements() as seen:
        await link.first(BY_NAME, {"names": ["Ana"]})

    assert seen == [(prepared(BY_NAME, {"names": ["Ana"]}).sql, ["Ana"])]


async def test_a_refused_row_is_told_without_its_words(database: Database) -> None:
    async def write() -> None:
        async with database._engine.writing() as link:
            await link.run(insert(members), {"group_id": 99, "name": "owes me lunch", "joined_at": NOW})

    with pytest.raises(IntegrityError) as caught:
        await write()

    assert "owes me lunch" not in str(caught.value)


async def test_a_glance_leaves_nothing_open(sqlite_url: str) -> None:
    async with await Database.open(sqlite_url, KEY) as database:
        await stock(database, "ana", "T1")
        async with database._engine.glancing() as link:
            await link.first(select(asks.c.id), {})

            with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as other:
                busy, *_pages = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                assert busy == 0
