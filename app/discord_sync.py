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
REMOVED = "That server has the commands of all servers again, each of them once."
NOTHING_THERE = "That server had no commands of its own. Nothing had to change."
NEXT = "Next, add Askwell to your server: {url}"


async def sync_commands(settings: Settings, guild: int | None, *, is_removal: bool = False) -> str:
    """Tell Discord the commands, for one *guild* or for all, and return what to say about it. With *is_removal* there
    are none, as far as that one guild was told of its own. Raises `NotReady`."""
    wanted = [] if is_removal else commands(registry_of(bot.commands))

    async def tell(client: discord.Client) -> str:
        has_changed = await sync(client.http, application_of(client), wanted, guild)
        said = _said(has_changed=has_changed, is_removal=is_removal)
        return f"{said}\n{NEXT.format(url=invitation(client))}" if is_nowhere(client) else said

    return await _ask(settings, tell)


def _said(*, has_changed: bool, is_removal: bool) -> str:
    if is_removal:
        return REMOVED if has_changed else NOTHING_THERE
    return CHANGED if has_changed else UNCHANGED


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
