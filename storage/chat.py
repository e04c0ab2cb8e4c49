"""Keeps the playground's rooms: messages, encrypted, and a few settings. No bot on a real platform uses it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, or_, select, update

from bot.record import record
from storage.engine import Engine
from storage.link import Link
from storage.secrets import Vault
from storage.tables import counters, messages, settings
from storage.upsert import upsert

_READER: Any = bindparam("reader")
_VISIBLE = or_(messages.c.reader.is_(None), messages.c.reader == _READER)
_ID = messages.c.id == bindparam("of_message")

_ADD = upsert(messages).on_conflict_do_nothing(index_elements=[messages.c.key]).returning(messages)
_EDIT = update(messages).where(_ID).returning(messages)
_GET = select(messages).where(_ID)
_BY_KEY = select(messages).where(messages.c.key == bindparam("of_key"))
_ROOM = (
    select(messages)
    .where(messages.c.room == bindparam("of_room"), _VISIBLE, messages.c.id < bindparam("before"))
    .order_by(messages.c.id.desc())
    .limit(bindparam("limit"))
)
_SINCE = select(messages).where(messages.c.revision > bindparam("since"), _VISIBLE).order_by(messages.c.revision)
_LATEST = select(messages.c.room, func.max(messages.c.id).label("last")).where(_VISIBLE).group_by(messages.c.room)
_REVISION = select(counters.c.value).where(counters.c.name == "revision")
_WIPE = (delete(messages), delete(settings))

# The row stays locked until the commit: no revision becomes visible before a smaller one.
_COUNT = upsert(counters)
_NEXT = _COUNT.on_conflict_do_update(index_elements=[counters.c.name], set_={"value": counters.c.value + 1}).returning(
    counters.c.value
)

_SETTING = select(settings.c.value).where(settings.c.name == bindparam("of_name"))
_SET = upsert(settings)
_SET_SETTING = _SET.on_conflict_do_update(index_elements=[settings.c.name], set_={"value": _SET.excluded.value})

LAST = 2**62


@record
class ChatMessage:
    """A message in *room*. *reader* is the only user who sees it, `None` when all do. *revision* grows with every
    message and every edit, over all rooms."""

    id: int
    key: str
    room: str
    reader: str | None
    author: str
    body: str
    at: datetime
    edited_at: datetime | None
    revision: int


class Chat:
    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    async def add(self, key: str, room: str, author: str, body: str, reader: str | None, at: datetime) -> ChatMessage:
        """Write a message down; one with the same *key* stays as it is and is returned."""
        row = {"key": key, "room": room, "author": author, "reader": reader, "at": at}
        async with self._engine.writing() as link:
            known = await link.first(_BY_KEY, {"of_key": key})
            if known is None:
                values = {**row, "body": self._vault.encrypt(body), "revision": await _next_revision(link)}
                known = await link.first(_ADD, values) or await link.first(_BY_KEY, {"of_key": key})
        if known is None:
            raise LookupError(f"The message {key!r} was neither there nor could it be added")
        return self._message(known)

    async def edit(self, message: int, body: str, at: datetime) -> ChatMessage | None:
        async with self._engine.writing() as link:
            values = {"body": self._vault.encrypt(body), "edited_at": at, "revision": await _next_revision(link)}
            row = await link.first(_EDIT, {"of_message": message, **values})
        return row and self._message(row)

    async def get(self, message: int) -> ChatMessage | None:
        async with self._engine.glancing() as link:
            row = await link.first(_GET, {"of_message": message})
        return row and self._message(row)

    async def room(
        self, room: str, reader: str | None, *, before: int | None = None, limit: int = 100
    ) -> tuple[ChatMessage, ...]:
        """Return the last *limit* messages that *reader* sees in *room*, oldest first; those older than the message
        *before*, if given."""
        page = {"of_room": room, "reader": reader, "before": LAST if before is None else before, "limit": limit}
        return self._messages(await self._all(_ROOM, page))[::-1]

    async def since(self, revision: int, reader: str | None) -> tuple[ChatMessage, ...]:
        """Return what *reader* sees of all rooms that was written or edited after *revision*, in that order."""
        return self._messages(await self._all(_SINCE, {"since": revision, "reader": reader}))

    async def revision(self) -> int:
        """Return the latest revision that was given, 0 if there never was a message."""
        rows = await self._all(_REVISION, {})
        return rows[0][0] if rows else 0

    async def latest(self, reader: str | None) -> dict[str, int]:
        """Return the id of the last message that *reader* sees in each room."""
        return {row.room: row.last for row in await self._all(_LATEST, {"reader": reader})}

    async def setting(self, name: str) -> str | None:
        rows = await self._all(_SETTING, {"of_name": name})
        return rows[0][0] if rows else None

    async def set_setting(self, name: str, value: str) -> None:
        async with self._engine.writing() as link:
            await link.run(_SET_SETTING, {"name": name, "value": value})

    async def wipe(self) -> None:
        """Remove all messages and settings; revisions go on from where they were."""
        async with self._engine.writing() as link:
            for statement in _WIPE:
                await link.run(statement, {})

    async def _all(self, statement: Any, params: dict[str, Any]) -> Sequence[Row[Any]]:
        async with self._engine.glancing() as link:
            return await link.all(statement, params)

    def _messages(self, rows: Sequence[Row[Any]]) -> tuple[ChatMessage, ...]:
        return tuple(self._message(row) for row in rows)

    def _message(self, row: Row[Any]) -> ChatMessage:
        return ChatMessage(
            id=row.id,
            key=row.key,
            room=row.room,
            reader=row.reader,
            author=row.author,
            body=self._vault.decrypt(row.body),
            at=row.at,
            edited_at=row.edited_at,
            revision=row.revision,
        )


async def _next_revision(link: Link) -> int:
    row = await link.first(_NEXT, {"name": "revision", "value": 1})
    return int(row[0]) if row else 0
