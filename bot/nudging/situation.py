"""Holds what is known about a member at one moment, and one thing that they could do next."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.model.contact import Ask, AskId
from bot.model.interview import Interview, InterviewId, Mark, StepMark
from bot.model.people import Member
from bot.model.step import StepSlug
from bot.nudging.kinds import Kind
from bot.record import record

HAPPENED = StepSlug("happened")
"""Stands for the question whether a booked talk took place, where a step's name is kept."""

Key = tuple[InterviewId | None, StepSlug]


@record
class Asked:
    """An ask of the member's, with the contact's name."""

    ask: Ask
    name: str


@record
class Situation:
    """All that decides what is next for *member* at *now*."""

    member: Member
    now: datetime
    interviews: tuple[Interview, ...] = ()
    asks: tuple[Asked, ...] = ()
    marks: tuple[StepMark, ...] = ()

    @property
    def mark_of(self) -> Mapping[Key, StepMark]:
        return {(mark.interview, mark.step): mark for mark in self.marks}

    def day(self, moment: datetime) -> date:
        """Return the day that *moment* is for the member."""
        return moment.astimezone(ZoneInfo(self.member.zone or "UTC")).date()

    def as_of(self, then: datetime) -> "Situation":
        """Return the situation as it stood at *then*, as far as is known: without later marks and talks."""
        interviews = tuple(one for one in self.interviews if one.created_at <= then)
        marks = tuple(mark for mark in self.marks if mark.at < then)
        return replace(self, now=then, interviews=interviews, marks=marks)


@record
class Item:
    """One thing to do. A mark on it is kept under *interview* and *step*.

    *who* is the person the talk is with. *ask* and *ends_at* are set for a hold that waits to be used.
    """

    kind: Kind
    step: StepSlug
    title: str
    body: str = ""
    minutes: int = 0
    interview: InterviewId | None = None
    who: str = ""
    ask: AskId | None = None
    ends_at: datetime | None = None

    @property
    def key(self) -> Key:
        return self.interview, self.step


def is_open(mark: StepMark | None, now: datetime) -> bool:
    """Tell whether something with *mark* is still to do at *now*."""
    if mark is None:
        return True
    return mark.mark is Mark.SNOOZED and (mark.until is None or mark.until <= now)
