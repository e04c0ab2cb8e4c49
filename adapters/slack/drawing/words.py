"""Turns words into what Slack reads as words, and back: https://docs.slack.dev/messaging/formatting-message-text"""

import re

_ESCAPED = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ENTITY = re.compile("|".join(_ESCAPED))
_MARK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_SIGNS = {"@": "@", "#": "#", "!": "@"}


def escape(text: str) -> str:
    """Return *text* without anything that Slack would read as a mention, a link or an entity."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(text: str) -> str:
    """Return the words typed after a slash command as they were typed: Slack escapes three characters of them."""
    return _ENTITY.sub(lambda found: _ESCAPED[found[0]], text)


def plain(mrkdwn: str) -> str:
    """Return the text of a Slack message as words alone.

    Links and addresses stay readable: `label (https://example.org)`, or the address where the label says no more.
    """
    return typed(_MARK.sub(lambda found: _said(found[1], found[2] or ""), mrkdwn))


def one_line(text: str) -> str:
    """Return *text* with every run of space or line breaks as one space."""
    return " ".join(text.split())


def units(text: str) -> int:
    """Return how long *text* is for Slack, which counts as JavaScript does: an emoji is two."""
    return len(text) + sum(c > "\uffff" for c in text)


def _said(target: str, label: str) -> str:
    sign = target[:1]
    if target.startswith("!date^"):
        return label or target
    if sign in _SIGNS:
        name = label or target[1:].rpartition("^")[2]
        return name if name.startswith(_SIGNS[sign]) else f"{_SIGNS[sign]}{name}"
    address = re.sub("^(mailto|tel):", "", target)
    return address if _is_same(label, address) else f"{label} ({address})"


def _is_same(label: str, address: str) -> bool:
    """Tell whether *label* is nothing but *address*, perhaps without its beginning: `example.org`."""
    return not label or address.removeprefix("https://").removeprefix("http://").rstrip("/") in {
        label.rstrip("/"),
        label.removeprefix("https://").removeprefix("http://").rstrip("/"),
    }
