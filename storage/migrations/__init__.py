"""Holds the steps from one version's tables to the next, the same for SQLite and PostgreSQL."""
