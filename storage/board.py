"""Searches the board: cards of the group, the newest first."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, column, func, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.sql.expression import cast

from bot.model.contact import ContactId, Listing, Sought
from storage.cards import LISTED, THIS, listing_of
from storage.link import OF_GROUP, Repository
from storage.tables import cards, contacts
from storage.words import match, tokens_of, words_of

RECENT = 300
"""How many of the newest cards PostgreSQL looks through before it asks the index. A common word is found among these
at once; one that is not is so rare that the index gives few rows to sort."""

NEAR = 100
"""The same for SQLite. Its index gathers every card with a word that begins so before it gives the first: 150
microseconds for 1,250 cards. Among the newest a common word takes 30, and a rare one loses 50."""

NEWEST = sys.maxsize

_BEFORE: Any = bindparam("before")
_board = table("board", column("rowid"))


def _listed(source: Any, *conditions: Any) -> Select[Any]:
    """Return the contacts on the board that *source*, which has their ids, leads to."""
    joined = contacts.join(source, source.c.contact_id == contacts.c.id)
    return select(*LISTED).select_from(joined).where(contacts.c.expires_on >= bindparam("today"), *conditions)


def _cards(*conditions: Any) -> Select[Any]:
    return _listed(cards, cards.c.group_id == OF_GROUP, *conditions)


def _newest(statement: Select[Any], number: Any) -> Select[Any]:
    return statement.where(number < _BEFORE).order_by(number.desc()).limit(bindparam("limit"))


_COUNT = (
    select(func.count())
    .select_from(cards.join(contacts, cards.c.contact_id == contacts.c.id))
    .where(cards.c.group_id == OF_GROUP, contacts.c.expires_on >= bindparam("today"))
)
_NUMBER = select(contacts.c.card_no).where(*THIS)
_ALL = _newest(_cards(), cards.c.no)

_newer = cards.alias("newer")
_NEAR_FROM = (
    select(_newer.c.no)
    .where(_newer.c.group_id == OF_GROUP, _newer.c.no < _BEFORE)
    .order_by(_newer.c.no.desc())
    .limit(1)
    .offset(NEAR - 1)
    .scalar_subquery()
)


@lru_cache
def _near(words: int) -> Select[Any]:
    """Return the search for so many words among the newest cards: a token follows a space or stands first. Those that
    are nowhere are looked for without the space, which has to be put before each card's words."""
    somewhere = [func.instr(cards.c.words, bindparam(f"token{i}")) > 0 for i in range(words)]
    begun = [func.instr(" " + cards.c.words, " " + bindparam(f"token{i}")) > 0 for i in range(words)]
    return _newest(_cards(cards.c.no >= func.coalesce(_NEAR_FROM, 0), *somewhere, *begun), cards.c.no)


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
    _listed(_RECENT, _RECENT.c.words.op("@@")(_QUERY)).order_by(_RECENT.c.no.desc()).limit(bindparam("limit"))
)
_TSVECTOR = _newest(_cards(cards.c.words.op("@@")(_QUERY)), cards.c.no)


class Board(Repository):
    async def search(
        self, words: str, by: Sought, now: datetime, *, before: ContactId | None = None, limit: int = 10
    ) -> tuple[Listing, ...]:
        sought = words_of(words)
        if not sought and words.strip():
            return ()  # nothing but punctuation: no word of a card begins like that
        page = {"today": now.astimezone(UTC).date(), "before": await self._number(before), "limit": limit}
        rows = await (self._matching(sought, by, page) if sought else self._scope.all(_ALL, **page))
        return tuple([listing_of(row) for row in rows])

    async def count(self, now: datetime) -> int:
        row = await self._scope.first(_COUNT, today=now.astimezone(UTC).date())
        return row[0] if row else 0

    async def _number(self, before: ContactId | None) -> int:
        """Return the place of *before* on the board; a contact that is gone by now leads back to the first page."""
        row = before and await self._scope.first(_NUMBER, of_contact=before)
        return row[0] or NEWEST if row else NEWEST

    async def _matching(self, sought: list[str], by: Sought, page: dict[str, Any]) -> Sequence[Row[Any]]:
        """Look among the newest cards; where these do not fill the page, ask the index."""
        is_postgres = self._scope.link.is_postgres
        tokens = tokens_of(self._scope.group, sought, by)
        words = {"words": match(tokens, is_postgres=is_postgres)}
        if is_postgres:
            rows = await self._scope.all(_TSVECTOR_RECENT, **page, **words)
        else:
            begins = {f"token{i}": token for i, token in enumerate(tokens)}
            rows = await self._scope.all(_near(len(tokens)), **page, **begins)
        if len(rows) >= page["limit"]:
            return rows
        return await self._scope.all(_TSVECTOR if is_postgres else _FTS5, **page, **words)
