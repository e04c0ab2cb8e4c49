"""Finds out whether somebody is still in a server. Without reading the list of members, which Askwell never asks for,
the only way is to look for one person before doing something for them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto

import discord
from cachetools import TTLCache

from adapters.discord.pauses import Pauses
from bot.record import record

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


@record
class Known:
    """What was found out last of somebody; *name* is what they are called in the server, as far as they are there."""

    there: There
    name: str = ""


class Presence:
    def __init__(self, client: discord.Client, pauses: Pauses, clock: Callable[[], datetime]) -> None:
        self._client = client
        self._pauses = pauses
        self._known: TTLCache[tuple[str, str], Known] = TTLCache(
            MOST, BELIEVED.total_seconds(), lambda: clock().timestamp()
        )

    def seen(self, guild: str, user: str, name: str) -> None:
        """Remember that *user*, who is called *name* there, did something in *guild* just now."""
        self._known[guild, user] = Known(There.YES, name)

    def name(self, guild: str, user: str) -> str:
        """Return what *user* is called in *guild*, "" if that was not found out lately."""
        known = self._known.get((guild, user))
        return known.name if known else ""

    def lost(self, guild: str, user: str) -> None:
        """Look anew the next time: *user* turned out not to be where they were thought to be."""
        self._known.pop((guild, user), None)

    async def look(self, guild: str, user: str) -> There:
        """Tell whether *user* is in *guild*. Raises `Resting`, and what discord.py raises when it cannot ask."""
        if self._client.is_ready() and self._client.get_guild(int(guild)) is None:
            return There.OUT
        if (known := self._known.get((guild, user))) is not None:
            return known.there
        found = await self._asked(guild, user)
        if found.there is not There.OUT:
            self._known[guild, user] = found
        return found.there

    async def _asked(self, guild: str, user: str) -> Known:
        try:
            with self._pauses.lane(f"members {guild}"):
                member = await self._client.http.get_member(int(guild), int(user))
        except discord.HTTPException as error:
            if error.code in LEFT:
                return Known(There.LEFT)
            if error.code in OUT:
                return Known(There.OUT)
            raise
        person = member["user"]
        return Known(There.YES, member.get("nick") or person.get("global_name") or person["username"])
