"""Tells when a member's next nudge may come: their own hour, on their days, at most one each local day."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model.outbox import Later
from bot.model.people import Away, Member, Nudges
from bot.nudging.hours import Quiet, instant, next_moment, out_of_quiet

FOLDED_AFTER = timedelta(days=7)
"""A nudge that is later than this is not caught up on; one line says that it was quiet."""


def quiet_of(nudges: Nudges) -> Quiet:
    return Quiet(nudges.quiet_from, nudges.quiet_until)


def awake_at(member: Member, now: datetime) -> datetime:
    """Return *now*, or when the quiet hours of *member* that it falls into end."""
    return out_of_quiet(now, ZoneInfo(member.zone or "UTC"), quiet_of(member.nudges))


def until_awake(member: Member, now: datetime) -> Later | None:
    """Return when to look again at a letter to *member*, who has quiet hours *now*; `None` when they have not. A letter
    is written for a better hour, but may be late, or its reader somewhere else by now."""
    until = awake_at(member, now)
    return Later(until, "quiet hours") if until > now else None


def days_off(nudges: Nudges, breaks: Sequence[Away] = ()) -> tuple[Away, ...]:
    """Return every span of local days without nudges: the member's own, the group's *breaks*, and a pause."""
    if nudges.paused_until is None:
        return (*nudges.away, *breaks)
    return (*nudges.away, *breaks, Away(date.min, nudges.paused_until - timedelta(days=1)))


def next_nudge(
    member: Member, now: datetime, breaks: Sequence[Away] = (), last_sent: datetime | None = None
) -> datetime | None:
    """Return when the next nudge is due after *now*; `None` while nudges are off or the zone is not known.

    *last_sent* is when the last one went out. Its day, by the clocks where the member is now, gets no second one.
    """
    nudges = member.nudges
    if not nudges.is_on or member.zone is None:
        return None
    zone = ZoneInfo(member.zone)
    off = days_off(nudges, breaks)
    if last_sent is not None:
        off = (*off, Away(date.min, last_sent.astimezone(zone).date()))
    return next_moment(now, nudges.hour, nudges.days, zone, quiet_of(nudges), off)


def nudge_of_today(member: Member, now: datetime, breaks: Sequence[Away] = ()) -> datetime | None:
    """Return when today's nudge is or was due, and `None` when the member's local today has none."""
    if member.zone is None:
        return None
    today = now.astimezone(ZoneInfo(member.zone)).date()
    yesterday = instant(today - timedelta(days=1), time(12), ZoneInfo(member.zone))
    moment = next_nudge(member, yesterday, (*breaks, Away(date.min, today - timedelta(days=1))))
    return moment if moment is not None and moment.astimezone(ZoneInfo(member.zone)).date() == today else None
