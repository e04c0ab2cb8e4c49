"""Holds who takes part: groups, the places they talk in, and their members."""

import dataclasses
from datetime import date, datetime, time
from enum import StrEnum
from typing import NewType

from bot.record import record

GroupId = NewType("GroupId", int)
MemberId = NewType("MemberId", int)

NOBODY = MemberId(0)
"""Stands for a member who has left, in what stays: the asks that protect a contact, questions in the bank."""

WEEKDAYS = frozenset(range(5))
"""Monday to Friday, as `date.weekday` counts."""


class Purpose(StrEnum):
    """Why somebody asks professionals about their work. It picks the questions that are offered first."""

    MAJOR = "major"
    CAREER = "career"
    CHANGE = "change"
    JOB_HUNT = "job-hunt"


@record
class Away:
    """Days without nudges, by the local calendar, both ends included."""

    first: date
    last: date


@record
class Actor:
    """Who did something, where, as the platform says it.

    *channel* is `None` in a direct message. *key* is the platform's own id of this one interaction: delivered twice,
    it is the same. *zone* and *locale* are what the platform knows of the person, often nothing. *is_stranger* is set
    for somebody who sees a channel of the workspace without belonging to it.
    """

    platform: str
    workspace: str
    channel: str | None
    user: str
    name: str
    key: str
    is_admin: bool = False
    zone: str | None = None
    locale: str = "en"
    workspace_name: str = ""
    is_stranger: bool = False


@record
class Account:
    """A member's account on a platform: where a direct message goes."""

    platform: str
    workspace: str
    user: str


@record
class Group:
    """A peer career group. *office* is its career office in the organiser's words: place, hours, link.

    *says_not_applying* keeps "I am not applying for a job" in drafts. *breaks* are days when nobody is nudged.
    """

    id: GroupId
    name: str
    office: str = ""
    says_not_applying: bool = True
    breaks: tuple[Away, ...] = ()


@record
class Nudges:
    """How a member wants to be nudged. *hour*, *quiet_from*, *quiet_until* are local times; *days* are 0 for Monday on.

    *is_on* is the member's opt-in. *paused_until* is the first local day with nudges again. *stopped* are the kinds of
    `bot.nudging.kinds.Kind` that the member switched off. *unreachable* says why the last DM did not arrive.
    """

    is_on: bool = False
    hour: time = time(9)
    days: frozenset[int] = WEEKDAYS
    quiet_from: time = time(20)
    quiet_until: time = time(8)
    away: tuple[Away, ...] = ()
    paused_until: date | None = None
    stopped: frozenset[str] = frozenset()
    unreachable: str = ""


@record
class Inventory:
    """What a member knows about themselves; asked once, used in every brief."""

    values: str = ""
    interests: str = ""
    skills: str = ""
    introduction: str = ""


@record
class Member:
    """A person in one group. *zone* is an IANA name, `None` until it is known; *field* is the field of interest."""

    id: MemberId
    group: GroupId
    name: str
    joined_at: datetime
    zone: str | None = None
    locale: str = "en"
    purpose: Purpose | None = None
    field: str = ""
    is_organiser: bool = False
    has_started: bool = False
    nudges: Nudges = dataclasses.field(default_factory=Nudges)
    inventory: Inventory = dataclasses.field(default_factory=Inventory)


@record
class Seat:
    """Where an actor sits: their group and who they are in it."""

    group: Group
    member: Member
