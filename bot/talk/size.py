"""Counts what a view takes, in the one way that `fit` keeps to and every renderer relies on.

| what       | blocks      | parts                  | characters                                        |
|------------|-------------|------------------------|---------------------------------------------------|
| title      | 1           | 1                      | its words, `LINE`                                 |
| Heading    | 1           | 1                      | its words, `LINE`                                 |
| Text       | 1           | 1                      | its spans                                         |
| Small      | 1           | 1                      | its spans, `LINE` for each line                   |
| Facts      | 1           | 1                      | each row: bold name, value, `LINE` for each line  |
| Bullets    | 1           | 1                      | each item: spans, number, `LINE` for each line    |
| Card       | card_blocks | 2, and 1 + its buttons | bold title, spans, `LINE` for each line; labels   |
| Buttons    | 1           | 1 + its buttons        | labels                                            |
| Select     | 1           | 2, 3 with one chosen   | its label, the labels and hints of its options    |
| Attachment | 1           | 2                      | its words, `LINE`; the file itself is no text     |

A title, a heading, a label (also of a link), a hint and the name of a fact are one line: a line break in them
is drawn as a space. Bold words may hold line breaks: their marks are closed and opened again on each line.
"""

from collections.abc import Sequence
from typing import assert_never

from bot.record import record
from bot.talk.limits import Limits
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
    Option,
    Select,
    Small,
    Span,
    Spans,
    Text,
    When,
)

LINE = 4
"""Room for what a renderer puts around one line: a line break and `-# `, `## `, `• ` or `: `."""


@record
class Size:
    """What something takes of one message."""

    blocks: int = 0
    parts: int = 0
    chars: int = 0

    def __add__(self, other: "Size") -> "Size":
        return Size(self.blocks + other.blocks, self.parts + other.parts, self.chars + other.chars)

    def is_within(self, limits: Limits) -> bool:
        return self.blocks <= limits.blocks and self.parts <= limits.parts and self.chars <= limits.total


def size(element: Element, limits: Limits) -> Size:
    """Return what *element* takes of one message; the table above is this function in words."""
    match element:
        case Heading(text):
            return Size(1, 1, limits.measure(text) + LINE)
        case Text(some):
            return Size(1, 1, width(some, limits))
        case Small(some):
            return Size(1, 1, lines_width(some, limits))
        case Facts(rows):
            return Size(1, 1, sum(fact_width(name, value, limits) for name, value in rows))
        case Bullets(items, start):
            widest = digits(start, len(items))
            return Size(1, 1, sum(item_width(item, widest, limits) for item in items))
        case Card(title, lines, buttons):
            nested = 1 + len(buttons) if buttons else 0
            chars = card_width(title, lines, limits) + labels_width(buttons, limits)
            return Size(limits.card_blocks, 2 + nested, chars)
        case Buttons(buttons):
            return Size(1, 1 + len(buttons), labels_width(buttons, limits))
        case Select(label, _, options, chosen):
            boxes = 2 if chosen is None else 3
            return Size(1, boxes, limits.measure(label) + sum(option_width(option, limits) for option in options))
        case Attachment(_, _, _, words):
            return Size(1, 2, limits.measure(words) + LINE)
        case _:
            assert_never(element)


def title_size(title: str, limits: Limits) -> Size:
    """Return what the title of a view takes. An empty title draws nothing and is counted all the same."""
    return Size(1, 1, limits.measure(title) + LINE)


def width(some: Spans, limits: Limits) -> int:
    """Return the characters of *some* with their marks, at worst."""
    taken = 0
    for span in some:
        taken += _width(span, limits)
    return taken


def lines_width(some: Sequence[Span], limits: Limits) -> int:
    """Return the same where every line of *some* has its own mark."""
    literals = [span for span in some if isinstance(span, str)]
    literal = "".join(literals)  # at once: every line comes through here
    taken = LINE + limits.measure(literal) + LINE * literal.count("\n")
    if len(literals) < len(some):
        for span in some:
            if not isinstance(span, str):
                taken += _width(span, limits) + LINE * _text(span).count("\n")
    return taken


def fact_width(name: str, value: Spans, limits: Limits) -> int:
    return limits.bold + limits.measure(name) + lines_width(value, limits)


def digits(start: int | None, count: int) -> int:
    """Return the digits of the widest number of a list that starts at *start*, 0 where it has dots."""
    return 0 if start is None else max(len(str(start)), len(str(start + count - 1)))


def item_width(item: Spans, widest: int, limits: Limits) -> int:
    """Return the characters of one item of a list, whose *widest* number has so many `digits`."""
    return lines_width(item, limits) + widest


def card_width(title: str, lines: tuple[Spans, ...], limits: Limits) -> int:
    """Return the characters of a card's title and lines, which share one text; its buttons are beside it."""
    own = limits.bold + limits.measure(title) + LINE * len(lines)
    return own + lines_width([span for line in lines for span in line], limits)


def labels_width(buttons: tuple[Button, ...], limits: Limits) -> int:
    return limits.measure("".join([button.label for button in buttons]))


def option_width(option: Option, limits: Limits) -> int:
    return limits.measure(option.label) + limits.measure(option.hint)


def breaks(some: Spans) -> int:
    """Return the line breaks of *some* that are drawn as such."""
    return sum(_text(span).count("\n") for span in some)


def is_blank(some: Spans) -> bool:
    """Tell whether *some* shows nothing. A mention, a moment and a link always show something."""
    return all(isinstance(span, str | Bold) and not _text(span).strip() for span in some)


def _width(span: Span, limits: Limits) -> int:
    match span:
        case str():
            return limits.measure(span)
        case Bold(text):
            return limits.measure(text) + limits.bold * (1 + text.count("\n"))
        case Mention(_, name):
            # The name stands in where nobody can be mentioned.
            return max(limits.mention, limits.measure(f"@{name}"))
        case When():
            return limits.when
        case Link(url, label):
            return limits.link + limits.measure(url) + limits.measure(label or url)
        case _:
            assert_never(span)


def _text(span: Span) -> str:
    match span:
        case str(text) | Bold(text):
            return text
        case Mention() | When() | Link():
            return ""
        case _:
            assert_never(span)
