"""Holds application commands against what Discord takes, before Discord does.

https://docs.discord.com/developers/interactions/application-commands#application-command-object
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from discord import AppCommandType

from adapters.discord.naming import LONGEST_NAME, may_be_typed

Part: TypeAlias = Mapping[str, Any]

MOST = 25
"""Commands below a command or a group, options of a command, choices of an option."""

AT_THE_TOP = {AppCommandType.chat_input: 100, AppCommandType.user: 15, AppCommandType.message: 15}

LONGEST = 100
"""Characters of a description, and of the name and the value of a choice."""

LONGEST_COMMAND = 8_000
"""Characters of a command with all that is in it."""


def check(commands: Sequence[Part]) -> None:
    """Raise ValueError, with a sentence, for the first thing in *commands* that Discord would refuse."""
    for kind, most in AT_THE_TOP.items():
        _check_level(f"{kind.name} commands", [one for one in commands if one["type"] == kind.value], most)
    for one in commands:
        if one["type"] == AppCommandType.chat_input.value:
            _check_typed(one["name"], one)
        else:
            _check_lengths(one["name"], _said(one, "name"), LONGEST_NAME)
        if (size := sum(_sizes(one))) > LONGEST_COMMAND:
            raise ValueError(f"{one['name']!r} has {size:,} characters in all; Discord takes {LONGEST_COMMAND:,}.")


def _check_typed(where: str, part: Part) -> None:
    """Check a slash command, or what is in one; *where* is the way to it."""
    for name in _said(part, "name"):
        if not may_be_typed(name):
            raise ValueError(
                f"{name!r} ({where!r}) is no name for Discord: up to {LONGEST_NAME} small letters and no space."
            )
    _check_lengths(where, _said(part, "description"), LONGEST)
    _check_level(where, part.get("options", ()), MOST)
    _check_level(where, part.get("choices", ()), MOST)
    for choice in part.get("choices", ()):
        _check_lengths(where, [*_said(choice, "name"), choice["value"]], LONGEST)
    for option in part.get("options", ()):
        _check_typed(f"{where} {option['name']}", option)


def _check_level(where: str, parts: Sequence[Part], most: int) -> None:
    if len(parts) > most:
        raise ValueError(f"{where!r} has {len(parts)} parts; Discord takes {most} on one level.")
    if len({part["name"] for part in parts}) < len(parts):
        raise ValueError(f"{where!r} has two parts of one name; what has commands below it cannot be one itself.")


def _check_lengths(where: str, texts: Sequence[str], most: int) -> None:
    for text in texts:
        if not 0 < len(text) <= most:
            raise ValueError(f"{text!r} ({where!r}) has {len(text)} characters; Discord takes 1 to {most}.")


def _said(part: Part, field: str) -> list[str]:
    """Return what stands in *field*, in each language."""
    return [part[field], *part.get(f"{field}_localizations", {}).values()]


def _sizes(part: Part) -> Iterator[int]:
    """Yield the characters of everything in *part*; of several languages, the longest counts."""
    for field in ("name", "description"):
        if field in part:
            yield max(map(len, _said(part, field)))
    yield len(part.get("value", ""))
    for below in (*part.get("options", ()), *part.get("choices", ())):
        yield from _sizes(below)
