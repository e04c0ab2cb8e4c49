"""Joins the parts of the Discord adapter around the bot."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import field
from datetime import datetime

import aiohttp
import discord
from starlette.routing import Route

from adapters.discord.application import plainly
from adapters.discord.asked import PLATFORM
from adapters.discord.callback import Callbacks
from adapters.discord.client import a_client
from adapters.discord.drafts import Waiting
from adapters.discord.errors import CannotStart
from adapters.discord.front import Front
from adapters.discord.lines import DirectLines
from adapters.discord.pauses import PATIENCE, Pauses, tracing
from adapters.discord.places import Places
from adapters.discord.presence import Presence
from adapters.discord.replies import Replies
from adapters.discord.sender import DiscordSender
from adapters.discord.servers import Servers
from bot.desk.bot import Bot
from bot.model.drafts import Drafts
from bot.model.installs import Installs, Lines
from bot.nudging.sender import Sender
from bot.record import record

log = logging.getLogger(__name__)

AGAIN = 10.0
"""Seconds until the next try to reach the gateway for the first time."""

CLOSING = 5.0
"""Seconds that noting what is left to note may take, and saying goodbye to Discord."""

BAD_TOKEN, TOO_MANY_SERVERS, NOT_ALLOWED_INTENTS = 4004, 4011, 4014
"""https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes"""


@record
class DiscordKeys:
    """What the settings say. *new_dms* is how many conversations are opened a minute with people new to the bot."""

    token: str = field(repr=False)
    is_sharded: bool = False
    new_dms: int = 5


class DiscordService:
    """Discord, ready to be opened. *patience* are the seconds for which a letter waits on its way when Discord is
    busy."""

    def __init__(
        self, bot: Bot, keys: DiscordKeys, installs: Installs, lines: Lines, drafts: Drafts,
        clock: Callable[[], datetime], *, patience: float = PATIENCE,
    ) -> None:  # fmt: skip
        self._token = keys.token
        pauses = Pauses(clock, patience)
        self.client = a_client(tracing(pauses), is_sharded=keys.is_sharded)
        presence = Presence(self.client, pauses, clock)
        direct = DirectLines(self.client, lines, pauses, clock, keys.new_dms)
        places = Places(self.client, lines, presence, bot.left)
        self.front = Front(
            bot, Replies(bot, places, Waiting(drafts, clock)), places, Callbacks(self.client, pauses), direct
        )
        self._servers = Servers(bot, installs)
        self.client.took, self.client.found = self.front.take, self._servers.found
        self.client.joined, self.client.removed = self._servers.joined, self._servers.removed
        self.senders: Mapping[str, Sender] = {
            PLATFORM: DiscordSender(self.client, direct, presence, pauses, clock, bot.left)
        }

    def routes(self) -> list[Route]:
        """Discord reaches Askwell by its gateway alone."""
        return []

    async def open(self) -> None:
        """Log in, so that letters can be sent. Raises `CannotStart` when Discord refuses the token, or is away."""
        try:
            with plainly():
                await self.client.login(self._token)
        except CannotStart:
            await self._let_go()
            raise

    async def listen(self) -> None:
        """Whoever could log in is let in, or hears about it while it runs."""

    async def run(self) -> None:
        """Stay connected until cancelled. Raises `CannotStart` when Discord closes the door for good."""
        while not self.client.is_closed():
            try:
                await self.client.connect(reconnect=True)
            except discord.PrivilegedIntentsRequired:
                raise CannotStart(_shut_out(NOT_ALLOWED_INTENTS)) from None
            except discord.ConnectionClosed as closed:
                raise CannotStart(_shut_out(closed.code)) from None
            except (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError, AttributeError) as error:
                # discord.py reconnects by itself, but not before it was connected once: it looks for the session that
                # it has not got yet (an AttributeError), or gives up finding the gateway.
                if self.client.is_closed() or bool(self.client.ws):
                    raise
                log.warning("the gateway cannot be reached yet: %s", type(error).__name__)
                await asyncio.sleep(AGAIN)

    async def close(self) -> None:
        """Let what people asked for last be answered, then let go."""
        await self.settled()
        await self._let_go()

    async def settled(self) -> None:
        """Wait, for some seconds at most, until nothing that people asked for is on its way any more, and what became
        of servers is noted."""
        await self.front.drain()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._servers.settled(), CLOSING)

    def greeting(self, url: str) -> str:
        """Return a sentence for the terminal."""
        return "Askwell answers in Discord."

    async def _let_go(self) -> None:
        # discord.py does not end this itself, and would say "ready" to a bot that is gone (_delay_ready, 2.7.1).
        if (getting_ready := self.client._connection._ready_task) is not None:
            getting_ready.cancel()
        with suppress(Exception):  # whatever is wrong with a connection that ends
            await asyncio.wait_for(self.client.close(), CLOSING)


def _shut_out(code: int) -> str:
    """Return why the gateway closed the connection for good, and what to do."""
    match code:
        case t if t == BAD_TOKEN:
            return (
                "Discord does not take the token in DISCORD_TOKEN any more. Copy the new one from Bot, Reset Token, in "
                "the settings of your application."
            )
        case t if t == NOT_ALLOWED_INTENTS:
            return "Discord refused an intent that Askwell never asks for. Is DISCORD_TOKEN the token of its own bot?"
        case t if t == TOO_MANY_SERVERS:
            return "Askwell is in too many servers for one connection to Discord. Set DISCORD_SHARDED=true."
        case _:
            return (
                f"Discord closed the connection for good (code {code}). Get the newest Askwell, and start it once more."
            )
