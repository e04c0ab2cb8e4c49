"""Draws views, dialogs and limits for properties: what people write, and what only an opponent would."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from bot.talk.form import (
    Choice,
    Day,
    Dialog,
    Entry,
    Field,
    Hour,
    Line,
    Many,
    Number,
    Paragraph,
    Tick,
)
from bot.talk.limits import PLATFORMS, Limits
from bot.talk.size import LINE
from bot.talk.view import (
    Attachment,
    Bold,
    Bullets,
    Button,
    Buttons,
    Card,
    Element,
    Facts,
    Heading,
    Link,
    Mention,
    Moment,
    Option,
    Press,
    Select,
    Small,
    Span,
    Spans,
    Text,
    Tone,
    View,
    When,
)

PIECES = (
    "Maria", "nurse manager", "word ", "One sentence. ", "Why? ", "a line\n", "\n\n", " ", "\t", "\r\n", "\u00a0",
    "&", "<", ">&", "*_~`", "{name}", "|", "~1", "@everyone", "<@U1>", "https://example.org/a_b", "x" * 40,
    "e\u0301", "\u0301", "\u2764\ufe0f", "\U0001f469\u200d\U0001f52c", "\U0001f44d\U0001f3fd", "\U0001f600",
    "\U0001f1f5\U0001f1ed", "\u6f22\u5b57\u3002", "\u05e9\u05dc\u05d5\u05dd", "\u0e01\u0e33\u0e25", "\u200b",
    "word " * 60, "x" * 250, "& " * 40, "a\n" * 40, "\n\u0301" * 20,
)  # fmt: skip
"""What people type, and what breaks programs that cut or escape it."""

_CODES = {chr(0xE000 + i): piece for i, piece in enumerate(PIECES)}

TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda at: at.replace(tzinfo=UTC, fold=0))  # noqa: DTZ001
"""Aware UTC moments."""


def words(most: int = 12) -> st.SearchStrategy[str]:
    """Draw text of up to *most* pieces; empty and blank ones are among them.

    Hypothesis draws one string much faster than a list of strings, so each letter of it stands for a piece.
    """
    typed = st.text("".join(_CODES), max_size=most).map(lambda codes: "".join(_CODES[code] for code in codes))
    return typed | st.text(max_size=most)


LABELS = words(4)
URLS = st.sampled_from(("https://example.org", "https://example.org/?a=1&b=2", "mailto:maria@example.org"))
PRESSES = st.builds(
    Press,
    st.sampled_from(("board ask", "refer", "plan edit")),
    st.lists(st.sampled_from(("", "12", "|", "~", "~1", "Ben")), max_size=3).map(tuple),
    st.booleans(),
)


def spans(most: int = 5) -> st.SearchStrategy[Spans]:
    """Draw up to *most* spans of every kind."""
    span: st.SearchStrategy[Span] = st.one_of(
        words(),
        st.builds(Bold, words()),
        st.builds(
            Mention,
            st.sampled_from(("U012ABCDEF", "90071992547409931")),
            st.sampled_from(("Ben", "Ana María")),
        ),
        st.builds(When, TIMES, st.sampled_from(Moment)),
        st.builds(Link, URLS, words()),
    )
    return st.lists(span, max_size=most).map(tuple)


BUTTONS = st.builds(Button, LABELS, PRESSES, st.sampled_from(Tone))
OPTIONS = st.builds(Option, st.text(max_size=4), LABELS, LABELS)


def some(items: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[Any]:
    return st.lists(items, max_size=most).map(tuple)


SELECTS = st.builds(Select, LABELS, PRESSES, some(OPTIONS, 12), st.none() | st.text(max_size=2))
ATTACHMENTS = st.builds(Attachment, st.just("plan.txt"), st.just("text/plain"), st.text(max_size=20), words())
ELEMENTS: st.SearchStrategy[Element] = st.one_of(
    st.builds(Heading, words()),
    st.builds(Text, spans()),
    st.builds(Small, spans()),
    st.builds(Facts, some(st.tuples(LABELS, spans(3)), 6)),
    st.builds(Bullets, some(spans(3), 6), st.none() | st.integers(-3, 1_000)),
    st.builds(Card, LABELS, some(spans(3), 4), some(BUTTONS, 7)),
    st.builds(Buttons, some(BUTTONS, 12)),
    SELECTS,
    ATTACHMENTS,
)


def views(most: int = 8) -> st.SearchStrategy[View]:
    """Draw views of up to *most* elements."""
    return st.builds(View, LABELS, some(ELEMENTS, most), st.booleans(), st.booleans())


FIELDS: st.SearchStrategy[Field] = st.one_of(
    st.builds(Line, LABELS),
    st.builds(Paragraph, LABELS),
    st.builds(Choice, LABELS, some(OPTIONS, 3)),
    st.builds(Many, LABELS, some(OPTIONS, 3)),
    st.builds(Day, LABELS),
    st.builds(Hour, LABELS),
    st.builds(Number, LABELS, st.integers(), st.integers()),
    st.builds(Tick, LABELS),
)
"""Fields whose options are fixed; a function that finds them cannot be drawn, nor kept."""

ENTRIES = st.builds(Entry, LABELS, FIELDS, words() | some(words(), 3), st.booleans(), LABELS, some(OPTIONS, 3))
DIALOGS = st.builds(
    Dialog, LABELS, LABELS, PRESSES, some(ENTRIES, 5), some(st.tuples(LABELS, words()), 2), words(), words()
)


@st.composite
def small_limits(draw: st.DrawFn) -> Limits:
    """Draw limits far below any platform's, with room for one thing of each kind between a heading and buttons."""
    row, label, title = draw(st.integers(1, 5)), draw(st.integers(16, 30)), draw(st.integers(24, 40))
    heading, cards = draw(st.integers(12, 30)), draw(st.integers(1, 3))
    return Limits(
        name="a small place",
        blocks=draw(st.integers(3 + cards, 9)),
        parts=draw(st.integers(6 + 2 * row, 20)),
        total=title + heading + 2 * LINE + row * label + draw(st.integers(150, 500)),
        title=title,
        heading=heading,
        text=draw(st.integers(150, 300)),
        label=label,
        row=row,
        options=draw(st.integers(1, 6)),
        option_label=draw(st.integers(12, 30)),
        option_hint=draw(st.integers(12, 30)),
        option_value=100,
        facts=draw(st.integers(1, 4)),
        fact=draw(st.integers(30, 200)),
        press=100,
        attachment=200,
        form_title=24,
        form_label=24,
        form_hint=24,
        form_text=100,
        card_blocks=cards,
        when=draw(st.integers(0, 40)),
        mention=draw(st.integers(0, 24)),
        link=draw(st.integers(0, 4)),
        bold=draw(st.integers(0, 4)),
        costs=draw(st.sampled_from([limits.costs for limits in PLATFORMS])),
    )
