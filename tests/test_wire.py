"""Keeping an answer: what is written comes back equal, and nothing else is ever read."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.talk.form import Dialog, Kind, Line
from bot.talk.view import Bold, Button, Buttons, Moment, Press, Text, Tone, View, When
from bot.talk.wire import from_text, to_text
from tests.strategies import DIALOGS, TIMES, views

HOURS = st.times().map(lambda at: at.replace(fold=0))
GO = Press("plan edit", ("12",))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("View", "Bold", "Moment", "When", "datetime", "Line", "?")), inner, max_size=2
        )
        | st.dictionaries(st.sampled_from(("text", "title", "at", "label", "body")), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(views())
def test_every_view_comes_back_equal(view: View) -> None:
    again = from_text(to_text(view))

    assert again == view
    assert repr(again) == repr(view)  # a kind of moment equals its text, but is not drawn like it


@given(DIALOGS)
def test_every_dialog_comes_back_equal(dialog: Dialog) -> None:
    again = from_text(to_text(dialog))

    assert again == dialog
    assert repr(again) == repr(dialog)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | TIMES | st.dates() | HOURS,
        lambda some: st.lists(some).map(tuple),
    )
)
def test_texts_numbers_times_and_tuples_come_back_equal(value: object) -> None:
    assert repr(from_text(to_text(value))) == repr(value)


@given(JSON)
def test_whatever_stands_there_is_read_or_refused_calmly(stored: object) -> None:
    text = json.dumps(stored)

    try:
        answer = from_text(text)
    except ValueError:
        return

    assert from_text(to_text(answer)) == answer


def test_what_has_its_default_takes_no_room() -> None:
    view = View("Plan", (Text(("Hello ", Bold("Ben"))), Buttons((Button("Go", GO),))))

    assert to_text(view) == (
        '{"View":{"title":"Plan","body":['
        '{"Text":{"spans":["Hello ",{"Bold":{"text":"Ben"}}]}},'
        '{"Buttons":{"buttons":[{"Button":{"label":"Go","press":{"Press":{"path":"plan edit","args":["12"]}}}}]}}]}}'
    )


def test_kinds_and_times_are_kept_as_what_they_are() -> None:
    moment = When(datetime(2026, 12, 8, 12, tzinfo=UTC), Moment.DAY)

    assert to_text(moment) == '{"When":{"at":{"datetime":"2026-12-08T12:00:00+00:00"},"show":{"Moment":"day"}}}'
    assert to_text((date(2026, 12, 8), time(9, 30))) == '[{"date":"2026-12-08"},{"time":"09:30:00"}]'
    assert from_text('{"Tone":"danger"}') is Tone.DANGER


def test_no_column_refuses_what_is_written() -> None:
    text = to_text(View("Ana María \x00 \U0001f600"))

    assert text.isascii()
    assert text.isprintable()


def test_what_was_kept_before_a_field_was_added_is_still_read() -> None:
    assert from_text('{"Line":{"label":"Their name"}}') == Line("Their name", kind=Kind.TEXT)


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "no JSON",
        "1.5",
        "{}",
        '{"Shout":{"text":"now"}}',
        '{"Bold":{"text":"now"},"Text":{"spans":[]}}',
        '{"Bold":{"words":"now"}}',
        '{"Bold":{}}',
        '{"Bold":"now"}',
        '{"Moment":"week"}',
        '{"datetime":12}',
        '{"datetime":"today"}',
        '{"When":{"at":{"datetime":"2026-12-08T12:00:00"}}}',
    ],
)
def test_what_was_never_written_is_refused(stored: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_text(stored)


@dataclass(frozen=True)
class Shout:
    text: str


@pytest.mark.parametrize("answer", [Shout("now"), 1.5, ["a"], {"a": 1}, View("Plan", [Shout("now")])])  # type: ignore[arg-type]
def test_what_the_table_does_not_name_is_not_written(answer: object) -> None:
    with pytest.raises(ValueError, match="its kind is not in KINDS"):
        to_text(answer)


def test_a_class_that_only_shares_a_name_is_not_written() -> None:
    impostor = type("Bold", (Shout,), {})

    with pytest.raises(ValueError, match="its kind is not in KINDS"):
        to_text(impostor("now"))
