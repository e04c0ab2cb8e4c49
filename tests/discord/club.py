"""Connects the whole Discord adapter to the stand-in for Discord, with a worker that delivers when told."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.discord.commands import commands
from adapters.discord.pauses import PATIENCE
from adapters.discord.service import DiscordKeys, DiscordService
from adapters.discord.sync import sync
from bot.desk.bot import Bot
from bot.desk.registry import Registry
from bot.model.drafts import Drafts
from bot.model.store import Store
from bot.nudging.courier import Courier
from bot.nudging.sender import Sender
from storage.database import Database
from tests.clocks import Clock
from tests.discord.platform import Guild, Platform, serving
from tests.waiting import soon
from tests.world import LIBRARY, REGISTRY


@dataclass(frozen=True)
class Askwell:
    """Askwell while it runs."""

    service: DiscordService
    bot: Bot
    courier: Courier


@dataclass
class Club:
    """Discord, and Askwell in it. *home* is the first server, which has the bot."""

    discord: Platform
    home: Guild
    database: Database
    clock: Clock
    askwell: Askwell
    make: Callable[[], Askwell]
    """Makes another one, which is neither open nor connected."""
    _run: Callable[[], AbstractAsyncContextManager[Askwell]]
    _stack: AsyncExitStack

    @property
    def service(self) -> DiscordService:
        return self.askwell.service

    @property
    def bot(self) -> Bot:
        return self.askwell.bot

    @property
    def courier(self) -> Courier:
        return self.askwell.courier

    async def deliver(self) -> None:
        """Let the courier carry everything that is due now."""
        while await self.courier.round():
            continue

    async def hears(self, event: str, happens: Callable[[], None]) -> None:
        """Let something happen at Discord, and wait until Askwell has heard of it and has done what follows."""
        heard = self.service.client.wait_for(event, timeout=10)
        happens()
        await heard
        await soon(self.service.settled())

    async def stop(self) -> None:
        """End Askwell. What happens at Discord meanwhile, it does not hear of."""
        await self._stack.aclose()

    async def start(self) -> None:
        self.askwell = await self._stack.enter_async_context(self._run())

    async def restart(self) -> None:
        """End Askwell and start it anew on the same database."""
        await self.stop()
        await self.start()


@asynccontextmanager
async def club(
    database: Database, *, at: datetime, store: Callable[[Database], Store] = lambda database: database,
    drafts: Callable[[Database], Drafts] = lambda database: database.drafts,
    kind: type[Bot] = Bot, clock: Clock | None = None, registry: Registry | None = None,
    through: Callable[[Mapping[str, Sender]], Mapping[str, Sender]] = dict,
    waits: float = PATIENCE, is_sharded: bool = False, new_dms: int = 60, **more: Any,
) -> AsyncIterator[Club]:  # fmt: skip
    """Serve the real commands on *database* until the block ends. *store* and *drafts* may stand between the bot and
    it, and *through* between the courier and Discord. *waits* are the seconds for which a call waits at a limit."""
    known, library, clock = registry or REGISTRY, LIBRARY, clock or Clock(at)
    async with serving(clock=clock, **more) as discord, AsyncExitStack() as stack:
        home = discord.guild("Northside")

        def make() -> Askwell:
            desk = kind(store(database), known, library, clock)
            service = DiscordService(
                desk, DiscordKeys(discord.token, is_sharded, new_dms), database.installs, database.lines,
                drafts(database), clock, patience=waits,
            )  # fmt: skip
            return Askwell(service, desk, Courier(store(database), known, library, through(service.senders), clock))

        @asynccontextmanager
        async def run() -> AsyncIterator[Askwell]:
            askwell = make()
            await askwell.service.open()
            await sync(askwell.service.client.http, int(discord.application_id), commands(known), None)
            async with _connected(askwell.service, discord, is_sharded=is_sharded):
                yield askwell

        yield Club(discord, home, database, clock, await stack.enter_async_context(run()), make, run, stack)


@asynccontextmanager
async def _connected(service: DiscordService, discord: Platform, *, is_sharded: bool) -> AsyncIterator[None]:
    task = asyncio.create_task(service.run())
    try:
        await discord.gateway.connected(discord.shards if is_sharded else 1)
        yield
    finally:
        task.cancel()
        await soon(asyncio.gather(task, return_exceptions=True))
        await soon(service.close())
