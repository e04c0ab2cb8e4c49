"""Names everything in a view that a platform could not show, in sentences for whoever programs."""

from collections.abc import Iterator
from typing import assert_never

from bot.talk import press
from bot.talk.limits import Limits
from bot.talk.size import Size, card_width, fact_width, is_blank, size, title_size
from bot.talk.view import (
    Attachment,
    Bullets,
    Button,
    Buttons,
    Card,
    Element,
    Facts,
    Heading,
    Option,
    Press,
    Select,
    Small,
    Text,
    View,
)


def violations(view: View, limits: Limits) -> list[str]:
    """Return a sentence for each thing that keeps *view* from being shown as it is."""
    found = list(_over("The title", limits.measure(view.title), limits.title))
    taken = title_size(view.title, limits)
    for i, element in enumerate(view.body, 1):
        name = f"{type(element).__name__} {i}"
        own = size(element, limits)
        found += [*_empty(name, element), *_too_much(name, element, own.chars, limits)]
        taken += own
    return [*found, *_whole(taken, limits), *bugs(view, limits)]


def bugs(view: View, limits: Limits) -> list[str]:
    """Return a sentence for each thing that no pass can make fit: a press, a file or an option's value that is too
    large."""
    return [sentence for element in view.body for sentence in _bugs(element, limits)]


def is_nothing(element: Element) -> bool:
    """Tell whether *element* would draw nothing at all."""
    match element:
        case Heading(text):
            return not text.strip()
        case Text(some) | Small(some):
            return is_blank(some)
        case Facts(rows):
            return all(not name.strip() and is_blank(value) for name, value in rows)
        case Bullets(items):
            return all(is_blank(item) for item in items)
        case Card(buttons=buttons):
            return not buttons and is_wordless(element)
        case Buttons(buttons):
            return not buttons
        case Select(label, _, options):
            return not options and not label.strip()
        case Attachment():
            return False
        case _:
            assert_never(element)


def is_wordless(card: Card) -> bool:
    return not card.title.strip() and all(is_blank(line) for line in card.lines)


def _empty(name: str, element: Element) -> Iterator[str]:
    if is_nothing(element):
        yield f"{name} is empty."
        return
    match element:
        case Facts(rows) if any(not fact.strip() and is_blank(value) for fact, value in rows):
            yield f"{name} has an empty row."
        case Card() if is_wordless(element):
            yield f"{name} has no words."
        case Select(options=()):
            yield f"{name} has no options."
        case _:
            pass


def _too_much(name: str, element: Element, taken: int, limits: Limits) -> Iterator[str]:
    match element:
        case Heading(text):
            yield from _over(f"The text of {name}", limits.measure(text), limits.heading)
        case Text() | Small() | Bullets():
            yield from _over(name, taken, limits.text)
        case Facts(rows):
            yield from _over(name, len(rows), limits.facts, "rows")
            for fact, value in rows:
                yield from _over(f"A row of {name}", fact_width(fact, value, limits), limits.fact)
        case Card(title, lines, buttons):
            yield from _over(f"The title of {name}", limits.measure(title), limits.heading)
            yield from _over(f"The text of {name}", card_width(title, lines, limits), limits.text)
            yield from _buttons(name, buttons, limits)
        case Buttons(buttons):
            yield from _buttons(name, buttons, limits)
        case Select(label, _, options):
            yield from _over(f"The label of {name}", limits.measure(label), limits.label)
            yield from _over(name, len(options), limits.options, "options")
            yield from _options(name, options, limits)
        case Attachment(words=words):
            yield from _over(f"The words of {name}", limits.measure(words), limits.text)
        case _:
            assert_never(element)


def _buttons(name: str, buttons: tuple[Button, ...], limits: Limits) -> Iterator[str]:
    yield from _over(name, len(buttons), limits.row, "buttons")
    for button in buttons:
        yield from _label(f"A label of {name}", button.label, limits.label, limits)


def _options(name: str, options: tuple[Option, ...], limits: Limits) -> Iterator[str]:
    for option in options:
        yield from _label(f"An option of {name}", option.label, limits.option_label, limits)
        yield from _over(f"A hint of {name}", limits.measure(option.hint), limits.option_hint)


def _label(what: str, label: str, most: int, limits: Limits) -> Iterator[str]:
    if not label.strip():
        yield f"{what} is empty."
    yield from _over(what, limits.measure(label), most)


def _whole(taken: Size, limits: Limits) -> Iterator[str]:
    yield from _over("The message", taken.blocks, limits.blocks, "blocks")
    yield from _over("The message", taken.parts, limits.parts, "parts")
    yield from _over("The message", taken.chars, limits.total)


def _bugs(element: Element, limits: Limits) -> Iterator[str]:
    match element:
        case Card(buttons=buttons) | Buttons(buttons):
            for button in buttons:
                yield from _press(button.press, limits)
        case Select(press=chosen, options=options):
            yield from _press(chosen, limits)
            for option in options:
                yield from _over(f"The value of {option.label!r}", len(option.value), limits.option_value)
        case Attachment(name, _, content):
            yield from _over(f"The file {name!r}", len(content.encode()), limits.attachment, "bytes")
        case Heading() | Text() | Small() | Facts() | Bullets():
            pass
        case _:
            assert_never(element)


def _press(one: Press, limits: Limits) -> Iterator[str]:
    yield from _over(f"The press of {one.path!r}", len(press.encode(one)), limits.press)


def _over(what: str, taken: int, most: int, unit: str = "characters") -> Iterator[str]:
    if taken > most:
        yield f"{what} takes {taken} {unit}, {most} are allowed."
