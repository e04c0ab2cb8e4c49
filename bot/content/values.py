"""Reads what a page says: the words, numbers and choices of its header, and its body."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from bot.content.page import Page
from bot.content.problem import listed, meant, quoted

PLACEHOLDERS = ("contact", "organisation", "field")
"""What a step may leave open; filled from the member's interview."""

LONGEST_HEADER = 300
LONGEST_BODY = 600
LONGEST_TITLE = 75
"""Characters. A question is said in one breath; a title has to fit a line of a menu."""

WHOLE_NUMBER = re.compile("[0-9]{1,6}")
BRACES = re.compile(r"\{([^{}]*)\}|[{}]")

Choice = TypeVar("Choice", bound=StrEnum)


def words(page: Page, key: str, longest: int = LONGEST_HEADER, open_for: tuple[str, ...] = ()) -> str:
    """Return the words of *key*, or "" if there are none. *open_for* names the placeholders allowed there."""
    line = page.header.get(key)
    if line is None:
        return ""
    if not line.text:
        page.complain(line.number, f'Nothing stands after "{key}:". Fill it in{_or_remove(page, key)}.')
    _check_length(page, line.number, line.text, longest, f'"{key}:"')
    _check_placeholders(page, line.number, line.text, open_for)
    return line.text


def _or_remove(page: Page, key: str) -> str:
    return "" if key in page.kind.required else " or remove the line"


NO_BODY = "The body is missing. Leave a line empty and write a sentence or two."


def body(page: Page, open_for: tuple[str, ...] = ()) -> str:
    """Return the body, or "" if the page has none. *open_for* names the placeholders allowed in it."""
    if not page.body:
        page.complain(page.body_line, NO_BODY)
    _check_length(page, page.body_line, page.body, LONGEST_BODY, "The body")
    for line in page.body_lines:
        _check_placeholders(page, line.number, line.text, open_for)
    return page.body


def check_presence(page: Page) -> None:
    """Complain of every required header line that is not there."""
    for key in page.kind.required:
        if key not in page.header:
            page.complain(1, f'A {page.kind.name} needs a line "{key}: ...".')


def number(page: Page, key: str, highest: int) -> int:
    """Return the number of *key*, from 1 to *highest*, or 0 if there is none."""
    text = words(page, key)
    if not text or (WHOLE_NUMBER.fullmatch(text) and 1 <= int(text) <= highest):
        return int(text or 0)
    sentence = f'Write "{key}:" as a whole number from 1 to {highest}, not {quoted(text)}.'
    page.complain(page.line_of(key), sentence)
    return 0


def choice(page: Page, key: str, default: Choice) -> Choice:
    """Return what *key* chooses among the values of *default*'s type, or *default* if none of them."""
    text = words(page, key)
    options = [option.value for option in type(default)]
    if text in options:
        return type(default)(text)
    if text:
        unknown(page, key, text, options)
    return default


def unknown(page: Page, key: str, value: str, known: Iterable[str]) -> None:
    """Complain that *value* is none of *known*, and name the nearest one, or all if none is near."""
    options = list(known)
    near = meant(value, options)
    advice = f'Did you mean "{near}"?' if near else f"Choose {listed(options, 'or')}."
    page.complain(page.line_of(key), f'{quoted(value)} is not known for "{key}:". {advice}')


def _check_length(page: Page, line: int, text: str, longest: int, what: str) -> None:
    if len(text) > longest:
        page.complain(line, f"{what} is {len(text)} characters long; {longest} are allowed. Shorten it.")


def _check_placeholders(page: Page, line: int, text: str, open_for: tuple[str, ...]) -> None:
    """Braces that are no placeholder would break the sentence when it is filled in."""
    for match in BRACES.finditer(text):
        if match[1] is None or match[1] not in open_for:
            page.complain(line, f"{quoted(match[0])} cannot be filled in. {_instead(match[1], open_for)}")


def _instead(name: str | None, open_for: tuple[str, ...]) -> str:
    if not open_for:
        return "Write it out, without curly brackets."
    near = meant(name or "", open_for)
    if near:
        return f'Did you mean "{{{near}}}"?'
    return f"Use {listed((f'{{{each}}}' for each in open_for), 'or')}."
