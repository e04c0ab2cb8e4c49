"""Serves a playground on a free port of this computer, on a real database, with a worker that delivers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from types import ModuleType

from starlette.applications import Starlette

from adapters.web.app import playground
from adapters.web.clock import MovableClock
from adapters.web.feed import Feed
from adapters.web.sender import WebSender
from adapters.web.stage import Example
from bot.desk.bot import Bot
from bot.desk.registry import registry_of
from bot.nudging.courier import Courier
from bot.nudging.sender import Sender
from storage.database import Database
from tests.hosting import a_listener, listening
from tests.world import LIBRARY

GRACE = 0.1
"""Seconds that an answer gets when the playground ends. The news of an open page never end by themselves."""


@dataclass(frozen=True, slots=True)
class Playground:
    """A playground that runs: where it is, and what is behind it."""

    url: str
    database: Database
    bot: Bot
    clock: MovableClock
    sender: WebSender
    app: Starlette
    courier: Courier


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
    kind: type[Bot] = Bot,
    through: Callable[[Mapping[str, Sender]], Mapping[str, Sender]] = dict,
    has_worker: bool = True,
) -> AsyncIterator[Playground]:
    """Serve *commands* on *database* until the block ends."""

    async def gallery() -> Sequence[Example]:
        return examples

    feed, wake = Feed(), asyncio.Event()
    clock = MovableClock(database.chat, wake.set, real)
    await clock.load()
    registry, library = registry_of(commands), LIBRARY
    bot = kind(database, registry, library, clock.now, wake.set)
    sender = WebSender(database.chat, clock, feed)
    courier = Courier(database, registry, library, through({"web": sender}), clock.now)
    app = playground(bot, database.chat, clock, feed=feed, samples=_no_samples, password=password, gallery=gallery)
    listener, _url = a_listener(port)
    working = _working(courier, wake) if has_worker else nullcontext()
    async with listening(app, listener, grace=GRACE) as url, working:
        yield Playground(url, database, bot, clock, sender, app, courier)


@asynccontextmanager
async def _working(courier: Courier, wake: asyncio.Event) -> AsyncIterator[None]:
    task = asyncio.create_task(courier.run(wake))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
