"""What people see in Slack: every view within Slack's rules, every word said, and whatever was typed only words."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.drawing.blocks import Pen, draw, draw_home, draw_window
from adapters.slack.drawing.words import typed
from bot.talk.fit import fit
from bot.talk.limits import SLACK
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
from tests.slack.platform.words import words_of
from tests.slack.taken import inside, take, take_view
from tests.strategies import views, words

MANILA = Pen(ZoneInfo("Asia/Manila"))
GO = Press("plan edit", ("12",))
NINE = datetime(2026, 12, 8, 1, tzinfo=UTC)
EVIL = (
    st.sampled_from(
        (
            "*x*", "_x_", "~x~", "`x`", "```x```", "> x", "&gt; x", "a\n> x", ":smile:", "<!channel>", "<@U1>", "<#C1>",
            "<https://example.org|x>", "&", "&amp;", "@here", "*", " *x* ", "12:30:45", "|", "<!date^1^{date}|x>", "",
        )
    )
    | words(3)
)  # fmt: skip


def line_of(*some: Any) -> View:
    return View("", (Small(some),))


def only(view: View, pen: Pen = MANILA) -> dict[str, Any]:
    (block,) = take(draw(view, pen)).blocks
    return block


# Slack's rules


@given(views(), st.sampled_from((1, 8)))
def test_slack_takes_every_page_of_every_view(view: View, times: int) -> None:
    said = View(view.title, view.body * times, view.is_private)
    pages = fit(said, SLACK)

    for page in pages:
        if own_words(page) <= SPARE:
            take(draw(page, MANILA))
        take_view(draw_window(page, MANILA, metadata="{}"))
    take_view(draw_home(pages, MANILA))


SPARE = 1_000
"""Characters of a message that `fit` leaves for what Askwell itself adds: questions, placeholders, where a file is."""


def own_words(page: View) -> int:
    """Return about how many that are. Only a view that nobody would write, with 15 files or 20 buttons that take
    something away, has more, and only where it fills the message to the brim would Slack mind."""
    kinds = [part for element in page.body for part in (element, *getattr(element, "buttons", ()))]
    dangers = sum(isinstance(part, Button) and part.tone is Tone.DANGER for part in kinds)
    files = sum(isinstance(part, Attachment) for part in kinds)
    return 55 * dangers + 65 * files + 10 * sum(isinstance(part, Select) for part in kinds)


@given(views())
def test_a_message_says_every_word_of_its_view(view: View) -> None:
    for page in fit(view, SLACK):
        text = letters(typed(draw(page, MANILA).text))

        assert [word for word in words_in(page) if letters(word) not in text] == []


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
        case Attachment(name, words=said):
            yield from (name, said)


def _spans(some: Spans) -> Iterator[str]:
    for span in some:
        match span:
            case str(text) | Bold(text):
                yield text
            case Mention(_, name):
                yield f"@{name}"
            case Link(url, label):
                yield from (url, label)
            case When(at):
                yield f"{at.astimezone(MANILA.zone):%Y}" if span.show is not Moment.HOUR else "(Manila time)"


def _labels(buttons: tuple[Button, ...]) -> list[str]:
    return [f"[{button.label}]" for button in buttons]


@given(views())
def test_the_blocks_say_as_much_as_the_words(view: View) -> None:
    for page in fit(view, SLACK):
        parts = [part["text"] for part in inside(draw(page, MANILA).blocks) if isinstance(part.get("text"), str)]
        shown = letters("".join(parts))

        assert [word for word in headlines(page) if letters(word) not in shown] == []


def headlines(page: View) -> list[str]:
    names = [element.title for element in page.body if isinstance(element, Card)]
    return [page.title, *names, *(element.text for element in page.body if isinstance(element, Heading))]


def test_a_message_without_words_still_has_a_name() -> None:
    assert take(draw(View(""), MANILA)).text == "Askwell"


# What a person typed


def everything(evil: str) -> View:
    button = Button(evil or "Go", Press("go", (evil[:60],)))
    spans = (evil, Bold(evil), Mention(evil, evil), Link("https://example.org/" + evil.replace(" ", ""), evil), evil)
    body = (
        Heading(evil), Text(spans), Small(spans), Small((evil, When(NINE), evil)), Small((evil, Bold("b"), evil)),
        Facts(((evil, spans),)), Bullets((spans,)), Card(evil, (spans,), (button,)), Buttons((button,)),
        Select(evil, Press("go"), (Option("1", evil or "One", evil),)), Attachment(evil, "text/plain", evil, evil),
    )  # fmt: skip
    return View(evil, body)


_OURS = re.compile(
    r"<!date\^\d+\^[^|<>]+\|[^<>|]+>|<@[UW][A-Z0-9]+>|<(?:https?://|mailto:)[^<>|\s]+(?:\|[^<>\n*_~`]*)?>"
)
_STRONG = re.compile(r"(?<![\w*])\*([^*_~`<>\s]|[^*_~`<>\s][^*_~`<>\n]*[^*_~`<>\s])\*(?![\w*])")
_ACTIVE = re.compile(r"[*_~`<>]|&(?!amp;|lt;|gt;)|:[^\s:]+:|^\s*&gt;", re.MULTILINE)


@given(EVIL)
def test_what_somebody_typed_is_never_markup(evil: str) -> None:
    for page in fit(everything(evil), SLACK):
        for part in inside(take(draw(page, MANILA)).blocks):
            if part.get("type") == "mrkdwn":
                assert part["verbatim"] is True
                assert _ACTIVE.search(_STRONG.sub("\x00", _OURS.sub("\x00", part["text"]))) is None
            if part.get("type") == "plain_text":
                assert part["emoji"] is False


@given(EVIL)
def test_nobody_is_mentioned_by_typing(evil: str) -> None:
    page = View("", (Text((evil, Bold(evil), Link("https://example.org", evil), Mention(evil, "Ben"))), Small((evil,))))
    drawn = draw(page, MANILA)

    assert {part.get("type") for part in inside(drawn.blocks)} & {"user", "usergroup", "broadcast", "channel"} == set()
    assert "<" not in drawn.text


def test_a_person_is_mentioned_only_where_slack_knows_them() -> None:
    block = only(View("", (Text((Mention("U012ABC", "Ben"), " and ", Mention("90071992547409931", "Ana"))),)))

    assert block["elements"][0]["elements"] == [
        {"type": "user", "user_id": "U012ABC"}, {"type": "text", "text": " and "}, {"type": "text", "text": "@Ana"},
    ]  # fmt: skip


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org"])
def test_only_web_and_mail_addresses_become_links(url: str) -> None:
    view = View("", (Text((Link(url, "here"),)), Small((Link(url, "here"),))))
    parts = inside(take(draw(view, MANILA)).blocks)

    assert [part for part in parts if part.get("type") in {"link", "mrkdwn"}] == []
    assert [part["text"] for part in parts if isinstance(part.get("text"), str)] == [f"here ({url})"] * 2


def test_a_link_keeps_its_words() -> None:
    (block,) = draw(
        View("", (Text((Link("mailto:a@example.org", "write\nto her"), Link("https://a.example.org", ""))),)), MANILA
    ).blocks

    assert block["elements"][0]["elements"] == [
        {"type": "link", "url": "mailto:a@example.org", "text": "write to her"},
        {"type": "link", "url": "https://a.example.org"},
    ]


# Each element


def test_a_title_is_a_heading_of_one_line() -> None:
    assert only(View("Hello\n:smile: *Ben*")) == {
        "type": "header", "text": {"type": "plain_text", "text": "Hello :smile: *Ben*", "emoji": False},
    }  # fmt: skip


def test_bold_words_stay_bold_on_each_line() -> None:
    (part,) = only(View("", (Text((Bold("one\ntwo"),)),)))["elements"][0]["elements"]

    assert part == {"type": "text", "text": "one\ntwo", "style": {"bold": True}}


def test_a_moment_is_shown_by_the_device_and_falls_back_to_words() -> None:
    view = View("", (Text((When(NINE), When(NINE, Moment.DAY), When(NINE, Moment.HOUR))),))
    moments = only(view)["elements"][0]["elements"]

    assert [(part["timestamp"], part["format"], part["fallback"]) for part in moments] == [
        (1796691600, "{date_long_pretty} at {time}", "Tuesday 8 December 2026, 9:00 (Manila time)"),
        (1796691600, "{date_long_pretty}", "Tuesday 8 December 2026 (Manila time)"),
        (1796691600, "{time}", "9:00 (Manila time)"),
    ]


def test_where_nobody_reads_alone_moments_are_also_told_in_utc() -> None:
    view = View("", (Text((When(NINE),)),))

    assert draw(view, Pen(ZoneInfo("UTC"))).text == "Tuesday 8 December 2026, 1:00 (UTC)"


@pytest.mark.parametrize(
    ("start", "shown"), [(None, "- a\n- b"), (1, "1. a\n2. b"), (9, "9. a\n10. b"), (-1, "-1. a\n0. b")]
)
def test_a_list_goes_on_where_it_should(start: int | None, shown: str) -> None:
    drawn = take(draw(View("", (Bullets((("a",), ("b",)), start),)), MANILA))

    assert words_of(drawn.blocks) == shown
    assert drawn.text == shown


def test_facts_have_their_names_in_bold() -> None:
    block = only(View("", (Facts((("Place", ("Manila",)), ("Field", ("Nursing",)))),)))

    assert words_of([block]) == "Place: Manila\nField: Nursing"
    assert [part["text"] for part in inside(block) if "style" in part] == ["Place: ", "Field: "]


def test_cards_stand_apart_from_what_follows() -> None:
    card = Card("Maria", (("Nurse",), ("Free to ask",)), (Button("Ask", GO),))
    drawn = take(draw(View("Board", (card, card, Buttons((Button("More", GO),)))), MANILA))

    kinds = [block["type"] for block in drawn.blocks]
    assert kinds == ["header", *("rich_text", "actions", "divider") * 2, "actions"]
    assert words_of(drawn.blocks[1:2]) == "Maria\nNurse\nFree to ask"


def test_a_card_at_the_end_has_no_line_below_it() -> None:
    drawn = take(draw(View("", (Card("Maria"),)), MANILA))

    assert [block["type"] for block in drawn.blocks] == ["rich_text"]


def test_a_dangerous_button_asks_first() -> None:
    buttons = tuple(Button(f"{tone} <b>", GO, tone) for tone in Tone)
    plain, primary, danger = only(View("", (Buttons(buttons),)))["elements"]

    assert ("style" in plain, primary["style"], danger["style"]) == (False, "primary", "danger")
    assert ("confirm" in plain, "confirm" in primary) == (False, False)
    assert danger["confirm"]["title"]["text"] == "Are you sure?"


def test_a_menu_stands_beside_its_label_with_what_is_chosen() -> None:
    menu = Select("Which one?", GO, (Option("1", "One", "the first"), Option("2", "Two")), "2")
    block = only(View("", (menu,)))

    assert (block["type"], block["block_id"], block["text"]["text"]) == ("section", "0|plan edit|12", "Which one?")
    assert block["accessory"]["initial_option"] == block["accessory"]["options"][1]
    assert block["accessory"]["options"][0]["description"]["text"] == "the first"


def test_a_menu_without_a_label_is_still_a_menu() -> None:
    assert only(View("", (Select(" ", GO, (Option("1", "One"),), "9"),)))["type"] == "actions"


def test_a_file_is_said_to_be_in_the_direct_messages() -> None:
    block = only(View("", (Attachment("plan.txt", "text/plain", "secret content", "Your plan"),)))

    assert words_of([block]) == "plan.txt\nYour plan\nThe file is in your direct messages with me."
    assert (
        "secret content" not in draw(View("", (Attachment("a.txt", "text/plain", "secret content", "x"),)), MANILA).text
    )


# Quiet lines


def test_a_quiet_line_is_one_small_piece() -> None:
    block = only(
        line_of("Your hold ends ", When(NINE), ", ", Bold("Ben"), ". ", Link("https://example.org/?a=1&b=2", "R&D"))
    )

    date = "<!date^1796691600^{date_long_pretty} at {time}|Tuesday 8 December 2026, 9:00 (Manila time)>"
    assert block == {
        "type": "context",
        "elements": [
            {
                "type": "mrkdwn",
                "text": f"Your hold ends {date}, *Ben*. <https://example.org/?a=1&amp;b=2|R&amp;D>",
                "verbatim": True,
            }
        ],
    }


def test_a_quiet_line_of_words_alone_is_literal() -> None:
    assert only(line_of("*a* ", Mention("x", "_b_"))) == {
        "type": "context", "elements": [{"type": "plain_text", "text": "*a* @_b_", "emoji": False}],
    }  # fmt: skip


def test_a_quiet_line_with_typed_marks_comes_in_pieces() -> None:
    block = only(line_of("*Ana* wrote ", When(NINE, Moment.DAY), " to :you:"))

    assert [part["type"] for part in block["elements"]] == ["plain_text", "mrkdwn", "plain_text"]


@pytest.mark.parametrize(
    "some",
    [
        (Bold("*a*"), " b"),
        (Link("https://example.org", ":smile:"), " b"),
        ("*a*\n", When(NINE)),
        ("*", *(part for _i in range(6) for part in (When(NINE), "*"))),
        ("long", Bold("er"), "*"[:0], When(NINE), "\n> a"),
    ],
)
def test_a_quiet_line_that_cannot_be_small_is_still_literal(some: Spans) -> None:
    assert only(View("", (Small(some),)))["type"] == "rich_text"


# The Home tab and windows


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_the_home_tab_that_is_too_small_says_where_the_rest_is(most: int) -> None:
    talks: list[Element] = []
    for n in range(120):
        talks += [Heading(f"Talk {n}"), *[Text(("x",))] * (n % most + 1)]
    view = take_view(draw_home(fit(View("Talks", tuple(talks)), SLACK), MANILA))

    assert 95 < len(view["blocks"]) <= 100
    assert "/career home" in view["blocks"][-1]["text"]["text"]
    assert view["blocks"][-2]["type"] == "rich_text"


def test_the_home_tab_shows_all_that_fits() -> None:
    pages = fit(View("Talks", tuple(Text((f"Talk {n}",)) for n in range(80))), SLACK)
    shown = words_of(take_view(draw_home(pages, MANILA)))

    assert [n for n in range(80) if f"Talk {n}" not in shown] == []
    assert "/career home" not in shown


def test_the_home_tab_keeps_to_its_size() -> None:
    menu = Select("x", GO, tuple(Option("v" * 140 + str(n), "x") for n in range(100)))
    pages = (View("Talks", (menu,) * 12),)

    assert "/career home" in words_of(take_view(draw_home(pages, MANILA)))


def test_an_empty_home_tab_says_so() -> None:
    assert words_of(take_view(draw_home((), MANILA))) == "There is nothing to show yet."


def test_a_window_has_a_short_title_and_says_the_long_one_inside() -> None:
    long = "What you told me about yourself"
    window = take_view(draw_window(View(long, (Text(("x",)),)), MANILA, metadata="m"))

    assert window["title"]["text"] == "What you told me about…"
    assert window["blocks"][0]["text"]["text"] == long
    assert (window["private_metadata"], window["close"]["text"]) == ("m", "Close")


def test_a_window_does_not_say_a_short_title_twice() -> None:
    window = take_view(draw_window(View("Plan", (Text(("x",)),)), MANILA, metadata=""))

    assert [block["type"] for block in window["blocks"]] == ["rich_text"]
    assert take_view(draw_window(View(""), MANILA, metadata=""))["title"]["text"] == "Askwell"
