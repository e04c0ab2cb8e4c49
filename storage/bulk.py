"""Fills an empty database with very many cards at once, for `askwell bench`. Only for SQLite."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bot.model.contact import AskState, Basis, Scope, Standing
from storage.words import card_words

FIELDS = ("Nursing", "Design", "Teaching", "City planning", "Public health", "Law", "Music", "Engineering")
PLACES = ("Manila", "New York", "London", "Lagos", "Toronto", "Stockholm", "Lima", "Osaka", "Nairobi", "Perth")

_CONTACT = (
    "INSERT INTO contacts (id, group_id, steward_id, name, does, organisation, field, place, tags, created_at,"
    " standing, basis, scope, given_on, expires_on, recorded_by_id, shared_at, card_no)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
ASKED = 50
"""Of so many cards, one was asked about a few days ago and rests: which ones is drawn by lot, the same each time."""

_ASK = (
    "INSERT INTO asks (group_id, contact_id, seeker_id, state, taken_at, ends_at, sent_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_CARD = "INSERT INTO cards (no, group_id, contact_id, words) VALUES (?, ?, ?, ?)"


def fill(path: Path, groups: dict[tuple[int, int], int], now: datetime) -> None:
    """Put cards on the boards of *groups*: by group and steward (ids that exist), how many. One transaction."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -256000")
        connection.execute("BEGIN")
        with _index_at_the_end(connection):
            _fill(connection, groups, now)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")


@contextmanager
def _index_at_the_end(connection: sqlite3.Connection) -> Iterator[None]:
    """Let the search index be built in one go, five times as fast as card by card."""
    (trigger,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'cards_added'").fetchone()
    connection.execute("DROP TRIGGER cards_added")
    yield
    connection.execute("INSERT INTO board (board) VALUES ('rebuild')")
    connection.execute(trigger)


def _fill(connection: sqlite3.Connection, groups: dict[tuple[int, int], int], now: datetime) -> None:
    first = 1
    for (group, steward), count in groups.items():
        numbers = range(first, first + count)
        connection.executemany(_CONTACT, (_contact(n, group, steward, now) for n in numbers))
        connection.executemany(_CARD, _cards(numbers, group))
        asked = Random(group).sample(numbers, count // ASKED)  # noqa: S311 - guards nothing
        connection.executemany(_ASK, (_ask(n, group, steward, now) for n in sorted(asked)))
        first += count


def _contact(n: int, group: int, steward: int, now: datetime) -> tuple[Any, ...]:
    micros = int((now - timedelta(minutes=n % 100_000)).timestamp() * 1_000_000)
    given, expires = now.date().isoformat(), (now.date() + timedelta(days=300)).isoformat()
    return (
        n, group, steward, f"Person {n}", "Specialist", *_where(n), json.dumps(["sample"]), micros, Standing.SHARED,
        Basis.SAID_YES, Scope.DIRECT, given, expires, steward, micros, n,
    )  # fmt: skip


def _ask(n: int, group: int, seeker: int, now: datetime) -> tuple[Any, ...]:
    micros = int((now - timedelta(days=3)).timestamp() * 1_000_000)
    return group, n, seeker, AskState.CLOSED, micros, micros, micros


def _where(n: int) -> tuple[str, str, str]:
    return f"Example Works {n % 997}", FIELDS[n % len(FIELDS)], PLACES[n // 8 % len(PLACES)]


def _cards(numbers: range, group: int) -> Iterator[tuple[Any, ...]]:
    for n in numbers:
        organisation, field, place = _where(n)
        yield n, group, n, card_words(
            group, name=f"Person {n}", does="Specialist", organisation=organisation, field=field, place=place,
            tags=("sample",),
        )  # fmt: skip
