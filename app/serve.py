"""Runs Askwell: the playground's pages and the worker that sends, in one process or in two."""

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from starlette.applications import Starlette

import bot.commands
from adapters.web.app import playground
from adapters.web.clock import MovableClock
from adapters.web.feed import Feed
from adapters.web.sender import WebSender
from adapters.web.stage import PLATFORM, Example
from app import logs, samples
from app.settings import NotReady, Settings, keys
from bot.content.library import Library
from bot.content.library import load as load_library
from bot.desk.bot import Bot
from bot.desk.registry import Registry, registry_of
from bot.model.people import Account, Actor
from bot.nudging.courier import Courier
from storage.chat import Chat
from storage.database import Database
from storage.migrate import migrate

log = logging.getLogger(__name__)

GRACE = 2
"""Seconds that open pages get to finish when Askwell stops; what they were doing is kept and goes on at the next start."""


class Parts:
    """Everything that is made once and shared, around one open database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.chat = Chat(database)
        self.feed = Feed()
        self.wake = asyncio.Event()
        self.clock = MovableClock(self.chat, self.wake.set)
        self.registry: Registry = registry_of(bot.commands)
        self.library: Library = load_library()
        self.bot = Bot(database, self.registry, self.library, self.clock.now, self.wake.set)

    def courier(self) -> Courier:
        senders = {PLATFORM: WebSender(self.chat, self.clock, self.feed)}
        return Courier(self.database, self.registry, self.library, senders, self.clock.now)

    def playground(self, settings: Settings) -> Starlette:
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
        actor = Actor(account.platform, account.workspace, None, account.user, "", "")
        return (await self.database.seat(actor, self.clock.now())).member.zone
