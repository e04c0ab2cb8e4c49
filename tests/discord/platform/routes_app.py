"""Answers what an app asks about itself: who it is, where the gateway is, and which commands it has."""

from tests.discord.platform import described
from tests.discord.platform.command_limits import DAILY, of_commands
from tests.discord.platform.rest import Ask, route
from tests.discord.platform.state import DiscordError, Json, bad_form, broken

GLOBAL = "/applications/{application_id}/commands"
IN_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"


@route("GET", "/users/@me")
async def me(ask: Ask) -> Json:
    bot = described.user(ask.platform.bot)
    return bot | {"verified": True, "mfa_enabled": False, "email": None, "locale": "en-US"}


@route("GET", "/oauth2/applications/@me")
async def my_application(ask: Ask) -> Json:
    return described.application(ask.platform)


@route("GET", "/applications/@me")
async def this_application(ask: Ask) -> Json:
    return described.application(ask.platform)


@route("GET", "/gateway", needs_token=False)
async def gateway(ask: Ask) -> Json:
    return {"url": ask.platform.gateway_url}


@route("GET", "/gateway/bot")
async def gateway_bot(ask: Ask) -> Json:
    left = 1_000 - ask.platform.gateway.identified
    limit = {"total": 1_000, "remaining": left, "reset_after": 86_400_000, "max_concurrency": 16}
    return {"url": ask.platform.gateway_url, "shards": ask.platform.shards, "session_start_limit": limit}


@route("GET", GLOBAL)
async def commands(ask: Ask) -> list[Json]:
    return ask.platform.commands.get("", [])


@route("GET", IN_GUILD)
async def guild_commands(ask: Ask) -> list[Json]:
    return ask.platform.commands.get(ask.guild(ask.names["guild_id"]).id, [])


@route("PUT", GLOBAL)
async def put_commands(ask: Ask) -> list[Json]:
    return _put(ask, "")


@route("PUT", IN_GUILD)
async def put_guild_commands(ask: Ask) -> list[Json]:
    return _put(ask, ask.guild(ask.names["guild_id"]).id)


def _put(ask: Ask, scope: str) -> list[Json]:
    """Replace all commands of a scope; those whose name and type stay keep their id."""
    if ask.names["application_id"] != ask.platform.application_id:
        raise DiscordError(50001)
    asked: list[Json] = ask.body or []
    if wrong := of_commands(asked, is_global=not scope):
        raise bad_form(wrong)
    before = {_key(command): command for command in ask.platform.commands.get(scope, [])}
    _count_new(ask, scope, sum(_key(command) not in before for command in asked))
    made = [_made(ask, scope, command, before.get(_key(command))) for command in asked]
    ask.platform.commands[scope] = made
    ask.platform.bell.ring()
    return made


def _key(command: Json) -> tuple[str, int]:
    return command["name"], command.get("type") or 1


def _count_new(ask: Ask, scope: str, number: int) -> None:
    platform = ask.platform
    today = [at for own, at in platform.created if own == scope and (platform.clock() - at).days < 1]
    if len(today) + number > DAILY:
        raise broken(30034)
    platform.created += [(scope, platform.clock())] * number


def _made(ask: Ask, scope: str, asked: Json, before: Json | None) -> Json:
    permissions = asked.get("default_member_permissions")
    first: Json = {"description": "", "options": [], "nsfw": False, "contexts": None, "integration_types": [0]}
    own = {
        "id": before["id"] if before else ask.platform.new_id(),
        "application_id": ask.platform.application_id,
        "version": ask.platform.new_id(),
        "type": asked.get("type") or 1,
        "default_member_permissions": None if permissions is None else str(permissions),
    }
    given = {name: value for name, value in asked.items() if value is not None}
    return first | given | own | ({"guild_id": scope} if scope else {})
