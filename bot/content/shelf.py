"""Finds the pages of a kind in a content folder, and whatever else lies there."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.content.page import Kind, Page, read_page
from bot.content.problem import Problem, listed, printable

DIGITS = re.compile(r"([0-9]+)")


def natural(name: str) -> list[str | int]:
    """Return a sort key that puts Q2 before Q10."""
    return [int(part) if at % 2 else part for at, part in enumerate(DIGITS.split(name))]


def pages_of(kind: Kind, folder: Path, problems: list[Problem]) -> Sequence[Page]:
    """Return every page of *kind* in *folder*, in natural order; what is no page goes to *problems*."""
    if not (folder / kind.folder).is_dir():
        problems.append(Problem(kind.folder, 0, f"Make this folder, with a file for each {kind.name}."))
        return ()
    entries = sorted(_entries(folder / kind.folder), key=lambda path: natural(path.name))
    pages = [read_page(path, kind) for path in entries if path.suffix == ".md" and not path.is_dir()]
    problems += [_stray(path, kind) for path in entries if path.suffix != ".md" or path.is_dir()]
    if not pages:
        problems.append(Problem(kind.folder, 0, f"This folder is empty. Put a {kind.name} into it."))
    return pages


def strays(folder: Path, kinds: Sequence[Kind]) -> Iterator[Problem]:
    """Yield a problem for everything beside the folders of *kinds*."""
    folders = [kind.folder for kind in kinds]
    sentence = f"Nothing is read from here. Move it to {listed(folders, 'or')}, or take it away."
    for path in _entries(folder):
        if path.name not in folders:
            yield Problem(printable(path.name), 0, sentence)


def _entries(folder: Path) -> Iterator[Path]:
    """Skip names that begin with a dot: file managers and editors leave them without being asked."""
    return (path for path in folder.iterdir() if not path.name.startswith("."))


def _stray(path: Path, kind: Kind) -> Problem:
    name = f"{kind.folder}/{printable(path.name)}"
    if path.is_dir():
        return Problem(name, 0, f"Folders in here are not read. Move the files up to {kind.folder}.")
    return Problem(name, 1, 'Only files whose name ends in ".md" are read. Rename this one or take it away.')
