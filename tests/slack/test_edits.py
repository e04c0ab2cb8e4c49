"""Says what an edited message carries: Slack takes fewer plain words there than in a new one."""

from hypothesis import example, given
from hypothesis import strategies as st

from adapters.slack.drawing.blocks import Drawn
from adapters.slack.drawing.words import escape, typed, units
from adapters.slack.sender import as_edit
from tests.strategies import words

MOST = 4_000
"""https://docs.slack.dev/reference/methods/chat.update"""


@st.composite
def long_words(draw: st.DrawFn) -> str:
    """Return words about as long as what Slack refuses, with what is escaped or counts twice anywhere in them."""
    some = draw(st.lists(words() | st.sampled_from(["&", "<b>", "\N{GRINNING FACE}", "\n", " "]), min_size=1))
    room = draw(st.integers(MOST - 200, MOST + 200))
    return f"Maria {(''.join(some) * room)[:room]}"


@given(long_words())
@example("x" * 3_898 + "&" + "y" * 300)
@example("\N{GRINNING FACE}" * 3_000)
def test_the_words_of_an_edit_fit_and_nothing_in_them_is_cut_in_two(text: str) -> None:
    said = as_edit(Drawn(escape(text), []))["text"]

    assert units(said) <= MOST
    assert escape(typed(said)) == said
    assert text == typed(said) or text.startswith(typed(said).removesuffix("…").rstrip())


def test_the_words_of_an_edit_are_as_many_as_fit() -> None:
    said = as_edit(Drawn("Maria\n" + "word " * 1_000, []))["text"]

    assert len(said) > MOST - 150
    assert said.endswith("word…")
