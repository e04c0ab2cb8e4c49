"""Searches the board: cards of the group, the newest first."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, column, func, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.sql.expression import cast

from bot.model.contact import Contact, ContactId, Sought
from storage.cards import COLUMNS, THIS, contact_of
from storage.link import OF_GROUP, Repository
from storage.tables import cards, contacts
from storage.words import match, words_of

RECENT = 300
"""How many of the newest cards PostgreSQL looks through before it asks the index. A common word is found among these
at once; one that is not is so rare that the index gives few rows to sort."""

NEWEST = sys.maxsize

_BEFORE: Any = bindparam("before")
_board = table("board", column("rowid"))


def _cards(*conditions: Any) -> Select[Any]:
    visible = (cards.c.group_id == OF_GROUP, contacts.c.expires_on >= bindparam("today"))
    return select(*COLUMNS).join(cards, cards.c.contact_id == contacts.c.id).where(*visible, *conditions)


def _newest(statement: Select[Any], number: Any) -> Select[Any]:
    return statement.where(number < _BEFORE).order_by(number.desc()).limit(bindparam("limit"))


_COUNT = (
    select(func.count())
    .select_from(cards.join(contacts, cards.c.contact_id == contacts.c.id))
    .where(cards.c.group_id == OF_GROUP, contacts.c.expires_on >= bindparam("today"))
)
_NUMBER = select(contacts.c.card_no).where(*THIS)
_ALL = _newest(_cards(), cards.c.no)

# Walking the index backwards by its own rowid, FTS5 stops after the first page.
_FTS5 = _newest(
    _cards(literal_column("board").op("MATCH")(bindparam("words")), _board.c.rowid == cards.c.no), _board.c.rowid
)

_QUERY = cast(bindparam("words"), TSQUERY)
_RECENT = (
    select(cards.c.no, cards.c.contact_id, cards.c.words)
    .where(cards.c.group_id == OF_GROUP, cards.c.no < _BEFORE)
    .order_by(cards.c.no.desc())
    .limit(RECENT)
    .subquery()
)
_TSVECTOR_RECENT = (
    select(*COLUMNS)
    .join(_RECENT, _RECENT.c.contact_id == contacts.c.id)
    .where(contacts.c.expires_on >= bindparam("today"), _RECENT.c.words.op("@@")(_QUERY))
    .order_by(_RECENT.c.no.desc())
    .limit(bindparam("limit"))
)
_TSVECTOR = _newest(_cards(cards.c.words.op("@@")(_QUERY)), cards.c.no)


class Board(Repository):
    async def search(
        self, words: str, by: Sought, now: datetime, *, before: ContactId | None = None, limit: int = 10
    ) -> tuple[Contact, ...]:
        sought = words_of(words)
        if not sought and words.strip():
            return ()  # nothing but punctuation: no word of a card begins like that
        page = {"today": now.astimezone(UTC).date(), "before": await self._number(before), "limit": limit}
        rows = await (self._matching(sought, by, page) if sought else self._scope.all(_ALL, **page))
        return tuple(contact_of(row) for row in rows)

    async def count(self, now: datetime) -> int:
        row = await self._scope.first(_COUNT, today=now.astimezone(UTC).date())
        return row[0] if row else 0

    async def _number(self, before: ContactId | None) -> int:
        """Return the place of *before* on the board; a contact that is gone by now leads back to the first page."""
        row = before and await self._scope.first(_NUMBER, of_contact=before)
        return row[0] or NEWEST if row else NEWEST

    async def _matching(self, sought: list[str], by: Sought, page: dict[str, Any]) -> Sequence[Row[Any]]:
        is_postgres = self._scope.link.is_postgres
        page["words"] = match(self._scope.group, sought, by, is_postgres=is_postgres)
        if not is_postgres:
            return await self._scope.all(_FTS5, **page)
        rows = await self._scope.all(_TSVECTOR_RECENT, **page)
        return rows if len(rows) >= page["limit"] else await self._scope.all(_TSVECTOR, **page)
