"""Splits one element into several that each keep to the limits, each kind in its own way."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeVar, assert_never

from bot.talk.check import is_nothing, is_wordless
from bot.talk.cut import ELLIPSIS, cut, fill, shorten
from bot.talk.limits import Limits
from bot.talk.size import (
    LINE,
    card_width,
    digits,
    fact_width,
    is_blank,
    item_width,
    lines_width,
    option_width,
)
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
    Option,
    Select,
    Small,
    Spans,
    Text,
)
from bot.talk.words import _

T = TypeVar("T")


def split(element: Element, limits: Limits) -> list[Element]:
    """Return *element* as elements that each keep to *limits*, none for one that draws nothing.

    `limits.total` bounds one element too. Presses and files are left alone: nothing could make them smaller.
    """
    return [piece for piece in _split(element, limits) if not is_nothing(piece)]


def unsaid(words: str, short: str) -> tuple[str, ...]:
    """Return *words* when *short* leaves some of them out."""
    return (words,) if words.strip() and words.strip() != short.strip() else ()


def _split(element: Element, limits: Limits) -> Iterator[Element]:
    match element:
        case Heading():
            return _heading(element, limits)
        case Text(some):
            return _text(some, limits)
        case Small(some):
            return map(Small, cut(some, limits.text - LINE, limits, LINE))
        case Facts():
            return _facts(element, limits)
        case Bullets():
            return _bullets(element, limits)
        case Card():
            return _card(element, limits)
        case Buttons(buttons):
            return _buttons(buttons, limits)
        case Select():
            return _select(element, limits)
        case Attachment():
            return _attachment(element, limits)
        case _:
            assert_never(element)


def _text(some: Spans, limits: Limits) -> Iterator[Text]:
    return map(Text, cut(some, limits.text, limits))


def _heading(heading: Heading, limits: Limits) -> Iterator[Element]:
    short = shorten(heading.text, limits.heading, limits)
    yield Heading(short)
    yield from _notes(unsaid(heading.text, short), limits)


def _facts(facts: Facts, limits: Limits) -> Iterator[Element]:
    """A row that is too long is a paragraph, under its name in bold."""

    def wide(row: tuple[str, Spans]) -> int:
        return fact_width(*row, limits)

    rows = [(name, value) for name, value in facts.rows if name.strip() or not is_blank(value)]
    for is_long, run in groupby(rows, key=lambda row: wide(row) > limits.fact):
        if is_long:
            for name, value in run:
                yield from _text((Bold(name), "\n", *value) if name.strip() else value, limits)
        else:
            yield from map(Facts, _chunks(list(run), limits.facts, limits.total, wide))


def _bullets(bullets: Bullets, limits: Limits) -> Iterator[Element]:
    """An item that is wider than a whole list goes on in a paragraph below it; numbers go on after that."""
    every, at = bullets.items, bullets.start
    widest = digits(at, len(every))
    for items in _chunks(every, len(every), limits.text, lambda item: item_width(item, widest, limits)):
        first, *others = cut(items[0], limits.text - LINE - widest, limits, LINE) or ((),)
        yield Bullets((first, *items[1:]), at)
        for other in others:
            yield from _text(other, limits)
        at = None if at is None else at + len(items)


def _card(card: Card, limits: Limits) -> Iterator[Element]:
    """A card's lines go on in another card of the same title; its buttons stand below the last."""
    if is_wordless(card):
        yield from _buttons(card.buttons, limits)
        return
    title = shorten(card.title, limits.heading, limits)
    shown, others = card.buttons[: limits.row], card.buttons[limits.row :]
    full = [label for button in shown for label in _full_label(button, limits)]
    lines = (*_lines(unsaid(card.title, title)), *card.lines, *_lines(full))
    *before, last = _card_texts(title, lines, limits)
    yield from (Card(title, some) for some in before)
    yield Card(title, last, tuple(_short_button(button, limits) for button in shown))
    yield from _buttons(others, limits)


def _card_texts(title: str, lines: tuple[Spans, ...], limits: Limits) -> list[tuple[Spans, ...]]:
    room = limits.text - card_width(title, (), limits)
    narrow = [piece for line in lines for piece in cut(line, room - LINE, limits, LINE)]
    texts = _chunks(narrow, len(narrow), room, lambda line: lines_width(line, limits))
    return [some for some in texts if not all(is_blank(line) for line in some)] or [()]


def _buttons(buttons: tuple[Button, ...], limits: Limits) -> Iterator[Element]:
    for row in _chunks(buttons, limits.row):
        yield from _notes([label for button in row for label in _full_label(button, limits)], limits)
        yield Buttons(tuple(_short_button(button, limits) for button in row))


def _short_button(button: Button, limits: Limits) -> Button:
    return replace(button, label=_short_label(button.label, limits.label, limits))


def _full_label(button: Button, limits: Limits) -> tuple[str, ...]:
    return unsaid(button.label, _short_label(button.label, limits.label, limits))


def _short_label(label: str, room: int, limits: Limits) -> str:
    """No platform draws a label without words, so a blank one is an ellipsis."""
    return shorten(label, room, limits) if label.strip() else ELLIPSIS


def _select(select: Select, limits: Limits) -> Iterator[Element]:
    if not select.options:
        yield from _text((select.label,), limits)
        return
    pairs = [(option, _short_option(option, limits)) for option in select.options]
    room = limits.total - limits.label
    menus = list(_chunks(pairs, limits.options, room, lambda pair: option_width(pair[1], limits)))
    template = _("{title} ({n} of {count})") if len(menus) > 1 else "{title}"
    for n, menu in enumerate(menus, 1):
        full = template.format(title=select.label, n=n, count=len(menus))
        label = fill(template, select.label, limits.label, limits, n=n, count=len(menus))
        full_options = [words for pair in menu for words in _full_option(*pair)]
        yield from _notes([*unsaid(full, label), *full_options], limits)
        chosen = select.chosen if any(option.value == select.chosen for option, short in menu) else None
        yield Select(label, select.press, tuple(short for option, short in menu), chosen)


def _short_option(option: Option, limits: Limits) -> Option:
    label = _short_label(option.label, limits.option_label, limits)
    return replace(option, label=label, hint=shorten(option.hint, limits.option_hint, limits))


def _full_option(option: Option, short: Option) -> tuple[str, ...]:
    is_said = not unsaid(option.label, short.label) and not unsaid(option.hint, short.hint)
    return () if is_said else (option.label, option.hint)


def _attachment(file: Attachment, limits: Limits) -> Iterator[Element]:
    words = shorten(file.words, limits.text, limits)
    yield from _notes(unsaid(file.words, words), limits)
    yield replace(file, words=words)


def _notes(lines: Sequence[str], limits: Limits) -> Iterator[Text]:
    """Say in full what is shortened in the element below."""
    return _text(("\n".join(lines),), limits)


def _lines(some: Sequence[str]) -> tuple[Spans, ...]:
    return tuple((words,) for words in some)


def _nothing(item: object) -> int:
    return 0


def _chunks(
    items: Sequence[T], most: int, room: int = 0, cost: Callable[[T], int] = _nothing
) -> Iterator[tuple[T, ...]]:
    """Yield *items* together, at most *most* and *room* of *cost* at a time; a wider one stands alone."""
    held: list[T] = []
    spent = 0
    for item in items:
        price = cost(item)
        if held and (len(held) == most or spent + price > room):
            yield tuple(held)
            held, spent = [], 0
        held.append(item)
        spent += price
    if held:
        yield tuple(held)
