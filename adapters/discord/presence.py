"""Finds out whether somebody is still in a server. Without reading the list of members, which Askwell never asks for,
the only way is to look for one person before doing something for them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto

import discord
from cachetools import TTLCache

from adapters.discord.pauses import Pauses

LEFT = frozenset({10007, 10013})
"""Unknown member, unknown user: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json"""

OUT = frozenset({10004, 50001})
"""Unknown server, missing access: it is the bot that is not in there."""

BELIEVED = timedelta(minutes=10)
"""How long an answer is believed."""

MOST = 50_000


class There(Enum):
    """Whether somebody is in a server; `OUT`: nobody can say, because the bot is not."""

    YES = auto()
    LEFT = auto()
    OUT = auto()


class Presence:
    def __init__(self, client: discord.Client, pauses: Pauses, clock: Callable[[], datetime]) -> None:
        self._client = client
        self._pauses = pauses
        self._known: TTLCache[tuple[str, str], There] = TTLCache(
            MOST, BELIEVED.total_seconds(), lambda: clock().timestamp()
        )

    def seen(self, guild: str, user: str) -> None:
        """Remember that *user* did something in *guild* just now."""
        self._known[guild, user] = There.YES

    def lost(self, guild: str, user: str) -> None:
        """Look anew the next time: *user* turned out not to be where they were thought to be."""
        self._known.pop((guild, user), None)

    async def look(self, guild: str, user: str) -> There:
        """Tell whether *user* is in *guild*. Raises `Resting`, and what discord.py raises when it cannot ask."""
        if self._client.is_ready() and self._client.get_guild(int(guild)) is None:
            return There.OUT
        if (known := self._known.get((guild, user))) is not None:
            return known
        found = await self._asked(guild, user)
        if found is not There.OUT:
            self._known[guild, user] = found
        return found

    async def _asked(self, guild: str, user: str) -> There:
        try:
            with self._pauses.lane(f"members {guild}"):
                await self._client.http.get_member(int(guild), int(user))
        except discord.HTTPException as error:
            if error.code in LEFT:
                return There.LEFT
            if error.code in OUT:
                return There.OUT
            raise
        return There.YES
