"""Writes a moment the way Slack shows it on each device, and in words where it cannot."""

from typing import assert_never
from zoneinfo import ZoneInfo

from bot.talk.view import Moment, When
from bot.talk.words import _, day_words, hour_words

_DAY = "{date_long_pretty}"
_HOUR = "{time}"


def moment_format(show: Moment) -> str:
    """Return Slack's template for *show*: `{date_long_pretty} at {time}`. A day carries its weekday, unless it is
    yesterday, today or tomorrow."""
    match show:
        case Moment.FULL:
            return _("{day} at {hour}").format(day=_DAY, hour=_HOUR)
        case Moment.DAY:
            return _DAY
        case Moment.HOUR:
            return _HOUR
        case _:
            assert_never(show)


def moment_words(when: When, zone: ZoneInfo) -> str:
    """Return `Tuesday 8 December 2026, 9:00 (Manila time)`, or the part of it that *when* shows; never without the
    zone, because whoever reads it may be elsewhere."""
    local, where = when.at.astimezone(zone), zone_words(zone)
    match when.show:
        case Moment.FULL:
            day, hour = day_words(local.date()), hour_words(local.time())
            return _("{day}, {hour} ({zone})").format(day=day, hour=hour, zone=where)
        case Moment.DAY:
            return _("{day} ({zone})").format(day=day_words(local.date()), zone=where)
        case Moment.HOUR:
            return _("{hour} ({zone})").format(hour=hour_words(local.time()), zone=where)
        case _:
            assert_never(when.show)


def zone_words(zone: ZoneInfo) -> str:
    """Return `Manila time` for Asia/Manila. The short names that zones have mean other places elsewhere: PST is also
    Manila's."""
    area, _slash, city = zone.key.rpartition("/")
    return _("{city} time").format(city=city.replace("_", " ")) if area else zone.key
