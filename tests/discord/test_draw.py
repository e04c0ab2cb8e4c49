"""What people see in Discord: every view within Discord's rules, every word said, and whatever was typed only words."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.drawing.pen import Pen
from adapters.discord.drawing.views import draw, files, mentions
from bot.talk.fit import fit
from bot.talk.limits import DISCORD
from bot.talk.size import size, title_size
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
    Spans,
    Text,
    Tone,
    View,
    When,
)
from tests.discord.platform.parts import each
from tests.discord.reader import read
from tests.discord.taken import take, texts
from tests.strategies import ELEMENTS, views, words

MANILA = Pen(ZoneInfo("Asia/Manila"))
DIRECT = Pen(ZoneInfo("Asia/Manila"), place=str(2**64 - 1))
GO = Press("plan edit", ("12",))
NINE = datetime(2026, 12, 8, 1, tzinfo=UTC)
EVIL = (
    st.sampled_from(
        (
            "*x*", "**x**", "_x_", "__x__", "~~x~~", "`x`", "```x```", "> x", ">>> x", "a\n> x", "# x", "-# x", "- x",
            "+ x", "1. x", "a\r\n  2. x", ":smile:", "a:b:c", "||x||", "<@1>", "<@&1>", "<#1>", "</refer:1>",
            "<:x:12>", "<t:1:F>", "<id:home>", "<a@example.org>", "<https://example.org>", "[x](https://example.org)",
            "https://example.org/a_b_c", "@everyone", "@here", "\\", "\\*x\\*", "a\\", "*", "|", "]", "](x)", "",
        )
    )
    | words(3)
)  # fmt: skip


def only(view: View, pen: Pen = MANILA) -> dict[str, Any]:
    (part,) = take(view, pen)
    return part


def content(*elements: Element) -> str:
    """Return the markdown of a message of *elements*, its paragraphs one below the other."""
    return "\n".join(texts(take(View("", elements), MANILA)))


# Discord's rules


@given(views(), st.sampled_from((1, 8)), st.sampled_from((MANILA, DIRECT)))
def test_discord_takes_every_page_of_every_view(view: View, times: int, pen: Pen) -> None:
    for page in fit(View(view.title, view.body * times, view.is_private), DISCORD):
        if sum(isinstance(element, Attachment) for element in page.body) <= MOST_FILES:
            take(page, pen)


MOST_FILES = 10
"""Files of one message: https://docs.discord.com/developers/resources/message. No view has more than one."""


@given(ELEMENTS)
def test_no_element_takes_more_than_is_counted(element: Element) -> None:
    for page in fit(View("Plan", (element,)), DISCORD):
        counted = sum((size(part, DISCORD) for part in page.body), title_size(page.title, DISCORD))
        parts = list(each(take(page, MANILA)))
        starts = sum("content" in part for part in parts)

        assert len(parts) <= counted.parts
        assert sum(len(part.get("content", "")) for part in parts) <= counted.chars + starts


@given(words(4))
def test_no_title_takes_more_than_is_counted(title: str) -> None:
    (page,) = fit(View(title, (Text(("x",)),)), DISCORD)

    assert len(texts(take(page, MANILA))[0]) <= max(title_size(page.title, DISCORD).chars, 1)


@given(views())
def test_a_message_says_every_word_of_its_view(view: View) -> None:
    for page in fit(view, DISCORD):
        shown = letters("".join(_shown(take(page, MANILA))))

        assert [word for word in words_in(page) if letters(word) not in shown] == []


def _shown(parts: list[dict[str, Any]]) -> Iterator[str]:
    for part in each(parts):
        yield read(part.get("content") or "").text
        yield from (str(part.get(name) or "") for name in ("label", "placeholder"))
        for option in part.get("options", ()):
            yield from (option["label"], option.get("description") or "")


def letters(text: str) -> str:
    return "".join(text.split())


def words_in(page: View) -> Iterator[str]:
    yield page.title
    for element in page.body:
        yield from _words(element)


def _words(element: Element) -> Iterator[str]:
    match element:
        case Heading(text):
            yield text
        case Text(some) | Small(some):
            yield from _spans(some)
        case Facts(rows):
            for name, value in rows:
                yield from (name, *_spans(value))
        case Bullets(items):
            for item in items:
                yield from _spans(item)
        case Card(title, lines, buttons):
            yield from (title, *(found for line in lines for found in _spans(line)), *_labels(buttons))
        case Buttons(buttons):
            yield from _labels(buttons)
        case Select(label, _, options):
            yield from (label, *(found for one in options for found in (one.label, one.hint)))
        case Attachment(words=said):
            yield said


