"""Draws each element of a view as components: https://docs.discord.com/developers/components/reference"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias, assert_never

import discord
from discord import ui

from adapters.discord.drawing.ids import to_id
from adapters.discord.drawing.marks import markdown, strong
from adapters.discord.drawing.options import drawn
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

Item: TypeAlias = ui.Item[Any]

_NOTHING = "\u200b"
"""A character that nobody sees: Discord draws no list item without one."""

_STYLES = {
    Tone.PLAIN: discord.ButtonStyle.secondary,
    Tone.PRIMARY: discord.ButtonStyle.primary,
    Tone.DANGER: discord.ButtonStyle.danger,
}


class Brush:
    """Draws the elements of one message. *place* rides on everything that can be pressed; *names* are those of its
    files, in their order."""

    def __init__(self, place: str, names: Iterable[str]) -> None:
        self._place = place
        self._names = iter(names)
        self._pressable = 0

    def items(self, element: Element) -> list[Item]:
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
                return [*said(escape(words, is_start=True)), ui.File(f"attachment://{next(self._names)}")]
            case _:
                assert_never(element)

    def _card(self, card: Card) -> list[Item]:
        title = one_line(card.title)
        lines = [strong(title)] if title else []
        lines += [line for line in map(markdown, card.lines) if line]
        inside = [*said("\n".join(lines)), *self._row(card.buttons)]
        return [ui.Container(*inside)] if inside else []

    def _row(self, buttons: tuple[Button, ...]) -> list[Item]:
        return [ui.ActionRow(*map(self._button, buttons))] if buttons else []

    def _button(self, button: Button) -> ui.Button[Any]:
        return ui.Button(
            style=_STYLES[button.tone],
            label=brief(button.label, DISCORD.label),
            custom_id=to_id(button.press, self._place, self._next()),
        )

    def _select(self, menu: Select) -> list[Item]:
        """The label stands inside the menu until something is chosen, and above it where something is already."""
        chosen = [i for i, option in enumerate(menu.options) if option.value == menu.chosen][:1]
        box: ui.Select[Any] = ui.Select(
            custom_id=to_id(menu.press, self._place, self._next()),
            placeholder=one_line(menu.label) or None,
            options=[discord.SelectOption(**one) for one in drawn(menu.options, chosen)],
        )
        above = said(escape(one_line(menu.label), is_start=True)) if menu.chosen is not None else []
        return [*above, ui.ActionRow(box)]

    def _next(self) -> int:
        self._pressable += 1
        return self._pressable - 1


def heading(mark: str, text: str) -> list[Item]:
    """Return *text* as a heading of one line, nothing for a blank one. *mark* tells how large."""
    line = one_line(text)
    return said(f"{mark} {escape(line, is_start=True)}") if line else []


def said(content: str) -> list[Item]:
    """Return *content*, which is markdown, as a paragraph, nothing for a blank one."""
    return [ui.TextDisplay(content)] if content.strip() else []


def _small(some: Spans) -> str:
    lines = (line.strip() for line in markdown(some).split("\n"))
    return "\n".join(f"-# {line}" if line else "" for line in lines)


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
