"""Turns a member's wall clock into moments: their hour, their quiet hours, their days off, and clock changes.

A moment is an aware UTC `datetime`. A local time that a clock change skips moves forward by the length of the
gap (2:30 becomes 3:30); one that it repeats is taken the first time.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model.people import WEEKDAYS, Away
from bot.record import record

_DAY = timedelta(days=1)
_PATIENCE = timedelta(days=366 * 5)
"""How far ahead a next moment is looked for. Somebody who is away longer is away for good."""


@record
class Quiet:
    """The local hours without nudges, from *start* until before *end*. Equal ends mean no quiet hours."""

    start: time = time(20)
    end: time = time(8)

    def covers(self, at: time) -> bool:
        """Say whether the local time *at* is quiet. A span such as 20:00-08:00 runs through midnight."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment when the clocks of *zone* show *at* on *day*.

    A zone that crosses the date line skips a day (Apia had no 30 December 2011); its times land on the next.
    """
    return _local(day, at, zone).astimezone(UTC)


def is_quiet(moment: datetime, zone: ZoneInfo, quiet: Quiet) -> bool:
    """Say whether *moment* falls into *quiet* by the clocks of *zone*."""
    return quiet.covers(_seen_from(moment, zone).time())


def out_of_quiet(moment: datetime, zone: ZoneInfo, quiet: Quiet) -> datetime:
    """Return *moment*, or when the quiet hours that it falls into end."""
    moment = _seen_from(moment, zone).astimezone(UTC)
    while is_quiet(moment, zone, quiet):
        moment = _end_of_quiet(moment, zone, quiet)
    return moment


def next_moment(
    after: datetime,
    hour: time,
    days: frozenset[int],
    zone: ZoneInfo,
    quiet: Quiet,
    away: Sequence[Away] = (),
) -> datetime | None:
    """Return the first moment after *after* when it is *hour* on one of *days* (0 = Monday) outside *away*.

    An hour inside the quiet hours becomes the end of the quiet hours on the same local day: quiet hours win.
    A group's breaks go into *away* too. `None` means that there is no such moment in the next five years: no
    day is allowed, or *away* does not end.
    """
    at = quiet.end if quiet.covers(hour) else hour
    for day in _days_on(_seen_from(after, zone).date(), days, away):
        moment = out_of_quiet(instant(day, at, zone), zone, quiet)
        if moment > after and moment.astimezone(zone).date() == day:
            return moment
    return None


def business_days_after(start: datetime, n: int, zone: ZoneInfo) -> date:
    """Return the *n*-th day from Monday to Friday after the local day of *start*; with 0, that day itself."""
    day = _seen_from(start, zone).date()
    for _ in range(n):
        day += _DAY
        while day.weekday() not in WEEKDAYS:
            day += _DAY
    return day


def _local(day: date, at: time, zone: ZoneInfo, fold: int = 0) -> datetime:
    # PEP 495: with fold=0 a repeated time is the first one, and a skipped one counts from before the change.
    return datetime.combine(day, at.replace(fold=fold), zone)


def _seen_from(moment: datetime, zone: ZoneInfo) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"a moment needs a time zone: {moment!r}")
    return moment.astimezone(zone)


def _end_of_quiet(moment: datetime, zone: ZoneInfo, quiet: Quiet) -> datetime:
    """Return the first time after *moment* that the clocks show the end of *quiet*, today or tomorrow."""
    local = moment.astimezone(zone)
    ends = (
        _local(day, quiet.end, zone, fold).astimezone(UTC)
        for day in (local.date(), local.date() + _DAY)
        for fold in (0, 1)
    )
    return next(end for end in ends if end > moment)


def _days_on(first: date, days: frozenset[int], away: Sequence[Away]) -> Iterator[date]:
    """Yield the local days from *first* on that are allowed and not away."""
    day, last = first, first + _PATIENCE
    while day <= last:
        ends = [span.last for span in away if span.first <= day <= span.last]
        if not ends and day.weekday() in days:
            yield day
        if ends and max(ends) >= last:
            return
        day = max(ends, default=day) + _DAY
