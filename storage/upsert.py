"""Writes "insert, unless it is there" once for both databases."""

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import Insert


def upsert(table: Table) -> Insert:
    """Return an INSERT with ON CONFLICT. SQLite took this clause from PostgreSQL, word for word, and SQLAlchemy
    compiles the same object for both; the contract tests run every one of these statements on both."""
    return Insert(table)
