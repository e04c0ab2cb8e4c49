"""Holds what a person sees: a message or a modal, as words and as what they can press."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.discord.platform.filling import fields_of, shown_value
from tests.discord.platform.parts import BUTTON, SELECTS, TEXT, each
from tests.discord.platform.state import Json, Message, Window
from tests.discord.platform.words import words_of

if TYPE_CHECKING:
    from tests.discord.platform.server import Platform

Kind = Literal["message", "ephemeral", "modal"]


@dataclass(frozen=True, slots=True)
class Seen:
    """A message or modal as one person saw it at one moment.

    *text* is what they read, without marks. *markup* is what the app sent for it, so that a test can look for what
    was escaped. *pings* are the ids of those whom it notified. *title* and *custom_id* are a modal's. *channel* and
    *id* are "" for a modal, *values* (by label, what stands in the fields) is empty for a message.
    """

    kind: Kind
    text: str
    components: list[Json]
    markup: str = ""
    title: str = ""
    custom_id: str = ""
    channel: str = ""
    id: str = ""
    flags: int = 0
    pings: tuple[str, ...] = ()
    files: list[Json] = field(default_factory=list)
    values: Json = field(default_factory=dict)
    is_loading: bool = False

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons, in reading order."""
        return [str(part.get("label", "")) for part in each(self.components) if part["type"] == BUTTON]

    @property
    def menus(self) -> list[str]:
        """The placeholders of all select menus."""
        return [str(part.get("placeholder", "")) for part in each(self.components) if part["type"] in SELECTS]

    @property
    def fields(self) -> list[str]:
        """The labels of a modal's fields."""
        return [label for label, _field in fields_of(self.components)]


def message_seen(platform: "Platform", message: Message) -> Seen:
    names = {user.id: user.name for user in platform.users.values()}
    files = [
        {"name": one["filename"], "content": platform.uploads[one["id"]], "description": one.get("description", "")}
        for one in message.attachments
    ]
    return Seen(
        "ephemeral" if message.reader else "message",
        words_of(message.content, message.components, names),
        message.components,
        "\n".join([message.content, *(p["content"] for p in each(message.components) if p["type"] == TEXT)]),
        channel=message.channel,
        id=message.id,
        flags=message.flags,
        pings=message.pings,
        files=files,
        is_loading=message.is_loading,
    )


def window_seen(window: Window) -> Seen:
    data = window.data
    parts = data["components"]
    labelled = {label: shown_value(field, window.values[field["custom_id"]]) for label, field in fields_of(parts)}
    text = "\n".join([data["title"], words_of("", parts, {})])
    return Seen("modal", text, parts, title=data["title"], custom_id=data["custom_id"], values=labelled)
