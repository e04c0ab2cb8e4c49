"""Holds what a question for an interview is, wherever it came from."""

from enum import StrEnum
from typing import NewType

from bot.record import record

QuestionSlug = NewType("QuestionSlug", str)
"""`Q1` to `Q30` for the bank that ships with Askwell, `own-<id>` for one that a member added to the bank,
`mine-<n>` for one that only one plan knows."""

CategorySlug = NewType("CategorySlug", str)


class Shape(StrEnum):
    """What kind of answer a question invites."""

    OPEN = "open"
    SHORT = "short"
    CLOSED = "closed"
    CONSENT = "consent"


class Slot(StrEnum):
    """Where in a talk a question belongs."""

    OPENER = "opener"
    ANY = "any"
    LATE = "late"
    SECOND_LAST = "second-last"
    LAST = "last"


@record
class Category:
    """One of the fourteen themes of the bank, in the order in which a talk usually meets them."""

    slug: CategorySlug
    title: str
    order: int
    about: str


@record
class Question:
    """A question to ask. *rewrite* is the open form offered for a closed one; *why* says what it is good for.

    *follows* names the question after which this one makes sense; *hint* is advice on asking it tactfully.
    """

    slug: QuestionSlug
    text: str
    category: CategorySlug
    shape: Shape = Shape.OPEN
    slot: Slot = Slot.ANY
    why: str = ""
    rewrite: str | None = None
    follows: QuestionSlug | None = None
    hint: str = ""
