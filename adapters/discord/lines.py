"""Opens the conversations in which the bot writes to people directly, and not too many new ones at a time."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import aiohttp
import discord
from cachetools import LRUCache

from adapters.discord.drawing.views import Pen, draw, files, mentions
from adapters.discord.pauses import Pauses, Resting
from bot.model.installs import Lines
from bot.model.people import Account
from bot.talk.view import View

log = logging.getLogger(__name__)

MOST = 50_000
MINUTE = timedelta(minutes=1)

LONGEST = 60.0
"""Seconds that an answer may take on its way, with the waits that Discord asks for: more than it ever asked for in such
a case, and little of the 15 minutes in which an answer is taken."""

OPEN = "open"
"""The lane of opening conversations: Discord counts them for the whole bot."""

TOO_FAST = 40003
"""Opening direct messages too fast: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json"""

SLOWER = timedelta(minutes=10)
"""How long new conversations rest then."""


class DirectLines:
    """*a_minute* is how many conversations are opened with people whom the bot has never written to: Discord may block
    a bot that opens many at once."""

    def __init__(
        self, client: discord.Client, lines: Lines, pauses: Pauses, clock: Callable[[], datetime], a_minute: int
    ) -> None:
        self._client = client
        self._lines = lines
        self._pauses = pauses
        self._clock = clock
        self._a_minute = a_minute
        self._opened: deque[datetime] = deque()
        self._known: LRUCache[str, str] = LRUCache(MOST)

    async def channel(self, account: Account, *, is_asked: bool = False) -> discord.PartialMessageable:
        """Return the conversation with *account*. Raises what discord.py raises, and `Resting`: also when it would be
        one new conversation too many, unless it answers something that the person asked just now."""
        known = self._known.get(account.user) or await self._lines.find(account)
        if known is None:
            return await self.open(account, is_asked=is_asked)
        self._known[account.user] = known
        return self._client.get_partial_messageable(int(known))

    async def open(self, account: Account, *, is_asked: bool = False) -> discord.PartialMessageable:
        """Return the conversation with *account* as Discord has it now, whatever is known of an earlier one."""
        if not is_asked:
            self._pace()
        line = await self._open(account)
        await self._lines.keep(account, line)
        self._known[account.user] = line
        return self._client.get_partial_messageable(int(line))

    async def tell(self, account: Account, pages: Sequence[View], pen: Pen, key: str) -> None:
        """Write *pages* to somebody whose interaction, which has the id *key*, cannot be answered any more. Never
        raises."""
        try:
            async with asyncio.timeout(LONGEST):
                channel = await self.channel(account, is_asked=True)
                for i, page in enumerate(pages):
                    await _said(channel, page, pen, f"{key}#{i}")
        except (Resting, discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("an answer did not arrive: %s", _kind(error))

    async def _open(self, account: Account) -> str:
        try:
            with self._pauses.lane(OPEN):
                data = await self._client.http.start_private_message(int(account.user))
        except discord.HTTPException as error:
            if error.code == TOO_FAST:
                self._pauses.hold(OPEN, SLOWER)
                raise Resting(self._clock() + SLOWER, f"error {TOO_FAST}") from None
            raise
        return str(data["id"])

    def _pace(self) -> None:
        now = self._clock()
        while self._opened and self._opened[0] <= now - MINUTE:
            self._opened.popleft()
        if len(self._opened) >= self._a_minute:
            raise Resting(self._opened[0] + MINUTE, "new conversations are paced")
        self._opened.append(now)


async def _said(channel: discord.PartialMessageable, page: View, pen: Pen, nonce: str) -> None:
    """Write *page*; once more where it may have been cut off, for Discord knows the *nonce* of what it has taken."""
    for is_last in (False, True):
        try:
            await channel.send(view=draw(page, pen), files=files(page), allowed_mentions=mentions(page), nonce=nonce)
        except (aiohttp.ClientError, OSError):
            if is_last:
                raise
        else:
            return


def _kind(error: Exception) -> str:
    """Return what went wrong, without the words of anybody."""
    return f"error {error.code or error.status}" if isinstance(error, discord.HTTPException) else type(error).__name__
