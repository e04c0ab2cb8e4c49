"""Fitting: every page keeps to every limit, nothing is lost, and what fits already is left alone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import accumulate, pairwise
from typing import Any, assert_never

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.talk.check import is_nothing, violations
from bot.talk.cut import cut, shorten
from bot.talk.fit import fit
from bot.talk.fits import fits
from bot.talk.limits import DISCORD, PLATFORMS, PLAYGROUND, SLACK, Limits
from bot.talk.size import Size, size, width
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
    Span,
    Spans,
    Text,
    Tone,
    View,
    When,
    plain,
)
from tests.strategies import ELEMENTS, small_limits, spans, views, words

GO = Press("plan edit", ("12",))
NOON = datetime(2026, 12, 8, 12, tzinfo=UTC)
LETTERS = (
    "a",
    "\u6f22",
    "e\u0301",
    "\U0001f469\u200d\U0001f52c",
    "\U0001f44d\U0001f3fd",
    "\U0001f1f5\U0001f1ed",
    "\u2764\ufe0f",
)
ANY_LIMITS = small_limits() | st.sampled_from(PLATFORMS)
every_view = given(views(), st.sampled_from((1, 8)), ANY_LIMITS)
"""Views as they are, and said many times over, so that the real platforms need pages for them too."""


# What must survive


def tokens(some: Spans) -> list[object]:
    """Return each character that is not space, with its weight or its link, and each mention and moment."""
    return [token for span in some for token in span_tokens(span)]


def span_tokens(span: Span) -> list[object]:
    match span:
        case str():
            return list("".join(span.split()))
        case Bold(text):
            return [Bold(c) for c in "".join(text.split())]
        case Link(url, label):
            return [Link(url, c) for c in "".join(label.split())] or [Link(url, "")]
        case Mention() | When():
            return [span]
        case _:
            assert_never(span)


def said(element: Element) -> list[Spans]:
    """Return the words of *element* that are never shortened, one tuple for each run of text."""
    match element:
        case Text(some) | Small(some):
            return [some]
        case Facts(rows):
            return [(Bold(name), *value) for name, value in rows]
        case Bullets(items):
            return list(items)
        case Card(lines=lines):
            return list(lines)
        case Heading() | Buttons() | Select() | Attachment():
            return []
        case _:
            assert_never(element)


def labels(element: Element) -> list[str]:
    """Return the words of *element* that may be shortened, if they are said in full somewhere."""
    match element:
        case Heading(text):
            return [text]
        case Card(title, _, buttons):
            return [title, *(button.label for button in buttons)]
        case Buttons(buttons):
            return [button.label for button in buttons]
        case Select(label, _, options):
            return [label, *(words for option in options for words in (option.label, option.hint))]
        case Attachment(words=words):
            return [words]
        case Text() | Small() | Facts() | Bullets():
            return []
        case _:
            assert_never(element)


def unnumbered(label: str) -> str:
    return re.sub(r" ?\(\d+ of \d+\)$", "", label).strip()


def body_of(pages: Sequence[View]) -> list[Element]:
    return [element for page in pages for element in page.body]


class Tape:
    """All that is said on some pages, to look for words that must stand there without a gap."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self._codes: dict[object, str] = {}
        self._tape = self._write(token for element in elements for some in said(element) for token in tokens(some))

    def find(self, some: Spans, start: int = 0) -> int:
        """Return where *some* ends, from *start* on; -1 when something of it is missing or stands elsewhere."""
        words = self._write(tokens(some))
        at = self._tape.find(words, start)
        return at if at < 0 else at + len(words)

    def _write(self, some: Iterable[object]) -> str:
        return "".join(self._codes.setdefault(token, chr(0x10000 + len(self._codes))) for token in some)


def buttons_of(elements: Sequence[Element]) -> list[tuple[Press, Tone]]:
    rows = (element.buttons for element in elements if isinstance(element, Card | Buttons))
    return [(button.press, button.tone) for row in rows for button in row]


