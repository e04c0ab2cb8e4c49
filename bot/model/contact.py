"""Holds a contact, what they allowed, and the budget that keeps them from being asked too often."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.model.people import MemberId
from bot.record import record

ContactId = NewType("ContactId", int)
AskId = NewType("AskId", int)


class Standing(StrEnum):
    """Who can see a contact: only their steward, the group's board, or nobody any more."""

    PRIVATE = "private"
    SHARED = "shared"
    WITHDRAWN = "withdrawn"


class Basis(StrEnum):
    """How the sharer knows that the contact agrees to be shared."""

    SAID_YES = "said-yes"
    OFFERED = "offered"
    PUBLIC = "public"
    UNKNOWN = "unknown"


class Scope(StrEnum):
    """How far a shared contact may be reached: by whoever holds the ask, or through the sharer only."""

    DIRECT = "direct"
    ASK_ME_FIRST = "ask-me-first"


class Reach(StrEnum):
    """How the contact likes to be reached; drafts begin with it."""

    EMAIL = "email"
    PHONE = "phone"
    MESSAGE = "message"
    UNKNOWN = "unknown"


CONSENT_LASTS = timedelta(days=365)


@record
class Consent:
    """What a contact allowed. *may_name* is the other permission, kept apart: to say who suggested writing to them.

    *given_on* and *expires_on* are days of the recorder's calendar; consent lasts twelve months.
    """

    basis: Basis
    scope: Scope
    given_on: date
    expires_on: date
    recorded_by: MemberId
    may_name: bool = False


@record
class Budget:
    """How often a contact may be asked."""

    max_open_asks: int = 1
    min_gap_days: int = 14
    max_per_90d: int = 4


@record
class Details:
    """How to reach a contact. Encrypted at rest; read only for the steward and for whoever holds an ask."""

    email: str = ""
    phone: str = ""


@record
class Contact:
    """A professional outside the chat. *does* is their work in a few words, *known* how the steward knows them.

    *note* is the steward's own and never leaves them. *link* is a public page. *hours* is when they like to be reached.
    *has_email* and *has_phone* tell that details are on file, without saying them.
    """

    id: ContactId
    steward: MemberId
    name: str
    does: str
    organisation: str
    field: str
    place: str
    created_at: datetime
    tags: tuple[str, ...] = ()
    link: str = ""
    reach: Reach = Reach.UNKNOWN
    hours: str = ""
    known: str = ""
    note: str = ""
    standing: Standing = Standing.PRIVATE
    consent: Consent | None = None
    budget: Budget = Budget()
    shared_at: datetime | None = None
    has_email: bool = False
    has_phone: bool = False

    def listing(self, sharer: str) -> "Listing":
        """Return what the group sees of it; *sharer* is the steward's name."""
        scope = self.consent.scope if self.consent else Scope.ASK_ME_FIRST
        return Listing(
            self.id, self.steward, sharer, self.name, self.does, self.organisation, self.field, self.place, self.tags,
            scope, self.budget,
        )  # fmt: skip


@record
class Listing:
    """A contact on the board, with nothing but what everybody in the group may see on its card, and its budget.

    *sharer* is the steward's name, empty once they have left. Of most contacts nobody has asked yet; *may_rest* tells
    that somebody may have, and that their asks are worth looking up.
    """

    id: ContactId
    steward: MemberId
    sharer: str
    name: str
    does: str
    organisation: str
    field: str
    place: str
    tags: tuple[str, ...]
    scope: Scope
    budget: Budget
    may_rest: bool = True


class AskState(StrEnum):
    """A hold that was taken, a message that was sent, or the end of either.

    A hold whose time is over stays `HOLD` in the store and counts as released: see `Ask.is_open`.
    """

    HOLD = "hold"
    SENT = "sent"
    RELEASED = "released"
    CLOSED = "closed"


ASK_LASTS = timedelta(days=28)
"""How long a sent ask keeps others away when nobody tells its end: for an answer, a reminder and a talk."""


@record
class Ask:
    """A seeker's request to talk to a contact. *ends_at* is when a hold lapses by itself."""

    id: AskId
    contact: ContactId
    seeker: MemberId
    state: AskState
    taken_at: datetime
    ends_at: datetime
    sent_at: datetime | None = None

    @property
    def open_until(self) -> datetime | None:
        """When this ask ends by itself; `None` if somebody has ended it."""
        match self.state:
            case AskState.HOLD:
                return self.ends_at
            case AskState.SENT:
                return (self.sent_at or self.taken_at) + ASK_LASTS
            case AskState.RELEASED | AskState.CLOSED:
                return None

    def is_open(self, now: datetime) -> bool:
        """Tell whether this ask still keeps others from asking."""
        return self.open_until is not None and now < self.open_until


class Sought(StrEnum):
    """What a search of the board looks at."""

    ANYTHING = "anything"
    ORGANISATION = "organisation"
    FIELD = "field"
    PLACE = "place"
    TAG = "tag"
