"""Brings a database to the tables of this version, once, however many processes try at the same moment."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool

from storage.address import address
from storage.errors import NotMigrated, OutOfReach, TooNew

HEAD = "0003"
"""The newest revision in `storage/migrations`; a test compares them. Revisions are counted, so they sort as text."""

PATIENCE = 60
"""Seconds to wait for another process that is migrating."""

IS_PREPARED = {
    "sqlite": text("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'"),
    "postgresql": text("SELECT 1 FROM pg_tables WHERE tablename = 'alembic_version' AND schemaname = current_schema()"),
}
REVISION = text("SELECT version_num FROM alembic_version")

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('askwell migrate', 0))")


def migrate(url: str) -> bool:
    """Create or upgrade the tables of the database at *url*. Tells whether there was anything to do.

    Raises a kind of `Unusable`. It blocks: call it before the event loop starts, or in a thread.
    """
    found = address(url)
    return _migrate_file(found) if isinstance(found, Path) else _migrate_server(found)


def check(revision: str | None) -> None:
    """Raise `NotMigrated` or `TooNew` unless *revision* is this version's."""
    if revision is not None and revision > HEAD:
        raise TooNew("This database was used by a newer version of Askwell. Install that version, or a later one.")
    if revision != HEAD:
        raise NotMigrated("This database is not ready for this version of Askwell. Run: askwell migrate")


def _migrate_file(path: Path) -> bool:
    _make(path)
    with _engine(sqlite3_at(path)) as engine, _connected(engine) as connection:
        return _migrate(connection, lambda: connection.exec_driver_sql("BEGIN EXCLUSIVE"))


def _migrate_server(url: URL) -> bool:
    with _engine(url) as engine, _connected(engine) as connection:
        return _migrate(connection, lambda: connection.execute(_LOCK))


def _make(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # for its owner alone; SQLite gives its companion files the same rights
    except OSError as error:
        raise OutOfReach(f"The file {path} cannot be made: {error.strerror}") from None


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    try:
        connection = engine.connect()
        if connection.dialect.name == "sqlite":
            _use_wal(connection)
    except DatabaseError as error:
        raise OutOfReach.because(error.orig) from None
    with connection:
        yield connection


def sqlite3_at(path: Path) -> Callable[[], sqlite3.Connection]:
    return lambda: sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)


@contextmanager
def _engine(source: URL | Callable[[], sqlite3.Connection]) -> Iterator[Engine]:
    engine = (
        create_engine(source, poolclass=NullPool)
        if isinstance(source, URL)
        else create_engine("sqlite://", creator=source, poolclass=NullPool)
    )
    try:
        yield engine
    finally:
        engine.dispose()


def _use_wal(connection: Connection) -> None:
    """Switch the file to a write-ahead log, once and for good. SQLite does not wait for others here, so this does."""
    for attempt in range(PATIENCE * 20):
        try:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            return
        except OperationalError:
            if attempt == PATIENCE * 20 - 1:
                raise
            time.sleep(0.05)


def _migrate(connection: Connection, lock: Callable[[], object]) -> bool:
    if not _is_behind(connection):
        return False
    connection.rollback()
    lock()
    if is_behind := _is_behind(connection):
        _upgrade(connection)
    connection.commit()
    return is_behind


def _is_behind(connection: Connection) -> bool:
    try:
        check(_revision(connection))
    except NotMigrated:
        return True
    return False


def _revision(connection: Connection) -> str | None:
    if connection.execute(IS_PREPARED[connection.dialect.name]).first() is None:
        return None
    return connection.execute(REVISION).scalar()


def _upgrade(connection: Connection) -> None:
    # Only now: importing Alembic takes longer than most starts of Askwell have to.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
