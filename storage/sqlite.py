"""Opens a SQLite file: readers inline on held connections, one writer per process.

What reads runs on the event loop itself: 20 rows take 70 microseconds there and ten times that by way of a thread, and
a reader in WAL mode waits for nobody. What writes goes through aiosqlite's thread, because it may wait: for other
processes that write, and for the disk.
"""

import asyncio
import logging
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, create_engine
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from storage.link import AwaitedSqliteLink, InlineLink, Link, Linking

WAIT = 30_000
"""Milliseconds that a writer waits for writers of other processes."""

IDLE_READERS = 4
"""Readers overlap only where a unit awaits something else than its statements, so a few held connections are enough."""

_SHARED = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16000",
    "PRAGMA mmap_size = 268435456",
)
_WRITER = (
    *_SHARED,
    f"PRAGMA busy_timeout = {WAIT}",
    "PRAGMA synchronous = FULL",  # what was committed outlives a power cut too; at the queue's batches it costs nothing
    "PRAGMA secure_delete = ON",  # what was removed is gone from the file as well
)
_READER = (*_SHARED, "PRAGMA busy_timeout = 5000", "PRAGMA query_only = ON")


class SqliteEngine:
    """Fulfils `storage.engine.Engine` for the file at *path*, which `storage.migrate` has made and set to WAL mode."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # Autocommit as far as sqlite3 and SQLAlchemy know: the transactions are begun and ended here.
        self._engine = create_engine(
            "sqlite+pysqlite://",
            creator=lambda: sqlite3.connect(path, isolation_level=None, check_same_thread=False),
            poolclass=NullPool,
        ).execution_options(isolation_level="AUTOCOMMIT")
        self._idle: list[_Held] = []
        self._writer: _Writer | None = None

    def reading(self) -> Linking:
        return _Reading(self)

    def glancing(self) -> Linking:
        return _Reading(self)

    def writing(self) -> Linking:
        if self._writer is None:
            self._writer = _Writer(self._path)
        return _Writing(self._writer)

    async def close(self) -> None:
        for held in self._idle:
            held.close()
        self._idle.clear()
        if self._writer is not None:
            await self._writer.close()
            self._writer = None

    def take(self) -> "_Held":
        return self._idle.pop() if self._idle else self._hold()

    def give_back(self, held: "_Held") -> None:
        if len(self._idle) < IDLE_READERS:
            self._idle.append(held)
        else:
            held.close()

    def _hold(self) -> "_Held":
        held = _Held(self._engine.connect())
        for pragma in _READER:
            held.raw.execute(pragma)
        return held


class _Held:
    """A connection kept open, with the statements that begin and end its transactions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.raw: Any = connection.connection.dbapi_connection
        self.link: Link = InlineLink(connection)

    def close(self) -> None:
        self._connection.close()


class _Reading:
    __slots__ = ("_engine", "_held")

    def __init__(self, engine: SqliteEngine) -> None:
        self._engine = engine

    async def __aenter__(self) -> Link:
        self._held = self._engine.take()
        self._held.raw.execute("BEGIN")
        return self._held.link

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.raw.execute("ROLLBACK")
        self._engine.give_back(self._held)


class _Writer:
    """The one connection of this process that writes. It lives in a thread of its own, which aiosqlite keeps, so that
    waiting for other processes and for the disk never holds up the event loop."""

    def __init__(self, path: Path) -> None:
        # At DEBUG aiosqlite would log every statement with its values: contact details among them.
        logging.getLogger("aiosqlite").setLevel(logging.INFO)
        # Autocommit as far as SQLAlchemy knows: the transactions are begun and ended here.
        self._engine = create_async_engine(
            f"sqlite+aiosqlite:///{path}", poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        self._connection: AsyncConnection | None = None
        self.turn = asyncio.Lock()
        self.task: asyncio.Task[Any] | None = None

    async def begin(self) -> Link:
        if self._connection is None:
            self._connection = await self._connect()
        await self._connection.exec_driver_sql("BEGIN IMMEDIATE")
        return AwaitedSqliteLink(self._connection)

    async def commit(self) -> None:
        if self._connection is not None:
            await self._connection.exec_driver_sql("COMMIT")

    async def end(self) -> None:
        """Let the next one write. Whatever was not committed is undone; after a commit there is nothing to undo."""
        self.task = None
        try:
            if self._connection is not None:
                raw = await self._connection.get_raw_connection()
                await raw.driver_connection.rollback()  # type: ignore[union-attr]
        finally:
            self.turn.release()

    async def close(self) -> None:
        async with self.turn:
            if self._connection is not None:
                await self._connection.close()
            await self._engine.dispose()

    async def _connect(self) -> AsyncConnection:
        connection = await self._engine.connect()
        for pragma in _WRITER:
            await connection.exec_driver_sql(pragma)
        return connection


class _Writing:
    __slots__ = ("_writer",)

    def __init__(self, writer: _Writer) -> None:
        self._writer = writer

    async def __aenter__(self) -> Link:
        writer = self._writer
        if writer.task is asyncio.current_task():
            raise RuntimeError("This task is writing already: a second unit inside the first would wait for ever.")
        await writer.turn.acquire()
        try:
            link = await writer.begin()
        except BaseException:
            await asyncio.shield(writer.end())
            raise
        writer.task = asyncio.current_task()
        return link

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                await self._writer.commit()
        finally:
            await asyncio.shield(self._writer.end())  # also when this task is being cancelled
