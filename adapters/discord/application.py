"""Logs in to Discord's HTTP API alone, for what is done to the application itself and not in conversations."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import aiohttp
import discord
from discord.utils import oauth_url

from adapters.discord.errors import CannotStart

NOT_KNOWN = (
    "Discord does not know the token in DISCORD_TOKEN. Copy it again from Bot, Reset Token, in the settings of your "
    "application."
)
OUT_OF_REACH = "Discord cannot be reached. Check the network, then try once more."
NOT_IN_THERE = (
    "Askwell is not in that server, or may not make commands there. Invite it by the address that this prints: "
    "askwell discord invite"
)
NOT_LET_IN = frozenset({10004, 50001, 50013})
"""Unknown server, missing access, missing permissions."""

PATIENCE = 30.0
"""Seconds to wait when Discord asks for patience."""

NEEDED = discord.Permissions(
    view_channel=True,  # without it, nothing can be posted in a channel, and no message there changed later
    send_messages=True,  # a card that a member shares into a channel
    send_messages_in_threads=True,  # the same, where they share it into a thread
    attach_files=True,  # a plan to print and the export come as files
)
"""All that Askwell does in a server. It reads no history, and its messages have no embeds."""


@contextmanager
def plainly() -> Iterator[None]:
    """Turn whatever Discord refuses inside the block into `CannotStart`."""
    try:
        yield
    except discord.LoginFailure:
        raise CannotStart(NOT_KNOWN) from None
    except discord.HTTPException as error:
        raise CannotStart(_refused(error)) from None
    except discord.RateLimited as limited:
        raise CannotStart(f"Discord asks to wait. Try again in {limited.retry_after:.0f} seconds.") from None
    except (aiohttp.ClientError, TimeoutError, OSError):
        raise CannotStart(OUT_OF_REACH) from None


@asynccontextmanager
async def logged_in(token: str) -> AsyncIterator[discord.Client]:
    """Log in with *token* until the block ends; there is no connection to the gateway. Raises `CannotStart`, also for
    what Discord refuses inside the block."""
    client = discord.Client(intents=discord.Intents.none(), max_ratelimit_timeout=PATIENCE)
    with plainly():
        async with client:
            await client.login(token)
            yield client


def application_of(client: discord.Client) -> int:
    """Return the id of the application that *client* is logged in as."""
    if client.application_id is None:
        raise ValueError("A client knows its application only once it is logged in")
    return client.application_id


def invitation(client: discord.Client) -> str:
    """Return the address where the owner of a server adds Askwell to it."""
    return oauth_url(application_of(client), permissions=NEEDED, scopes=("bot", "applications.commands"))


def is_nowhere(client: discord.Client) -> bool:
    """Tell whether no server has the application yet, as it said at the login."""
    return client.application is not None and client.application.approximate_guild_count == 0


def _refused(error: discord.HTTPException) -> str:
    if error.code in NOT_LET_IN:
        return NOT_IN_THERE
    if error.status == 429:
        return "Discord asks this computer to wait. Try again in some minutes."
    if error.status >= 500:
        return f"Discord has trouble of its own (http {error.status}). Try again in a few minutes."
    return f"Discord did not take that (error {error.code or error.status})."
