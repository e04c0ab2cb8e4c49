"""Draws a view where Slack can show one: as a message, as the Home tab, as a window of its own."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from adapters.slack.drawing.elements import blocks_of, header
from adapters.slack.drawing.options import words
from adapters.slack.drawing.pen import Json, Pen
from adapters.slack.drawing.spoken import spoken
from adapters.slack.drawing.words import escape, one_line
from bot.talk.cut import shorten
from bot.talk.limits import SLACK
from bot.talk.view import View
from bot.talk.words import _, catalogue, speaking

__all__ = ["Drawn", "Pen", "draw", "draw_home", "draw_window"]

MOST_BLOCKS = 100
"""Blocks of a modal or the Home tab: https://docs.slack.dev/surfaces/modals"""

MOST_BYTES = 240_000
"""Of the 250 kB that a view may have, with room for what is around the blocks."""

WINDOW_TITLE = 24


@dataclass(slots=True)
class Drawn:
    """One message. *text* says everything in words, for screen readers and notifications; it is escaped and never
    empty, and as long as it takes."""

    text: str
    blocks: list[Json]


def draw(page: View, pen: Pen) -> Drawn:
    """Return *page* as a message. It must have passed `fit` for Slack."""
    with speaking(catalogue(pen.locale)):
        return Drawn(escape(spoken(page, pen)), header(page.title) + _flat(blocks_of(page, pen)))


def draw_home(pages: Sequence[View], pen: Pen) -> Json:
    """Return *pages*, which must have passed `fit`, as the Home tab, one below the other. If that is more than Slack
    takes, the last line says so, and where the rest is."""
    with speaking(catalogue(pen.locale)):
        groups = [group for group in _one_below_the_other(pages, pen) if group]
        return {"type": "home", "blocks": _within(groups) or [_line(_("There is nothing to show yet."))]}


def draw_window(page: View, pen: Pen, *, metadata: str) -> Json:
    """Return *page*, which must have passed `fit`, as a modal. A title that is too long for its frame is said whole
    inside it."""
    with speaking(catalogue(pen.locale)):
        title, short = one_line(page.title), window_title(page.title)
        blocks = ([] if title == short else header(title)) + _flat(blocks_of(page, pen))
        return {
            "type": "modal",
            "callback_id": "window",
            "title": words(short),
            "close": words(_("Close")),
            "private_metadata": metadata,
            "blocks": blocks or [_line(_("There is nothing to show yet."))],
        }


def window_title(title: str) -> str:
    """Return *title*, or its beginning, in the few characters that the frame of a modal has for it."""
    return shorten(one_line(title), WINDOW_TITLE, SLACK) or _("Askwell")


def _one_below_the_other(pages: Sequence[View], pen: Pen) -> Iterable[list[Json]]:
    first = 0
    for page in pages:
        yield header(page.title)
        yield from blocks_of(page, pen, first)
        first += len(page.body)


def _within(groups: list[list[Json]]) -> list[Json]:
    """Return as many of *groups* as the Home tab takes; a heading is not left there alone."""
    blocks = list(accumulate(len(group) for group in groups))
    sizes = list(accumulate(len(json.dumps(group)) for group in groups))
    if not groups or (blocks[-1] <= MOST_BLOCKS and sizes[-1] <= MOST_BYTES):
        return _flat(groups)
    count = min(bisect_right(blocks, MOST_BLOCKS - 1), bisect_right(sizes, MOST_BYTES))
    while count and groups[count - 1][-1]["type"] == "header":
        count -= 1
    rest = _line(_("There is more than fits here. Type /career home in a channel, and you see all of it."))
    return [*_flat(groups[:count]), rest]


def _flat(groups: Iterable[list[Json]]) -> list[Json]:
    return [block for group in groups for block in group]


def _line(text: str) -> Json:
    return {"type": "section", "text": words(text)}
