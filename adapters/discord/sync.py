"""Tells Discord which application commands there are, when it does not know yet."""

from collections.abc import Mapping, Sequence
from typing import Any

from discord.http import HTTPClient, Route

from adapters.discord.naming import Json

OURS = frozenset(
    {"type", "name", "name_localizations", "description", "description_localizations", "options", "choices", "value",
     "required", "autocomplete", "min_length", "max_length", "min_value", "max_value", "default_member_permissions",
     "contexts", "integration_types", "nsfw"}
)  # fmt: skip
"""What a command says. Discord adds ids and versions of its own, and may add more at any time."""

GLOBAL_ONLY = frozenset({"contexts", "integration_types"})
"""What only global commands have: those of one server are there and nowhere else."""


async def sync(http: HTTPClient, application_id: int, wanted: Sequence[Json], guild_id: int | None = None) -> bool:
    """Make *wanted* the application's commands, in one server or, without *guild_id*, in all: the others stay as they
    are. Tells whether anything had to change. Raises what discord.py raises."""
    commands = [_of_guild(one) for one in wanted] if guild_id else list(wanted)
    there = await http.request(_route("GET", application_id, guild_id), params={"with_localizations": "true"})
    if _plain_all(there, guild_id) == _plain_all(commands, guild_id):
        return False
    await http.request(_route("PUT", application_id, guild_id), json=commands)
    return True


def _route(method: str, application_id: int, guild_id: int | None) -> Route:
    # discord.py's own call does not ask for the localizations, and they would seem to be missing each time.
    if guild_id is None:
        return Route(method, "/applications/{application_id}/commands", application_id=application_id)
    path = "/applications/{application_id}/guilds/{guild_id}/commands"
    return Route(method, path, application_id=application_id, guild_id=guild_id)


def _of_guild(command: Json) -> Json:
    return {field: value for field, value in command.items() if field not in GLOBAL_ONLY}


def _plain_all(commands: Sequence[Mapping[str, Any]], guild_id: int | None) -> list[Json]:
    """Return *commands* in an order of our own: Discord tells of them in any."""
    plain = [_plain(one) for one in commands]
    return sorted(map(_of_guild, plain) if guild_id else plain, key=lambda one: (one["type"], one["name"]))


def _plain(part: Mapping[str, Any]) -> Json:
    """Return *part* with nothing in it that says nothing: Discord leaves some of it out, and spells out other parts."""
    values = {field: _value(field, value) for field, value in part.items() if field in OURS}
    return {field: value for field, value in values.items() if value is not None and value is not False and value != ""}


def _value(field: str, value: Any) -> Any:
    match field, value:
        case "default_member_permissions", int():
            return str(value)  # Discord takes a number and gives text
        case "contexts" | "integration_types", list():
            return sorted(value)
        case _, list():
            return [_plain(each) for each in value] or None
        case _, dict():
            return value or None
        case _:
            return value