def options_of(elements: Sequence[Element]) -> list[tuple[Press, str]]:
    menus = (element for element in elements if isinstance(element, Select))
    return [(menu.press, option.value) for menu in menus for option in menu.options]


def files_of(elements: Sequence[Element]) -> list[tuple[str, str, str]]:
    return [(one.name, one.media_type, one.content) for one in elements if isinstance(one, Attachment)]


# Rules for every view


@every_view
def test_every_page_keeps_to_every_limit_and_is_then_left_as_it_is(view: View, times: int, limits: Limits) -> None:
    view = replace(view, body=view.body * times)

    pages = fit(view, limits)

    assert [sentence for page in pages for sentence in violations(page, limits)] == []
    assert [again for page in pages for again in fit(page, limits)] == list(pages)
    assert all(fit(page, limits)[0] is page for page in pages)


@every_view
def test_no_word_is_lost_or_moved(view: View, times: int, limits: Limits) -> None:
    view = replace(view, body=view.body * times)
    tape = Tape(body_of(fit(view, limits)))

    end = 0
    for element in view.body:
        for some in said(element):
            end = tape.find(some, end)
            assert end >= 0, some


@every_view
def test_what_is_shortened_is_said_in_full(view: View, times: int, limits: Limits) -> None:
    view = replace(view, body=view.body * times)
    pages = fit(view, limits)

    body = body_of(pages)
    tape = Tape(body)
    shown = {unnumbered(label) for element in body for label in labels(element)} | {pages[0].title.strip()}
    for label in (view.title, *(label for element in view.body for label in labels(element))):
        assert label.strip() in shown or tape.find((label,)) >= 0, label


@every_view
def test_every_button_option_and_file_is_there_once_and_in_order(view: View, times: int, limits: Limits) -> None:
    view = replace(view, body=view.body * times)
    body = body_of(fit(view, limits))

    assert buttons_of(body) == buttons_of(view.body)
    assert options_of(body) == options_of(view.body)
    assert files_of(body) == files_of(view.body)


@given(st.lists(ELEMENTS.filter(lambda element: not labels(element)), max_size=8).map(tuple), ANY_LIMITS)
def test_nothing_is_said_twice_or_made_up(body: tuple[Element, ...], limits: Limits) -> None:
    pages = fit(View("Plan", body), limits)

    every = [token for element in body for some in said(element) for token in tokens(some)]
    assert [token for element in body_of(pages) for some in said(element) for token in tokens(some)] == every


@every_view
def test_buttons_stay_with_the_text_above_and_headings_with_what_is_below(
    view: View, times: int, limits: Limits
) -> None:
    view = replace(view, body=view.body * times)

    pages = fit(view, limits)

    for last, (first, *others) in ((before.body[-1], after.body) for before, after in pairwise(pages)):
        assert not (isinstance(last, Text) and isinstance(first, Buttons))
        has_a_menu = isinstance(others[0] if others else first, Select)
        assert not isinstance(last, Heading) or isinstance(first, Heading) or has_a_menu


# Cutting


@given(words(40), st.integers(30, 80), st.sampled_from(PLATFORMS), st.integers(0, 4))
def test_only_space_is_left_out_where_words_are_cut(text: str, room: int, limits: Limits, line: int) -> None:
    pieces = cut((text,), room, limits, line)

    at = 0
    for piece in map(plain, pieces):
        start = text.index(piece, at)
        assert not text[at:start].strip()
        assert limits.measure(piece) + line * piece.count("\n") <= room
        at = start + len(piece)
    assert not text[at:].strip()


@given(spans(12), st.integers(150, 200), st.sampled_from(PLATFORMS))
def test_every_piece_is_as_wide_as_allowed_and_says_the_same(some: Spans, room: int, limits: Limits) -> None:
    pieces = cut(some, room, limits)

    assert [token for piece in pieces for token in tokens(piece)] == tokens(some)
    assert all(width(piece, limits) <= room for piece in pieces)


