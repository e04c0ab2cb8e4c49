"""Shows that whatever a person typed is drawn as words: in every element, on every kind of field."""

from datetime import UTC, datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.draw import Pen, draw, link
from adapters.web.fields import draw_form
from adapters.web.moments import moment_words
from bot.talk.form import Choice, Day, Dialog, Entry, Field, Hour, Line, Lookup, Many, Number, Paragraph, Tick
from bot.talk.view import (
    Attachment,
    Bold,
    Bullets,
    Button,
    Buttons,
    Card,
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
)

NOW = datetime(2026, 11, 23, tzinfo=UTC)
MANILA = ZoneInfo("Asia/Manila")
PEN = Pen(MANILA, NOW, "ben", "m1", "/files")
TAGS = {
    "h3", "h4", "p", "dl", "div", "dt", "dd", "ul", "ol", "li", "section", "button", "label", "select", "option",
    "strong", "span", "time", "a", "details", "summary", "pre", "form", "h2", "footer", "input", "textarea", "fieldset",
    "legend",
}  # fmt: skip
EVIL = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onclick='x", "</textarea><b>", "&lt;"]
    ),
)


class Reading(HTMLParser):
    """Collects the tags, the names of attributes and the words of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


async def _no_towns(ctx: object, typed: str) -> tuple[Option, ...]:
    return ()


def _everything(words: str) -> View:
    button = Button(words, Press("go", (words,)))
    body = (
        Heading(words), Text((words, Bold(words), Mention(words, words), Link("https://example.org/" + words, words))),
        Small((words,)), Facts(((words, (words,)),)), Bullets(((words,),)), Card(words, ((words,),), (button,)),
        Buttons((button,)), Select(words, Press("go"), (Option(words, words, words),)),
        Attachment(words, "text/plain", words, words),
    )  # fmt: skip
    return View(words, body)


@given(EVIL)
def test_typed_words_are_never_markup(words: str) -> None:
    reading = Reading(draw(_everything(words), PEN))

    assert reading.tags <= TAGS
    assert not {name for name in reading.attributes if name.startswith("on") or name in {"src", "style"}}


@given(EVIL)
def test_a_form_holds_what_was_typed_as_words(words: str) -> None:
    options = (Option(words, words, words),)
    fields: tuple[Field, ...] = (
        Line(words, words), Paragraph(words, words), Lookup(words, _no_towns), Day(words), Hour(words),
        Number(words, 1, 9), Choice(words, options), Many(words, options), Tick(words, words),
    )  # fmt: skip
    entries = tuple(Entry(f"f{i}", field, words, True, words, options) for i, field in enumerate(fields))
    dialog = Dialog(words, words, Press("go"), entries, (("known", words),), words, words)
    reading = Reading(draw_form(dialog, "form"))

    assert reading.tags <= TAGS
    assert not {name for name in reading.attributes if name.startswith("on") or name in {"src", "style"}}


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " javascript:x", "data:text/html,x", "//example.org", "vbscript:x"]
)
def test_only_web_and_mail_addresses_become_links(url: str) -> None:
    assert "<a" not in link(url, "words")


def test_a_moment_carries_its_weekday_and_is_drawn_where_the_reader_is() -> None:
    when = When(datetime(2026, 12, 8, 1, 0, tzinfo=UTC))

    assert moment_words(when, MANILA, NOW) == "Tuesday 8 December, 9:00"
    assert moment_words(when, ZoneInfo("America/New_York"), NOW) == "Monday 7 December, 20:00"
    assert moment_words(When(when.at, Moment.HOUR), MANILA, NOW) == "9:00"


@pytest.mark.parametrize(("typed", "kind"), [("", "date"), ("2026-12-08", "date"), ("31 February", "text")])
def test_a_day_that_no_calendar_shows_stays_in_the_field(typed: str, kind: str) -> None:
    dialog = Dialog("When", "Save", Press("go"), (Entry("day", Day("Day"), typed, True, "Which day?"),))
    html = draw_form(dialog, "form")

    assert f'type="{kind}"' in html
    assert f'value="{typed}"' in html


def test_a_choice_that_is_not_there_is_said() -> None:
    entry = Entry("how", Choice("How", ()), "by <pigeon>", True, "Choose one of these.", (Option("a", "A"),))

    assert "You wrote “by &lt;pigeon&gt;”." in draw_form(Dialog("How", "Save", Press("go"), (entry,)), "form")


def test_an_error_belongs_to_its_field() -> None:
    entry = Entry("name", Line("Name", "As they say it"), "x", True, "Too short.")
    html = draw_form(Dialog("Who", "Save", Press("go"), (entry,)), "form")

    assert 'aria-describedby="form-name-hint form-name-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'href="#form-name"' in html


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ((Bold("مريم"), " is on the board now."), "ltr"),
        (("مريم is on the board already.",), "ltr"),
        (("مديرة تمريض، Example",), "rtl"),
        (("12:00",), "ltr"),
    ],
)
def test_a_line_is_read_from_the_side_that_most_of_its_letters_are(words: tuple[str | Bold, ...], side: str) -> None:
    html = draw(View("", (Text(words),)), PEN)

    assert f'<p class="text" dir="{side}">' in html
