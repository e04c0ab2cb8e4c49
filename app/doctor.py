"""Examines a set-up and says, line by line, what is well and what to do about the rest."""

from collections.abc import AsyncIterator

from app.settings import NotReady, Settings, keys
from bot.content.check import problems
from storage.database import Database
from storage.errors import Unusable

WELL, ILL = "ok     ", "TO DO  "


async def examine(settings: Settings) -> int:
    """Print what was found; returns how many things are to do. Says nothing secret: no key, no address."""
    found = [line async for line in _findings(settings)]
    for is_well, sentence in found:
        print((WELL if is_well else ILL) + sentence)
    return sum(not is_well for is_well, _sentence in found)


async def _findings(settings: Settings) -> AsyncIterator[tuple[bool, str]]:
    wrong = problems()
    yield not wrong, "The texts are in order." if not wrong else f"{len(wrong)} problems in the texts: askwell check"
    yield await _database(settings)
    if settings.has_slack:
        yield await _slack(settings)
    if settings.discord_token is not None:
        yield await _discord(settings.discord_token.get_secret_value().strip())
    if not (settings.has_slack or settings.discord_token):
        yield _playground(settings)


def _playground(settings: Settings) -> tuple[bool, str]:
    if settings.is_local:
        return True, f"The playground is for this machine only: http://{settings.host}:{settings.port}"
    if settings.password is None:
        return False, f"The playground would be open on {settings.host}: set ASKWELL_PASSWORD."
    return True, f"The playground on {settings.host} asks for the password."


async def _slack(settings: Settings) -> tuple[bool, str]:
    """Look at the settings for Slack, and show Slack the one token, if there is one."""
    from adapters.slack.access.clients import Clients
    from adapters.slack.calls import Failed, call
    from adapters.slack.errors import CannotStart
    from adapters.slack.sockets import Sockets
    from app.parts import real_time
    from app.slack import slack_keys

    try:
        keys = slack_keys(settings)
        if not keys.bot_token:
            return True, "Slack is set up for many workspaces, by OAuth."
        clients = Clients(keys.api_url, clock=real_time, token=keys.bot_token)
        await clients.open()
        try:
            if isinstance(await call(clients.api.web(keys.bot_token).auth_test()), Failed):
                return False, "Slack cannot be reached. Check the network, then try once more."
            if keys.app_token:
                await Sockets.check(keys.app_token, clients.bare())
        finally:
            await clients.close()
    except (NotReady, CannotStart) as why:
        return False, str(why)
    return True, f"Slack knows the {'tokens' if keys.app_token else 'token'}."


async def _discord(token: str) -> tuple[bool, str]:
    """Show Discord the token, and count the servers that have the bot."""
    from adapters.discord.application import is_nowhere, logged_in
    from adapters.discord.errors import CannotStart

    try:
        async with logged_in(token) as client:
            nowhere = is_nowhere(client)
    except CannotStart as why:
        return False, str(why)
    if nowhere:
        return False, "Discord knows the token, but no server has the bot yet: askwell discord invite"
    return True, "Discord knows the token, and the bot is in a server."


async def _database(settings: Settings) -> tuple[bool, str]:
    kind = "SQLite" if settings.is_sqlite else "PostgreSQL"
    try:
        async with await Database.open(settings.url, keys(settings)):
            return True, f"{kind} answers, its tables are of this version, and the key fits."
    except (Unusable, NotReady) as why:
        return False, f"{kind}: {why}"
