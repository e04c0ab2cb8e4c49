"""Turns what Discord shows (components, Markdown) into the words that a person reads."""

import re
from datetime import UTC, datetime

from tests.discord.platform.parts import (
    BUTTON,
    CONTAINER,
    FILE,
    GALLERY,
    LABEL,
    ROW,
    SECTION,
    SEPARATOR,
    TEXT,
    inside,
)
from tests.discord.platform.state import Json

Names = dict[str, str]

_ESCAPED = re.compile(r"\\([^A-Za-z0-9\s])")
_STYLES = {
    "t": "%H:%M",
    "T": "%H:%M:%S",
    "s": "%d/%m/%Y, %H:%M",
    "S": "%d/%m/%Y, %H:%M:%S",
    "d": "%d/%m/%Y",
    "D": "%-d %B %Y",
    "f": "%-d %B %Y %H:%M",
    "F": "%A %-d %B %Y %H:%M",
    "R": "%-d %B %Y %H:%M",
}


def words_of(content: str, parts: list[Json], names: Names) -> str:
    """Return the words of a message or modal: a line per component, buttons in [brackets]. *names* are users' by id."""
    return "\n".join(filter(None, [unmarked(content, names), *(_part(part, names) for part in parts)]))


def _part(part: Json, names: Names) -> str:
    match part["type"]:
        case t if t == TEXT:
            return unmarked(part["content"], names)
        case t if t == ROW:
            return " ".join(_part(held, names) for held in inside(part))
        case t if t in {CONTAINER, SECTION}:
            return "\n".join(filter(None, (_part(held, names) for held in inside(part))))
        case t if t == BUTTON:
            return f"[{part.get('label', '')}]"
        case t if t == FILE:
            return f"[{part['file']['url'].rpartition('/')[2]}]"
        case t if t == GALLERY:
            return "\n".join(str(item.get("description") or "[picture]") for item in part["items"])
        case t if t == LABEL:
            held = _part(part["component"], names)
            return "\n".join(filter(None, [part["label"], part.get("description"), held]))
        case t if t == SEPARATOR:
            return ""
        case _ if part.get("options"):
            said = " | ".join(option["label"] for option in part["options"])
            hint = part.get("placeholder")
            return f"[{hint}: {said}]" if hint else f"[{said}]"
        case _:
            return str(part.get("value") or part.get("placeholder") or "")


def unmarked(text: str, names: Names) -> str:
    """Return Discord's Markdown as it reads: no marks, links as their label, times in UTC, mentions with an @."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[1])
        return f"\0{len(kept) - 1}\0"

    bare = _ESCAPED.sub(keep, text)
    bare = re.sub(r"(?m)^(?:#{1,3}|-#|>>>|>) ", "", bare)
    bare = re.sub(r"\[([^\[\]\n]+)\]\(<?https?://[^\s()]+>?\)", r"\1", bare)
    bare = re.sub(r"<@!?(\d+)>", lambda found: f"@{names.get(found[1], found[1])}", bare)
    bare = re.sub(r"<t:(-?\d+)(?::([tTdDfFsSR]))?>", lambda found: _moment(int(found[1]), found[2] or "f"), bare)
    bare = re.sub(r"(\*\*|__|~~|\|\|)(?=\S)(.+?)(?<=\S)\1", r"\2", bare)
    bare = re.sub(r"(?<![\w*])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*])", r"\2", bare)
    return re.sub(r"\0(\d+)\0", lambda found: kept[int(found[1])], bare)


def _moment(seconds: int, style: str) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):{_STYLES[style]}}"
