"""Checks that the migrations make the tables that `storage.tables` describes, once, on both databases."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.pool import NullPool

from storage.address import address
from storage.database import Database
from storage.errors import NotMigrated, TooNew
from storage.migrate import HEAD, migrate
from storage.tables import metadata
from tests.databases import KEY, PostgresServer

# On SQLite: what FTS5 keeps for itself, and the index that PostgreSQL has in its place.
SEARCH = {"board", "board_config", "board_data", "board_idx", "cards_words_ix"}


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new/askwell.db"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.empty_database(f"bare_{abs(hash(tmp_path))}")


@contextmanager
def _connection(url: str) -> Iterator[Connection]:
    found = address(url)
    engine = create_engine(found if isinstance(found, URL) else url, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


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


def test_the_second_time_there_is_nothing_to_do(bare_url: str) -> None:
    migrate(bare_url)

    assert not migrate(bare_url)


def test_the_newest_migration_is_the_one_that_the_program_asks_for() -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")

    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


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
