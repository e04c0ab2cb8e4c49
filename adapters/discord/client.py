"""Holds the connection to Discord: as few intents as there can be, and what happens to servers passed on."""

import logging
import sys
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any

import aiohttp
import discord

from adapters.discord.heard import Heard

log = logging.getLogger(__name__)

Took = Callable[[Heard], None]
Told = Callable[[str], Awaitable[object]]
Found = Callable[[Collection[str]], Awaitable[None]]
Read = Callable[[Any], None]

READY = "READY"
"""The event that begins a session: without it there is none, so a failure to read it is not skipped."""

QUIET = 0.5
"""Seconds without news of a further server after which a new connection counts as complete. The list of all servers
comes first and at once; what follows tells more about each."""


def intents() -> discord.Intents:
    """Return `guilds` alone: where the bot is. Interactions come without any intent."""
    chosen = discord.Intents.none()
    chosen.guilds = True
    return chosen


class _Hears(discord.Client):
    """What both kinds of client do with what they hear. discord.py calls the methods by their names."""

    took: Took
    joined: Told
    removed: Told
    found: Found

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        parsers = self._connection.parsers
        # discord.py would make an object of each interaction with all that is in it, and has no event before that.
        parsers["INTERACTION_CREATE"] = self._hear
        # It lets one event that it cannot read end the connection, and with it whatever else runs in the process.
        parsers |= {event: _skipping(event, read) for event, read in parsers.items() if event != READY}

    def _hear(self, data: Mapping[str, Any]) -> None:
        self.took(Heard(data, self))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self.joined(str(guild.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        await self.removed(str(guild.id))

    async def on_ready(self) -> None:
        await self.found([str(guild.id) for guild in self.guilds])

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log an error of ours by its kind alone: discord.py would write out what people sent."""
        log.error("the event %s was not handled: %s", event_method, getattr(sys.exc_info()[0], "__qualname__", "?"))


def _skipping(event: str, read: Read) -> Read:
    """Return *read*, which logs what it cannot read by its kind, and goes on."""

    def safely(data: Any) -> None:
        try:
            read(data)
        except Exception as error:
            log.error("the event %s was not read: %s", event, type(error).__qualname__)

    return safely


class OneClient(_Hears):
    pass


class ShardedClient(_Hears, discord.AutoShardedClient):
    pass


def a_client(trace: aiohttp.TraceConfig, *, is_sharded: bool) -> OneClient | ShardedClient:
    """Return a client that is not connected yet, whose calls *trace* hears. It mentions nobody by itself, and keeps no
    messages or members."""
    # Askwell has no voice, so nobody has to be warned that the libraries for it are missing.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    kind = ShardedClient if is_sharded else OneClient
    return kind(
        intents=intents(), allowed_mentions=discord.AllowedMentions.none(), max_messages=None,
        chunk_guilds_at_startup=False, member_cache_flags=discord.MemberCacheFlags.none(), guild_ready_timeout=QUIET,
        http_trace=trace,
    )  # fmt: skip
