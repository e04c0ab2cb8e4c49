"""Opens a PostgreSQL database: a pool of connections, shared with any number of other processes."""

from types import TracebackType

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.errors import Closed
from storage.link import AwaitedLink, Link, Linking

WATCHED = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # the one in milliseconds
}
"""When a server that vanished without a word counts as gone: within a minute, instead of the system's quarter of an
hour. https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS"""

WAIT = "60s"
"""How long an open transaction in which nothing happens may hold others up before PostgreSQL ends it."""


class PostgresEngine:
    """Fulfils `storage.engine.Engine` for the database at *url* with at most *pool_size* connections."""

    def __init__(self, url: URL, pool_size: int) -> None:
        settings = f"-c timezone=UTC -c jit=off -c idle_in_transaction_session_timeout={WAIT}"
        self._engine = create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=0,
            pool_pre_ping=True,  # a server that was restarted costs a reconnect, not an error
            pool_recycle=1800,
            hide_parameters=True,  # an error's text goes into the log, and parameters are what people wrote
            connect_args={"options": settings, "application_name": "askwell", **WATCHED},
        )
        # Like SQLite: a unit that reads sees one moment, however many statements it runs.
        self._snapshots = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._glances = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._is_closed = False

    def reading(self) -> Linking:
        return self._transaction(self._snapshots)

    def glancing(self) -> Linking:
        return self._transaction(self._glances)

    def writing(self) -> Linking:
        return self._transaction(self._engine)

    async def close(self) -> None:
        self._is_closed = True
        await self._engine.dispose()

    def _transaction(self, engine: AsyncEngine) -> Linking:
        if self._is_closed:  # the pool would begin anew, and nobody would end it
            raise Closed
        return _Transaction(engine)


class _Transaction:
    __slots__ = ("_connection",)

    def __init__(self, engine: AsyncEngine) -> None:
        self._connection: AsyncConnection = engine.connect()

    async def __aenter__(self) -> Link:
        return AwaitedLink(await self._connection.start())

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                await self._connection.commit()
        finally:
            await self._connection.close()
