"""Takes the words of cards that are gone out of SQLite's search index, where they stay until it is merged."""

from sqlalchemy import bindparam, text

from storage.engine import Engine

PAGES = 200
"""Pages of the index to a transaction, so that nobody waits long to write: a few milliseconds."""

# A negative number begins by taking all of the index for one: https://www.sqlite.org/fts5.html#the_merge_command
_MERGE = text("INSERT INTO board (board, rank) VALUES ('merge', :pages)").bindparams(bindparam("pages"))
_CHANGES = text("SELECT total_changes()")

NOTHING = 2
"""A merge that found nothing to do counts as fewer changes than this, says SQLite."""


async def compact(engine: Engine) -> None:
    """Merge the index until nothing is left of what was removed. PostgreSQL does the like by itself."""
    pages = -PAGES
    while await _merge(engine, pages) >= NOTHING:
        pages = PAGES


async def _merge(engine: Engine, pages: int) -> int:
    """Return how much was changed."""
    async with engine.writing() as link:
        if link.is_postgres:
            return 0
        before = await link.first(_CHANGES, {})
        await link.run(_MERGE, {"pages": pages})
        after = await link.first(_CHANGES, {})
    return int(after[0] - before[0]) if before and after else 0
