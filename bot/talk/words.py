"""Speaks the reader's language: gettext catalogues, chosen once per interaction, and dates in words."""

import gettext
from contextvars import ContextVar
from datetime import date, time
from functools import cache
from pathlib import Path

DOMAIN = "askwell"
LOCALES = Path(__file__).parent.parent / "content" / "locale"

_speaking: ContextVar[gettext.NullTranslations | None] = ContextVar("speaking", default=None)


@cache
def catalogue(locale: str) -> gettext.NullTranslations:
    """Return the catalogue for *locale* (`fil`, `en-GB`, ...), or English where there is none yet."""
    tag = locale.replace("-", "_")
    return gettext.translation(DOMAIN, LOCALES, languages=[tag, tag.split("_")[0]], fallback=True)


class speaking:  # noqa: N801 - a context manager, which every answer goes through: as a function it takes twice as long
    """Let `_` and `ngettext` answer from *translations* inside the block, for this task only."""

    __slots__ = ("_token", "_translations")

    def __init__(self, translations: gettext.NullTranslations) -> None:
        self._translations = translations

    def __enter__(self) -> None:
        self._token = _speaking.set(self._translations)

    def __exit__(self, *_error: object) -> None:
        _speaking.reset(self._token)


def _(message: str) -> str:
    """Return *message* in the language being spoken. The empty string stays empty (gettext would give its header)."""
    translations = _speaking.get()
    return translations.gettext(message) if translations and message else message


def ngettext(one: str, many: str, n: int) -> str:
    """Return *one* or *many* for *n*, in the language being spoken."""
    translations = _speaking.get()
    if translations:
        return translations.ngettext(one, many, n)
    return one if n == 1 else many


def N_(message: str) -> str:  # noqa: N802 - the name that every gettext tool looks for
    """Mark *message* for the catalogue where it is written down long before it is said."""
    return message


WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


def day_words(day: date, today: date | None = None) -> str:
    """Return *day* as `Tuesday 8 December`, with the year when it is not the year of *today*."""
    weekday, month = _(WEEKDAYS[day.weekday()]), _(MONTHS[day.month - 1])
    if today is not None and day.year == today.year:
        return _("{weekday} {day} {month}").format(weekday=weekday, day=day.day, month=month)
    return _("{weekday} {day} {month} {year}").format(weekday=weekday, day=day.day, month=month, year=day.year)


def hour_words(at: time) -> str:
    """Return *at* as `9:00` or `14:05`."""
    return f"{at.hour}:{at.minute:02}"


def listing(items: list[str]) -> str:
    """Return `a`, `a and b`, or `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return _("{some} and {last}").format(some=", ".join(items[:-1]), last=items[-1])