def _spans(some: Spans) -> Iterator[str]:
    for span in some:
        match span:
            case str(text) | Bold(text):
                yield text
            case Mention(user, name):
                yield user if user.isdigit() else f"@{name}"
            case Link(url, label):
                yield label or url
            case When(at):
                yield str(int(at.timestamp()))


def _labels(buttons: tuple[Button, ...]) -> list[str]:
    return [button.label for button in buttons]


def test_a_message_of_nothing_says_so() -> None:
    assert texts(take(View(""), MANILA)) == ["There is nothing to show yet."]


async def test_discord_py_keeps_nothing_of_a_message_in_memory() -> None:
    layout = draw(View("Plan", (Buttons((Button("Go", GO),)),)), MANILA)

    assert layout.is_finished()
    assert layout.timeout is None


# What a person typed


def everything(evil: str) -> View:
    button = Button(evil or "Go", Press("go", (evil[:20],)))
    link = Link("https://example.org/a_(b)", evil)
    spans = (evil, Bold(evil), Mention(f"U{evil}", evil), link, evil, When(NINE), evil, Mention("42", evil), evil)
    body = (
        Heading(evil), Text(spans), Small(spans), Small((evil, Bold("b"), evil)), Facts(((evil, spans),)),
        Bullets((spans,)), Bullets((spans,), 0), Card(evil, (spans,), (button,)), Buttons((button,)),
        Select(evil, Press("go"), (Option("1", evil or "One", evil),), "1"), Attachment("a.txt", "", evil, evil),
    )  # fmt: skip
    return View(evil, body)


OURS = {"heading", "small", "list", "bold", "link", "moment", "user"}


@given(EVIL)
def test_what_somebody_typed_is_never_markup(evil: str) -> None:
    for page in fit(everything(evil), DISCORD):
        readings = [read(text) for text in texts(take(page, MANILA))]
        active = [one for reading in readings for one in reading.active]

        assert {kind for kind, _held in active} <= OURS
        assert {held for kind, held in active if kind == "link"} <= {"https://example.org/a_(b)"}
        assert {held for kind, held in active if kind == "user"} <= {"42"}
        assert {held for kind, held in active if kind == "moment"} <= {f"{NINE.timestamp():.0f}:F"}
        assert max(len(reading.of("heading")) for reading in readings) <= 1


@given(EVIL)
def test_nobody_is_told_because_somebody_typed_a_name(evil: str) -> None:
    view = View(evil, (Text((evil, Bold(evil), Mention(f"U{evil}", "Ben"))), Heading(evil)))

    assert dict(mentions(view).to_dict()) == {"parse": []}


def test_who_is_mentioned_is_told() -> None:
    ben, ana = Mention("90071992547409931", "Ben"), Mention("42", "Ana")
    view = View("", (Text((ben, " and ", Mention("U012", "Cy"))), Facts((("By", (ana,)),)), Card("x", ((ben,),))))

    assert dict(mentions(view).to_dict()) == {"parse": [], "users": [90071992547409931, 42]}
    assert content(*view.body[:1]) == "<@90071992547409931> and @Cy"


def test_at_most_a_hundred_people_are_told_at_once() -> None:
    crowd = View("", (Text(tuple(Mention(str(n), "Ben") for n in range(1, 200))),))

    assert len(mentions(crowd).to_dict()["users"]) == 100


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org", "mailto:a@example.org",
            "https://example.org/a b", "https://example.org/<a>", "https://example.org/\\"],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str) -> None:
    reading = read(content(Text((Link(url, "here"),))))

    assert (reading.text, reading.active) == (f"here ({url})", [])


def test_a_link_keeps_its_words() -> None:
    assert (
        content(Text((Link("https://example.org/a_b", "her\n*page*"),))) == r"[her \*page\*](https://example.org/a_b)"
    )


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        (Link("https://example.org", ""), "<https://example.org>"),
        (Link("https://example.org", "https://example.org"), "<https://example.org>"),
        (Link("https://example.org", "see http://x"), r"see http\://x (<https://example.org>)"),
        (Link("https://example.org/(a", "here"), "here (<https://example.org/(a>)"),
    ],
)
def test_a_link_that_discord_takes_no_label_for_is_still_one(link: Link, shown: str) -> None:
    assert content(Text((link,))) == shown
    assert read(shown).of("link") == [link.url]


# Each element


def test_titles_and_headings_are_one_line() -> None:
    assert texts(take(View("Hello\n# *Ben*", (Heading("a\nb"),)), MANILA)) == [r"## Hello # \*Ben\*", "### a b"]


