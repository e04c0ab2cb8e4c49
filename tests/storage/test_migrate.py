"""Checks that the migrations make the tables that `storage.tables` describes, once, on both databases."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, bindparam, create_engine, text
from sqlalchemy.pool import NullPool

from storage.address import address
from storage.database import Database
from storage.errors import NotMigrated, OutOfReach, TooNew
from storage.migrate import HEAD, migrate
from storage.tables import metadata
from storage.types import Instant
from tests.databases import KEY, PostgresServer
from tests.storage.building import HOUR, NOW, an_actor

# On SQLite: what FTS5 keeps for itself, and the index that PostgreSQL has in its place.
SEARCH = {"board", "board_config", "board_data", "board_idx", "cards_words_ix"}


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new/askwell.db"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.bare()


@contextmanager
def _connection(url: str) -> Iterator[Connection]:
    found = address(url)
    engine = create_engine(found if isinstance(found, URL) else url, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return config


def _compare(connection: Connection) -> Any:
    is_postgres = connection.dialect.name == "postgresql"

    def is_ours(_thing: Any, name: str | None, *_rest: Any) -> bool:
        return is_postgres or name not in SEARCH

    def differs(_context: Any, _inspected: Any, _ours: Any, found: str | None, *_rest: Any) -> bool | None:
        return False if found == "('')" else None  # Alembic takes SQLite's empty text for another one than ours

    options = {"include_object": is_ours, "compare_type": True, "compare_server_default": differs}
    return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


def test_from_nothing_to_the_tables_there_is_no_difference(bare_url: str) -> None:
    assert migrate(bare_url)

    with _connection(bare_url) as connection:
        assert _compare(connection) == []


RELEASED = ["0001", "0002"]

# Somebody who waits for a letter that a worker took and never answered for.
IN_USE_SINCE_0001 = (
    "INSERT INTO groups (id, name, created_at) VALUES (1, 'Career club', :now)",
    "INSERT INTO places (platform, workspace, channel, group_id) VALUES ('slack', 'T1', '', 1)",
    "INSERT INTO members (id, group_id, name, joined_at, zone) VALUES (1, 1, 'Ana', :now, 'Asia/Manila')",
    """INSERT INTO accounts (id, group_id, member_id, platform, workspace, "user", is_latest)
       VALUES (1, 1, 1, 'slack', 'T1', 'ana', true)""",
    """INSERT INTO letters (id, group_id, key, kind, about, member_id, due_at, wake_at, leased_until, tries)
       VALUES (1, 1, 'k1', 'nudge', '7', 1, :now, :now, :now, 1)""",
)


@pytest.fixture(params=RELEASED)
def used_url(bare_url: str, request: pytest.FixtureRequest) -> str:
    """Return the address of a database that an earlier version has used, each of them once."""
    if isinstance(path := address(bare_url), Path):
        path.parent.mkdir()
    with _connection(bare_url) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, request.param)
        now = bindparam("now", NOW, type_=Instant)
        for statement in IN_USE_SINCE_0001:
            connection.execute(text(statement).bindparams(now) if ":now" in statement else text(statement))
        connection.commit()
    return bare_url


def test_from_earlier_tables_to_those_of_today_there_is_no_difference(used_url: str) -> None:
    assert migrate(used_url)

    with _connection(used_url) as connection:
        assert _compare(connection) == []


async def test_what_an_earlier_version_knew_is_still_known(used_url: str) -> None:
    await asyncio.to_thread(migrate, used_url)
    async with await Database.open(used_url, KEY) as database:
        seat = await database.seat(an_actor(zone="Europe/London"), NOW)
        (letter,) = await database.queue.claim(NOW, NOW + HOUR, 10)

    assert (seat.group.name, seat.member.id, seat.member.zone) == ("Career club", 1, "Asia/Manila")
    assert (letter.key, letter.tries, letter.is_in_doubt) == ("k1", 2, True)


def test_the_second_time_there_is_nothing_to_do(bare_url: str) -> None:
    migrate(bare_url)

    assert not migrate(bare_url)


def test_every_migration_but_the_newest_is_begun_from() -> None:
    revisions = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}

    assert revisions - {HEAD} == set(RELEASED)


def test_the_newest_migration_is_the_one_that_the_program_asks_for() -> None:
    assert ScriptDirectory.from_config(_config()).get_current_head() == HEAD


def test_several_processes_that_migrate_at_once_do_it_once(bare_url: str) -> None:
    program = "import sys; from storage.migrate import migrate; print(migrate(sys.argv[1]))"
    processes = [
        subprocess.Popen([sys.executable, "-c", program, bare_url], stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]

    answers = sorted(process.communicate(timeout=60)[0].strip() for process in processes)

    assert answers == ["False", "False", "True"]


def test_alembic_is_not_even_imported_when_there_is_nothing_to_do(bare_url: str) -> None:
    migrate(bare_url)
    program = "import sys; from storage.migrate import migrate; migrate(sys.argv[1]); print('alembic' in sys.modules)"

    answer = subprocess.run(
        [sys.executable, "-c", program, bare_url], capture_output=True, text=True, timeout=60, check=True
    )

    assert answer.stdout.strip() == "False"


def test_a_database_of_a_newer_version_is_left_alone(bare_url: str) -> None:
    migrate(bare_url)
    with _connection(bare_url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()

    with pytest.raises(TooNew, match="newer version"):
        migrate(bare_url)


def test_a_database_that_was_not_migrated_is_not_opened(bare_url: str) -> None:
    with pytest.raises(NotMigrated, match="askwell migrate"):
        asyncio.run(Database.open(bare_url, KEY))


def test_a_new_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "askwell.db"
    migrate(f"sqlite:///{path}")

    assert path.stat().st_mode & 0o077 == 0


def test_what_is_no_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "askwell.db"
    path.write_text("a shopping list, and a long one: " + "milk, " * 200)

    with pytest.raises(OutOfReach, match="cannot be used: file is not a database"):
        migrate(f"sqlite:///{path}")
    with pytest.raises(OutOfReach, match="cannot be used: file is not a database"):
        asyncio.run(Database.open(f"sqlite:///{path}", KEY))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgresql://nobody:hidden@127.0.0.1:1/none", "cannot be used"),
        ("sqlite:////dev/null/askwell.db", "cannot be made"),
    ],
)
def test_a_database_that_cannot_be_reached_is_told_in_a_sentence(url: str, why: str) -> None:
    with pytest.raises(OutOfReach, match=why) as raised:
        migrate(url)

    assert "hidden" not in str(raised.value)
