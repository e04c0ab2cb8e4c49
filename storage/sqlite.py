"""Opens a SQLite file: readers inline on held connections, one writer per process.

A statement runs on the event loop itself: 20 rows take 70 microseconds there, and ten times that by way of a thread.
What may wait goes through a thread, of aiosqlite: BEGIN IMMEDIATE, which waits for other processes that write, and
COMMIT, which waits for the disk. Between the two nothing waits, so a command that writes takes 0.9 ms, and 3.2 ms if
each of its statements goes to the thread and back. A reader in WAL mode waits for nobody.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import aiosqlite
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from storage.errors import Closed
from storage.link import InlineLink, Link, Linking

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
        # Autocommit as far as sqlite3 and SQLAlchemy know: the transactions are begun and ended here.
        self._engine = create_engine(
            "sqlite+pysqlite://",
            creator=lambda: sqlite3.connect(path, isolation_level=None, check_same_thread=False),
            poolclass=NullPool,
            hide_parameters=True,  # an error's text goes into the log, and parameters are what people wrote
        ).execution_options(isolation_level="AUTOCOMMIT")
        self._idle: list[_Held] = []
        self._writer: _Writer | None = None
        self._is_closed = False

    def reading(self) -> Linking:
        return _Reading(self)

    def glancing(self) -> Linking:
        return _Glancing(self)

    def writing(self) -> Linking:
        if self._writer is None:
            self._writer = _Writer(self._hold(_WRITER))
        return _Writing(self._writer)

    async def close(self) -> None:
        self._is_closed = True
        for held in self._idle:
            held.close()
        self._idle.clear()
        if self._writer is not None:
            await self._writer.close()

    def take(self) -> "_Held":
        return self._idle.pop() if self._idle else self._hold(_READER)

    def give_back(self, held: "_Held") -> None:
        if len(self._idle) < IDLE_READERS and not self._is_closed:
            self._idle.append(held)
        else:
            held.close()

    def _hold(self, pragmas: tuple[str, ...]) -> "_Held":
        if self._is_closed:  # whoever comes late would leave a connection, and a thread, that nobody ends
            raise Closed
        held = _Held(self._engine.connect())
        for pragma in pragmas:
            held.raw.execute(pragma)
        return held


class _Held:
    """A connection kept open. *raw* is sqlite3's own, *link* the way to it for statements."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.raw = cast(sqlite3.Connection, connection.connection.dbapi_connection)
        self.link: Link = InlineLink(connection, self.raw)

    def roll_back(self) -> None:
        if self.raw.in_transaction:
            self.raw.execute("ROLLBACK")

    def close(self) -> None:
        self._connection.close()


class _Glancing:
    """A reader that begins no transaction: a statement alone is one."""

    __slots__ = ("_engine", "_held")

    def __init__(self, engine: SqliteEngine) -> None:
        self._engine = engine

    async def __aenter__(self) -> Link:
        self._held = self._engine.take()
        return self._held.link

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.roll_back()
        self._engine.give_back(self._held)


class _Reading(_Glancing):
    __slots__ = ()

    async def __aenter__(self) -> Link:
        link = await super().__aenter__()
        self._held.raw.execute("BEGIN")
        return link


class _Writer:
    """The one connection of this process that writes, and aiosqlite's thread in which it waits."""

    def __init__(self, held: _Held) -> None:
        # At DEBUG aiosqlite logs every statement it is given.
        logging.getLogger("aiosqlite").setLevel(logging.INFO)
        self.held = held
        self.turn = asyncio.Lock()
        self.task: asyncio.Task[Any] | None = None
        self._thread: aiosqlite.Connection | None = None
        self._is_closed = False

    async def begin(self) -> None:
        if self._is_closed:
            raise Closed
        if self._thread is None:
            self._thread = aiosqlite.Connection(lambda: self.held.raw, iter_chunk_size=64)
            await to_its_end(self._thread)
        await to_its_end(self._thread.execute("BEGIN IMMEDIATE"))

    async def commit(self) -> None:
        if self._thread is not None:
            await to_its_end(self._thread.commit())

    async def close(self) -> None:
        async with self.turn:
            if self._is_closed:
                return
            self._is_closed = True
            self.held.close()
            if self._thread is not None:
                await self._thread.close()

    def end(self) -> None:
        """Let the next one write. Whatever was not committed is undone; after a commit there is nothing to undo."""
        self.task = None
        try:
            if not self._is_closed:
                self.held.roll_back()
        finally:
            self.turn.release()


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
            await writer.begin()
        except BaseException:
            writer.end()
            raise
        writer.task = asyncio.current_task()
        return writer.held.link

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                await self._writer.commit()
        finally:
            self._writer.end()


async def to_its_end(work: Awaitable[Any]) -> None:
    """Wait for *work*, also when this task is cancelled meanwhile: what a thread has begun cannot be stopped, and the
    next one must find the connection at rest."""
    job = asyncio.ensure_future(work)
    try:
        await asyncio.shield(job)
    except asyncio.CancelledError:
        while not job.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([job])
        if not job.cancelled():
            job.exception()  # looked at, so that nobody reports it: that the task was cancelled is what counts
        raise
