"""Opens the store: one database, with its key checked and its tables found to be this version's."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.model.people import Account, Actor, GroupId, Seat
from storage import departures
from storage.address import address
from storage.chat import Chat
from storage.drafts import Drafts
from storage.engine import Engine
from storage.errors import NotMigrated, OutOfReach
from storage.installs import Installs
from storage.lines import Lines
from storage.link import Link
from storage.migrate import IS_PREPARED, REVISION, check
from storage.postgres import PostgresEngine
from storage.pruning import prune
from storage.queue import Queue
from storage.rekeying import rekey
from storage.seats import Seats
from storage.secrets import Vault, new_hash_key
from storage.sqlite import SqliteEngine
from storage.tables import counters, metadata, secrets
from storage.unit import Opening
from storage.upsert import upsert

_PING = text("SELECT 1")
_HASH_KEY = "hash key"
_SECRET = select(secrets.c.value).where(secrets.c.name == _HASH_KEY)
_KEEP_SECRET = upsert(secrets).on_conflict_do_nothing()
_STAYS = {secrets.name, counters.name}


class Database:
    """Fulfils `bot.model.store.Store`. Made by `open`; `async with` closes it."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault
        self._seats = Seats(engine)
        self.queue = Queue(engine)
        self.installs = Installs(engine, vault)
        self.lines = Lines(engine)
        self.drafts = Drafts(engine, vault)
        self.chat = Chat(engine, vault)

    @classmethod
    async def open(cls, url: str, keys: str | Iterable[str], *, pool_size: int = 10) -> Self:
        """Open the database at *url*, which `storage.migrate.migrate` has prepared.

        *keys* are those of ASKWELL_KEY, the newest first; *pool_size* counts connections to PostgreSQL. Raises a kind
        of `storage.errors.Unusable` with a sentence for whoever runs Askwell.
        """
        vault = Vault(keys)
        engine = _engine(url, pool_size)
        try:
            await _check_tables(engine)
            vault.hash_key = bytes.fromhex(await _hash_key(engine, vault))
        except BaseException:
            await engine.close()
            raise
        return cls(engine, vault)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self._engine.close()

    async def ready(self) -> bool:
        """Tell whether the database answers."""
        try:
            async with self._engine.glancing() as link:
                return await link.first(_PING, {}) is not None
        except (SQLAlchemyError, sqlite3.Error, OSError):
            return False

    async def seat(self, actor: Actor, now: datetime) -> Seat:
        return await self._seats.find(actor, now)

    async def known(self, account: Account) -> Seat | None:
        return await self._seats.known(account)

    async def leave(self, platform: str, workspace: str, ends_at: datetime) -> None:
        async with self._engine.writing() as link:
            await departures.leave(link, platform, workspace, ends_at)

    async def come_back(self, platform: str, workspace: str) -> None:
        async with self._engine.writing() as link:
            await departures.come_back(link, platform, workspace)

    def unit(self, group: GroupId, *, writes: bool) -> Opening:
        linking = self._engine.writing() if writes else self._engine.reading()
        return Opening(linking, group, self._vault)

    async def prune(self, now: datetime) -> int:
        """Remove what has been kept long enough: see `storage.pruning`. Returns how many rows went."""
        return await prune(self._engine, now)

    async def rekey(self) -> int:
        """Encrypt everything anew with the newest key; the older ones may then leave ASKWELL_KEY. Returns how many
        values that were."""
        return await rekey(self._engine, self._vault)

    async def reset(self) -> None:
        """Remove all groups, people and messages: for the playground only."""
        async with self._engine.writing() as link:
            for table in reversed(metadata.sorted_tables):
                if table.name not in _STAYS:
                    await link.run(table.delete(), {})


def _engine(url: str, pool_size: int) -> Engine:
    found = address(url)
    if not isinstance(found, Path):
        return PostgresEngine(found, pool_size)
    if not found.exists():  # SQLite would make an empty one
        raise NotMigrated(f"There is no database at {found} yet. Run: askwell migrate")
    return SqliteEngine(found)


async def _check_tables(engine: Engine) -> None:
    try:
        async with engine.reading() as link:
            check(await _revision(link))
    except (OperationalError, sqlite3.DatabaseError) as error:
        raise OutOfReach.because(getattr(error, "orig", error)) from None


async def _revision(link: Link) -> str | None:
    prepared = IS_PREPARED["postgresql" if link.is_postgres else "sqlite"]
    if await link.first(prepared, {}) is None:
        return None
    row = await link.first(REVISION, {})
    return row and row[0]


async def _hash_key(engine: Engine, vault: Vault) -> str:
    """Return the key of the fingerprints; the first start makes it. Raises `WrongKey` if ASKWELL_KEY is another."""
    async with engine.glancing() as link:
        row = await link.first(_SECRET, {})
    if row is None:
        async with engine.writing() as link:
            await link.run(_KEEP_SECRET, {"name": _HASH_KEY, "value": vault.encrypt(new_hash_key())})
            row = await link.first(_SECRET, {})
    return vault.decrypt(row[0] if row else "")
