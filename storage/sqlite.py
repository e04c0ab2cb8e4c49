"""Opens a SQLite file: readers inline on held connections, one writer per process.

Every statement runs on the event loop itself: 20 rows take 70 microseconds there and ten times that by way of a thread.
Only what may wait goes to a thread: BEGIN IMMEDIATE, which waits for other processes that write, and COMMIT, which
waits for the disk. A reader in WAL mode waits for nobody.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

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
        ).execution_options(isolation_level="AUTOCOMMIT")
        self._idle: list[_Held] = []
        self._writer: _Writer | None = None

    def reading(self) -> Linking:
        return _Reading(self)

    def glancing(self) -> Linking:
        return _Reading(self)

    def writing(self) -> Linking:
        if self._writer is None:
            self._writer = _Writer(self._hold(_WRITER))
        return _Writing(self._writer)

    async def close(self) -> None:
        for held in self._idle:
            held.close()
        self._idle.clear()
        if self._writer is not None:
            await self._writer.close()
            self._writer = None

    def take(self) -> "_Held":
        return self._idle.pop() if self._idle else self._hold(_READER)

    def give_back(self, held: "_Held") -> None:
        if len(self._idle) < IDLE_READERS:
            self._idle.append(held)
        else:
            held.close()

    def _hold(self, pragmas: tuple[str, ...]) -> "_Held":
        held = _Held(self._engine.connect())
        for pragma in pragmas:
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
    """The one connection of this process that writes, and the thread that waits for it."""

    def __init__(self, held: _Held) -> None:
        self.held = held
        self.turn = asyncio.Lock()
        self.task: asyncio.Task[Any] | None = None
        self._thread = ThreadPoolExecutor(1, "askwell-writer")

    async def begin(self) -> None:
        await self._wait_for(self._begin)

    async def commit(self) -> None:
        await self._wait_for(self._commit)

    async def close(self) -> None:
        async with self.turn:
            self._thread.shutdown()
            self.held.close()

    def _begin(self) -> None:
        self.roll_back()  # left behind where a unit was cancelled while this thread was busy
        self.held.raw.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        try:
            self.held.raw.execute("COMMIT")
        except sqlite3.Error:  # the disk is full, say: leave nothing half done
            self.roll_back()
            raise

    def roll_back(self) -> None:
        if self.held.raw.in_transaction:
            self.held.raw.execute("ROLLBACK")

    async def _wait_for(self, work: Callable[[], None]) -> None:
        """Run *work* in the thread. Cancelled meanwhile, this still waits for it: a thread cannot be stopped."""
        job = asyncio.get_running_loop().run_in_executor(self._thread, work)
        try:
            await asyncio.shield(job)
        except asyncio.CancelledError:
            await asyncio.wait([job])
            raise


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
            self._end()
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
            self._end()

    def _end(self) -> None:
        """Let the next one write; whatever was not committed is undone."""
        self._writer.task = None
        try:
            self._writer.roll_back()
        finally:
            self._writer.turn.release()
