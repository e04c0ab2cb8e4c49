"""Holds what drawing for Discord depends on besides the view."""

from zoneinfo import ZoneInfo

from bot.record import record


@record
class Pen:
    """For whom something is drawn. Discord itself shows moments in the zone of each device; *zone* is the reader's own.

    *place* is the id of the server that is meant, where a message does not stand in it: in direct messages, what is
    pressed has to say whose group it is about. It is empty inside a server, which says so itself.
    """

    zone: ZoneInfo
    locale: str = "en"
    place: str = ""
