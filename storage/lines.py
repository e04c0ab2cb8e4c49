"""Remembers with each account where the bot writes to it directly, so that the line goes when the account goes."""

from sqlalchemy import bindparam, func, select, update

from bot.model.people import Account
from storage.engine import Engine
from storage.tables import accounts, groups

# The same person may have an account in several groups of a workspace; the line is the same.
_THESE = (
    accounts.c.platform == bindparam("of_platform"),
    accounts.c.workspace == bindparam("of_workspace"),
    accounts.c.user == bindparam("of_user"),
)
_FIND = select(accounts.c.line).where(*_THESE, accounts.c.line.is_not(None)).limit(1)
_KEEP = update(accounts).where(*_THESE)
_PLACES = (
    select(accounts.c.workspace)
    .join(groups, groups.c.id == accounts.c.group_id)
    .where(accounts.c.platform == bindparam("of_platform"), accounts.c.user == bindparam("of_user"))
    .where(groups.c.ends_at.is_(None))
    .group_by(accounts.c.workspace)
    .order_by(func.max(accounts.c.id).desc())
)


class Lines:
    """Fulfils `bot.model.installs.Lines`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def find(self, account: Account) -> str | None:
        async with self._engine.glancing() as link:
            row = await link.first(_FIND, _of(account))
        return row and row.line

    async def keep(self, account: Account, line: str) -> None:
        """Remember *line*. Nobody known by that account: nothing happens."""
        async with self._engine.writing() as link:
            await link.run(_KEEP, {**_of(account), "line": line})

    async def places(self, platform: str, user: str) -> tuple[str, ...]:
        async with self._engine.glancing() as link:
            rows = await link.all(_PLACES, {"of_platform": platform, "of_user": user})
        return tuple(row.workspace for row in rows)


def _of(account: Account) -> dict[str, str]:
    return {"of_platform": account.platform, "of_workspace": account.workspace, "of_user": account.user}
