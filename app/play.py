"""Makes the local playground: its pages, its clock, and its sample groups."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Self

from starlette.applications import Starlette

from adapters.web.app import playground
from adapters.web.clock import MovableClock
from adapters.web.feed import Feed
from adapters.web.people import workspace
from adapters.web.sender import WebSender
from adapters.web.stage import PLATFORM
from app import samples
from app.gallery import gallery
from app.parts import Parts
from app.settings import NotReady, Settings
from bot.model.people import Account
from bot.nudging.sender import Sender
from storage.database import Database


class Playground:
    """A `House` with the playground in it, whose clock can be moved."""

    def __init__(self, parts: Parts, clock: MovableClock) -> None:
        self.parts = parts
        self.clock = clock
        self._feed = Feed()
        self._chat = parts.database.chat
        self.senders: Mapping[str, Sender] = {PLATFORM: WebSender(self._chat, clock, self._feed)}

    @classmethod
    async def open(cls, database: Database) -> Self:
        wake = asyncio.Event()
        clock = MovableClock(database.chat, wake.set)
        await clock.load()
        return cls(Parts(database, clock.now, wake), clock)

    async def listen(self) -> None:
        """Nobody has to let the playground in."""

    async def run(self) -> None:
        """Keep up with a clock that was moved by another process."""
        while True:
            await asyncio.sleep(1)
            with suppress(Exception):  # the database is away for a moment; the courier says so
                await self.clock.load()

    async def close(self) -> None:
        """The playground holds nothing but the database."""

    def greeting(self, url: str) -> str:
        return f"No Slack or Discord token is set, so here is the local playground: {url}\nStop it with Ctrl-C."

    def pages(self, settings: Settings) -> Starlette:
        """Return the pages. Raises `NotReady` when others could open them without a password."""
        if not settings.is_local and settings.password is None:
            raise NotReady(
                f"The playground would be open to everybody who can reach {settings.host}. "
                "Set ASKWELL_PASSWORD, or leave ASKWELL_HOST at 127.0.0.1."
            )
        return playground(
            self.parts.bot, self._chat, self.clock, feed=self._feed, samples=self._samples,
            password=settings.password.get_secret_value() if settings.password else None,
            gallery=gallery, zone_of=self._zone_of,
        )  # fmt: skip

    async def _samples(self) -> None:
        await self.parts.database.reset()
        await samples.fill(self.parts.database, self.parts.registry, self.parts.library, self.clock.now)
        self.parts.wake.set()

    async def _zone_of(self, account: Account) -> str | None:
        """Return the zone that a sample member told the bot."""
        group = workspace(account.workspace)
        person = group.person(account.user) if group else None
        if group is None or person is None:
            return None
        seat = await self.parts.database.known(account)
        return seat.member.zone if seat else None