@given(st.lists(st.sampled_from(LETTERS), min_size=20, max_size=60), st.integers(16, 40), st.sampled_from(PLATFORMS))
def test_a_letter_keeps_its_accents_and_an_emoji_its_parts(letters: list[str], room: int, limits: Limits) -> None:
    pieces = cut(("".join(letters),), room, limits)

    assert set(accumulate(len(plain(piece)) for piece in pieces)) <= set(accumulate(map(len, letters), initial=0))


def test_a_letter_wider_than_a_piece_is_cut_all_the_same() -> None:
    pieces = cut(("e" + "\u0301" * 100,), 30, PLAYGROUND)

    assert [len(plain(piece)) for piece in pieces] == [30, 30, 30, 11]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("A first paragraph.\n\nAnd. More\nthan that", "A first paragraph."),
        ("A first line that is long\nA second. And more than fits", "A first line that is long"),
        ("Here is a sentence. Here is another that is longer", "Here is a sentence."),
        ("Words without any end and without any rest whatever", "Words without any end and"),
        ("ab " + "x" * 60, "ab"),
        ("x" * 60, "x" * 30),
        ("\u6f22\u5b57" * 10 + "\u3002" + "\u6f22\u5b57" * 10, "\u6f22\u5b57" * 10 + "\u3002"),
    ],
)
def test_the_best_place_is_chosen(text: str, first: str) -> None:
    pieces = cut((text,), 30, PLAYGROUND)

    assert plain(pieces[0]) == first


def test_bold_words_stay_bold_and_a_link_leads_on() -> None:
    some = (Bold("aaa " * 20), Link("https://example.org", "bbb " * 40))

    pieces = cut(some, 80, SLACK)

    assert {type(span) for piece in pieces for span in piece} == {Bold, Link}
    assert len(pieces) > 3


def test_a_link_goes_to_the_next_piece_whole() -> None:
    link = Link("https://example.org", "the career office of the college")

    assert cut(("word " * 12, link), 80, PLAYGROUND)[-1] == (link,)


def test_an_address_longer_than_a_paragraph_is_said_in_words() -> None:
    url = "https://example.org/" + "a" * 5_000

    pages = fit(View("Plan", (Text((Link(url, "the page"),)),)), SLACK)

    assert tokens(tuple(span for one in body_of(pages) for some in said(one) for span in some)) == list(
        f"thepage({url})"
    )


def test_a_long_label_of_a_long_address_is_said_in_words_too() -> None:
    link = Link("https://example.org/" + "a" * 40, "b" * 60)

    assert cut((link,), 80, PLAYGROUND) == (("b" * 60,), (f"({link.url})",))


def test_a_link_without_words_is_not_lost_when_it_is_cut() -> None:
    assert cut((Link("https://example.org", " " * 100),), 80, PLAYGROUND)[-1] == ("(https://example.org)",)


def test_bold_lines_are_marked_one_by_one() -> None:
    pieces = cut((Bold("a\n" * 20),), 30, SLACK)

    assert [width(piece, SLACK) for piece in pieces] == [27, 27, 23]


def test_an_accent_that_stands_alone_on_a_line_belongs_to_nothing() -> None:
    pieces = cut(("\n\u0301" * 10,), 30, SLACK, 8)

    assert max(len(plain(piece)) + 8 * plain(piece).count("\n") for piece in pieces) <= 30


def test_room_for_nothing_still_comes_to_an_end() -> None:
    assert cut(("&&",), 3, SLACK) == (("&",), ("&",))


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Nurse at St. Example", "Nurse at St. Example"),
        (" Nurse at St. Example ", "Nurse at St. Example"),
        ("Nurse at St. Example Hospital", "Nurse at St.…"),
        ("Why? And: what do nurses do here", "Why? And: what do…"),
        ("x" * 30, "x" * 19 + "…"),
    ],
)
def test_a_short_form_keeps_as_many_words_as_it_can(text: str, short: str) -> None:
    assert shorten(text, 20, PLAYGROUND) == short


