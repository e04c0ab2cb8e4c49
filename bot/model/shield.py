"""Decides whether a contact may be asked now: nobody outside the chat is asked too often or by too many.

Only a message that was really sent burdens a contact. So the rest after an ask and the count per quarter
begin when it was sent, and a hold that ends unsent costs nothing. While it lasts, a hold counts like a
message that may go out any moment: otherwise two holds at once could become two messages on one day.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from bot.model.contact import ASK_LASTS, Ask, Budget
from bot.model.people import MemberId
from bot.record import record

HOLD_LASTS = timedelta(hours=72)
MOST_PER_SEEKER = 3
"""Open asks that one seeker may have at a time, whomever they are about."""

_QUARTER = timedelta(days=90)


class Reason(StrEnum):
    """Why a contact rests: somebody asks now, somebody wrote lately, or several did in the last 90 days."""

    OPEN = "open"
    GAP = "gap"
    QUARTER = "quarter"


@record
class Free:
    """The contact may be asked now."""


@record
class Resting:
    """The contact may be asked again at *until*, or sooner if an open ask ends before its time."""

    until: datetime
    reason: Reason


@record
class Yours:
    """The seeker has an open ask about this contact."""

    ask: Ask


@record
class TooManyOpen:
    """The contact is free, but the seeker must wait until *until*, or end one of their open asks."""

    until: datetime


Rest: TypeAlias = Free | Resting
Verdict: TypeAlias = Rest | Yours | TooManyOpen


def verdict(seeker: MemberId, budget: Budget, about: Sequence[Ask], own: Iterable[Ask], now: datetime) -> Verdict:
    """Tell whether *seeker* may ask now. *about* are asks about the contact (see `since`), *own* theirs."""
    seen = seen_by(seeker, budget, about, now)
    wait = _room(_ahead((ask.open_until for ask in own), now), MOST_PER_SEEKER)
    return TooManyOpen(wait) if wait and isinstance(seen, Free) else seen


def seen_by(seeker: MemberId, budget: Budget, about: Sequence[Ask], now: datetime) -> Rest | Yours:
    """Tell how a contact looks to *seeker*, whatever else they have asked."""
    yours = next((ask for ask in about if ask.seeker == seeker and ask.is_open(now)), None)
    return Yours(yours) if yours else rest_of(budget, about, now)


def rest_of(budget: Budget, about: Sequence[Ask], now: datetime) -> Rest:
    """Tell whether the contact may be asked now by somebody new.

    Each number of *budget* is at least 1, but the gap may be 0. Nothing but new asks can make a contact less
    free, so the latest of the three dates is the earliest that is free.
    """
    if not about:  # as most cards are: a page of the board comes through here
        return Free()
    rests = [
        Resting(until, reason)
        for reason, ends, most in (
            (Reason.OPEN, (ask.open_until for ask in about), budget.max_open_asks),
            (Reason.GAP, _burdens(about, timedelta(days=budget.min_gap_days)), 1),
            (Reason.QUARTER, _burdens(about, _QUARTER), budget.max_per_90d),
        )
        if (until := _room(_ahead(ends, now), most))
    ]
    return max(rests, key=lambda rest: rest.until, default=Free())


def since(now: datetime, budgets: Iterable[Budget]) -> datetime:
    """Return how far back asks can matter to a contact with one of *budgets*: where `Asks.about` begins."""
    gap = max([budget.min_gap_days for budget in budgets], default=0)
    return now - max(_QUARTER, timedelta(days=gap)) - ASK_LASTS


def _burdens(about: Iterable[Ask], lasting: timedelta) -> Iterator[datetime | None]:
    """Yield when each message stops counting, *lasting* after it was sent, and when each unsent ask ends."""
    if lasting:
        yield from (ask.sent_at + lasting if ask.sent_at else ask.open_until for ask in about)


def _ahead(ends: Iterable[datetime | None], now: datetime) -> list[datetime]:
    return sorted(end for end in ends if end is not None and end > now)


def _room(ends: list[datetime], most: int) -> datetime | None:
    """Return when fewer than *most* of *ends* lie ahead; `None` if that is so already."""
    return ends[len(ends) - most] if len(ends) >= most else None
