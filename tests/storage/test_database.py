"""Checks what a unit of work promises: all or nothing, reading without waiting, no harm from being cancelled."""

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from textwrap import dedent

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.model.contact import ContactId
from bot.model.installs import Installs, Lines
from bot.model.people import Seat
from bot.model.store import Store
from storage.database import Database
from storage.errors import BadAddress, Closed, NotMigrated, OutOfReach, TooNew, Unusable, WrongKey
from storage.secrets import new_key
from storage.tables import metadata
from tests.databases import KEY
from tests.storage.building import DAY, NOW, a_card, a_contact, a_seat
from tests.storage.stocked import dump, stock

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def _names(database: Database, seat: Seat) -> list[str]:
    async with database.unit(seat.group.id, writes=False) as unit:
        return [contact.name for contact in await unit.contacts.of(seat.member.id)]


async def _write(database: Database, seat: Seat, name: str) -> None:
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.contacts.add(a_contact(seat.member.id, name), NOW)


@contextmanager
def _locked_by_another_process(url: str) -> Iterator[None]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


async def test_the_database_is_a_store(database: Database) -> None:
    store: Store = database
    installs: Installs = database.installs
    lines: Lines = database.lines

    assert store.queue is database.queue
    assert (installs, lines) == (database.installs, database.lines)
    assert await database.ready()


async def test_whoever_comes_after_the_end_opens_nothing_anew(database: Database) -> None:
    seat = await a_seat(database)
    await database.close()
    await database.close()
    threads = threading.active_count()

    for writes in (False, True):
        with pytest.raises(Closed):
            async with database.unit(seat.group.id, writes=writes):
                pass
    assert threading.active_count() == threads


