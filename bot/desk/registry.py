"""Holds every command, every kind of letter and every happening, found in the modules of one package."""

import difflib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import field
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar

from bot.desk.command import Command
from bot.desk.happening import Happening
from bot.desk.letters import LetterKind
from bot.record import record

T = TypeVar("T")

NAME = "/career"

ALIKE = 0.6
"""How much of two words has to be the same for one to be offered for the other, of 1."""


@record
class Registry:
    """*commands* by path, in the order in which help shows them; *letters* by kind, *happenings* by name."""

    commands: Mapping[str, Command[Any]]
    letters: Mapping[str, LetterKind]
    happenings: Mapping[str, Happening] = field(default_factory=dict)

    @property
    def listed(self) -> tuple[Command[Any], ...]:
        """The commands that people can type."""
        return tuple(command for command in self.commands.values() if command.is_listed)

    @property
    def shortcuts(self) -> tuple[Command[Any], ...]:
        """The commands that a platform offers in menus of its own."""
        return tuple(command for command in self.commands.values() if command.shortcut)

    def split(self, words: str) -> tuple[str, str]:
        """Return the path of the listed command that *words* begin with and the rest, or `""` and all of it."""
        words = _without_name(words)
        parts = words.split()
        for n in range(min(3, len(parts)), 0, -1):
            path = " ".join(parts[:n]).casefold()
            if path in self.commands and self.commands[path].is_listed:
                return path, words.split(maxsplit=n)[n] if len(parts) > n else ""
        return "", words.strip()

    def nearest(self, words: str) -> tuple[Command[Any], ...]:
        """Return up to three commands whose name is close to *words*, or to what these begin with: arguments follow."""
        typed = words.casefold()[:40].split()
        begun = [" ".join(typed[:n]) for n in range(1, len(typed) + 1)]
        alike = [(max((_likeness(one.path, part) for part in begun), default=0.0), one) for one in self.listed]
        best = sorted(alike, key=lambda pair: -pair[0])[:3]
        return tuple(one for likeness, one in best if likeness >= ALIKE)


def _without_name(words: str) -> str:
    """Return *words* without the `/career` that is copied along from a text that names a command."""
    first, *rest = words.split(maxsplit=1) or ("",)
    return "".join(rest) if first.casefold() == NAME else words


def _likeness(path: str, typed: str) -> float:
    return difflib.SequenceMatcher(None, path, typed).ratio()


def registry_of(package: ModuleType) -> Registry:
    """Return the registry of all that is in *package*'s modules and folders. A name used twice is a ValueError."""
    names = sorted(found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))
    things = [thing for name in names for thing in vars(import_module(name)).values()]
    commands = _unique((thing.path, thing) for thing in things if isinstance(thing, Command))
    letters = _unique((thing.kind, thing) for thing in things if isinstance(thing, LetterKind))
    happenings = _unique((thing.name, thing) for thing in things if isinstance(thing, Happening))
    topics = [*type(next(iter(commands.values())).topic)] if commands else []
    ordered = sorted(commands.items(), key=lambda item: (topics.index(item[1].topic), item[0]))
    return Registry(dict(ordered), letters, happenings)


def _unique(pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for name, thing in pairs:
        if found.setdefault(name, thing) is not thing:
            raise ValueError(f"{name!r} is the name of two things")
    return found
