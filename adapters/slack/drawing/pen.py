"""Holds what drawing for Slack depends on besides the view."""

from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from bot.record import record

Json: TypeAlias = dict[str, Any]
"""A block, an element or a view, as Slack documents it."""


@record
class Pen:
    """For whom something is drawn: *reader* is their user id, empty for a channel, which has many readers.

    Slack itself shows moments in the zone of each device; *zone* is for the words that stand in where it cannot.
    """

    zone: ZoneInfo
    locale: str = "en"
    reader: str = ""
