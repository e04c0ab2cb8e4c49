"""Holds what is said about a content file that is not right yet."""

from collections.abc import Iterable
from difflib import get_close_matches

from bot.record import record

SHOWN = 60
"""How many characters of an author's words a sentence repeats: enough to find them, and still one line."""


@record
class Problem:
    """One thing to put right. *file* is written from the content folder on; *line* 0 means a whole folder."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.sentence}"


class ContentError(Exception):
    """The texts cannot be used. Whoever edits them can act; *problems* says where and how."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def quoted(words: str) -> str:
    """Return *words* in quotation marks, shortened."""
    return f'"{words}"' if len(words) <= SHOWN else f'"{words[: SHOWN - 3]}..."'


def printable(words: str) -> str:
    """Return *words* safe for any terminal: a character that has no picture of its own is spelt out."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in words)


def listed(words: Iterable[str], joint: str = "and") -> str:
    """Return *words* as people list them: `open, short, closed or consent`."""
    *most, last = words
    return f"{', '.join(most)} {joint} {last}" if most else last


def meant(word: str, known: Iterable[str]) -> str | None:
    """Return the one of *known* that is nearest to *word*, or None if none is near."""
    near = get_close_matches(word.casefold(), list(known), n=1)
    return near[0] if near else None
