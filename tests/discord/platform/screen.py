"""Finds what a person can press on their screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.discord.platform.filling import NotAllowed
from tests.discord.platform.parts import BUTTON, SELECTS, TEXT, each
from tests.discord.platform.sight import Seen
from tests.discord.platform.state import Channel, Json, Message
from tests.discord.platform.words import unmarked

if TYPE_CHECKING:
    from tests.discord.platform.people import Person

Where = Channel | Seen | str | None
"""Where to look: a channel or its name, "dm", one message; None: everywhere, the newest first."""


@dataclass(frozen=True, slots=True)
class Found:
    """A component, and the message that it stands in."""

    message: Message
    part: Json


def find_button(person: "Person", label: str, within: Where) -> Found:
    """Return the newest visible button whose label is *label*, or begins so."""
    found = _find(person, label, within, _buttons)
    if found.part.get("disabled") or "custom_id" not in found.part:
        raise NotAllowed(f"{label!r} cannot be pressed: it is disabled, or a link")
    return found


def find_menu(person: "Person", name: str, within: Where) -> Found:
    """Return the newest visible menu by its placeholder, or by the words above it."""
    found = _find(person, name, within, _menus)
    if found.part.get("disabled"):
        raise NotAllowed(f"{name!r} is disabled")
    return found


Named = Iterator[tuple[list[str], Json]]


def _find(person: "Person", name: str, within: Where, named: Callable[[Message], Named]) -> Found:
    every = [(names, Found(m, part)) for m in _in_front(person, within) for names, part in named(m)]
    for fits in (str.__eq__, str.startswith):
        for names, found in every:
            if any(fits(own, name) for own in names):
                return found
    raise AssertionError(f"nothing called {name!r}; there is {[own for names, _found in every for own in names]}")


def _in_front(person: "Person", within: Where) -> list[Message]:
    """Return the messages to look at, the newest first. Behind a modal nothing can be pressed."""
    assert person.window is None, "a modal is open: submit or dismiss it first"
    shown = sorted(person.platform.shown_to(person.id), key=lambda message: message.order, reverse=True)
    if within is None:
        return shown
    if isinstance(within, Seen):
        return [message for message in shown if message.id == within.id]
    place = person.place(within)
    return [message for message in shown if message.channel == place.id]


def _buttons(message: Message) -> Named:
    return (([str(part.get("label", ""))], part) for part in each(message.components) if part["type"] == BUTTON)


def _menus(message: Message) -> Named:
    above = ""
    for part in each(message.components):
        if part["type"] == TEXT:
            above = unmarked(part["content"], {}).splitlines()[-1]
        elif part["type"] in SELECTS:
            yield [name for name in (part.get("placeholder"), above) if name], part
