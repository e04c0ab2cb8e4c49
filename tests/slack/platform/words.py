"""Turns what Slack shows (blocks, mrkdwn) into the words that a person reads."""

import re
from typing import Any

from tests.slack.platform.state import Json

_MARK = re.compile(r"<([^<>]+)>")


def words_of(shown: Json | list[Json]) -> str:
    """Return the words of blocks, of a message, a modal or Home: a line per block, buttons in [brackets]."""
    if isinstance(shown, list):
        return "\n".join(filter(None, map(_block, shown)))
    heading = [_text(shown["title"])] if "title" in shown else []
    ways = [f"[{_text(shown[name])}]" for name in ("submit", "close") if name in shown]
    own = shown.get("blocks") or []
    said = words_of(own) or (unmarked(shown["text"]) if isinstance(shown.get("text"), str) else "")
    return "\n".join(filter(None, [*heading, said, *ways]))


def unmarked(text: str) -> str:
    """Return mrkdwn as it reads: links as their label, dates as their fallback, mentions with an @."""
    return _unescaped(_MARK.sub(lambda found: _mark(found[1]), text))


def _mark(inside: str) -> str:
    target, bar, label = inside.partition("|")
    if target.startswith(("@", "#", "!")) and not label:
        return "@" + target[1:] if target[0] != "#" else target
    return label if bar else target


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _text(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value or "")
    return unmarked(value["text"]) if value.get("type") == "mrkdwn" else str(value.get("text", ""))


def _block(block: Json) -> str:
    match block["type"]:
        case "header" | "alert":
            return _text(block["text"])
        case "markdown":
            return str(block["text"])
        case "section":
            parts = [block.get("text"), *block.get("fields", ())]
            return "\n".join([*map(_text, filter(None, parts)), *_used([block.get("accessory")])])
        case "context":
            return " ".join(str(e.get("alt_text", "")) or _text(e) for e in block["elements"])
        case "actions":
            return " ".join(_used(block["elements"]))
        case "rich_text":
            return "\n".join(map(_rich, block["elements"]))
        case "input":
            parts = [_text(block["label"]), *_used([block["element"]]), _text(block.get("hint"))]
            return "\n".join(filter(None, parts))
        case "image":
            return str(block["alt_text"])
        case _:
            return ""


def _used(elements: list[Json | None]) -> list[str]:
    return [found for element in elements if element and (found := _element(element))]


def _element(element: Json) -> str:
    if element["type"] == "button":
        return f"[{_text(element['text'])}]"
    if element["type"] == "image":
        return str(element["alt_text"])
    if "options" in element:
        return "[" + " | ".join(_text(option["text"]) for option in element["options"]) + "]"
    return str(element.get("initial_value") or _text(element.get("placeholder")))


def _rich(part: Json) -> str:
    if part["type"] != "rich_text_list":
        return "".join(map(_inline, part["elements"]))
    first = part.get("offset", 0) + 1
    marks = [f"{first + i}." if part["style"] == "ordered" else "-" for i in range(len(part["elements"]))]
    return "\n".join(f"{mark} {_rich(line)}" for mark, line in zip(marks, part["elements"], strict=True))


def _inline(part: Json) -> str:
    match part["type"]:
        case "text":
            return str(part["text"])
        case "link":
            return str(part.get("text") or part["url"])
        case "user":
            return f"@{part['user_id']}"
        case "channel":
            return f"#{part['channel_id']}"
        case "broadcast":
            return f"@{part['range']}"
        case "date":
            return str(part.get("fallback") or part["timestamp"])
        case "emoji":
            return f":{part['name']}:"
        case _:
            return ""
