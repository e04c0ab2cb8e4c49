"""Makes every part once and joins them, around one open database."""

import asyncio

from starlette.applications import Starlette

import bot.commands
from adapters.web.app import playground
from adapters.web.clock import MovableClock
from adapters.web.feed import Feed
from adapters.web.people import workspace
from adapters.web.sender import WebSender
from adapters.web.stage import PLATFORM
from app import samples
from app.gallery import gallery
from app.settings import Settings
from bot.content.library import load
from bot.desk.bot import Bot
from bot.desk.registry import registry_of
from bot.model.people import Account
from bot.nudging.courier import Courier
from storage.database import Database


class Parts:
    """What the pages and the worker share. *wake* is set when letters may wait, so that the courier looks at once."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.chat = database.chat
        self.feed = Feed()
        self.wake = asyncio.Event()
        self.clock = MovableClock(self.chat, self.wake.set)
        self.registry = registry_of(bot.commands)
        self.library = load()
        self.bot = Bot(database, self.registry, self.library, self.clock.now, self.wake.set)

    def courier(self) -> Courier:
        """Return a worker for the outbox."""
        senders = {PLATFORM: WebSender(self.chat, self.clock, self.feed)}
        return Courier(self.database, self.registry, self.library, senders, self.clock.now)

    def playground(self, settings: Settings) -> Starlette:
        """Return the playground's pages."""
        return playground(
            self.bot, self.chat, self.clock, feed=self.feed, samples=self._samples,
            password=settings.password.get_secret_value() if settings.password else None,
            hosts=() if settings.is_local else (settings.host,), gallery=gallery, zone_of=self._zone_of,
        )  # fmt: skip

    async def _samples(self) -> None:
        await self.database.reset()
        await samples.fill(self.database, self.registry, self.library, self.clock.now)
        self.wake.set()

    async def _zone_of(self, account: Account) -> str | None:
        """Return the zone that a sample member told the bot."""
        group = workspace(account.workspace)
        person = group.person(account.user) if group else None
        if group is None or person is None:
            return None
        return (await self.database.seat(samples.actor_of(group, person), self.clock.now())).member.zone
