"""Keeps forms that wait to be mended or continued, encrypted, until their time is over."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from bot.model.people import Account
from storage.engine import Engine
from storage.secrets import Vault
from storage.tables import accounts, drafts
from storage.types import Instant

TOKEN_BYTES = 16
"""As hard to guess as a random UUID, and 22 characters long."""


def _is_of_account(table: Any) -> tuple[Any, ...]:
    return (
        table.c.platform == bindparam("of_platform"),
        table.c.workspace == bindparam("of_workspace"),
        table.c.user == bindparam("of_user"),
    )


# Locked: whoever is being forgotten just now takes the draft along. Somebody may sit in several groups of a workspace;
# the draft goes with their first seat there.
_OWNER = (
    select(accounts.c.group_id, accounts.c.member_id)
    .where(*_is_of_account(accounts))
    .order_by(accounts.c.id)
    .limit(1)
    .with_for_update(read=True)
)
_KEEP = insert(drafts)
_FIND = select(drafts.c.text).where(
    drafts.c.hash == bindparam("of_hash"),
    *_is_of_account(drafts),
    drafts.c.ends_at > bindparam("now", type_=Instant),
)
_DROP = delete(drafts).where(drafts.c.hash == bindparam("of_hash"))


class Drafts:
    """Fulfils `bot.model.drafts.Drafts`. Only a keyed hash of a token is written down: who reads the tables cannot ask
    for a draft."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    async def keep(self, account: Account, text: str, ends_at: datetime) -> str:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        row = {"hash": self._hash(token), "text": self._vault.encrypt(text), "ends_at": ends_at}
        place = {"platform": account.platform, "workspace": account.workspace, "user": account.user}
        async with self._engine.writing() as link:
            owner = await link.first(_OWNER, _of(account))
            if owner is not None:
                await link.run(_KEEP, {**row, **place, **owner._mapping})
        return token

    async def find(self, account: Account, token: str, now: datetime) -> str | None:
        async with self._engine.glancing() as link:
            row = await link.first(_FIND, {**_of(account), "of_hash": self._hash(token), "now": now})
        return None if row is None else self._vault.decrypt(row.text)

    async def drop(self, token: str) -> None:
        async with self._engine.writing() as link:
            await link.run(_DROP, {"of_hash": self._hash(token)})

    def _hash(self, token: str) -> str:
        return self._vault.fingerprint("draft", token)


def _of(account: Account) -> dict[str, str]:
    return {"of_platform": account.platform, "of_workspace": account.workspace, "of_user": account.user}
