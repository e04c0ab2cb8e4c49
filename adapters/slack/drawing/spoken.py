"""Says a view in words alone, for screen readers and notifications: Slack reads these out instead of the blocks."""

from collections.abc import Iterator
from typing import assert_never

from adapters.slack.drawing.moments import moment_words
from adapters.slack.drawing.pen import Pen
from adapters.slack.drawing.rich import link_words
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
    Select,
    Small,
    Spans,
    Text,
    View,
    When,
)
from bot.talk.words import _


def spoken(page: View, pen: Pen) -> str:
    """Return every word of *page*, line by line; never nothing."""
    lines = [page.title]
    for element in page.body:
        lines += _lines(element, pen)
    return "\n".join([line for line in lines if line.strip()]) or _("Askwell")


def kept_where() -> str:
    """Return where a file is, which no block can hold."""
    return _("The file is in your direct messages with me.")


def _lines(element: Element, pen: Pen) -> list[str]:
    match element:
        case Heading(text):
            return [text]
        case Text(some) | Small(some):
            return [_plain(some, pen)]
        case Facts(rows):
            return [f"{name}: {_plain(value, pen)}" if name.strip() else _plain(value, pen) for name, value in rows]
        case Bullets(items, start):
            return [f"{mark} {_plain(item, pen)}" for mark, item in zip(_marks(start), items, strict=False)]
        case Card(title, lines, buttons):
            return [title, *[_plain(line, pen) for line in lines], *_labels(buttons)]
        case Buttons(buttons):
            return _labels(buttons)
        case Select(label, _press, options):
            return [label, *(f"- {option.label} {option.hint}".rstrip() for option in options)]
        case Attachment(name, words=words):
            return [f"{name}: {words}", kept_where()]
        case _:
            assert_never(element)


def _marks(start: int | None) -> Iterator[str]:
    number = start
    while True:
        yield "-" if number is None else f"{number}."
        number = None if number is None else number + 1


def _labels(buttons: tuple[Button, ...]) -> list[str]:
    return [f"[{button.label}]" for button in buttons]


def _plain(some: Spans, pen: Pen) -> str:
    return "".join([span if isinstance(span, str) else _span(span, pen) for span in some])


def _span(span: Bold | Mention | When | Link, pen: Pen) -> str:
    match span:
        case Bold(text):
            return text
        case Mention(_user, name):
            return f"@{name}"
        case When():
            return moment_words(span, pen.zone)
        case Link():
            return link_words(span)
        case _:
            assert_never(span)
