"""Makes a SELECT ready to run on sqlite3 itself, with what SQLAlchemy works out at each execution worked out once.

Measured: SQLite needs 2 to 10 microseconds for most statements of a command, `Connection.execute` 20 to 30 more, the
way through here 3 to 5. So `/career board`, which runs three, spends 60 on its database instead of 125.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import result_tuple
from sqlalchemy.types import TypeEngine

from bot.record import record

_DIALECT = sqlite.dialect(paramstyle="qmark")

Process = Callable[[Any], Any] | None


@record
class Prepared:
    """A statement as SQLite takes it: *places* are the parameters in order, each with what makes it a value of SQLite.

    *lists* names the places that the items of a list take, *constants* what stands in the statement itself, *decoders*
    the columns that come back as something else than SQLite keeps.
    """

    sql: str
    places: tuple[tuple[str, Process], ...]
    lists: Mapping[str, Sequence[str]]
    constants: Mapping[str, Any]
    decoders: tuple[tuple[int, Callable[[Any], Any]], ...]
    to_row: Callable[[Iterable[Any]], Row[Any]]

    def values(self, params: Mapping[str, Any]) -> list[Any]:
        given = {**self.constants, **params}
        for name, names in self.lists.items():
            given.update(zip(names, params[name], strict=True))
        return [given[name] if process is None else process(given[name]) for name, process in self.places]

    def rows(self, found: Sequence[Sequence[Any]]) -> list[Row[Any]]:
        return list(map(self.to_row, [self._decoded(row) for row in found] if self.decoders else found))

    def _decoded(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place, decode in self.decoders:
            values[place] = decode(values[place])
        return values


def prepared(statement: Select[Any], params: Mapping[str, Any]) -> Prepared:
    """Return *statement* ready for *params*, whose lists may have any items but are lists, of the same lengths."""
    return _prepare(statement, tuple([(name, len(value)) for name, value in params.items() if type(value) is list]))


# Statements are made at import, and lists are as long as a page: few are ever looked for. The limit is for the others.
@lru_cache(maxsize=1024)
def _prepare(statement: Select[Any], lists: tuple[tuple[str, int], ...]) -> Prepared:
    compiled: Any = statement.compile(dialect=_DIALECT)
    params = {name: None for name, bind in compiled.binds.items() if bind.required}
    state = compiled.construct_expanded_state(params | {name: [None] * size for name, size in lists})
    processes = {name: _to_sqlite(bind.type) for name, bind in compiled.binds.items()} | state.processors
    return Prepared(
        state.statement,
        tuple((name, processes.get(name)) for name in state.positiontup),
        {name: names for name, names in state.parameter_expansion.items() if name in params},
        {name: value for name, value in state.parameters.items() if name not in params},
        tuple((place, decode) for place, decode in enumerate(map(_from_sqlite, statement.selected_columns)) if decode),
        result_tuple(statement.selected_columns.keys()),
    )


def _to_sqlite(kind: TypeEngine[Any]) -> Process:
    return kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _from_sqlite(column: Any) -> Process:
    process: Process = column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
    return process
