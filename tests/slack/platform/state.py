"""Holds what Slack remembers: people, channels, messages, windows, tokens."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """An answer `{"ok": false, "error": code}`.

    With *is_violation* the app broke a documented rule; without it, the world is as it is (a channel is archived).
    """

    def __init__(self, code: str, *details: str, is_violation: bool = False, **more: Any) -> None:
        super().__init__(code, *details)
        self.code, self.details, self.is_violation, self.more = code, details, is_violation, more


def broken(code: str, *details: str, **more: Any) -> SlackError:
    """Return the error for a call that Slack's documents forbid."""
    return SlackError(code, *details, is_violation=True, **more)


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that the app did against Slack's documents: *kind* is Slack's word for it where there is one."""

    kind: str
    where: str
    details: tuple[str, ...] = ()


@dataclass(slots=True)
class User:
    """A person or a bot. *home* is the id of the workspace that the account belongs to; a stranger's is another one."""

    id: str
    name: str
    home: str
    tz: str = "Etc/UTC"
    locale: str = "en-US"
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_deleted: bool = False
    is_stranger: bool = False


@dataclass(slots=True)
class Channel:
    """A channel, or with *partner* the direct messages of that user with the app. *members* None means everybody."""

    id: str
    name: str
    members: set[str] | None = None
    has_bot: bool = True
    is_archived: bool = False
    partner: str = ""

    @property
    def is_dm(self) -> bool:
        return bool(self.partner)

    def shows(self, user: str) -> bool:
        return user == self.partner if self.partner else self.members is None or user in self.members


@dataclass(slots=True)
class Message:
    """One message. *reader* is set on what Slack calls ephemeral: who alone sees it. *order* grows with changes."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json]
    order: int
    is_ours: bool = True
    reader: str = ""
    metadata: Json | None = None
    files: list[Json] = field(default_factory=list)
    edits: int = 0


@dataclass(slots=True)
class Window:
    """A modal on a person's screen, or their Home tab. *values* is what stands in the fields, by block and action."""

    id: str
    hash: str
    user: str
    view: Json
    values: dict[tuple[str, str], Json]
    root: str
    previous: str | None = None
    order: int = 0


@dataclass(slots=True)
class Trigger:
    """The right to open one window, for three seconds, once."""

    id: str
    team: str
    user: str
    born: datetime
    started: float
    window: str | None = None
    is_used: bool = False


@dataclass(slots=True)
class Hook:
    """A response_url: five uses in thirty minutes. *original* is the message that a press came from."""

    id: str
    team: str
    user: str
    channel: str
    born: datetime
    original: Message | None = None
    uses: int = 0


@dataclass(slots=True)
class Grant:
    """What a bot token may do, and where. *team* is "" for a whole organisation; *expires_at* None: it never does."""

    token: str
    team: str
    enterprise: str
    scopes: frozenset[str]
    bot_user: str
    bot_id: str
    expires_at: datetime | None = None
    refresh: str = ""
    is_revoked: bool = False


@dataclass(slots=True)
class Call:
    """A call as the app made it. *error* is "" when Slack accepted it, and tells a fault's name when one got in."""

    method: str
    team: str
    args: Json
    at: datetime
    error: str = "unanswered"


@dataclass(slots=True)
class Upload:
    id: str
    team: str
    name: str
    length: int
    content: bytes | None = None
    alt: str = ""


TRIGGER_LIFE = timedelta(seconds=3)  # https://docs.slack.dev/interactivity/handling-user-interaction
HOOK_LIFE = timedelta(minutes=30)
HOOK_USES = 5
TOKEN_LIFE = timedelta(hours=12)  # https://docs.slack.dev/authentication/using-token-rotation
