"""Tests how the stand-in for Discord reads out what a message shows."""

import pytest

from tests.discord.platform.state import Json
from tests.discord.platform.words import unmarked, words_of


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("## Tea\n-# small\n> quoted", "Tea\nsmall\nquoted"),
        ("**bold** *soft* _soft_ __under__ ~~gone~~ ||hidden||", "bold soft soft under gone hidden"),
        (r"\*not bold\* \_ \\ 5 \# \<@1\>", r"*not bold* _ \ 5 # <@1>"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("[the page](https://example.org/a) and [x](mailto:a@b)", "the page and [x](mailto:a@b)"),
        ("<@12> and <@!13>", "@Ana and @13"),
        ("<t:1795996800:F>", "Monday 30 November 2026 00:00"),
        ("<t:1795996800:t> <t:1795996800>", "00:00 30 November 2026 00:00"),
        (r"\<t:1795996800:t\>", "<t:1795996800:t>"),
    ],
)
def test_markdown_is_read_as_people_see_it(markup: str, read: str) -> None:
    assert unmarked(markup, {"12": "Ana"}) == read


def test_components_read_line_by_line() -> None:
    options = [{"label": "Green", "value": "g"}, {"label": "Black", "value": "b"}]
    parts: list[Json] = [
        {"type": 17, "components": [{"type": 10, "content": "## Tea"}, {"type": 14}]},
        {
            "type": 9,
            "components": [{"type": 10, "content": "Hot"}],
            "accessory": {"type": 2, "style": 1, "label": "Pour"},
        },
        {"type": 1, "components": [{"type": 2, "style": 1, "label": "A"}, {"type": 2, "style": 1, "label": "B"}]},
        {"type": 1, "components": [{"type": 3, "placeholder": "Which", "options": options}]},
        {"type": 12, "items": [{"media": {"url": "https://example.org/a.png"}, "description": "A cup"}]},
        {"type": 18, "label": "Name", "description": "Yours", "component": {"type": 4, "value": "Ana"}},
        {"type": 18, "label": "Kind", "component": {"type": 21, "options": options}},
    ]

    assert words_of("Hello", parts, {}).splitlines() == [
        "Hello",
        "Tea",
        "Hot",
        "[Pour]",
        "[A] [B]",
        "[Which: Green | Black]",
        "A cup",
        "Name",
        "Yours",
        "Ana",
        "Kind",
        "[Green | Black]",
    ]