async def test_an_error_undoes_the_whole_unit(database: Database) -> None:
    seat = await a_seat(database)

    async def fail() -> None:
        async with database.unit(seat.group.id, writes=True) as unit:
            await unit.contacts.add(a_contact(seat.member.id), NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    assert await _names(database, seat) == []
    await _write(database, seat, "Tom")
    assert await _names(database, seat) == ["Tom"]


async def test_a_unit_that_reads_refuses_to_write(database: Database) -> None:
    seat = await a_seat(database)

    async def write() -> None:
        async with database.unit(seat.group.id, writes=False) as unit:
            await unit.contacts.add(a_contact(seat.member.id), NOW)

    with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        await write()
    assert await _names(database, seat) == []


async def test_reading_sees_one_moment_while_others_write(database: Database) -> None:
    seat = await a_seat(database)
    await _write(database, seat, "Rosa")

    async with database.unit(seat.group.id, writes=False) as unit:
        before = await unit.contacts.of(seat.member.id)
        await _write(database, seat, "Tom")
        during = await unit.contacts.of(seat.member.id)

    assert during == before
    assert await _names(database, seat) == ["Tom", "Rosa"]


async def test_reading_waits_for_no_writer(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.contacts.add(a_contact(seat.member.id), NOW)

        assert await asyncio.wait_for(_names(database, seat), 5) == []


async def test_many_units_read_side_by_side(database: Database) -> None:
    seat = await a_seat(database)
    await _write(database, seat, "Rosa")

    async def read() -> str:
        async with database.unit(seat.group.id, writes=False) as unit:
            await asyncio.sleep(0)
            return (await unit.contacts.of(seat.member.id))[0].name

    assert await asyncio.gather(*(read() for _ in range(20))) == ["Rosa"] * 20


async def test_many_units_write_one_after_the_other(database: Database) -> None:
    seat = await a_seat(database)

    await asyncio.gather(*(_write(database, seat, f"Rosa {n}") for n in range(20)))

    assert len(await _names(database, seat)) == 20


async def test_a_row_of_another_group_cannot_be_referred_to(database: Database) -> None:
    here, there = await a_seat(database), await a_seat(database, "eve", "T2")
    async with database.unit(there.group.id, writes=True) as unit:
        card = await a_card(unit, there.member.id)

    async def ask() -> None:
        async with database.unit(here.group.id, writes=True) as unit:
            await unit.asks.hold(card, here.member.id, NOW, NOW + DAY)

    with pytest.raises(IntegrityError):
        await ask()


async def test_ids_are_never_given_twice(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        first = await unit.contacts.add(a_contact(seat.member.id), NOW)
        await unit.contacts.remove(first)

        assert await unit.contacts.add(a_contact(seat.member.id), NOW) != first


@on_sqlite
async def test_writing_inside_writing_is_told_as_the_mistake_it_is(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True):
        with pytest.raises(RuntimeError, match="writing already"):
            await _write(database, seat, "Rosa")


@on_sqlite
async def test_waiting_for_another_process_does_not_hold_up_the_event_loop(
    database: Database, database_url: str
) -> None:
    seat = await a_seat(database)
    with _locked_by_another_process(database_url):
        waiting = asyncio.create_task(_write(database, seat, "Rosa"))
        for _ in range(50):
            await asyncio.sleep(0.001)

        assert not waiting.done()
        assert await _names(database, seat) == []
    await asyncio.wait_for(waiting, 10)
    assert await _names(database, seat) == ["Rosa"]


@on_sqlite
async def test_a_writer_that_is_cancelled_while_it_waits_leaves_the_next_one_well(
    database: Database, database_url: str
) -> None:
    seat = await a_seat(database)
    with _locked_by_another_process(database_url):
        waiting = asyncio.create_task(_write(database, seat, "Rosa"))
        await asyncio.sleep(0.01)
        waiting.cancel()
        with suppress(asyncio.CancelledError, TimeoutError):
            await asyncio.wait_for(asyncio.shield(waiting), 0.05)
    with suppress(asyncio.CancelledError):
        await waiting

    await _still_well(database, seat)


async def test_a_unit_that_is_cancelled_between_statements_is_undone(database: Database) -> None:
    seat = await a_seat(database)
    is_inside = asyncio.Event()

    async def write_and_wait() -> None:
        async with database.unit(seat.group.id, writes=True) as unit:
            await unit.contacts.add(a_contact(seat.member.id, "Rosa"), NOW)
            is_inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_and_wait())
    await is_inside.wait()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task

    await _still_well(database, seat)


async def test_a_unit_that_is_cancelled_at_any_moment_is_undone_or_done(database: Database) -> None:
    seat = await a_seat(database)
    for turns in range(40):
        task = asyncio.create_task(_write(database, seat, f"Rosa {turns}"))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        async with database.unit(seat.group.id, writes=True) as unit:
            for contact in await unit.contacts.of(seat.member.id):
                await unit.contacts.remove(contact.id)

    await _still_well(database, seat)


async def _still_well(database: Database, seat: Seat) -> None:
    """Check that the next one to write finds everything as usual, foreign keys watched over among it."""
    await asyncio.wait_for(_write(database, seat, "Tom"), 10)
    assert await _names(database, seat) == ["Tom"]

    async def ask_about_nobody() -> None:
        async with database.unit(seat.group.id, writes=True) as unit:
            await unit.asks.hold(ContactId(99_999), seat.member.id, NOW, NOW + DAY)

    with pytest.raises(IntegrityError):
        await ask_about_nobody()


async def test_what_was_committed_is_there_after_a_new_start(database: Database, database_url: str) -> None:
    stocked = await stock(database, "ana", "T1")
    before = await dump(database)
    await database.close()

    async with await Database.open(database_url, KEY) as again:
        assert await dump(again) == before
        async with again.unit(stocked.group, writes=False) as unit:
            assert (await unit.contacts.details(stocked.card)).email == "ana.rosa@example.org"


def test_nothing_that_was_committed_is_lost_when_the_process_is_killed(sqlite_url: str) -> None:
    program = """
        import asyncio, sys
        from storage.database import Database
        from tests.databases import KEY
        from tests.storage.building import NOW, a_contact, a_seat

        async def write_for_ever():
            database = await Database.open(sys.argv[1], KEY)
            seat = await a_seat(database)
            for n in range(1_000_000):
                async with database.unit(seat.group.id, writes=True) as unit:
                    await unit.contacts.add(a_contact(seat.member.id, f"Rosa {n}"), NOW)
                print(f"Rosa {n}", flush=True)

        asyncio.run(write_for_ever())
    """
    command = [sys.executable, "-c", dedent(program), sqlite_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(100)]
        process.kill()
        told += process.stdout.read().split("\n")[:-1]

    async def kept() -> list[str]:
        async with await Database.open(sqlite_url, KEY) as database:
            return await _names(database, await a_seat(database))

    assert set(told) <= set(asyncio.run(kept()))


async def test_reset_leaves_no_row_but_the_keys(database: Database) -> None:
    stocked = await stock(database, "ana", "T1")
    await database.chat.add("m1", "general", "ana", "hello", None, NOW)

    await database.reset()

    tables = await dump(database)
    assert {name for name, rows in tables.items() if rows} == {"secrets", "counters"}
    assert (await a_seat(database)).group.id != stocked.group


async def test_old_letters_go_and_living_ones_stay(database: Database) -> None:
    await stock(database, "ana", "T1")
    letters_before = len((await dump(database))["letters"])

    assert await database.prune(NOW + 90 * DAY) == 2  # the kept reply, and the form that was left
    assert await database.prune(NOW + 91 * DAY) == 1  # the letter that was sent

    assert len((await dump(database))["letters"]) == letters_before - 1


@pytest.fixture
async def outdated(database: Database, database_url: str) -> str:
    """Return the address of a database that a newer Askwell has used."""
    async with database._engine.writing() as link:
        await link.run(text("UPDATE alembic_version SET version_num = '9999'"), {})
    return database_url


async def test_a_newer_database_is_left_alone(outdated: str) -> None:
    with pytest.raises(TooNew, match="newer version"):
        await Database.open(outdated, KEY)


async def test_another_key_is_refused_at_the_start(database: Database, database_url: str) -> None:
    with pytest.raises(WrongKey, match="another key"):
        await Database.open(database_url, new_key())


async def test_a_new_key_before_the_old_one_opens_everything(database: Database, database_url: str) -> None:
    stocked = await stock(database, "ana", "T1")

    async with (
        await Database.open(database_url, [new_key(), KEY]) as again,
        again.unit(stocked.group, writes=True) as unit,
    ):
        details = await unit.contacts.details(stocked.card)
        other = await unit.contacts.add(a_contact(stocked.member), NOW)
        duplicate = await unit.contacts.duplicate(details, other, NOW)

    assert duplicate is not None
    assert duplicate.id == stocked.card


@pytest.mark.parametrize(
    ("url", "error", "why"),
    [
        ("mysql://localhost/x", BadAddress, "begins with sqlite"),
        ("sqlite://", BadAddress, "begins with sqlite"),
        ("sqlite:///:memory:", BadAddress, "begins with sqlite"),
        ("postgresql//user:hidden@host", BadAddress, "is not an address"),
        ("sqlite:////nowhere/at/all.db", NotMigrated, "askwell migrate"),
        ("postgresql://nobody@127.0.0.1:1/none", OutOfReach, "cannot be used"),
    ],
)
async def test_an_address_that_does_not_work_is_told_in_a_sentence(url: str, error: type[Unusable], why: str) -> None:
    with pytest.raises(error, match=why) as raised:
        await Database.open(url, KEY)

    assert "hidden" not in str(raised.value)


def test_all_ids_of_people_point_into_the_same_group() -> None:
    """The database itself refuses a reference across groups: every such key includes the group."""
    for table in metadata.sorted_tables:
        for constraint in table.foreign_key_constraints:
            target = constraint.elements[0].column.table.name
            assert target == "groups" or next(iter(constraint.column_keys)) == "group_id"
