"""What the bot says, as data: words that people typed stay as they are, and a view can be read without a platform."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    Text,
    View,
    When,
    plain,
    say,
    small,
    spans,
    text_of,
)
from tests.strategies import words

GO = Press("plan edit", ("12",))
NOON = datetime(2026, 12, 8, 12, tzinfo=UTC)
TYPED = st.sampled_from(("{name}", "{other}", "{", "}}", "{0}", "%s", "<@U1>", "*bold*", "\\1")) | words()


@given(TYPED, TYPED)
def test_what_somebody_typed_is_never_read_as_a_template(name: str, other: str) -> None:
    text = say("{name} wrote to {other}.", name=name, other=Bold(other))

    assert plain(text.spans) == f"{name} wrote to {other}."
    assert Bold(other) in text.spans


@given(TYPED)
def test_a_template_without_holes_is_said_as_it_is(name: str) -> None:
    assert plain(spans("Nothing {name} here", name=name)) == f"Nothing {name} here"


def test_a_hole_without_a_value_is_our_bug() -> None:
    with pytest.raises(KeyError, match="other"):
        spans("{name} wrote to {other}.", name="Ben")


def test_values_stay_whole_and_empty_ones_vanish() -> None:
    moment = When(NOON)

    assert spans("{name}{gap} at {at}", name="Ben", gap="", at=moment) == ("Ben", " at ", moment)


def test_numbers_are_said_in_digits() -> None:
    assert say("{n} of {m} min", n=12, m=0) == Text(("12", " of ", "0", " min"))


def test_a_hole_may_be_filled_twice() -> None:
    assert spans("{name}, {name}", name="Ben") == ("Ben", ", ", "Ben")


def test_a_quiet_line_is_filled_the_same_way() -> None:
    assert small("On {day}", day=Bold("Tuesday")) == Small(("On ", Bold("Tuesday")))


def test_braces_that_name_nothing_are_only_braces() -> None:
    assert spans("a {} b { c } {d e}") == ("a {} b { c } {d e}",)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="A moment needs a zone"):
        When(NOON.replace(tzinfo=None))


def test_a_view_can_take_the_place_of_another_and_say_more_on_top() -> None:
    view = View("Plan", (Text(("Hello",)),))

    changed = view.instead().with_top(Heading("First"))

    assert changed == View("Plan", (Heading("First"), Text(("Hello",))), is_instead=True)


@pytest.mark.parametrize(
    ("element", "lines"),
    [
        (Heading("Questions"), ["Questions"]),
        (Text(("Ask ", Mention("U1", "Ben"), " first")), ["Ask @Ben first"]),
        (Small((When(NOON, Moment.DAY),)), ["2026-12-08 12:00 UTC"]),
        (Text((Link("https://example.org", "Here"), Bold("!"))), ["Here (https://example.org)!"]),
        (Facts((("Place", ("Manila",)), ("Field", ("Nursing",)))), ["Place: Manila", "Field: Nursing"]),
        (Bullets((("One",), ("Two",))), ["- One", "- Two"]),
        (Bullets((("One",), ("Two",)), start=9), ["9. One", "10. Two"]),
        (Card("Maria", (("Nurse",),), (Button("Ask", GO),)), ["Maria", "Nurse", "[Ask]"]),
        (Buttons((Button("Done", GO), Button("Skip", GO))), ["[Done]", "[Skip]"]),
        (
            Select("Which?", GO, (Option("1", "One", "the first"), Option("2", "Two"))),
            ["Which?", "- One the first", "- Two"],
        ),
        (Attachment("plan.txt", "text/plain", "1. Why?", "Your plan"), ["plan.txt: Your plan", "1. Why?"]),
    ],
)
def test_every_word_of_an_element_can_be_read_as_plain_lines(element: Element, lines: list[str]) -> None:
    assert text_of(View("Plan", (element,))).split("\n") == ["Plan", *lines]


def test_plain_lines_leave_out_what_is_empty() -> None:
    assert text_of(View("", (Text(()), Buttons(()), Text(("Hello",))))) == "Hello"
