"""Draws spans as rich text, where every word is literal: mrkdwn has no escape for `*`, `_`, `~` and the backtick."""

import re
from collections.abc import Iterable
from typing import assert_never

from adapters.slack.drawing.moments import moment_format, moment_words
from adapters.slack.drawing.pen import Json, Pen
from adapters.slack.drawing.words import one_line
from bot.talk.view import Bold, Link, Mention, Spans, When

_USER = re.compile(r"[UW][A-Z0-9]+")
_NOTHING = Bold("")
_ADDRESS = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)


def paragraph(some: Iterable[Json]) -> Json:
    """Return a block with the rich text elements *some*: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block"""
    return {"type": "rich_text", "elements": [section(some)]}


def bulleted(items: Iterable[Iterable[Json]], start: int | None) -> Json:
    """Return a block with a list; its numbers begin with *start*, which is 1 or more, dots stand in for `None`."""
    drawn: Json = {
        "type": "rich_text_list",
        "style": "bullet" if start is None else "ordered",
        "elements": [section(item) for item in items],
    }
    return {"type": "rich_text", "elements": [drawn | ({"offset": start - 1} if start and start > 1 else {})]}


def section(some: Iterable[Json]) -> Json:
    return {"type": "rich_text_section", "elements": list(some) or [text(" ")]}


def lines(rows: Iterable[Spans], pen: Pen) -> list[Json]:
    """Return *rows* one below the other as elements of a section, without those that are empty. Words that follow each
    other are one element."""
    drawn: list[Json] = []
    words = ""
    for row in rows:
        gap = "\n" if words or drawn else ""
        for span in row:
            if isinstance(span, str):
                words, gap = (words + gap + span, "") if span else (words, gap)
            elif span != _NOTHING:
                if words or gap:
                    drawn.append(text(words + gap))
                    words = gap = ""
                drawn.append(_inline(span, pen))
    if words:
        drawn.append(text(words))
    return drawn


def inline(some: Spans, pen: Pen) -> list[Json]:
    """Return *some* as elements of a section."""
    return lines((some,), pen)


def text(words: str) -> Json:
    return {"type": "text", "text": words}


def bold(words: str) -> Json:
    return {"type": "text", "text": words, "style": {"bold": True}}


def is_user(user: str) -> bool:
    """Tell whether *user* is an id of somebody in Slack, who can be mentioned."""
    return _USER.fullmatch(user) is not None


def is_address(url: str) -> bool:
    """Tell whether *url* may be a link: `javascript:` leads nowhere."""
    return _ADDRESS.fullmatch(url) is not None


def link_words(link: Link) -> str:
    """Return *link* for where it cannot be one."""
    return f"{link.label} ({link.url})" if link.label.strip() else link.url


def _inline(span: Bold | Mention | When | Link, pen: Pen) -> Json:
    match span:
        case Bold(words):
            return bold(words)
        case Mention(user, name):
            return {"type": "user", "user_id": user} if is_user(user) else text(f"@{name}")
        case When():
            return _date(span, pen)
        case Link():
            return _link(span)
        case _:
            assert_never(span)


def _date(when: When, pen: Pen) -> Json:
    """https://docs.slack.dev/reference/block-kit/block-elements/date-element"""
    return {
        "type": "date",
        "timestamp": int(when.at.timestamp()),
        "format": moment_format(when.show),
        "fallback": moment_words(when, pen.zone),
    }


def _link(link: Link) -> Json:
    if not is_address(link.url):
        return text(link_words(link))
    label = one_line(link.label)
    return {"type": "link", "url": link.url} | ({"text": label} if label else {})
