"""Delivers letters from the outbox to Discord: each once, to direct messages and channels."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import aiohttp
import discord

from adapters.discord.answers import fitted
from adapters.discord.drawing.layout import Layout
from adapters.discord.drawing.views import Pen, draw, files, mentions
from adapters.discord.history import already_there, mark
from adapters.discord.lines import DirectLines
from adapters.discord.outcomes import MEND, STALE, of
from adapters.discord.pauses import Pauses, Resting
from adapters.discord.presence import Presence, There
from bot.model.outbox import Later, Never, Outcome, Sent, Spot, Unreachable
from bot.model.people import Account, Member
from bot.nudging.sender import Unsure
from bot.talk.view import View

log = logging.getLogger(__name__)

LONGEST_KEY = 23
"""Characters of a key before the number of a further page, of the 25 of a nonce."""


KNOWN_AGAIN = timedelta(minutes=2)
"""Discord knows a nonce again for "the past few minutes", of which we count on three; a send, and noting its end, may
take up to one of them: https://docs.discord.com/developers/resources/message#create-message"""


class DiscordSender:
    """A `Sender` for the platform `discord`. *left* is told of an account that is not in its server any more, and
    returns whether that could be written down."""

    knows_again = KNOWN_AGAIN

    def __init__(
        self, client: discord.Client, lines: DirectLines, presence: Presence, pauses: Pauses,
        clock: Callable[[], datetime], left: Callable[[Account], Awaitable[bool]],
    ) -> None:  # fmt: skip
        self._client = client
        self._lines = lines
        self._presence = presence
        self._pauses = pauses
        self._clock = clock
        self._left = left

    async def send(
        self, to: Account | Spot, view: View, key: str, reader: Member | None, *, is_in_doubt: bool = False
    ) -> Outcome:
        if isinstance(to, Spot):
            return await self._ended(to, self._post_in_channel(to, view, key))
        return await self._ended(to, self._post_directly(to, view, key, reader, is_in_doubt=is_in_doubt))

    async def edit(self, to: Account | Spot, message: str, view: View, reader: Member | None) -> Outcome:
        return await self._ended(to, self._edit(to, message, view, reader))

    async def _ended(self, to: Account | Spot, sending: Awaitable[Outcome]) -> Outcome:
        """Return what becomes of a letter, whatever *sending* raises."""
        try:
            outcome = await sending
        except Resting as resting:
            return Later(resting.until, resting.why, freezes=resting.is_everywhere)
        except Exception as error:
            outcome = of(error, self._clock(), is_direct=isinstance(to, Account))
        is_gone = isinstance(outcome, Never) and outcome.unreachable is Unreachable.GONE
        if not is_gone or isinstance(to, Spot):
            return outcome
        self._presence.lost(to.workspace, to.user)
        return outcome if await self._left(to) else Later(self._clock() + MEND, "leaving could not be noted")

    async def _post_in_channel(self, to: Spot, view: View, key: str) -> Outcome:
        """Post a letter where nobody looks whether it stands already: the history of channels is not ours to read. One
        in doubt comes only while Discord knows its nonce again."""
        return await self._post(await self._channel(to), view, key, _pen(to, None), is_in_doubt=False)

    async def _post_directly(
        self, to: Account, view: View, key: str, reader: Member | None, *, is_in_doubt: bool
    ) -> Outcome:
        there = await self._presence.look(to.workspace, to.user)
        if there is There.OUT:
            return Later(self._clock() + MEND, "the bot is not in the server", freezes=True)
        if there is There.LEFT:
            return Never("not in the server any more", Unreachable.GONE)
        channel, pen = await self._channel(to), _pen(to, reader)
        try:
            return await self._post(channel, view, key, pen, is_in_doubt=is_in_doubt)
        except discord.HTTPException as error:
            if error.code not in STALE:
                raise
        fresh = await self._lines.open(to)
        return await self._post(fresh, view, key, pen, is_in_doubt=is_in_doubt)

    async def _channel(self, to: Account | Spot) -> discord.PartialMessageable:
        match to:
            case Spot(channel=channel):
                return self._client.get_partial_messageable(int(channel))
            case Account():
                return await self._lines.channel(to)

    async def _post(
        self, channel: discord.PartialMessageable, view: View, key: str, pen: Pen, *, is_in_doubt: bool
    ) -> Outcome:
        """Post the pages of *view*. Discord knows the nonce of each again for some minutes; of a letter *is_in_doubt*,
        those that are there already are found by their marks. Raises `Unsure` when only a part of it is there."""
        ids: list[str] = []
        for i, page in enumerate(fitted(view, pen)):
            name = key if i == 0 else f"{key[-LONGEST_KEY:]}#{i + 1}"
            try:
                ids.append(await self._page(channel, page, name, pen, is_in_doubt=is_in_doubt))
            except (Resting, aiohttp.ClientConnectorError):
                if ids:
                    raise Unsure("a part of it is there") from None
                raise
        return Sent(ids[0])

    async def _page(
        self, channel: discord.PartialMessageable, page: View, name: str, pen: Pen, *, is_in_doubt: bool
    ) -> str:
        """Return the id of the message that shows *page*, which is posted unless it is there already."""
        drawn = draw(page, pen)
        number = mark(drawn, name)
        there = await self._there(channel, number) if is_in_doubt else None
        return there or await self._posted(channel, page, drawn, name)

    async def _there(self, channel: discord.PartialMessageable, number: int) -> str | None:
        with self._pauses.lane(f"look {channel.id}"):
            return await already_there(channel, number)

    async def _posted(self, channel: discord.PartialMessageable, page: View, drawn: Layout, nonce: str) -> str:
        with self._pauses.lane(f"post {channel.id}"):
            message = await channel.send(view=drawn, files=files(page), nonce=nonce, allowed_mentions=mentions(page))
        return str(message.id)

    async def _edit(self, to: Account | Spot, message: str, view: View, reader: Member | None) -> Outcome:
        channel, pen = await self._channel(to), _pen(to, reader)
        first, *rest = fitted(view, pen)
        if rest:
            log.warning("an edited message has %d pages more than before", len(rest))
        with self._pauses.lane(f"edit {channel.id}"):
            await channel.get_partial_message(int(message)).edit(
                view=draw(first, pen), attachments=files(first), allowed_mentions=mentions(first)
            )
        return Sent(message)


def _pen(to: Account | Spot, reader: Member | None) -> Pen:
    zone = ZoneInfo(reader.zone) if reader and reader.zone else ZoneInfo("UTC")
    return Pen(zone, reader.locale if reader else "en", to.workspace if isinstance(to, Account) else "")