@given(words(40), st.integers(8, 40), st.sampled_from(PLATFORMS))
def test_a_short_form_fits_and_says_that_it_is_one(text: str, room: int, limits: Limits) -> None:
    short = shorten(text, room, limits)

    assert limits.measure(short) <= room
    assert short.strip() == text.strip() or text.strip().startswith(short.removesuffix("…"))


# The quick look that most views pass


@every_view
def test_the_quick_look_sees_what_the_sentences_say(view: View, times: int, limits: Limits) -> None:
    view = replace(view, body=view.body * times)

    for some in (view, *fit(view, limits)):
        assert fits(some, limits) is (violations(some, limits) == [])


@pytest.mark.parametrize(
    "number",
    [
        "blocks", "parts", "total", "title", "heading", "text", "label", "row", "options", "option_label",
        "option_hint", "option_value", "facts", "fact", "press", "attachment",
    ],
)  # fmt: skip
@given(views(2), st.integers(0, 60))
def test_the_quick_look_sees_each_limit(number: str, view: View, most: int) -> None:
    view = replace(view, body=tuple(element for element in view.body if not is_nothing(element)))
    tight: dict[str, Any] = {number: most}
    limits = replace(PLAYGROUND, **tight)

    assert fits(view, limits) is (violations(view, limits) == [])


# What an opponent would write


def test_one_word_of_ten_thousand_letters_goes_on_over_pages() -> None:
    pages = fit(View("Plan", (Text(("x" * 10_000,)),)), DISCORD)

    assert "".join(plain(some) for element in body_of(pages) for some in said(element)) == "x" * 10_000
    assert [page.title for page in pages] == ["Plan", "Plan (continued)", "Plan (continued)"]


def test_ampersands_count_as_slack_writes_them() -> None:
    pages = fit(View("Plan", (Text(("&" * 5_000,)),)), SLACK)

    lengths = [len(plain(text.spans)) * 5 for page in pages for text in page.body if isinstance(text, Text)]
    assert sum(lengths) == 25_000
    assert max(lengths) <= 3_000


def test_five_hundred_buttons_are_all_there() -> None:
    every = tuple(Button(f"Do {i}", Press("plan edit", (str(i),))) for i in range(500))

    for limits in PLATFORMS:
        assert buttons_of(body_of(fit(View("Plan", (Buttons(every),)), limits))) == [(b.press, b.tone) for b in every]


def test_a_thousand_options_become_numbered_menus() -> None:
    options = tuple(Option(str(i), f"Field {i}") for i in range(1_000))

    pages = fit(View("Plan", (Select("Which field?", GO, options, chosen="30"),)), DISCORD)

    menus = [menu for menu in body_of(pages) if isinstance(menu, Select)]
    assert [menu.label for menu in menus[:2]] == ["Which field? (1 of 40)", "Which field? (2 of 40)"]
    assert [menu.chosen for menu in menus[:3]] == [None, "30", None]
    assert options_of(menus) == [(GO, str(i)) for i in range(1_000)]


@pytest.mark.parametrize(
    "element",
    [
        Heading(" \n"),
        Text(()),
        Text(("", Bold(""), " " * 9_000)),
        Small(("\n",)),
        Facts(()),
        Facts(((" ", ()),)),
        Bullets(()),
        Bullets(((), ("",)), start=1),
        Card("", ((),)),
        Buttons(()),
        Select("", GO, ()),
    ],
)
def test_what_draws_nothing_is_left_out(element: Element) -> None:
    for limits in PLATFORMS:
        assert fit(View("Plan", (element, Text(("Hello",)))), limits) == (View("Plan", (Text(("Hello",)),)),)


def test_a_view_of_nothing_is_still_one_page() -> None:
    assert fit(View("Plan", (Text(()),)), SLACK) == (View("Plan"),)
    assert fit(View("Plan"), SLACK) == (View("Plan"),)


def test_a_view_without_a_title_goes_on_without_one() -> None:
    pages = fit(View("", (Text(("word " * 1_000,)),)), DISCORD)

    assert [page.title for page in pages] == ["", ""]