def test_bold_words_stay_bold_on_each_line_and_beside_each_other() -> None:
    assert content(Text((Bold("one \n\ntwo"), Bold(" x"), " *"))) == "**one** \n\n**two x** \\*"


def test_a_moment_is_shown_by_the_device() -> None:
    shown = content(Text((When(NINE), " ", When(NINE, Moment.DAY), " ", When(NINE, Moment.HOUR))))

    assert shown == "<t:1796691600:F> <t:1796691600:D> <t:1796691600:t>"


def test_each_quiet_line_is_small() -> None:
    assert content(Small(("You get this ", Bold("daily"), ".\n\n  - Change"))) == (
        "-# You get this **daily**.\n\n-# \\- Change"
    )


@pytest.mark.parametrize(
    ("start", "shown"), [(None, "- a\n- b"), (1, "1. a\n2. b"), (9, "9. a\n10. b"), (-1, "-1. a\n0\\. b")]
)
def test_a_list_goes_on_where_it_should(start: int | None, shown: str) -> None:
    assert content(Bullets((("a",), ("b",)), start)) == shown


def test_an_item_of_several_lines_stays_one_item() -> None:
    reading = read(content(Bullets((("a\n- b",), ("",)))))

    assert len(reading.of("list")) == 2
    assert reading.text == "a\n  - b\n\u200b"


def test_facts_have_their_names_in_bold() -> None:
    rows = (("Place", ("Manila",)), ("Field", (Bold("Nursing"), "\n- x")), ("", ("- y",)))

    assert content(Facts(rows)) == "**Place:** Manila\n**Field:** **Nursing**\n\\- x\n\\- y"


def test_a_card_is_a_frame_with_its_buttons_inside() -> None:
    frame = only(View("", (Card("Maria", (("Nurse",), (), ("Free to ask",)), (Button("Ask", GO),)),)))

    assert frame["type"] == 17
    assert frame["components"][0]["content"] == "**Maria**\nNurse\nFree to ask"
    assert [button["label"] for button in frame["components"][1]["components"]] == ["Ask"]


def test_buttons_look_like_what_they_do() -> None:
    buttons = only(View("", (Buttons(tuple(Button(f"*{tone}*", GO, tone) for tone in Tone)),)))["components"]

    assert [(button["label"], button["style"]) for button in buttons] == [
        ("*plain*", 2),
        ("*primary*", 1),
        ("*danger*", 4),
    ]


def test_a_menu_says_its_label_until_something_is_chosen() -> None:
    options = (Option("1", "One", "the first"), Option("2", "Two"), Option("2", "Too"))
    row = only(View("", (Select("Which\n_one_?", GO, options),)))
    text, chosen = take(View("", (Select("Which\n_one_?", GO, options, "2"),)), MANILA)

    assert row["components"][0]["placeholder"] == "Which _one_?"
    assert row["components"][0]["options"][0]["description"] == "the first"
    assert text["content"] == r"Which \_one\_?"
    assert [one["default"] for one in chosen["components"][0]["options"]] == [False, True, False]


def test_a_menu_without_a_label_is_still_a_menu() -> None:
    assert "placeholder" not in only(View("", (Select(" ", GO, (Option("1", "One"),), "9"),)))["components"][0]


# Files


def test_a_file_stands_below_its_words() -> None:
    page = View("", (Attachment("plan.txt", "text/plain", "Grüße", "Your *plan*"),))
    text, file = take(page, MANILA)
    (sent,) = files(page)

    assert (text["content"], file["file"]["url"]) == (r"Your \*plan\*", "attachment://plan.txt")
    assert (sent.filename, sent.fp.read().decode()) == ("plan.txt", "Grüße")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("plan.txt", "plan.txt"),
        ("Ana María: plan/2.ics", "Ana_Maria_plan_2.ics"),
        ("SPOILER_SPOILER_a.txt", "a.txt"),
        ("../../.env", "env"),
        ("计划", "file.txt"),
    ],
)
def test_a_file_has_a_name_that_discord_leaves_alone(name: str, safe: str) -> None:
    page = View("", (Attachment(name, "text/plain", "x", ""),))

    assert [file.filename for file in files(page)] == [safe]
    assert only(page)["file"]["url"] == f"attachment://{safe}"


def test_two_files_of_one_name_stay_two() -> None:
    page = View("", (Attachment("a.txt", "", "1", ""), Attachment("a.txt", "", "2", ""), Attachment("b", "", "3", "")))

    assert [part["file"]["url"][13:] for part in take(page, MANILA)] == ["a.txt", "a-2.txt", "b"]
    assert [file.fp.read() for file in files(page)] == [b"1", b"2", b"3"]
