"""Encrypts everything anew with the newest key, so that an old one can be thrown away."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Row, Table, bindparam, select, tuple_, update

from storage.engine import Engine
from storage.secrets import Vault
from storage.tables import metadata

BATCH = 500
"""Rows to a transaction, so that nobody waits long to write."""


async def rekey(engine: Engine, vault: Vault) -> int:
    """Return how many values were encrypted anew."""
    renewed = 0
    for table in metadata.sorted_tables:
        for column in table.c:
            if "sealed" in column.info:
                renewed += await _rekey_column(engine, vault, table, column)
    return renewed


async def _rekey_column(engine: Engine, vault: Vault, table: Table, column: Column[Any]) -> int:
    renewed, last = 0, None
    while rows := await _rekey_batch(engine, vault, table, column, last):
        renewed, last = renewed + len(rows), rows[-1]
    return renewed


async def _rekey_batch(
    engine: Engine, vault: Vault, table: Table, column: Column[Any], last: Row[Any] | None
) -> Sequence[Row[Any]]:
    """Renew the rows after *last*, in the order of their primary key."""
    key = list(table.primary_key)
    statement = select(*key, column).where(column != "").order_by(*key).limit(BATCH).with_for_update()
    if last is not None:
        statement = statement.where(tuple_(*key) > tuple_(*last[: len(key)]))
    change = update(table).where(*(each == bindparam(f"of_{each.name}") for each in key))
    async with engine.writing() as link:
        rows = await link.all(statement, {})
        await link.many(change, [_renewed(row, key, column, vault) for row in rows])
    return rows


def _renewed(row: Row[Any], key: list[Column[Any]], column: Column[Any], vault: Vault) -> dict[str, Any]:
    values = {f"of_{each.name}": value for each, value in zip(key, row, strict=False)}
    return {**values, column.name: vault.renew(row[-1])}
