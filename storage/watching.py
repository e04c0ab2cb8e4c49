"""Tells which statements run, for tests and measurements."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

Statement = tuple[str, Any]
"""The SQL and its parameters."""

watchers: list[Callable[[Statement], None]] = []
"""Called with each SELECT that goes past SQLAlchemy, whose own events tell of the others."""


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """Return a list to which every statement is added while the block runs, on whatever database."""
    seen: list[Statement] = []

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, *_more: Any) -> None:
        seen.append((sql, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    watchers.append(seen.append)
    try:
        yield seen
    finally:
        watchers.remove(seen.append)
        event.remove(Engine, "before_cursor_execute", note)
