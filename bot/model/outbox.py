"""Holds what waits to be sent: rows that say what about, never with what words. These are found when it is sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.model.people import GroupId, MemberId

LetterId = NewType("LetterId", int)


@dataclass(frozen=True, slots=True)
class Spot:
    """A channel of a platform."""

    platform: str
    workspace: str
    channel: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to be written into the outbox.

    *key* is stable: a second draft with the same key changes nothing. *kind* names who composes it, *about* is that
    one's own reference (an id as text). It goes to *spot*, or to *member*'s direct messages. *edits* is the id of an
    earlier message to be changed in place.
    """

    key: str
    kind: str
    about: str
    member: MemberId
    due_at: datetime
    spot: Spot | None = None
    edits: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed row of the outbox. *tries* counts the claims, this one included.

    *why* says what kept it from arriving so far, *ended_at* when it was sent or given up.
    """

    id: LetterId
    group: GroupId
    key: str
    kind: str
    about: str
    member: MemberId
    due_at: datetime
    tries: int
    spot: Spot | None = None
    edits: str | None = None
    why: str = ""
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A message that was posted and may have to change: the letter's *kind* and *about*, where, and its id there."""

    kind: str
    about: str
    spot: Spot
    message: str


class Unreachable(StrEnum):
    """Why a direct message cannot arrive. The member is told at their next command."""

    CLOSED = "closed"
    GONE = "gone"
    NO_ACCOUNT = "no-account"


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived. *message* is the platform's id of it."""

    message: str


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: try again at *when*. *why* is for logs: no names, no words of the message."""

    when: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Never:
    """It cannot arrive. *unreachable* is set when that is true of the member and not only of this letter."""

    why: str
    unreachable: Unreachable | None = None


Outcome = Sent | Later | Never
