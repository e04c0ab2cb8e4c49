"""Makes every part of the core once and joins them, around one open database."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import bot.commands
from bot.content.library import load
from bot.desk.bot import Bot
from bot.desk.registry import registry_of
from bot.nudging.courier import Courier
from bot.nudging.sender import Sender
from storage.database import Database


def real_time() -> datetime:
    return datetime.now(UTC)


class Parts:
    """What all platforms and the worker share. *now* tells the moment, aware UTC: only the playground's clock can be
    moved. *wake* is set when letters may wait, so that the courier looks at once."""

    def __init__(
        self, database: Database, now: Callable[[], datetime] = real_time, wake: asyncio.Event | None = None
    ) -> None:
        self.database = database
        self.now = now
        self.wake = wake or asyncio.Event()
        self.registry = registry_of(bot.commands)
        self.library = load()
        self.bot = Bot(database, self.registry, self.library, now, self.wake.set)

    def courier(self, senders: Mapping[str, Sender]) -> Courier:
        """Return a worker for the outbox."""
        return Courier(self.database, self.registry, self.library, senders, self.now)
