"""Hides from the repositories which database they talk to, and whether their statements run inline or are awaited."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from operator import methodcaller
from typing import Any, Protocol

from sqlalchemy import Connection, Executable, Row, Select, bindparam, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.people import GroupId
from storage.prepared import prepared
from storage.secrets import Vault
from storage.watching import watchers

OF_GROUP: Any = bindparam("of_group")
"""Stands in every statement of a unit: `Scope` fills it with the unit's group."""

MOST_KEPT = 1_000

_LOCK = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name"), 0)))

Params = Mapping[str, Any]


class Link(Protocol):
    """An open transaction. Statements are made once, at import; only their parameters change."""

    is_postgres: bool

    async def all(self, statement: Executable, params: Params) -> Sequence[Row[Any]]: ...

    async def first(self, statement: Executable, params: Params) -> Row[Any] | None: ...

    async def run(self, statement: Executable, params: Params) -> int:
        """Return how many rows were changed."""

    async def many(self, statement: Executable, rows: Sequence[Params]) -> None:
        """Run *statement* once for each of *rows*."""

    async def lock(self, name: str) -> None:
        """Make other writers that lock *name* wait until this transaction ends."""

    def kept(self) -> dict[Any, Any]:
        """Return what was put here since anything was last committed: what was read then is still true."""


Linking = AbstractAsyncContextManager[Link]
Fetch = Callable[[sqlite3.Cursor], list[Any]]

_EVERY: Fetch = methodcaller("fetchall")
_FIRST: Fetch = methodcaller("fetchmany", 1)


class InlineLink:
    """SQLite: the statement runs here and now. Handing it to a thread and back costs ten times what it does.

    A SELECT runs on *raw*, sqlite3's own connection below *connection*. What changes something goes through SQLAlchemy:
    its columns are those of its parameters, and the disk takes longer than all of this.
    """

    is_postgres = False

    def __init__(self, connection: Connection, raw: sqlite3.Connection) -> None:
        self._connection = connection
        self._raw = raw
        self._kept: dict[Any, Any] = {}
        self._version = 0

    async def all(self, statement: Executable, params: Params) -> Sequence[Row[Any]]:
        if isinstance(statement, Select):
            return self._select(statement, params, _EVERY)
        return self._connection.execute(statement, params).all()

    async def first(self, statement: Executable, params: Params) -> Row[Any] | None:
        if isinstance(statement, Select):
            return next(iter(self._select(statement, params, _FIRST)), None)
        return self._connection.execute(statement, params).first()

    async def run(self, statement: Executable, params: Params) -> int:
        return self._connection.execute(statement, params).rowcount

    async def many(self, statement: Executable, rows: Sequence[Params]) -> None:
        if rows:
            self._connection.execute(statement, rows)

    async def lock(self, name: str) -> None:
        """A writer on SQLite is alone already."""

    def kept(self) -> dict[Any, Any]:
        """SQLite tells each connection whether another one, of whatever process, has committed anything:
        https://www.sqlite.org/pragma.html#pragma_data_version. So this is for a link that only reads."""
        version: int = self._raw.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version or len(self._kept) > MOST_KEPT:
            self._version = version
            self._kept = {}
        return self._kept

    def _select(self, statement: Select[Any], params: Params, fetch: Fetch) -> Sequence[Row[Any]]:
        ready = prepared(statement, params)
        values = ready.values(params)
        for tell in watchers:
            tell((ready.sql, values))
        try:
            return ready.rows(fetch(self._raw.execute(ready.sql, values)))
        except sqlite3.Error as error:
            raise DBAPIError.instance(ready.sql, values, error, sqlite3.Error, hide_parameters=True) from error


class AwaitedLink:
    """PostgreSQL."""

    is_postgres = True

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self, statement: Executable, params: Params) -> Sequence[Row[Any]]:
        return (await self._connection.execute(statement, params)).all()

    async def first(self, statement: Executable, params: Params) -> Row[Any] | None:
        return (await self._connection.execute(statement, params)).first()

    async def run(self, statement: Executable, params: Params) -> int:
        return (await self._connection.execute(statement, params)).rowcount

    async def many(self, statement: Executable, rows: Sequence[Params]) -> None:
        if rows:
            await self._connection.execute(statement, rows)

    async def lock(self, name: str) -> None:
        await self._connection.execute(_LOCK, {"name": name})

    def kept(self) -> dict[Any, Any]:
        """PostgreSQL does not tell, so nothing is."""
        return {}


class Scope:
    """One group's view of an open transaction: whatever runs through it is given that group's id."""

    __slots__ = ("group", "link", "vault")

    def __init__(self, link: Link, group: GroupId, vault: Vault) -> None:
        self.link = link
        self.group = group
        self.vault = vault

    async def all(self, statement: Executable, **params: Any) -> Sequence[Row[Any]]:
        return await self.link.all(statement, {"of_group": self.group, **params})

    async def first(self, statement: Executable, **params: Any) -> Row[Any] | None:
        return await self.link.first(statement, {"of_group": self.group, **params})

    async def run(self, statement: Executable, **params: Any) -> int:
        """Return how many rows were changed."""
        return await self.link.run(statement, {"of_group": self.group, **params})

    async def add(self, insert: Executable, **values: Any) -> Any:
        """Insert a row and return what *insert* returns of it; `None` if it was there already."""
        row = await self.link.first(insert, {"group_id": self.group, **values})
        return None if row is None else row[0]

    async def add_many(self, insert: Executable, rows: Sequence[Params]) -> None:
        await self.link.many(insert, [{"group_id": self.group, **row} for row in rows])

    def fingerprint(self, kind: str, text: str) -> str:
        """Return the keyed hash of *text* in this group; another group's is different."""
        return self.vault.fingerprint(f"{self.group}:{kind}", text)


class Repository:
    """What the repositories share: the scope they work in."""

    __slots__ = ("_scope",)

    def __init__(self, scope: Scope) -> None:
        self._scope = scope


def given(**values: Any) -> dict[str, Any]:
    """Return those of *values* that are to change."""
    return {name: value for name, value in values.items() if value is not None}