def test_a_long_title_still_says_that_it_goes_on() -> None:
    first, second = fit(View("word " * 51, (Text(("x" * 3_990,)),)), DISCORD)

    assert first.title == "word " * 51
    assert second.title == "word " * 47 + "word… (continued)"


@pytest.mark.parametrize(
    ("element", "limits"),
    [
        (Small(("x" * 2_999,)), SLACK),
        (Facts(((("Name"), ("x" * 1_900,)),) * 10), SLACK),
        (Card(" ", (("x" * 2_980,), *((),) * 10), (Button("Go", GO),)), SLACK),
        (Select("Which?", GO, (Option("1", "x" * 100, "y" * 100),) * 25), DISCORD),
    ],
)
def test_what_fits_in_each_part_but_not_together_is_split(element: Element, limits: Limits) -> None:
    pages = fit(View("Plan", (element,)), limits)

    assert len(body_of(pages)) > 1 or isinstance(element, Card)
    assert [sentence for page in pages for sentence in violations(page, limits)] == []


@pytest.mark.parametrize("length", [3_500, 3_580, 3_980, 4_000])
def test_a_paragraph_is_cut_so_that_heading_and_buttons_can_stay_with_it(length: int) -> None:
    row = Buttons((Button("Ask " * 20, GO),) * 5)

    pages = fit(View("Plan", (Heading("Questions " * 20), Text(("x" * length,)), row)), DISCORD)

    assert [type(element) for element in pages[0].body[:2]] == [Heading, Text]
    assert [type(element) for element in pages[-1].body[-2:]] == [Text, Buttons]


# How each element goes on


@pytest.mark.parametrize("is_private", [True, False])
@pytest.mark.parametrize("is_instead", [True, False])
def test_only_the_first_page_takes_the_place_of_a_message(is_private: bool, is_instead: bool) -> None:
    first, *others = fit(View("Plan", (Text(("word " * 3_000,)),), is_private, is_instead), DISCORD)

    assert first.is_instead == is_instead
    assert len(others) > 1
    assert not any(page.is_instead for page in others)
    assert all(page.is_private == is_private for page in (first, *others))


def test_a_numbered_list_goes_on_counting() -> None:
    items = tuple((f"{i} " + "word " * 100,) for i in range(1, 21))

    pages = fit(View("Plan", (Bullets(items, start=1),)), SLACK)

    lists = [element for element in body_of(pages) if isinstance(element, Bullets)]
    assert [one.start for one in lists] == [1, 6, 11, 16]
    assert sum((one.items for one in lists), ()) == items


def test_an_item_longer_than_a_list_goes_on_below_it() -> None:
    long = "word " * 1_000

    body = body_of(fit(View("Plan", (Bullets((("One",), (long,), ("Three",)), start=1),)), SLACK))

    assert [type(element) for element in body] == [Bullets, Bullets, Text, Bullets]
    assert [element.start for element in body if isinstance(element, Bullets)] == [1, 2, 3]


def test_a_fact_that_is_too_long_becomes_a_paragraph_under_its_name() -> None:
    rows = (("Organisation", ("Example Hospital",)), ("About", ("word " * 300,)), ("Place", ("Manila",)))

    (page,) = fit(View("Maria", (Facts(rows),)), DISCORD)

    assert page.body == (Facts(rows[:1]), Text((Bold("About"), "\n", "word " * 300)), Facts(rows[2:]))


def test_many_facts_become_several_lists() -> None:
    rows = tuple((f"Fact {i}", (str(i),)) for i in range(23))

    (page,) = fit(View("Maria", (Facts(rows),)), SLACK)

    assert page.body == (Facts(rows[:10]), Facts(rows[10:20]), Facts(rows[20:]))


def test_a_card_goes_on_under_its_own_title_and_keeps_its_buttons_last() -> None:
    lines = tuple((f"{i} " + "word " * 100,) for i in range(10))
    go = Button("I'd like to talk to them", GO)

    (page,) = fit(View("Board", (Card("Maria", lines, (go,)),)), SLACK)

    assert page.body == (Card("Maria", lines[:5]), Card("Maria", lines[5:], (go,)))


