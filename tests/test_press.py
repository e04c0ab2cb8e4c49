"""What rides on a button: any arguments, read back as they were, also after a restart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.talk.press import decode, encode
from bot.talk.view import Press

PATHS = st.from_regex(r"[a-z]+( [a-z]+)?", fullmatch=True)
ARGS = st.text() | st.text("|~01?") | st.sampled_from(("", "|", "~", "~0", "~1", "~01", "||", "12"))


@given(st.builds(Press, PATHS, st.lists(ARGS).map(tuple), st.booleans()))
def test_every_press_comes_back_as_it_was(press: Press) -> None:
    assert decode(encode(press)) == press


@given(PATHS, st.lists(st.lists(ARGS).map(tuple), min_size=2, max_size=2, unique=True))
def test_different_arguments_never_look_the_same(path: str, some: list[tuple[str, ...]]) -> None:
    one, other = some

    assert encode(Press(path, one)) != encode(Press(path, other))


@given(st.text())
def test_whatever_a_button_carries_is_read_without_an_error(text: str) -> None:
    press = decode(text)

    assert "|" not in press.path


@pytest.mark.parametrize(
    ("press", "text"),
    [
        (Press("board ask", ("12",)), "board ask|12"),
        (Press("refer edit", ("12",), is_form=True), "refer edit?|12"),
        (Press("help"), "help"),
        (Press("help", ("",)), "help|"),
        (Press("note", ("a|b~c",)), "note|a~1b~0c"),
    ],
)
def test_a_press_is_written_so_that_old_buttons_stay_readable(press: Press, text: str) -> None:
    assert encode(press) == text
    assert decode(text) == press
