"""Tells whether a view fits as it is: what `violations` says in sentences, as a quick yes or no.

Almost every view fits, and every message on its way comes through here. So each text is measured once, and what it
takes (see `size`) and whether it is whole are told together.
"""

from typing import assert_never

from bot.talk import press
from bot.talk.check import is_nothing, is_wordless
from bot.talk.limits import Limits
from bot.talk.size import LINE, fact_width, is_blank, lines_width, size
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
    Spans,
    Text,
    View,
)

CUT = -1
"""Stands for the characters of what cannot be shown whole."""


def fits(view: View, limits: Limits) -> bool:
    """Tell whether `violations` has nothing to say."""
    title = limits.measure(view.title)
    if title > limits.title:
        return False
    blocks, parts, chars = 1, 1, title + LINE
    for element in view.body:
        match element:
            case Card(_, _, buttons):
                taken = _card(element, limits)
                blocks += limits.card_blocks
                parts += 3 + len(buttons) if buttons else 2
            case Buttons(buttons):
                taken = _labels(buttons, limits) if buttons else CUT
                blocks += 1
                parts += 1 + len(buttons)
            case _:
                own = size(element, limits)
                taken = own.chars if _is_whole(element, own.chars, limits) else CUT
                blocks += own.blocks
                parts += own.parts
        if taken == CUT:
            return False
        chars += taken
    return blocks <= limits.blocks and parts <= limits.parts and chars <= limits.total


def _card(card: Card, limits: Limits) -> int:
    title = limits.measure(card.title)
    text = limits.bold + title + LINE * len(card.lines) + lines_width([s for line in card.lines for s in line], limits)
    if title > limits.heading or text > limits.text or is_wordless(card):
        return CUT
    labels = _labels(card.buttons, limits)
    return CUT if labels == CUT else text + labels


def _labels(buttons: tuple[Button, ...], limits: Limits) -> int:
    taken = 0
    for button in buttons:
        label = limits.measure(button.label)
        if label > limits.label or not button.label.strip() or not _is_carried(button.press, limits):
            return CUT
        taken += label
    return taken if len(buttons) <= limits.row else CUT


def _is_whole(element: Element, taken: int, limits: Limits) -> bool:
    """Tell whether nothing of *element*, which takes so many characters, has to be cut, and nothing in it is empty."""
    if is_nothing(element):
        return False
    match element:
        case Text() | Small() | Bullets():
            return taken <= limits.text
        case Heading(text):
            return limits.measure(text) <= limits.heading
        case Facts(rows):
            return len(rows) <= limits.facts and all(_is_whole_fact(name, value, limits) for name, value in rows)
        case Select():
            return _is_whole_menu(element, limits)
        case Attachment(_, _, content, words):
            return limits.measure(words) <= limits.text and len(content.encode()) <= limits.attachment
        case Card() | Buttons():  # told by `fits` itself
            return True
        case _:
            assert_never(element)


def _is_whole_fact(name: str, value: Spans, limits: Limits) -> bool:
    is_said = bool(name.strip()) or not is_blank(value)
    return is_said and fact_width(name, value, limits) <= limits.fact


def _is_whole_menu(menu: Select, limits: Limits) -> bool:
    return (
        0 < len(menu.options) <= limits.options
        and limits.measure(menu.label) <= limits.label
        and _is_carried(menu.press, limits)
        and all(_is_whole_option(option, limits) for option in menu.options)
    )


def _is_whole_option(option: Option, limits: Limits) -> bool:
    return (
        limits.measure(option.label) <= limits.option_label
        and bool(option.label.strip())
        and limits.measure(option.hint) <= limits.option_hint
        and len(option.value) <= limits.option_value
    )


def _is_carried(one: Press, limits: Limits) -> bool:
    return len(press.encode(one)) <= limits.press
