"""Words on their way to Discord."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.drawing.marks import markdown
from adapters.discord.drawing.words import escape
from bot.talk.limits import DISCORD
from bot.talk.view import Bold, Link, Mention, Spans, When
from tests.discord.reader import read
from tests.strategies import spans, words

NASTY = st.text(alphabet="\\*_~`|<>#@:-+.()[]12/ae \n\r\t!&tid", max_size=12) | words() | st.text()


def tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", " ")


@given(NASTY, st.sampled_from(("", "x\n", "-# ", "- ", "## ")))
def test_what_is_escaped_reads_as_it_was(text: str, before: str) -> None:
    reading = read(before + escape(text, is_start=True))

    assert reading.text.endswith(tidy(text).lstrip())
    assert reading.kinds <= {"small", "list", "heading"}
    assert len(reading.active) <= 1


@given(NASTY)
def test_behind_other_words_it_reads_as_it_was(text: str) -> None:
    reading = read("x" + escape(text, is_start=False))

    assert (reading.text, reading.active) == ("x" + tidy(text), [])


@given(NASTY)
def test_escaping_costs_no_more_than_is_counted(text: str) -> None:
    assert len(escape(text, is_start=True)) <= DISCORD.measure(text) + 1
    assert len(escape(text, is_start=False)) <= DISCORD.measure(text)


@given(spans() | st.lists(NASTY | st.builds(Bold, NASTY), max_size=6).map(tuple))
def test_only_what_we_mark_is_marked(some: Spans) -> None:
    reading = read(markdown(some))

    assert reading.kinds <= {"bold", "link", "moment", "user"}
    assert letters("".join(map(unescaped, reading.of("bold")))) == letters("".join(_of(some, Bold)))
    assert reading.of("user") == [user for user in _of(some, Mention) if user.isdigit()]
    assert reading.of("link") == [url for url in _of(some, Link) if url.startswith("http")]
    assert len(reading.of("moment")) == len(_of(some, When))


def unescaped(markdown: str) -> str:
    return read(f"x{markdown}").text[1:]


def letters(text: str) -> str:
    return "".join(text.split())


def _of(some: Spans, kind: type[object]) -> list[str]:
    found = []
    for span in some:
        match span:
            case Bold(text) if kind is Bold:
                found.append(text)
            case Mention(user) if kind is Mention:
                found.append(user)
            case Link(url) if kind is Link:
                found.append(url)
            case When() if kind is When:
                found.append("")
            case _:
                continue
    return found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Maria-Esperanza (she): 10:30, no. 1.", "Maria-Esperanza (she): 10\\:30, no. 1."),
        ("maria@example.org", "maria@example.org"),
        ("1. a\n  2. b", "1\\. a\n  2\\. b"),
        ("- a\n+ b\n# c\n> d", "\\- a\n\\+ b\n\\# c\n\\> d"),
        ("@everyone, <@1> and :x:", "\\@everyone, \\<@1> and \\:x\\:"),
        ("a\r\nb\rc", "a\nb c"),
    ],
)
def test_words_are_escaped_only_where_they_could_be_more(text: str, shown: str) -> None:
    assert escape(text, is_start=True) == shown


def test_words_that_touch_are_escaped_together() -> None:
    assert markdown(("1", Bold(""), ". a")) == "1\\. a"
    assert markdown(("[x]", Mention("ben", "(y)"))) == "\\[x\\]@(y)"
