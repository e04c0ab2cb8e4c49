"""Reading what was typed into one field."""

import pytest

from bot.talk.form import Kind, Line
from bot.talk.reading import Reading, read
from tests.world import MONDAY


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (Kind.EMAIL, "maria@exam\u200bple.org\u200b", "maria@example.org"),
        (Kind.PHONE, "\u202a+63 2 5550 100\u202c", "+63 2 5550 100"),
        (Kind.LINK, "\ufeffwww.example.org/maria\u200e", "https://www.example.org/maria"),
        (Kind.TEXT, "क्\u200dष", "क्\u200dष"),
    ],
)
def test_marks_that_nobody_sees_are_left_out_of_addresses_and_stay_in_words(kind: Kind, typed: str, kept: str) -> None:
    assert read(Line("", kind=kind), typed, (), Reading(MONDAY.date())) == kept