def test_a_long_label_is_said_in_full_above_its_button() -> None:
    label = "Talk to Maria, who looks after the nurses of three wards at the Example Hospital in Manila"

    (page,) = fit(View("Board", (Buttons((Button(label, GO),)),)), SLACK)

    short = "Talk to Maria, who looks after the nurses of three wards at the Example…"
    assert page.body == (Text((label,)), Buttons((Button(short, GO),)))


def test_a_long_title_and_heading_are_said_in_full_below() -> None:
    title = "word " * 60

    (page,) = fit(View(title, (Heading(title),)), SLACK)

    short = ("word " * 30).strip() + "…"
    assert page == View(short, (Text((title,)), Heading(short), Text((title,))))


def test_long_options_are_said_in_full_above_the_menu() -> None:
    long = "word " * 30

    (page,) = fit(View("Plan", (Select("Which?", GO, (Option("1", "One"), Option("2", "Two", long))),)), DISCORD)

    note, menu = page.body
    assert note == Text((f"Two\n{long}",))
    assert isinstance(menu, Select)
    assert DISCORD.measure(menu.options[1].hint) <= 100


def test_a_menu_without_options_is_only_its_words() -> None:
    assert fit(View("Plan", (Select("Which?", GO, ()),)), SLACK) == (View("Plan", (Text(("Which?",)),)),)


def test_buttons_without_words_are_drawn_all_the_same() -> None:
    (page,) = fit(View("Plan", (Card(" ", (), (Button("", GO),)),)), SLACK)

    assert page.body == (Buttons((Button("…", GO),)),)


def test_a_press_that_no_button_can_carry_is_our_bug() -> None:
    view = View("Plan", (Buttons((Button("Go", Press("plan edit", ("x" * 100,))),)),))

    with pytest.raises(ValueError, match="The press of 'plan edit' takes 110 characters, 87 are"):
        fit(view, DISCORD)


@pytest.mark.parametrize("limits", PLATFORMS, ids=lambda limits: limits.name)
def test_a_value_that_no_menu_gives_back_is_our_bug(limits: Limits) -> None:
    most, over = "x" * limits.option_value, "x" * (limits.option_value + 1)

    assert fit(View("", (Select("Which?", GO, (Option(most, "One"),)),)), limits)
    with pytest.raises(ValueError, match=f"The value of 'One' takes {len(over)} characters, {len(most)} are"):
        fit(View("", (Select("Which?", GO, (Option(over, "One"),)),)), limits)


def test_a_press_leaves_room_for_the_number_of_a_menu_on_slack() -> None:
    assert len(f"{SLACK.blocks * 2}|") + SLACK.press <= 255


def test_a_file_that_no_platform_takes_is_our_bug() -> None:
    view = View("Plan", (Attachment("plan.txt", "text/plain", "é" * 6_000_000, "Your plan"),))

    with pytest.raises(ValueError, match=r"The file 'plan.txt' takes 12000000 bytes"):
        fit(view, SLACK)


# Counting


@pytest.mark.parametrize(
    ("element", "taken"),
    [
        (Heading("Plan"), Size(1, 1, 8)),
        (Text(("a & b", Bold("c"))), Size(1, 1, 12)),
        (Small(("a\nb",)), Size(1, 1, 11)),
        (Facts((("Name", ("Ben",)),)), Size(1, 1, 13)),
        (Bullets((("a",), ("b",)), start=9), Size(1, 1, 14)),
        (Card("Ben", (("a",),)), Size(3, 2, 14)),
        (Card("Ben", (), (Button("Go", GO),)), Size(3, 4, 11)),
        (Buttons((Button("Go", GO), Button("No", GO))), Size(1, 3, 4)),
        (Select("Which?", GO, (Option("1", "One", "uno"),)), Size(1, 2, 12)),
        (Select("Which?", GO, (Option("1", "One", "uno"),), "1"), Size(1, 3, 12)),
        (Attachment("plan.txt", "text/plain", "Plan", "Your plan"), Size(1, 2, 13)),
    ],
)
def test_each_element_takes_what_the_table_says(element: Element, taken: Size) -> None:
    assert size(element, SLACK) == taken


