"""Opens what the settings ask for: the platforms that have a token, or the playground where none has."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Protocol

from starlette.applications import Starlette

from app.parts import Parts
from app.settings import Settings, keys
from bot.nudging.sender import Sender
from storage.database import Database
from storage.migrate import migrate


class House(Protocol):
    """Everything that runs, around one open database."""

    @property
    def parts(self) -> Parts: ...

    @property
    def senders(self) -> Mapping[str, Sender]: ...

    def pages(self, settings: Settings) -> Starlette:
        """Return what is served by HTTP. Raises `NotReady`."""

    async def listen(self) -> None:
        """Make sure that people can be heard. Raises `NotReady` when a platform does not let Askwell in."""

    async def run(self) -> None:
        """Do what goes on beside the pages, until cancelled."""

    async def close(self) -> None: ...

    def greeting(self, url: str) -> str:
        """Return the sentence for the terminal, once all is there; *url* is where the pages are."""


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[House]:
    """Open the database, brought to the newest shape, and everything around it. Raises `NotReady`."""
    secrets = keys(settings)
    await asyncio.to_thread(migrate, settings.url)
    async with await Database.open(settings.url, secrets) as database:
        house = await _house(settings, database)
        try:
            yield house
        finally:
            await house.close()


async def _house(settings: Settings, database: Database) -> House:
    if settings.has_slack or settings.discord_token is not None:
        from app.platforms import Platforms

        return await Platforms.open(settings, Parts(database))
    from app.play import Playground

    return await Playground.open(database)
