"""Serves a playground on a free port of this computer, on a real database, with a worker that delivers."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from types import ModuleType

import uvicorn
from starlette.applications import Starlette

from adapters.web.app import playground
from adapters.web.clock import MovableClock
from adapters.web.feed import Feed
from adapters.web.sender import WebSender
from adapters.web.stage import Example
from bot.content.library import load
from bot.desk.bot import Bot
from bot.desk.registry import registry_of
from bot.nudging.courier import Courier
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Playground:
    """A playground that runs: where it is, and what is behind it."""

    url: str
    database: Database
    bot: Bot
    clock: MovableClock
    sender: WebSender
    app: Starlette


async def _no_samples() -> None:
    return None


async def _no_examples() -> Sequence[Example]:
    return ()


@asynccontextmanager
async def serving(
    database: Database,
    commands: ModuleType,
    *,
    port: int = 0,
    password: str | None = None,
    examples: Sequence[Example] = (),
    real: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncIterator[Playground]:
    """Serve *commands* on *database* until the block ends."""

    async def gallery() -> Sequence[Example]:
        return examples

    feed, wake = Feed(), asyncio.Event()
    clock = MovableClock(database.chat, wake.set, real)
    await clock.load()
    registry, library = registry_of(commands), load()
    bot = Bot(database, registry, library, clock.now, wake.set)
    sender = WebSender(database.chat, clock, feed)
    courier = Courier(database, registry, library, {"web": sender}, clock.now)
    app = playground(bot, database.chat, clock, feed=feed, samples=_no_samples, password=password, gallery=gallery)
    listener = socket.create_server(("127.0.0.1", port))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with _running(app, listener), _working(courier, wake):
        yield Playground(url, database, bot, clock, sender, app)


class _Server(uvicorn.Server):
    """Tells when it has started."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_ready.set()


@asynccontextmanager
async def _running(app: Starlette, listener: socket.socket) -> AsyncIterator[None]:
    config = uvicorn.Config(app, log_level="critical", lifespan="on", timeout_graceful_shutdown=1)
    server = _Server(config)
    task = asyncio.create_task(server._serve([listener]))  # `serve` would take the signals from pytest
    await server.is_ready.wait()
    try:
        yield
    finally:
        server.should_exit = True
        await task
        listener.close()


@asynccontextmanager
async def _working(courier: Courier, wake: asyncio.Event) -> AsyncIterator[None]:
    task = asyncio.create_task(courier.run(wake))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
