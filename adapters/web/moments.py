"""Writes a moment in words, as the clocks of one reader show it; the weekday is always said."""

from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.talk.view import Moment, When
from bot.talk.words import _, day_words, hour_words


def moment_words(when: When, zone: ZoneInfo, now: datetime) -> str:
    """Return `Tuesday 8 December, 9:00`, or the part of it that *when* shows; the year only when it is another."""
    local, today = when.at.astimezone(zone), now.astimezone(zone).date()
    match when.show:
        case Moment.FULL:
            return _("{day}, {hour}").format(day=day_words(local.date(), today), hour=hour_words(local.time()))
        case Moment.DAY:
            return day_words(local.date(), today)
        case Moment.HOUR:
            return hour_words(local.time())
        case _:
            assert_never(when.show)
