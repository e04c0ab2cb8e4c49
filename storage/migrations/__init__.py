"""Holds the steps from one version's tables to the next, the same for SQLite and PostgreSQL.

A new one: change `storage.tables`, copy the newest file in `versions/`, count its number up, name the file before it in
`down_revision`, write the change, and set `HEAD` in `storage.migrate`. `tests/storage/test_migrate.py` lists what still
differs, on both databases. Where SQLite has to rebuild `cards`, its three triggers have to be made again.
"""
