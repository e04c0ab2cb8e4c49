"""Says what the playground needs remembered: messages in rooms, each with a revision, and a few settings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

ASKWELL = "askwell"
"""The author of what the bot says. Such a body is a view as `bot.talk.wire` writes it; all others are plain words."""


class Message(Protocol):
    """One message. *reader* is the only user of a channel who sees it, `None` everybody in the room.

    *revision* grows with every new and every edited message, over all rooms.
    """

    @property
    def id(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def room(self) -> str: ...
    @property
    def reader(self) -> str | None: ...
    @property
    def author(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def edited_at(self) -> datetime | None: ...
    @property
    def revision(self) -> int: ...


class Chat(Protocol):
    """The memory of the playground. Every call is its own transaction."""

    async def add(self, key: str, room: str, author: str, body: str, reader: str | None, at: datetime) -> Message:
        """Keep a message and return it; for a *key* that is there already, return that message unchanged."""

    async def edit(self, message: int, body: str, at: datetime) -> Message | None:
        """Replace the words of a message; `None` when there is no such message any more."""

    async def get(self, message: int) -> Message | None: ...

    async def room(
        self, room: str, reader: str | None, *, before: int | None = None, limit: int = 100
    ) -> Sequence[Message]:
        """Return the newest messages of *room* that *reader* sees, older than *before*; the oldest of them first."""

    async def since(self, revision: int, reader: str | None) -> Sequence[Message]:
        """Return what *reader* may see of all that is new or edited after *revision*, in all rooms, in that order."""

    async def setting(self, name: str) -> str | None: ...

    async def set_setting(self, name: str, value: str) -> None: ...

    async def wipe(self) -> None:
        """Forget all messages and settings."""


def channel_room(workspace: str, channel: str) -> str:
    """Return the room of a channel. Rooms of two workspaces never have the same name."""
    return f"{workspace}/{channel}"


def direct_room(workspace: str, user: str) -> str:
    """Return the room of a member's direct messages with Askwell."""
    return f"{workspace}/dm:{user}"
