"""Draws a quiet line small, as context: https://docs.slack.dev/reference/block-kit/blocks/context-block"""

import re
from typing import NamedTuple, assert_never

from adapters.slack.drawing.moments import moment_format, moment_words
from adapters.slack.drawing.pen import Json, Pen
from adapters.slack.drawing.rich import inline, is_address, is_user, link_words, paragraph
from adapters.slack.drawing.words import escape, one_line
from bot.talk.view import Bold, Link, Mention, Span, Spans, When

MOST = 10
"""Elements of one context block."""

_MARK, _STRONG = "\x00", "\x01"
_READ_AS_MARKUP = re.compile(r"[*_~`]|:[^\s:]+:|^\s*>", re.MULTILINE)
_STUCK = re.compile(rf"[\w{_MARK}{_STRONG}]{_STRONG}|{_STRONG}[\w{_MARK}]")
"""Slack draws asterisks as such where bold words touch a letter."""


class _Piece(NamedTuple):
    """A part of the line. *shape* is its words if they are literal, else what stands for it; *typed* are the words in
    a mark that a person may have typed."""

    mrkdwn: str
    shape: str
    typed: str = ""

    @property
    def is_literal(self) -> bool:
        return self.shape not in {_MARK, _STRONG}


def quiet(some: Spans, pen: Pen) -> Json:
    """Return *some* as one small block; where words could be read as markup, as several pieces or as usual text."""
    pieces = [piece for piece in (_piece(span, pen) for span in some) if piece.shape]
    if all(piece.is_literal for piece in pieces):
        return _context(_words("".join(piece.shape for piece in pieces)))
    shape = "".join(piece.shape for piece in pieces)
    if any(_is_unsafe(piece.typed) for piece in pieces):
        return paragraph(inline(some, pen))
    if not (_READ_AS_MARKUP.search(shape) or _STUCK.search(shape)):
        return _context(_mrkdwn("".join(piece.mrkdwn for piece in pieces)))
    apart = [
        _words(piece.shape) if piece.is_literal else _mrkdwn(piece.mrkdwn) for piece in pieces if piece.shape.strip()
    ]
    return paragraph(inline(some, pen)) if len(apart) > MOST or "\n" in shape else _context(*apart)


def _is_unsafe(typed: str) -> bool:
    return typed != typed.strip() or "\n" in typed or _READ_AS_MARKUP.search(typed) is not None


def _piece(span: Span, pen: Pen) -> _Piece:
    match span:
        case str():
            return _Piece(escape(span), span)
        case Bold(words):
            return _Piece(f"*{escape(words)}*", _STRONG if words else "", words)
        case Mention(user, name):
            return _Piece(f"<@{user}>", _MARK) if is_user(user) else _literal(f"@{name}")
        case When(at, show):
            fallback = escape(moment_words(span, pen.zone)).replace("|", " ")
            return _Piece(f"<!date^{int(at.timestamp())}^{moment_format(show)}|{fallback}>", _MARK)
        case Link(url, label):
            return _link(span, url, one_line(label)) if is_address(url) else _literal(link_words(span))
        case _:
            assert_never(span)


def _literal(words: str) -> _Piece:
    return _Piece(escape(words), words)


def _link(link: Link, url: str, label: str) -> _Piece:
    address = escape(url).replace("|", "%7C")
    return _Piece(f"<{address}|{escape(label)}>" if label else f"<{address}>", _MARK, label)


def _context(*elements: Json) -> Json:
    return {"type": "context", "elements": list(elements)}


def _words(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def _mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": True}
