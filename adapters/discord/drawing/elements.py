"""Draws each element of a view as components: https://docs.discord.com/developers/components/reference"""

from collections.abc import Iterable, Iterator
from typing import assert_never

from discord import ButtonStyle, ComponentType

from adapters.discord.drawing.ids import to_id
from adapters.discord.drawing.layout import Part
from adapters.discord.drawing.marks import markdown, strong
from adapters.discord.drawing.options import Drawn, drawn
from adapters.discord.drawing.words import brief, escape, one_line
from bot.talk.limits import DISCORD
from bot.talk.view import (
    Attachment,
    Bullets,
    Button,
    Buttons,
    Card,
    Element,
    Facts,
    Heading,
    Select,
    Small,
    Spans,
    Text,
    Tone,
)

_ROW = ComponentType.action_row.value
_BUTTON = ComponentType.button.value
_SELECT = ComponentType.select.value
_TEXT = ComponentType.text_display.value
_FILE = ComponentType.file.value
_CONTAINER = ComponentType.container.value

_NOTHING = "\u200b"
"""A character that nobody sees: Discord draws no list item without one."""

_STYLES = {
    Tone.PLAIN: ButtonStyle.secondary.value,
    Tone.PRIMARY: ButtonStyle.primary.value,
    Tone.DANGER: ButtonStyle.danger.value,
}


class Brush:
    """Draws the elements of one message. *place* rides on everything that can be pressed; *names* are those of its
    files, in their order."""

    def __init__(self, place: str, names: Iterable[str]) -> None:
        self._place = place
        self._names = iter(names)
        self._pressable = 0

    def parts(self, element: Element) -> list[Part]:
        """Return *element* as components, one below the other."""
        match element:
            case Heading(text):
                return heading("###", text)
            case Text(some):
                return said(markdown(some))
            case Small(some):
                return said(_small(some))
            case Facts(rows):
                return said("\n".join(_fact(name, value) for name, value in rows))
            case Bullets(items, start):
                return said("\n".join(_bullets(items, start)))
            case Card():
                return self._card(element)
            case Buttons(buttons):
                return self._row(buttons)
            case Select():
                return self._select(element)
            case Attachment(words=words):
                return [*said(escape(words, is_start=True)), _file(next(self._names))]
            case _:
                assert_never(element)

    def _card(self, card: Card) -> list[Part]:
        title = strong(one_line(card.title))
        lines = markdown(_joined(line for line in card.lines if any(line)))
        both = f"{title}\n{lines}" if title and lines else title or lines
        inside = [*said(both), *self._row(card.buttons)]
        return [{"type": _CONTAINER, "components": inside}] if inside else []

    def _row(self, buttons: tuple[Button, ...]) -> list[Part]:
        return [_row([self._button(button) for button in buttons])] if buttons else []

    def _button(self, button: Button) -> Part:
        return {
            "type": _BUTTON,
            "style": _STYLES[button.tone],
            "label": brief(button.label, DISCORD.label),
            "custom_id": to_id(button.press, self._place, self._next()),
        }

    def _select(self, menu: Select) -> list[Part]:
        """The label stands inside the menu until something is chosen, and above it where something is already."""
        chosen = [i for i, option in enumerate(menu.options) if option.value == menu.chosen][:1]
        label = one_line(menu.label)
        box: Part = {
            "type": _SELECT,
            "custom_id": to_id(menu.press, self._place, self._next()),
            "options": [_option(one) for one in drawn(menu.options, chosen)],
        }
        if label:
            box["placeholder"] = label
        above = said(escape(label, is_start=True)) if menu.chosen is not None else []
        return [*above, _row([box])]

    def _next(self) -> int:
        self._pressable += 1
        return self._pressable - 1


def heading(mark: str, text: str) -> list[Part]:
    """Return *text* as a heading of one line, nothing for a blank one. *mark* tells how large."""
    line = one_line(text)
    return said(f"{mark} {escape(line, is_start=True)}") if line else []


def said(content: str) -> list[Part]:
    """Return *content*, which is markdown, as a paragraph, nothing for a blank one."""
    return [{"type": _TEXT, "content": content}] if content.strip() else []


def _row(parts: list[Part]) -> Part:
    return {"type": _ROW, "components": parts}


def _file(name: str) -> Part:
    return {"type": _FILE, "file": {"url": f"attachment://{name}"}}


def _option(one: Drawn) -> Part:
    """Return an option of a menu. Discord takes no hint that is nothing."""
    return {field: value for field, value in one.items() if value is not None}


def _small(some: Spans) -> str:
    lines = (line.strip() for line in markdown(some).split("\n"))
    return "\n".join(f"-# {line}" if line else "" for line in lines)


def _joined(lines: Iterable[Spans]) -> Spans:
    """Return *lines* as one text, which is escaped at once."""
    return tuple([span for line in lines for span in ("\n", *line)][1:])


def _fact(name: str, value: Spans) -> str:
    label = one_line(name)
    if not label:
        return markdown(value)
    return f"**{escape(label, is_start=False)}:** {markdown(value, is_start=False)}"


def _bullets(items: tuple[Spans, ...], start: int | None) -> Iterator[str]:
    for i, item in enumerate(items):
        text = markdown(item).strip() or _NOTHING
        yield _mark(None if start is None else start + i) + text.replace("\n", "\n  ")


def _mark(number: int | None) -> str:
    """Discord counts a list from 1, so a number below that is written out as words."""
    match number:
        case None:
            return "- "
        case 0:
            return "0\\. "
        case _:
            return f"{number}. "
