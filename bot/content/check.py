"""Tells what is wrong with the texts, for `askwell check` and for whoever edits them."""

from collections.abc import Sequence
from pathlib import Path

from bot.content.library import DEFAULT
from bot.content.problem import Problem
from bot.content.reading import read_folder


def problems(folder: Path = DEFAULT) -> list[Problem]:
    """Return everything that is wrong in *folder*, sorted by file and line. An empty list: all is well."""
    return list(read_folder(folder).problems)


def report(found: Sequence[Problem]) -> str:
    """Return *found* as text for a terminal: a line each, then how many there are."""
    if not found:
        return "The texts are in order."
    files = len({problem.file for problem in found})
    total = f"{_counted(len(found), 'thing')} to put right in {_counted(files, 'place')}."
    return "\n".join([*map(str, found), total])


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
