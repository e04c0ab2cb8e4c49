"""Finds out which server somebody means who writes to the bot directly, where Discord does not say."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import aiohttp
import discord

from adapters.discord.asked import PLATFORM, Asked
from adapters.discord.pauses import Resting
from adapters.discord.presence import Presence, There
from bot.desk.mishaps import notice
from bot.model.installs import Lines
from bot.model.people import Account
from bot.talk.press import decode, encode
from bot.talk.view import Option, Press, Select, View, say
from bot.talk.words import _, catalogue, speaking

WHERE = "where"
"""The path of a press that goes on in the server which was chosen; its first argument is that press."""


class Places:
    """*left* is told of an account that is not in its server any more."""

    def __init__(
        self, client: discord.Client, lines: Lines, presence: Presence, left: Callable[[Account], Awaitable[object]]
    ) -> None:
        self._client = client
        self._lines = lines
        self._presence = presence
        self._left = left

    def seen(self, asked: Asked) -> None:
        """Remember that somebody did something in a server just now."""
        self._presence.seen(asked.guild, asked.user, asked.name)

    def there(self, asked: Asked, guild: str) -> Asked:
        """Return *asked* as by a member of *guild*, where they may have another name than in direct messages."""
        if asked.is_in_guild:
            return asked
        return replace(asked, guild=guild, name=self._presence.name(guild, asked.user) or asked.name)

    async def of(self, user: str) -> tuple[str, ...]:
        """Return the servers in which *user* has a seat and still is, the likeliest first."""
        found = await self._lines.places(PLATFORM, user)
        return tuple([guild for guild in found if await self.is_in(guild, user)])

    async def is_in(self, guild: str, user: str) -> bool:
        """Tell whether *user* is still in *guild*, and so is the bot. If Discord cannot be asked, they are believed."""
        try:
            there = await self._presence.look(guild, user)
        except (Resting, discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError):
            return True
        if there is There.LEFT:
            await self._left(Account(PLATFORM, guild, user))
        return there is There.YES

    def named(self, guilds: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Return each of *guilds* with its name."""
        known = ((guild, self._client.get_guild(int(guild))) for guild in guilds)
        return tuple((guild, found.name if found else guild) for guild, found in known)


def which(locale: str, places: Sequence[tuple[str, str]], press: Press) -> View:
    """Return the question which server is meant, after whose answer *press* goes on."""
    with speaking(catalogue(locale)):
        if not places:
            return notice(
                _("I do not know your group yet. Type /career home once in a server where I am, and it works here too.")
            )
        label, options = _("Which server is it about?"), tuple(Option(guild, name) for guild, name in places)
        return View("", (say(_("You are in more than one group with me.")), Select(label, asking(press), options)))


def meant(press: Press) -> tuple[Press, str]:
    """Return what was asked for, and the server that was chosen for it."""
    inner, guild = (*press.args, "", "")[:2]
    return decode(inner), guild


def asking(press: Press) -> Press:
    """Return what a choice among servers calls, the chosen one added."""
    return Press(WHERE, (encode(press),))
