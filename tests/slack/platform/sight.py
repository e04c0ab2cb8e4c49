"""Holds what a person sees, and the interaction that it answers."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.slack.platform.blocks import elements_of
from tests.slack.platform.state import Json, Message, Window
from tests.slack.platform.words import words_of

Kind = Literal["message", "ephemeral", "modal", "home"]


@dataclass(frozen=True, slots=True)
class Seen:
    """A message or window as one person sees it.

    *text* is what they read, *fallback* what notifications and screen readers get (messages only), *errors* the
    sentences beside fields, by the field's label. *channel* and *ts* are "" for windows, *view* is None for messages.
    """

    kind: Kind
    text: str
    blocks: list[Json]
    fallback: str = ""
    channel: str = ""
    ts: str = ""
    view: Json | None = None
    errors: dict[str, str] = field(default_factory=dict)
    files: list[Json] = field(default_factory=list)
    order: int = 0

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons, in reading order."""
        return [element["text"]["text"] for element in elements_of(self.blocks) if element["type"] == "button"]

    @property
    def fields(self) -> list[str]:
        """The labels of all input fields."""
        return [block["label"]["text"] for block in self.blocks if block["type"] == "input"]

    @property
    def title(self) -> str:
        return str(self.view["title"]["text"]) if self.view and "title" in self.view else ""


def message_seen(message: Message) -> Seen:
    shown: Json = {"text": message.text, "blocks": message.blocks}
    return Seen(
        "ephemeral" if message.reader else "message",
        words_of(shown),
        message.blocks,
        message.text,
        message.channel,
        message.ts,
        files=message.files,
        order=message.order,
    )


def window_seen(window: Window, errors: dict[str, str] | None = None) -> Seen:
    kind: Kind = "home" if window.view["type"] == "home" else "modal"
    blocks = window.view["blocks"]
    return Seen(kind, words_of(window.view), blocks, view=window.view, errors=errors or {}, order=window.order)


@dataclass(frozen=True, slots=True)
class Ack:
    """The app's answer to a request. *status* 0: none came. *body* is JSON, text or None. *is_late*: after 3 s."""

    status: int
    body: Any
    seconds: float
    is_late: bool = False

    @property
    def is_good(self) -> bool:
        return not self.is_late and 200 <= self.status < 300


@dataclass(slots=True, eq=False)
class Interaction:
    """One thing that a person did, and every answer that reached them for it.

    *links* are the trigger, response_url, window and message that belong to it.
    """

    kind: str
    payload: Json
    links: set[str]
    ack: Ack | None = None
    answers: list[Seen] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def answer(self, seen: Seen) -> None:
        self.answers.append(seen)
        self.arrived.set()
