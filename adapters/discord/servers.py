"""Keeps in step with the servers that have the bot: which came, which went, also while nobody was connected."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence

from adapters.discord.asked import PLATFORM
from bot.desk.bot import Bot
from bot.model.installs import Install, Installs

log = logging.getLogger(__name__)

PAUSES = (0.0, 1.0, 5.0, 30.0)
"""Seconds before each try to note that a server came or went, when our own side fails: Discord says so once. After
the last one, it is found out at the next start."""


class Servers:
    """What is noted of a server is noted last, so that a half-done coming or going is done again."""

    def __init__(self, bot: Bot, installs: Installs, pauses: Sequence[float] = PAUSES) -> None:
        self._bot = bot
        self._installs = installs
        self._pauses = pauses
        self._one_by_one = asyncio.Lock()

    async def joined(self, guild: str) -> None:
        await self._noted(lambda: self._join(guild))

    async def removed(self, guild: str) -> None:
        await self._noted(lambda: self._remove(guild))

    async def found(self, guilds: Collection[str]) -> None:
        """Catch up: *guilds* are all that have the bot now."""
        await self._noted(lambda: self._catch_up(set(guilds)))

    async def settled(self) -> None:
        """Wait until what was heard so far is noted."""
        async with self._one_by_one:
            return

    async def _catch_up(self, now: set[str]) -> bool:
        before = {install.workspace for install in await self._installs.all(PLATFORM)}
        came = [await self._join(guild) for guild in sorted(now - before)]
        went = [await self._remove(guild) for guild in sorted(before - now)]
        return all([*came, *went])

    async def _join(self, guild: str) -> bool:
        is_done = await self._bot.restored(PLATFORM, guild)
        if is_done:
            await self._installs.keep(Install(PLATFORM, "", guild, "", "{}"))
        return is_done

    async def _remove(self, guild: str) -> bool:
        is_done = await self._bot.removed(PLATFORM, guild)
        if is_done:
            await self._installs.drop(PLATFORM, "", guild)
        return is_done

    async def _noted(self, noting: Callable[[], Awaitable[bool]]) -> None:
        """Have something noted, with patience; the next coming or going waits for it."""
        async with self._one_by_one:
            for pause in self._pauses:
                await asyncio.sleep(pause)
                if await _try(noting):
                    return
        log.error("what became of a server could not be noted")


async def _try(noting: Callable[[], Awaitable[bool]]) -> bool:
    try:
        return await noting()
    except Exception as error:
        log.warning("what became of a server is not noted yet: %s", type(error).__qualname__)
        return False
