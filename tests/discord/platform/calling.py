"""Finds the command that a person types, and their values for its options, as Discord's client does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord.platform.command_limits import GROUP, SUBCOMMAND
from tests.discord.platform.described import ADMINISTRATOR
from tests.discord.platform.filling import NotAllowed
from tests.discord.platform.state import Channel, Json

if TYPE_CHECKING:
    from tests.discord.platform.people import Person

STRING, INTEGER, BOOLEAN, USER, CHANNEL, NUMBER = 3, 4, 5, 6, 7, 10


@dataclass(frozen=True, slots=True)
class Called:
    """A command with the way to its subcommand; *leaf* is what has the options."""

    command: Json
    path: tuple[Json, ...]
    leaf: Json
    people: "list[Person]" = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)

    @property
    def name(self) -> str:
        return " ".join([self.command["name"], *(step["name"] for step in self.path)])

    def data(self, options: list[Json]) -> Json:
        """Return the data of the interaction, with *options* inside the subcommand."""
        for step in reversed(self.path):
            options = [{"name": step["name"], "type": step["type"], "options": options}]
        found: Json = {"id": self.command["id"], "name": self.command["name"], "type": 1, "options": options}
        return found | ({"guild_id": self.command["guild_id"]} if "guild_id" in self.command else {})


def offered(person: "Person", place: Channel, kind: int) -> list[Json]:
    """Return the commands of a *kind* that Discord shows to a person in a place."""
    commands = person.platform.commands
    everywhere = [c for c in commands.get("", ()) if _reaches(c, place) and c["type"] == kind]
    if place.is_dm:
        return everywhere
    guild = person.platform.guilds[place.guild]
    if person.id not in guild.members:
        raise NotAllowed(f"{person.user.name} is not in {guild.name}")
    own = [*everywhere, *(c for c in commands.get(guild.id, ()) if c["type"] == kind)]
    permissions = guild.members[person.id].permissions
    return [command for command in own if guild.has_bot and _may_use(command, permissions)]


def _reaches(command: Json, place: Channel) -> bool:
    return command["contexts"] is None or (1 if place.is_dm else 0) in command["contexts"]


def _may_use(command: Json, permissions: int) -> bool:
    wanted = command["default_member_permissions"]
    if wanted is None or permissions & ADMINISTRATOR:
        return True
    return int(wanted) != 0 and permissions & int(wanted) == int(wanted)


def find(person: "Person", place: Channel, line: str) -> Called:
    """Return the command that *line*, such as "career board", names."""
    name, *steps = line.removeprefix("/").split()
    commands = offered(person, place, 1)
    found = next((command for command in commands if command["name"] == name), None)
    if found is None:
        raise NotAllowed(f"no command {name!r} there; there are {[command['name'] for command in commands]}")
    path: list[Json] = []
    leaf = found
    for step in steps:
        leaf = _inside(leaf, step)
        path.append(leaf)
    if any(option["type"] in {SUBCOMMAND, GROUP} for option in leaf.get("options") or ()):
        raise NotAllowed(f"{line!r} is not whole: {[option['name'] for option in leaf['options']]}")
    return Called(found, tuple(path), leaf)


def _inside(part: Json, name: str) -> Json:
    steps = [option for option in part.get("options") or () if option["type"] in {SUBCOMMAND, GROUP}]
    for option in steps:
        if option["name"] == name:
            found: Json = option
            return found
    raise NotAllowed(f"no subcommand {name!r}; there are {[option['name'] for option in steps]}")


def options(called: Called, values: Mapping[str, Any], *, focused: str = "") -> list[Json]:
    """Return the options as they are sent. While one is being typed (*focused*) others may still be missing."""
    known = {option["name"]: option for option in called.leaf.get("options") or ()}
    if unknown := set(values) - set(known):
        raise NotAllowed(f"no option {sorted(unknown)}; there are {list(known)}")
    missing = [name for name, option in known.items() if option.get("required") and values.get(name) is None]
    if missing and not focused:
        raise NotAllowed(f"{missing} required")
    return [_sent(called, known[name], value, focused) for name, value in values.items() if value is not None]


def _sent(called: Called, option: Json, value: Any, focused: str) -> Json:
    own: Json = {"name": option["name"], "type": option["type"]}
    if option["name"] == focused:
        return own | {"value": str(value), "focused": True}
    return own | {"value": _value(called, option, value)}


def _value(called: Called, option: Json, value: Any) -> Any:
    if option.get("choices"):
        return _choice(option, value)
    match option["type"]:
        case t if t == STRING:
            return _text(option, value)
        case t if t in {INTEGER, NUMBER}:
            return _number(option, value)
        case t if t == BOOLEAN and isinstance(value, bool):
            return value
        case t if t == USER:
            called.people.append(value)
            return value.id
        case t if t == CHANNEL and isinstance(value, Channel):
            called.channels.append(value)
            return value.id
        case _:
            raise NotAllowed(f"{value!r} does not fit the option {option['name']!r}")


def _choice(option: Json, value: Any) -> Any:
    for choice in option["choices"]:
        if choice["name"] == value:
            return choice["value"]
    raise NotAllowed(f"no choice {value!r}; there are {[choice['name'] for choice in option['choices']]}")


def _text(option: Json, value: Any) -> str:
    least, most = option.get("min_length") or 0, option.get("max_length") or 6_000
    if not isinstance(value, str) or not value or not least <= len(value) <= most:
        raise NotAllowed(f"{option['name']!r} takes {least} to {most} characters")
    return value


def _number(option: Json, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int if option["type"] == INTEGER else (int, float)):
        raise NotAllowed(f"{option['name']!r} takes a number, not {value!r}")
    if not option.get("min_value", value) <= value <= option.get("max_value", value):
        raise NotAllowed(f"{value} is out of bounds for {option['name']!r}")
    found: int | float = value
    return found
