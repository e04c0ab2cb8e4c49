"""Checks `storage/`: every test of a repository runs on SQLite and on PostgreSQL."""
