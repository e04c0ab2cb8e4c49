"""Remembers: tables, one group-scoped unit of work, the queue. SQLite by default, PostgreSQL by address."""
