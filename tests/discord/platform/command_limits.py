"""Holds the documented limits of application commands that the official schema leaves out."""

import re
from collections import Counter
from itertools import pairwise

from tests.discord.platform.limits import Problems
from tests.discord.platform.state import Json

# https://docs.discord.com/developers/interactions/application-commands
LONGEST, DAILY = 8_000, 200
MOST = {1: 100, 2: 15, 3: 15}
SUBCOMMAND, GROUP, STRING = 1, 2, 3
NUMBERS = {4, 10}
NAME = re.compile(r"[-_'’\w]{1,32}")


def of_commands(commands: list[Json], *, is_global: bool) -> dict[str, str]:
    """Return what is wrong with all commands of one scope."""
    return dict(_of_all(commands, is_global=is_global))


def _of_all(commands: list[Json], *, is_global: bool) -> Problems:
    yield from _counts(commands)
    for number, command in enumerate(commands):
        path = str(number)
        yield from _of_reach(path, command, is_global=is_global)
        if (command.get("type") or 1) == 1:
            yield from _of_slash(path, command)
        elif command.get("description") or command.get("options"):
            yield path, "user and message commands have no description and no options"


def _counts(commands: list[Json]) -> Problems:
    kinds = Counter(command.get("type") or 1 for command in commands)
    for kind, number in kinds.items():
        if number > MOST.get(kind, 1):
            yield "", f"{number} commands of type {kind}; at most {MOST.get(kind, 1)}"
    names = Counter((command["name"], command.get("type") or 1) for command in commands)
    for (name, _kind), number in names.items():
        if number > 1:
            yield "", f"APPLICATION_COMMANDS_DUPLICATE_NAME: {name!r}"


def _of_reach(path: str, command: Json, *, is_global: bool) -> Problems:
    """Yield what is wrong with where a command can be used. Unset fields fall back to what an admin last clicked."""
    for name in ("contexts", "integration_types"):
        if is_global and not command.get(name):
            yield f"{path}.{name}", "has to be set, so that where the command shows is no accident"
        if not is_global and command.get(name):
            yield f"{path}.{name}", "is for global commands alone"


def _of_slash(path: str, command: Json) -> Problems:
    if (number := _length(command)) > LONGEST:
        yield path, f"{number} characters in names, descriptions and values; at most {LONGEST}"
    yield from _of_named(path, command)
    options = command.get("options") or []
    yield from _of_options(path, options)
    for number, option in enumerate(options):
        if option["type"] == GROUP:
            yield from _of_options(f"{path}.options.{number}", option.get("options") or [])
            for inner, held in enumerate(option.get("options") or ()):
                yield from _of_options(f"{path}.options.{number}.options.{inner}", held.get("options") or [])
        elif option["type"] == SUBCOMMAND:
            yield from _of_options(f"{path}.options.{number}", option.get("options") or [])


def _of_named(path: str, part: Json) -> Problems:
    for name in (part["name"], *(part.get("name_localizations") or {}).values()):
        if not NAME.fullmatch(name) or name != name.lower():
            yield f"{path}.name", f"{name!r} is not a name: lower-case letters, digits, - and _"
    if not 1 <= len(part.get("description") or "") <= 100:
        yield f"{path}.description", "Must be between 1 and 100 in length."


def _of_options(path: str, options: list[Json]) -> Problems:
    if len(options) > 25:
        yield f"{path}.options", "Must be 25 or fewer in length."
    if len({option["name"] for option in options}) < len(options):
        yield f"{path}.options", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"
    if len({option["type"] in {SUBCOMMAND, GROUP} for option in options}) > 1:
        yield f"{path}.options", "subcommands and values cannot stand beside each other"
    for before, after in pairwise(options):
        if after.get("required") and not before.get("required"):
            yield f"{path}.options", f"required options come first: {after['name']!r}"
    for number, option in enumerate(options):
        yield from _of_named(f"{path}.options.{number}", option)
        yield from _of_value(f"{path}.options.{number}", option)


def _of_value(path: str, option: Json) -> Problems:
    choices = option.get("choices") or []
    if choices and option.get("autocomplete"):
        yield path, "autocomplete and choices exclude each other"
    for name in ("name", "value"):
        if len({choice[name] for choice in choices}) < len(choices):
            yield f"{path}.choices", f"the {name} of a choice is there twice"
    for kind in ("length", "value"):
        least, most = option.get(f"min_{kind}"), option.get(f"max_{kind}")
        if least is not None and most is not None and least > most:
            yield path, f"min_{kind} {least} is above max_{kind} {most}"
    if option.get("autocomplete") and option["type"] not in {STRING, *NUMBERS}:
        yield path, "only texts and numbers can be completed"


def _length(part: Json) -> int:
    """Return the characters that count: names, descriptions and values, by their longest translation."""
    own = sum(_longest(part, name) for name in ("name", "description"))
    choices = sum(_longest(choice, "name") + len(str(choice["value"])) for choice in part.get("choices") or ())
    return own + choices + sum(map(_length, part.get("options") or ()))


def _longest(part: Json, name: str) -> int:
    translated = (part.get(f"{name}_localizations") or {}).values()
    return max(map(len, (part.get(name) or "", *translated)))
