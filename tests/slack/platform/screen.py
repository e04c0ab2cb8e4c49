"""Finds what a person can press on their screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.slack.platform.blocks import elements_of
from tests.slack.platform.sight import Seen
from tests.slack.platform.state import Channel, Json, Message, Window
from tests.slack.platform.words import words_of

if TYPE_CHECKING:
    from tests.slack.platform.workspace import Workspace

Place = Message | Window
Where = str | Channel | Seen | None
"""Where to look: "modal", "home", "dm", a channel or its name, one message; None: whatever is in front."""


@dataclass(frozen=True, slots=True)
class Found:
    """An element of a message or window, and the block that it stands in."""

    place: Place
    block: Json
    element: Json


def find_button(places: list[Place], label: str) -> Found:
    return _find(places, label, lambda found: found.element["type"] == "button", _button_labels)


def find_menu(places: list[Place], label: str) -> Found:
    return _find(places, label, lambda found: found.element["type"] != "button", _menu_labels)


def _find(
    places: list[Place], label: str, is_kind: Callable[[Found], bool], names: Callable[[Found], list[str]]
) -> Found:
    every = [found for place in places for found in _parts(place) if is_kind(found)]
    for fits in (str.__eq__, str.startswith):
        for found in every:
            if any(fits(name, label) for name in names(found)):
                return found
    raise AssertionError(f"nothing called {label!r}; there is {[name for found in every for name in names(found)]}")


def _parts(place: Place) -> Iterator[Found]:
    for block in blocks_of(place):
        yield from (Found(place, block, element) for element in elements_of([block]))


def blocks_of(place: Place) -> list[Json]:
    return place.blocks if isinstance(place, Message) else list(place.view["blocks"])


def _button_labels(found: Found) -> list[str]:
    return [found.element["text"]["text"]]


def _menu_labels(found: Found) -> list[str]:
    """Return what a person may call a menu by: its placeholder, its label, the words beside or above it."""
    blocks = blocks_of(found.place)
    above = blocks[max(0, blocks.index(found.block) - 1)]
    own = found.element.get("placeholder", {}).get("text", "")
    beside = [part["text"] for part in (found.block.get("text"), found.block.get("label")) if part]
    return [name for name in (own, *beside, words_of([above])) if name]


def in_front(workspace: "Workspace", user: str, where: Where, *, is_at_home: bool) -> list[Place]:
    """Return where a person would look for a button, the nearest first. Behind a modal nothing can be pressed."""
    stack, home = workspace.modals.get(user) or [], workspace.homes.get(user)
    messages: list[Place] = sorted(workspace.shown_to(user), key=lambda m: m.order, reverse=True)
    dashboard: list[Place] = [home] if home else []
    if where == "modal" or (where is None and stack):
        return [stack[-1]] if stack else []
    if stack:
        raise AssertionError("a modal is open: close it first")
    if where == "home":
        return dashboard
    if where is not None:
        return [place for place in messages if isinstance(place, Message) and _is_there(workspace, user, place, where)]
    return [*dashboard, *messages] if is_at_home else [*messages, *dashboard]


def _is_there(workspace: "Workspace", user: str, message: Message, where: str | Channel | Seen) -> bool:
    if isinstance(where, Seen):
        return (message.channel, message.ts) == (where.channel, where.ts)
    channel = workspace.dm(user) if where == "dm" else workspace.find(where)
    return message.channel == channel.id
