"""Holds what a form asks: kinds of fields, written into a command's signature, and the dialog that shows them."""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any, TypeAlias

from bot.record import record
from bot.talk.view import Option, Press

Suggest: TypeAlias = Callable[[Any, str], Awaitable[tuple[Option, ...]]]
"""Given the command's context and what was typed so far, returns at most 25 options, best first."""

Choices: TypeAlias = tuple[Option, ...] | Callable[[Any], Awaitable[tuple[Option, ...]]]
"""What there is to choose: fixed, or found for this member with one quick read."""

Values: TypeAlias = dict[str, str | tuple[str, ...]]
"""What was typed, by field name: one text, or several for a field of which several may be chosen."""


class Kind(StrEnum):
    """What a line of text is, so that a phone can show the right keyboard and a typo is found early."""

    TEXT = "text"
    EMAIL = "email"
    PHONE = "tel"
    LINK = "url"


@record
class Line:
    """One line of text, up to *limit* characters."""

    label: str
    hint: str = ""
    limit: int = 80
    kind: Kind = Kind.TEXT


@record
class Paragraph:
    """Several lines of text, up to *limit* characters."""

    label: str
    hint: str = ""
    limit: int = 1_000


@record
class Choice:
    """One of *options*."""

    label: str
    options: Choices
    hint: str = ""


@record
class Many:
    """Any number of *options*; the command gets a tuple of their values."""

    label: str
    options: Choices
    hint: str = ""


@record
class Lookup:
    """One line of text with suggestions while typing. What is typed need not be among them."""

    label: str
    suggest: Suggest
    hint: str = ""
    limit: int = 80


@record
class Day:
    """A calendar day in the member's own zone; the command gets a `date`."""

    label: str
    hint: str = ""


@record
class Hour:
    """A time of day in the member's own zone; the command gets a `time`."""

    label: str
    hint: str = ""


@record
class Number:
    """A whole number from *low* to *high*."""

    label: str
    low: int
    high: int
    hint: str = ""


@record
class Tick:
    """A box to tick; the command gets a `bool`."""

    label: str
    hint: str = ""


@record
class Key:
    """Not shown: an id or a short word that a button carries (`int` or `str`, by the annotation)."""


Field: TypeAlias = Line | Paragraph | Choice | Many | Lookup | Day | Hour | Number | Tick
"""A field that people see. Add a kind and mypy names every renderer to extend."""


@record
class Entry:
    """One field of an open dialog. *value* is what stands in it, *error* what is wrong with that.

    A tick is `yes` or empty. *options* are those of a `Choice` or `Many`, found for this member.
    """

    name: str
    field: Field
    value: str | tuple[str, ...] = ""
    is_required: bool = True
    error: str = ""
    options: tuple[Option, ...] = ()


@record
class Dialog:
    """A form on the screen. Submitting it calls *press*'s path with its arguments and the values of *entries*.

    *known* are arguments that are not shown and travel along. *error* is about the form as a whole. Nothing that was
    typed is lost: a dialog that comes back with errors carries the values again.
    """

    title: str
    submit: str
    press: Press
    entries: tuple[Entry, ...]
    known: tuple[tuple[str, str], ...] = ()
    intro: str = ""
    error: str = ""
