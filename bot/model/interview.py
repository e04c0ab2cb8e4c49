"""Holds an interview, its plan, and what has become of each step on the way."""

from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.model.contact import ContactId
from bot.model.journey import State
from bot.model.people import MemberId
from bot.model.question import CategorySlug, QuestionSlug
from bot.model.step import StepSlug
from bot.record import record

InterviewId = NewType("InterviewId", int)
OwnQuestionId = NewType("OwnQuestionId", int)


@record
class Interview:
    """A talk that a seeker prepares, holds and follows up.

    *contact* is `None` while the person is only a *who* in words. *goal* is what the seeker wants to learn, *relates*
    how they relate to this field, *minutes* the length they will ask for. *since* is when *state* began.
    """

    id: InterviewId
    seeker: MemberId
    who: str
    organisation: str
    field: str
    goal: str
    minutes: int
    state: State
    since: datetime
    created_at: datetime
    contact: ContactId | None = None
    relates: str = ""
    booked_at: datetime | None = None


@record
class Planned:
    """One question in an interview's plan. *wording* replaces the bank's words when the seeker changed them.

    *place* is the seeker's own order, counted from 0; `None` leaves the order to the plan.
    """

    question: QuestionSlug
    place: int | None = None
    wording: str = ""
    is_starred: bool = False
    is_parked: bool = False


@record
class OwnQuestion:
    """A question that a member added to the group's bank."""

    id: OwnQuestionId
    author: MemberId
    text: str
    category: CategorySlug
    created_at: datetime


class Mark(StrEnum):
    """What a member said about a step."""

    DONE = "done"
    SKIPPED = "skipped"
    SNOOZED = "snoozed"


@record
class StepMark:
    """What a member said about one *step*, and when; *until* ends a snooze.

    *interview* is `None` for the steps that are done once and serve every talk (phases starting and finding).
    """

    interview: InterviewId | None
    step: StepSlug
    mark: Mark
    at: datetime
    until: datetime | None = None
