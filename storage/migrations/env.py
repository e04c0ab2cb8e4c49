"""Tells Alembic which connection to use: the one that `storage.migrate` has locked the database with."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
