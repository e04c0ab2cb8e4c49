"""Draws forms as platforms get them: every kind of field, and whatever may stand in it."""

from hypothesis import strategies as st

from bot.talk.form import (
    Choice,
    Day,
    Dialog,
    Entry,
    Field,
    Hour,
    Kind,
    Line,
    Lookup,
    Many,
    Number,
    Paragraph,
    Tick,
)
from bot.talk.view import Option, Press
from tests.strategies import LABELS, words

GO = Press("refer")

_TYPED = words(8) | st.sampled_from((
    "2026-12-08", "2026-02-31", "9:00", "09:30", "25:00", "20", "v1", "a@example.org", "x" * 6_000,
))  # fmt: skip


async def nothing_found(ctx: object, typed: str) -> tuple[Option, ...]:
    return ()


def dialog_of(*entries: Entry, intro: str = "", error: str = "") -> Dialog:
    return Dialog("Share a contact", "Save", GO, entries, intro=intro, error=error)


def dialogs(longest: int, most_options: int) -> st.SearchStrategy[Dialog]:
    """Draw forms whose fields take up to *longest* characters, or offer up to *most_options*."""
    fields, options = _fields(longest), _options(most_options)
    return st.builds(
        Dialog,
        LABELS,
        LABELS,
        st.just(GO),
        st.integers(0, 5).flatmap(lambda n: st.tuples(*(_entries(f"field_{i}", fields, options) for i in range(n)))),
        st.just(()) | st.just((("contact", "12"), ("slug", "a|~"))),
        words(),
        words(),
    )


def _fields(longest: int) -> st.SearchStrategy[Field]:
    return st.one_of(
        st.builds(Line, LABELS, LABELS, st.integers(1, longest), st.sampled_from(Kind)),
        st.builds(Paragraph, LABELS, LABELS, st.integers(1, longest)),
        st.builds(Choice, LABELS, st.just(()), LABELS),
        st.builds(Many, LABELS, st.just(()), LABELS),
        st.builds(Lookup, LABELS, st.just(nothing_found), LABELS),
        st.builds(Day, LABELS, LABELS),
        st.builds(Hour, LABELS, LABELS),
        st.builds(Number, LABELS, st.integers(0, 20), st.integers(20, 90), LABELS),
        st.builds(Tick, LABELS, LABELS),
    )


def _options(most: int) -> st.SearchStrategy[tuple[Option, ...]]:
    return st.integers(1, most).flatmap(
        lambda n: st.lists(LABELS, min_size=1, max_size=3).map(
            lambda labels: tuple(Option(f"v{i}", f"{labels[i % len(labels)]} {i}", labels[-1]) for i in range(n))
        )
    )


@st.composite
def _entries(
    draw: st.DrawFn, name: str, fields: st.SearchStrategy[Field], options: st.SearchStrategy[tuple[Option, ...]]
) -> Entry:
    field = draw(fields)
    offered = draw(st.just(()) | options) if isinstance(field, Choice | Many) else ()
    value = draw(_TYPED | st.lists(_TYPED, max_size=3).map(tuple)) if isinstance(field, Many) else draw(_TYPED)
    return Entry(name, field, value, draw(st.booleans()), draw(st.just("") | LABELS), offered)