def test_mentions_moments_and_links_count_at_their_worst() -> None:
    some = (Mention("U1", "Ben"), When(NOON, Moment.DAY), Link("https://example.org", "here"))

    assert width(some, SLACK) == 24 + 140 + (4 + 19 + 4)
    assert width(some, PLAYGROUND) == 4 + 0 + (19 + 4)


def test_bold_words_pay_for_the_marks_of_each_line() -> None:
    assert width((Bold("a\nb"),), SLACK) == 3 + 2 * 2


@pytest.mark.parametrize(
    ("element", "sentence"),
    [
        (Heading("x" * 151), "The text of Heading 1 takes 151 characters, 150 are allowed."),
        (Small(("x" * 2_997,)), "Small 1 takes 3001 characters, 3000 are allowed."),
        (Facts((("Name", ("Ben",)), (" ", ()))), "Facts 1 has an empty row."),
        (Facts((("Name", ("Ben",)),) * 11), "Facts 1 takes 11 rows, 10 are allowed."),
        (Facts((("Name", ("x" * 1_991,)),)), "A row of Facts 1 takes 2001 characters, 2000 are allowed."),
        (Bullets((("x" * 2_997,),)), "Bullets 1 takes 3001 characters, 3000 are allowed."),
        (Card(" ", ((),), (Button("Go", GO),)), "Card 1 has no words."),
        (Card("x" * 151), "The title of Card 1 takes 151 characters, 150 are allowed."),
        (Card("Ben", (("x" * 2_988,),)), "The text of Card 1 takes 3001 characters, 3000 are allowed."),
        (Card("Ben", (), (Button("Go", GO),) * 6), "Card 1 takes 6 buttons, 5 are allowed."),
        (Buttons((Button(" ", GO),)), "A label of Buttons 1 is empty."),
        (Buttons((Button("x" * 76, GO),)), "A label of Buttons 1 takes 76 characters, 75 are allowed."),
        (Select("Which?", GO, ()), "Select 1 has no options."),
        (Select("x" * 76, GO, (Option("1", "One"),)), "The label of Select 1 takes 76 characters, 75 are allowed."),
        (Select("", GO, (Option("1", ""),)), "An option of Select 1 is empty."),
        (Select("", GO, (Option("1", "x" * 76),)), "An option of Select 1 takes 76 characters, 75 are allowed."),
        (Select("", GO, (Option("1", "One", "x" * 76),)), "A hint of Select 1 takes 76 characters, 75 are allowed."),
        (Select("", GO, (Option("1", "One"),) * 101), "Select 1 takes 101 options, 100 are allowed."),
        (
            Attachment("a", "text/plain", "", "x" * 3_001),
            "The words of Attachment 1 takes 3001 characters, 3000 are allowed.",
        ),
    ],
)
def test_the_checker_says_what_is_wrong_with_each_element(element: Element, sentence: str) -> None:
    assert violations(View("Plan", (element,)), SLACK) == [sentence]


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        (View("x" * 151), "The title takes 151 characters, 150 are allowed."),
        (View("Plan", (Heading("Why?"),) * 50), "The message takes 51 blocks, 50 are allowed."),
        (View("Plan", (Text(("x" * 2_998,)),) * 4), None),
        (View("Plan", (Text(("x" * 2_999,)),) * 4), "The message takes 12004 characters, 12000 are allowed."),
    ],
)
def test_the_checker_says_what_is_wrong_with_a_message(view: View, sentence: str | None) -> None:
    assert violations(view, SLACK) == ([sentence] if sentence else [])


def test_the_checker_names_the_place_and_both_numbers() -> None:
    view = View("Plan", (Text(("Hello",)), Text(("x" * 3_001,)), Buttons(())))

    assert violations(view, SLACK) == [
        "Text 2 takes 3001 characters, 3000 are allowed.",
        "Buttons 3 is empty.",
    ]
