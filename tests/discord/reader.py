"""Reads Discord's markdown as Discord's clients do, so that tests see what it would make of a text.

The rules are those of https://docs.discord.com/developers/reference#message-formatting and of the article "Markdown
Text 101"; where they leave something open, the reader takes more for markup and not less.
"""

import re
from dataclasses import dataclass, field

_LINE = (
    ("heading", re.compile(r"[^\S\n]*#{1,3}[^\S\n]+(?=\S)")),
    ("small", re.compile(r"[^\S\n]*-#[^\S\n]+(?=\S)")),
    ("quote", re.compile(r"[^\S\n]*>(?:>>)?[^\S\n]+")),
    ("list", re.compile(r"[^\S\n]*(?:[*+-]|[0-9]+\.)[^\S\n]+")),
)
_INLINE = (
    ("escape", re.compile(r"\\([^0-9A-Za-z\s])")),
    ("code", re.compile(r"(?P<marks>`+)([\s\S]*?[^`])(?P=marks)(?!`)")),
    ("link", re.compile(r"\[((?:\\.|[^\[\]\\])+)\]\(\s*<?((?:\([^)]*\)|[^\s\\()]|\\.)+?)>?\s*\)")),
    ("link", re.compile(r"<([^: >]+:/[^ >]+)>")),
    ("moment", re.compile(r"<t:(-?[0-9]{1,17}(?::[tTdDfFsSR])?)>")),
    ("user", re.compile(r"<@!?([0-9]+)>")),
    ("role", re.compile(r"<@&([0-9]+)>")),
    ("channel", re.compile(r"<#([0-9]+)>")),
    ("command", re.compile(r"</([^>]+:[0-9]+)>")),
    ("emoji", re.compile(r"<a?:(\w+:[0-9]+)>")),
    ("page", re.compile(r"<id:(\w+)>")),
    ("mail", re.compile(r"<([^\s<>]+@[^\s<>]+|\+[0-9]+)>")),
    ("everyone", re.compile(r"@(everyone|here)")),
    ("link", re.compile(r"((?:https?|steam|discord)://[^\s<]*[^<.,:;\"'\]\s])")),
    ("emoji", re.compile(r":([^\s:]+):")),
    ("bold", re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")),
    ("underline", re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)")),
    ("italic", re.compile(r"_((?:\\[\s\S]|[^\\_])+?)_|\*((?:\\[\s\S]|[^\\*])+?)\*")),
    ("strike", re.compile(r"~~([\s\S]+?)~~")),
    ("spoiler", re.compile(r"\|\|([\s\S]+?)\|\|")),
)
_LITERAL = {"code", "moment", "user", "role", "channel", "command", "emoji", "page", "mail", "everyone"}
"""What is not read any further inside."""


@dataclass(slots=True)
class Reading:
    """What a person sees: the *text*, and what is *active* in it, each as its kind and what it holds or leads to."""

    text: str = ""
    active: list[tuple[str, str]] = field(default_factory=list)

    def of(self, kind: str) -> list[str]:
        return [held for one, held in self.active if one == kind]

    @property
    def kinds(self) -> set[str]:
        return {kind for kind, _held in self.active}


def read(markdown: str) -> Reading:
    """Return what *markdown* shows."""
    reading = Reading()
    _read(markdown, reading, is_start=True)
    return reading


def _read(text: str, reading: Reading, *, is_start: bool) -> None:
    at = 0
    while at < len(text):
        step = (_begun(text, at, reading) if is_start else 0) or _taken(text, at, reading)
        is_start = text[at : at + step].endswith("\n") or (is_start and _is_still_start(text, at, step))
        at += step


def _is_still_start(text: str, at: int, step: int) -> bool:
    """Tell whether what was read leaves the line where it began: space, or the mark of a list or a quote."""
    return any(rule.fullmatch(text, at, at + step) for kind, rule in _LINE if kind in {"list", "quote"})


def _begun(text: str, at: int, reading: Reading) -> int:
    for kind, rule in _LINE:
        if found := rule.match(text, at):
            line, _break, _rest = text[found.end() :].partition("\n")
            reading.active.append((kind, line))
            return len(found[0])
    return 0


def _taken(text: str, at: int, reading: Reading) -> int:
    for kind, rule in _INLINE:
        if found := rule.match(text, at):
            _take(kind, found, reading)
            return len(found[0])
    reading.text += text[at]
    return 1


def _take(kind: str, found: re.Match[str], reading: Reading) -> None:
    groups = [
        group for name, group in enumerate(found.groups(), 1) if group and found.re.groupindex.get("marks") != name
    ]
    if kind == "escape":
        reading.text += groups[0]
        return
    reading.active.append((kind, groups[-1]))
    if kind in _LITERAL or (kind == "link" and len(groups) == 1):
        reading.text += groups[0]
    else:
        _read(groups[0], reading, is_start=False)
