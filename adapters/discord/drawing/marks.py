"""Draws spans in Discord's markdown: https://docs.discord.com/developers/reference#message-formatting"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from itertools import groupby
from typing import NamedTuple, assert_never

from adapters.discord.drawing.words import escape, one_line
from bot.talk.view import Bold, Link, Mention, Moment, Span, Spans, When

_USER = re.compile(r"[1-9][0-9]{0,19}")
_ADDRESS = re.compile(r"https?://[^\s<>\\]+", re.IGNORECASE)

_MOMENTS = {Moment.FULL: "F", Moment.DAY: "D", Moment.HOUR: "t"}
"""`Tuesday, 8 December 2026 at 9:00`, `8 December 2026`, `9:00`: Discord has no day with its weekday alone."""


class _Kind(Enum):
    TYPED = auto()
    BOLD = auto()
    MARK = auto()


class _Piece(NamedTuple):
    text: str
    kind: _Kind = _Kind.TYPED


def markdown(some: Spans, *, is_start: bool = True) -> str:
    """Return *some* in markdown. *is_start* tells that they stand at the start of a line."""
    words = [span for span in some if isinstance(span, str)]
    if len(words) == len(some):  # as in nearly every text
        return escape("".join(words), is_start=is_start)
    return _marked(some, is_start=is_start)


def _marked(some: Spans, *, is_start: bool) -> str:
    said = []
    for kind, run in groupby(_pieces(some), key=lambda piece: piece.kind):
        text = "".join(piece.text for piece in run)
        said.append(_drawn(text, kind, is_start=is_start))
        is_start = _ends_with_start(text, is_start=is_start)
    return "".join(said)


def strong(text: str) -> str:
    """Return *text* in bold. The marks are closed and opened again on each line, and touch no space."""
    return "\n".join([_strong_line(line) for line in text.replace("\r\n", "\n").split("\n")])


def is_user(user: str) -> bool:
    """Tell whether *user* is an id of somebody in Discord, who can be mentioned."""
    return _USER.fullmatch(user) is not None


def _pieces(some: Spans) -> Iterator[_Piece]:
    """Yield what is not empty, so that words that touch on the screen are escaped together."""
    return (piece for piece in map(_piece, some) if piece.text)


def _piece(span: Span) -> _Piece:
    match span:
        case str():
            return _Piece(span)
        case Bold(text):
            return _Piece(text, _Kind.BOLD)
        case Mention(user, name):
            return _Piece(f"<@{user}>", _Kind.MARK) if is_user(user) else _Piece(f"@{name}")
        case When(at, show):
            return _Piece(f"<t:{int(at.timestamp())}:{_MOMENTS[show]}>", _Kind.MARK)
        case Link(url, label):
            return _link(url, one_line(label))
        case _:
            assert_never(span)


def _link(url: str, label: str) -> _Piece:
    """Return a link. Discord takes no label that is an address itself, nor an address with brackets behind a label."""
    if not _ADDRESS.fullmatch(url):
        return _Piece(f"{label} ({url})" if label else url)
    if not label or label == url:
        return _Piece(f"<{url}>", _Kind.MARK)
    words = escape(label, is_start=False)
    if "://" in label or set(url) & set("()"):
        return _Piece(f"{words} (<{url}>)", _Kind.MARK)
    return _Piece(f"[{words}]({url})", _Kind.MARK)


def _drawn(text: str, kind: _Kind, *, is_start: bool) -> str:
    match kind:
        case _Kind.TYPED:
            return escape(text, is_start=is_start)
        case _Kind.BOLD:
            return strong(text)
        case _Kind.MARK:
            return text
        case _:
            assert_never(kind)


def _strong_line(line: str) -> str:
    words = line.strip()
    if not words:
        return line
    before, _words, after = line.partition(words)
    return f"{before}**{escape(words, is_start=False)}**{after}"


def _ends_with_start(text: str, *, is_start: bool) -> bool:
    """Tell whether whatever follows *text* stands at the start of a line, as far as anybody sees."""
    _before, line_break, tail = text.rpartition("\n")
    return not tail.strip() and (bool(line_break) or is_start)
