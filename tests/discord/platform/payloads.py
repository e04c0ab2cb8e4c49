"""Builds INTERACTION_CREATE as Discord sends it."""

from typing import TYPE_CHECKING

from tests.discord.platform import described
from tests.discord.platform.described import USUAL
from tests.discord.platform.parts import LABEL, ROW, TEXT, inside
from tests.discord.platform.rest import LARGEST
from tests.discord.platform.state import Channel, Json, Message, Window

if TYPE_CHECKING:
    from tests.discord.platform.people import Person


def interaction(person: "Person", place: Channel, kind: int, data: Json, token: str) -> Json:
    """Return what is the same in every interaction, with its *data*."""
    platform = person.platform
    found: Json = {
        "id": platform.new_id(),
        "application_id": platform.application_id,
        "type": kind,
        "token": token,
        "version": 1,
        "data": data,
        "channel_id": place.id,
        "locale": person.user.locale,
        "app_permissions": str(USUAL),
        "entitlements": [],
        "entitlement_sku_ids": [],
        "attachment_size_limit": LARGEST,
    }
    return found | (_in_dm(person, place) if place.is_dm else _in_guild(person, place))


def _in_dm(person: "Person", place: Channel) -> Json:
    return {
        "user": described.user(person.user),
        "channel": described.channel(place, person.user),
        "context": 1,
        "authorizing_integration_owners": {"0": "0"},
    }


def _in_guild(person: "Person", place: Channel) -> Json:
    guild = person.platform.guilds[place.guild]
    held = guild.members[person.id]
    return {
        "guild_id": guild.id,
        "guild": {"id": guild.id, "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "member": described.member(held, person.user, with_permissions=True),
        "channel": described.channel(place) | {"permissions": str(held.permissions)},
        "context": 0,
        "authorizing_integration_owners": {"0": guild.id},
    }


def resolved(person: "Person", place: Channel, people: "list[Person]", channels: list[Channel]) -> Json:
    """Return the users and channels that an interaction names, under `resolved`; nothing where it names none."""
    found: Json = {}
    if people:
        found["users"] = {one.id: described.user(one.user) for one in people}
    members = person.platform.guilds[place.guild].members if place.guild else {}
    if known := [one for one in people if one.id in members]:
        own = {one.id: described.member(members[one.id], one.user, with_permissions=True) for one in known}
        found["members"] = {key: {n: v for n, v in one.items() if n != "user"} for key, one in own.items()}
    if channels:
        found["channels"] = {one.id: described.channel(one) | {"permissions": str(USUAL)} for one in channels}
    return {"resolved": found} if found else {}


def component(part: Json, values: list[str] | None) -> Json:
    """Return the press of a button, or with *values* what was chosen from a menu."""
    found: Json = {"component_type": part["type"], "custom_id": part["custom_id"], "id": part["id"]}
    return found | ({} if values is None else {"values": values})


def submitted(window: Window) -> Json:
    return {"custom_id": window.data["custom_id"], "components": [_sent(window, p) for p in window.data["components"]]}


def _sent(window: Window, part: Json) -> Json:
    own = {"type": part["type"], "id": part["id"]}
    match part["type"]:
        case t if t == LABEL:
            return own | {"component": _sent(window, part["component"])}
        case t if t == ROW:
            return own | {"components": [_sent(window, held) for held in inside(part)]}
        case t if t == TEXT:
            return own
        case _:
            value = window.values[part["custom_id"]]
            return own | {"custom_id": part["custom_id"], "values" if isinstance(value, list) else "value": value}


def message_command(person: "Person", command: Json, target: Message) -> Json:
    shown = described.message(person.platform, target)
    return _menu(command, target.id) | {"resolved": {"messages": {target.id: shown}}}


def user_command(person: "Person", command: Json, target: "Person", place: Channel) -> Json:
    return _menu(command, target.id) | resolved(person, place, [target], [])


def _menu(command: Json, target: str) -> Json:
    found = {"id": command["id"], "name": command["name"], "type": command["type"], "target_id": target}
    return found | ({"guild_id": command["guild_id"]} if "guild_id" in command else {})
