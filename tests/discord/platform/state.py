"""Holds what Discord remembers: accounts, channels, messages, modals, calls."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]

EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15  # flags of messages
TOKEN_LIFE = timedelta(minutes=15)  # https://docs.discord.com/developers/interactions/receiving-and-responding
NONCE_LIFE = timedelta(minutes=5)  # "the past few minutes": https://docs.discord.com/developers/resources/message


class DiscordError(Exception):
    """An answer with one of Discord's error codes.

    *errors* are sentences by the path to what is wrong, as in "data.components.0". With *is_violation* the app broke
    a documented rule; without it, the world is as it is (somebody has closed their direct messages).
    """

    def __init__(self, code: int, errors: dict[str, str] | None = None, *, is_violation: bool = False) -> None:
        super().__init__(code)
        self.code, self.errors, self.is_violation = code, errors or {}, is_violation


class Failed(Exception):
    """An answer that is no error code of Discord's: a fault, or a rate limit."""

    def __init__(self, status: int, body: Json, headers: dict[str, str] | None = None) -> None:
        super().__init__(status)
        self.status, self.body, self.headers = status, body, headers or {}


def broken(code: int, errors: dict[str, str] | None = None) -> DiscordError:
    """Return the error for a call that Discord's documents forbid."""
    return DiscordError(code, errors, is_violation=True)


def bad_form(errors: dict[str, str]) -> DiscordError:
    """Return Discord's "Invalid Form Body"."""
    return broken(50035, errors)


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that the app did against Discord's documents: *code* is the one it was answered with, or a close code.

    *code* is 0 where Discord says nothing, although it is wrong.
    """

    code: int
    where: str
    details: tuple[str, ...] = ()


@dataclass(slots=True)
class User:
    """An account. The direct messages of one that *has_blocked* the bot, or *takes_no_dms*, are closed to it."""

    id: str
    name: str
    locale: str = "en-US"
    is_bot: bool = False
    is_deleted: bool = False
    takes_no_dms: bool = False
    has_blocked: bool = False


@dataclass(slots=True)
class Channel:
    """A channel, or with *partner* the direct messages of that user with the bot. *guild* is "" then."""

    id: str
    name: str
    guild: str = ""
    partner: str = ""
    bot_sees: bool = True
    bot_sends: bool = True

    @property
    def is_dm(self) -> bool:
        return bool(self.partner)


@dataclass(slots=True, eq=False)
class Message:
    """One message. *reader* is set on an ephemeral one: who alone sees it. *exchange* is the interaction it answers.

    *pings* are the ids of users that its sending notified, and "everyone". *order* grows with each change.
    """

    id: str
    channel: str
    author: str
    content: str
    components: list[Json]
    flags: int
    made: datetime
    order: int
    embeds: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    pings: tuple[str, ...] = ()
    reader: str = ""
    exchange: str = ""
    edited: datetime | None = None

    @property
    def is_v2(self) -> bool:
        return bool(self.flags & COMPONENTS_V2)

    @property
    def is_loading(self) -> bool:
        return bool(self.flags & LOADING)


@dataclass(slots=True, eq=False)
class Window:
    """A modal on a person's screen. *values* is what stands in its fields, by custom_id."""

    data: Json
    channel: Channel
    source: Message | None
    values: Json


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content: bytes


@dataclass(slots=True, eq=False)
class Call:
    """A call as the app made it. *route* is as in the official document, *status* 0 when it got no answer.

    *code* is Discord's error code, 0 for none. *fault* tells what was made to go wrong, if anything. *agent* is who
    the caller says to be.
    """

    route: str
    path: str
    body: Any
    files: list[File]
    at: datetime
    status: int = 0
    code: int = 0
    fault: str = ""
    agent: str = ""
