"""Holds what waits to be sent: rows that say what about, never with what words. These are found when it is sent."""

from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.model.people import GroupId, MemberId
from bot.record import record

LetterId = NewType("LetterId", int)


@record
class Spot:
    """A channel of a platform."""

    platform: str
    workspace: str
    channel: str


@record
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


@record
class Letter:
    """A claimed row of the outbox. *tries* counts the claims, this one included.

    *why* says what kept it from arriving so far, *ended_at* when it was sent or given up. *is_in_doubt* when an earlier
    try may have been accepted: it was cut off, or its worker never came back.
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
    is_in_doubt: bool = False


@record
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


class Barrier(StrEnum):
    """Why a channel does not take a message. Whoever had it posted is told, with what to do about it."""

    NOT_INVITED = "not-invited"
    ARCHIVED = "archived"
    FORBIDDEN = "forbidden"
    GONE = "gone"
    UNSURE = "unsure"
    """It may stand there already, and there is no way to look without reading the channel."""


@record
class Sent:
    """It arrived. *message* is the platform's id of it."""

    message: str


@record
class Later:
    """Not now: try again at *when*. *why* is for logs: no names, no words of the message.

    *is_in_doubt* when this try may have been accepted all the same. *freezes* when nothing else should be sent to the
    same workspace before *when*.
    """

    when: datetime
    why: str
    is_in_doubt: bool = False
    freezes: bool = False


@record
class Never:
    """It cannot arrive. *unreachable* is set when that is true of the member and not only of this letter; *barrier*
    when a channel does not take it."""

    why: str
    unreachable: Unreachable | None = None
    barrier: Barrier | None = None


Outcome = Sent | Later | Never
