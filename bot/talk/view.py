"""Holds what the bot says, as frozen data that every platform draws in its own way.

A plain `str` inside a view is always literal: whatever a person typed is never markup, a mention or a formula.
"""

import re
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from bot.record import record


@record
class Bold:
    text: str


@record
class Mention:
    """A person of the same place. *user* is the platform's own id; *name* stands in where nobody can be mentioned."""

    user: str
    name: str


class Moment(StrEnum):
    """How much of a moment is shown: `Tuesday 8 December, 9:00`, only the day, or only the hour."""

    FULL = "full"
    DAY = "day"
    HOUR = "hour"


@record
class When:
    """A moment, drawn by the platform in the zone of whoever reads it. *at* is aware UTC."""

    at: datetime
    show: Moment = Moment.FULL

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"A moment needs a zone: {self.at!r}")


@record
class Link:
    """Words that lead to *url* (http, https or mailto)."""

    url: str
    label: str


Span: TypeAlias = str | Bold | Mention | When | Link
Spans: TypeAlias = tuple[Span, ...]


@record
class Press:
    """A call of a command, small enough to ride on a button: its *path* and its arguments as text, in order.

    *is_form* asks for the command's form, filled in with *args*, even when nothing is missing.
    """

    path: str
    args: tuple[str, ...] = ()
    is_form: bool = False


class Tone(StrEnum):
    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@record
class Button:
    label: str
    press: Press
    tone: Tone = Tone.PLAIN


@record
class Option:
    """One thing to choose. *value* is what the command gets, *hint* a few words of explanation."""

    value: str
    label: str
    hint: str = ""


@record
class Heading:
    text: str


@record
class Text:
    """A paragraph. A line break inside a `str` is kept."""

    spans: Spans


@record
class Small:
    """A quiet line: why this message came, what to know, how to stop it."""

    spans: Spans


@record
class Facts:
    """Names with values, such as `Organisation: Example Hospital`."""

    rows: tuple[tuple[str, Spans], ...]


@record
class Bullets:
    """A list; *start* numbers the items from there on, `None` gives them dots."""

    items: tuple[Spans, ...]
    start: int | None = None


@record
class Card:
    """One thing among several: what it is called, a few lines about it, and what one can do with it."""

    title: str
    lines: tuple[Spans, ...] = ()
    buttons: tuple[Button, ...] = ()


@record
class Buttons:
    buttons: tuple[Button, ...]


@record
class Select:
    """A menu. Choosing calls *press* with the chosen option's value added as the last argument."""

    label: str
    press: Press
    options: tuple[Option, ...]
    chosen: str | None = None


@record
class Attachment:
    """A text file to keep or print. *words* say what is in it, for whoever cannot open it here."""

    name: str
    media_type: str
    content: str
    words: str


Element: TypeAlias = Heading | Text | Small | Facts | Bullets | Card | Buttons | Select | Attachment


@record
class View:
    """One message. *is_private* means: only the person who asked sees it. *is_instead* lets it take the place of the
    message whose button was pressed, where that message is the presser's own (a private reply or a DM)."""

    title: str
    body: tuple[Element, ...] = ()
    is_private: bool = True
    is_instead: bool = False

    def instead(self) -> "View":
        """Return this view as one that takes the place of the message it answers."""
        return replace(self, is_instead=True)

    def with_top(self, *elements: Element) -> "View":
        """Return this view with *elements* said first."""
        return replace(self, body=(*elements, *self.body))


_HOLE = re.compile(r"\{(\w+)\}")


def spans(template: str, **values: Span | int) -> Spans:
    """Return *template* with each `{name}` filled by the value of that name, as spans.

    Values are put in whole and never read again, so braces or markup that somebody typed stay what they are.
    Raises KeyError for a hole without a value.
    """
    pieces = _HOLE.split(template)
    filled = (values[piece] if i % 2 else piece for i, piece in enumerate(pieces))
    return tuple(str(piece) if isinstance(piece, int) else piece for piece in filled if piece != "")


def say(template: str, **values: Span | int) -> Text:
    """Return a paragraph from *template*, filled as `spans` does."""
    return Text(spans(template, **values))


def small(template: str, **values: Span | int) -> Small:
    """Return a quiet line from *template*, filled as `spans` does."""
    return Small(spans(template, **values))


def text_of(view: View) -> str:
    """Return every word of *view* as plain lines: for print, for screen readers, for notifications, for tests."""
    lines = [view.title, *(line for element in view.body for line in _lines(element))]
    return "\n".join(line for line in lines if line)


def plain(some: Spans) -> str:
    """Return *some* as words alone; a moment is written in UTC and says so."""
    return "".join(_plain(span) for span in some)


def _plain(span: Span) -> str:
    match span:
        case str():
            return span
        case Bold(text):
            return text
        case Mention(_, name):
            return f"@{name}"
        case When(at, _):
            return f"{at:%Y-%m-%d %H:%M} UTC"
        case Link(url, label):
            return f"{label} ({url})"


def _lines(element: Element) -> list[str]:
    match element:
        case Heading(text):
            return [text]
        case Text(some) | Small(some):
            return [plain(some)]
        case Facts(rows):
            return [f"{name}: {plain(value)}" for name, value in rows]
        case Bullets(items, start):
            marks = (f"{start + i}." if start is not None else "-" for i in range(len(items)))
            return [f"{mark} {plain(item)}" for mark, item in zip(marks, items, strict=True)]
        case Card(title, lines, buttons):
            return [title, *(plain(line) for line in lines), *_labels(buttons)]
        case Buttons(buttons):
            return _labels(buttons)
        case Select(label, _, options, _):
            return [label, *(f"- {option.label} {option.hint}".rstrip() for option in options)]
        case Attachment(name, _, content, words):
            return [f"{name}: {words}", content]


def _labels(buttons: tuple[Button, ...]) -> list[str]:
    return [f"[{button.label}]" for button in buttons]
