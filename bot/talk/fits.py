"""Tells whether a view fits as it is: what `violations` says in sentences, as a quick yes or no.

Almost every view fits, and every message on its way comes through here.
"""

from typing import assert_never

from bot.talk import press
from bot.talk.check import is_nothing, is_wordless
from bot.talk.limits import Limits
from bot.talk.size import fact_width, is_blank, labels_width, size, title_size
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


def fits(view: View, limits: Limits) -> bool:
    """Tell whether `violations` has nothing to say. Each text is measured once, but for titles and labels."""
    taken = title_size(view.title, limits)
    if limits.measure(view.title) > limits.title:
        return False
    for element in view.body:
        own = size(element, limits)
        if is_nothing(element) or not _is_whole(element, own.chars, limits):
            return False
        taken += own
    return taken.is_within(limits)


def _is_whole(element: Element, taken: int, limits: Limits) -> bool:
    """Tell whether nothing of *element*, which takes so many characters, has to be cut, and nothing in it is empty."""
    match element:
        case Card(title, _, buttons):
            text = taken - labels_width(buttons, limits) if buttons else taken
            is_short = text <= limits.text and limits.measure(title) <= limits.heading
            return is_short and not is_wordless(element) and _are_whole(buttons, limits)
        case Buttons(buttons):
            return _are_whole(buttons, limits)
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
        case _:
            assert_never(element)


def _are_whole(buttons: tuple[Button, ...], limits: Limits) -> bool:
    for button in buttons:
        if not _is_short(button.label, limits.label, limits) or not _is_carried(button.press, limits):
            return False
    return len(buttons) <= limits.row


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
        _is_short(option.label, limits.option_label, limits)
        and limits.measure(option.hint) <= limits.option_hint
        and len(option.value) <= limits.option_value
    )


def _is_short(label: str, most: int, limits: Limits) -> bool:
    return limits.measure(label) <= most and bool(label.strip())


def _is_carried(one: Press, limits: Limits) -> bool:
    return len(press.encode(one)) <= limits.press
