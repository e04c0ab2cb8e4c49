"""Does what has to be done to the Discord application when Askwell is set up or upgraded."""

import logging
from collections.abc import Awaitable, Callable

import discord

import bot.commands
from adapters.discord.application import application_of, invitation, is_nowhere, logged_in
from adapters.discord.commands import commands
from adapters.discord.errors import CannotStart
from adapters.discord.sync import sync
from app.settings import NotReady, Settings
from bot.desk.registry import registry_of

MISSING = (
    "Discord needs a token: set DISCORD_TOKEN. It is under Bot, Reset Token, in the settings of your application. "
    "See docs/discord.md."
)
CHANGED = "Discord knows the commands now. Whoever does not see them yet starts Discord once more."
UNCHANGED = "Discord knew the commands already. Nothing had to change."
NEXT = "Next, add Askwell to your server: {url}"


async def sync_commands(settings: Settings, guild: int | None) -> str:
    """Tell Discord the commands, for one *guild* or for all, and return what to say about it. Raises `NotReady`."""
    wanted = commands(registry_of(bot.commands))

    async def tell(client: discord.Client) -> str:
        has_changed = await sync(client.http, application_of(client), wanted, guild)
        said = CHANGED if has_changed else UNCHANGED
        return f"{said}\n{NEXT.format(url=invitation(client))}" if is_nowhere(client) else said

    return await _ask(settings, tell)


async def invite(settings: Settings) -> str:
    """Return the address where Askwell is added to a server. Raises `NotReady`."""

    async def find(client: discord.Client) -> str:
        return invitation(client)

    return await _ask(settings, find)


async def _ask(settings: Settings, asking: Callable[[discord.Client], Awaitable[str]]) -> str:
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise NotReady(MISSING)
    logging.getLogger("discord").setLevel(logging.ERROR)  # it warns of voice libraries that nobody misses
    try:
        async with logged_in(token) as client:
            return await asking(client)
    except CannotStart as why:
        raise NotReady(str(why)) from None
