"""Words on their way to Slack and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.drawing.words import escape, plain, typed, units
from tests.strategies import words


@given(words() | st.text())
def test_what_is_escaped_comes_back_as_it_was(text: str) -> None:
    assert typed(escape(text)) == text
    assert plain(escape(text)) == text
    assert not set("<>") & set(escape(text))


def test_only_three_characters_of_a_slash_command_are_escaped() -> None:
    assert typed("R&amp;D &lt;b&gt; &amp;lt; &quot; <@U1>") == "R&D <b> &lt; &quot; <@U1>"


@pytest.mark.parametrize(
    ("mrkdwn", "words"),
    [
        ("Write to <mailto:a@example.org|a@example.org>", "Write to a@example.org"),
        ("<mailto:a@example.org|Maria>", "Maria (a@example.org)"),
        ("<https://example.org/in/x>", "https://example.org/in/x"),
        ("<https://example.org/in/x|her page>", "her page (https://example.org/in/x)"),
        ("<http://example.org|example.org>", "http://example.org"),
        ("<https://example.org/?a=1&amp;b=2|https://example.org/?a=1&amp;b=2>", "https://example.org/?a=1&b=2"),
        ("<tel:+6325550100|+63 2 5550 100>", "+63 2 5550 100 (+6325550100)"),
        ("ask <@U1> or <@U2|ben>", "ask @U1 or @ben"),
        ("in <#C1|careers>, <#C2>, <#C3|>", "in #careers, #C2, #C3"),
        ("<!here> <!subteam^S1|@mentors> <!subteam^S2>", "@here @mentors @S2"),
        ("on <!date^1796691600^{date}|8 December>", "on 8 December"),
        ("R&amp;D &lt;b&gt; &amp;lt;", "R&D <b> &lt;"),
    ],
)
def test_a_message_is_read_as_words(mrkdwn: str, words: str) -> None:
    assert plain(mrkdwn) == words


@given(st.text(alphabet="<>|@#!^&;amp:a .^https/mailto", max_size=40))
def test_any_message_can_be_read(mrkdwn: str) -> None:
    assert isinstance(plain(mrkdwn), str)


def test_an_emoji_is_two_characters_for_slack() -> None:
    assert units("a\u6f22\U0001f600") == 4
