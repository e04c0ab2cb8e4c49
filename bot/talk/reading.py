"""Reads what was typed into a field: a value, or a kind sentence that says what to do."""

import re
import unicodedata
from datetime import date, time, timedelta

from bot.record import record
from bot.talk.errors import BadInput
from bot.talk.form import Choice, Day, Field, Hour, Kind, Line, Lookup, Many, Number, Paragraph, Tick
from bot.talk.view import Option
from bot.talk.words import MONTHS, WEEKDAYS, _, ngettext

Value = str | int | bool | date | time | tuple[str, ...]

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_EMAIL = re.compile(r"[^@\s,;<>()\[\]\\\"]{1,64}@[^@\s.,;<>()\[\]\\\"]+(\.[^@\s.,;<>()\[\]\\\"]+)+")
_PHONE = re.compile(r"\+?[0-9 ()./\-]{5,30}( ?(x|ext\.?) ?[0-9]{1,6})?", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s/.<>\"]+(\.[^\s/.<>\"]+)+(/[^\s<>\"]*)?", re.IGNORECASE)
_HOUR = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|uhr|h)?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_MONTH = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?\.?(?: of)? ([a-z]+)\.?,?(?: (\d{4}))?")
_MONTH_DAY = re.compile(r"(?:[a-z]+,? )?([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?")
_IN_DAYS = re.compile(r"in (\d{1,3}) (day|week)s?")


@record
class Reading:
    """What reading depends on besides the text: *today* in the member's own zone."""

    today: date


def read(field: Field, typed: str | tuple[str, ...], options: tuple[Option, ...], reading: Reading) -> Value:
    """Return the value of what was *typed* into *field*. *options* are those of a choice. Raises `BadInput`."""
    match field, typed:
        case Many(), _:
            some = (typed,) if isinstance(typed, str) else typed
            return tuple(_choice(one, options) for one in some if one)
        case _, tuple():
            raise BadInput(_("Only one answer fits here. Which one is it?"))
        case Line(limit=limit, kind=kind), str():
            return _kind(kind, _short(clean(seen(typed) if kind is not Kind.TEXT else typed, lines=False), limit))
        case Lookup(limit=limit), str():
            return _short(clean(typed, lines=False), limit)
        case Paragraph(limit=limit), str():
            return _short(clean(typed, lines=True), limit)
        case Choice(), str():
            return _choice(typed, options)
        case Day(), str():
            return read_day(typed, reading.today)
        case Hour(), str():
            return read_hour(typed)
        case Number(low=low, high=high), str():
            return _number(typed, low, high)
        case Tick(), str():
            return typed.strip().casefold() in {"yes", "y", "true", "on", "1"}
        case _:
            raise TypeError(f"{type(field).__name__} cannot be read from {type(typed).__name__}")


def seen(typed: str) -> str:
    """Return *typed* without its marks of format, which nobody sees: joiners, direction marks, zero-width spaces. Words
    of some scripts need them; an address never does, and takes them along when it is copied out of a page."""
    return typed if typed.isascii() else "".join(c for c in typed if unicodedata.category(c) != "Cf")


def clean(typed: str, *, lines: bool) -> str:
    """Return *typed* without space around it, each run of space as one, line breaks kept where *lines* says so.

    Characters that nobody sees and that can change what others read (control characters, direction overrides) raise
    `BadInput` with the text without them as the better value; letters of right-to-left scripts are letters like any.
    """
    if typed.isprintable():  # as most is: no line break, and nothing that nobody sees
        return " ".join(typed.split())
    text = "".join(c for c in typed.replace("\r\n", "\n").replace("\r", "\n") if not _is_unwelcome(c))
    tidy = _tidy_lines(text) if lines else " ".join(text.split())
    if len(text) != len(typed.replace("\r\n", "\n")):
        sentence = _("There were invisible characters in this. They are taken out now: look it over and send it again.")
        raise BadInput(sentence, better=tidy)
    return tidy


def _is_unwelcome(c: str) -> bool:
    return c in _BIDI or (unicodedata.category(c) in {"Cc", "Cs", "Cn", "Co"} and c not in "\t\n")


def _tidy_lines(text: str) -> str:
    rows = [" ".join(row.split()) for row in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()


def _short(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    over = len(text) - limit
    words = ngettext(
        "That is {n} character more than fits here (at most {limit}). Your words are still there: shorten them.",
        "That is {n} characters more than fit here (at most {limit}). Your words are still there: shorten them.",
        over,
    )
    raise BadInput(words.format(n=f"{over:,}", limit=f"{limit:,}"))


def _kind(kind: Kind, text: str) -> str:
    match kind:
        case Kind.TEXT:
            return text
        case Kind.EMAIL:
            return _shaped(text, _EMAIL, _("An e-mail address looks like maria@example.org. Check this one once more."))
        case Kind.PHONE:
            return _shaped(
                text, _PHONE, _("A phone number has digits, spaces and perhaps a + in front: +63 2 5550 100.")
            )
        case Kind.LINK:
            return _shaped(_with_scheme(text), _LINK, _("A web address looks like https://example.org/team."))


def _with_scheme(text: str) -> str:
    return text if not text or re.match(r"[a-z]+:", text, re.IGNORECASE) else f"https://{text}"


def _shaped(text: str, shape: re.Pattern[str], sentence: str) -> str:
    if text and not shape.fullmatch(text):
        raise BadInput(sentence)
    return text


def _choice(typed: str, options: tuple[Option, ...]) -> str:
    wanted = " ".join(typed.split()).casefold()
    for option in options:
        if wanted in {option.value.casefold(), option.label.casefold()}:
            return option.value
    some = ", ".join(option.label for option in options[:6])
    raise BadInput(
        _("Choose one of these: {some}.").format(some=some) if some else _("There is nothing to choose yet.")
    )


def _number(typed: str, low: int, high: int) -> int:
    text = typed.strip()
    if not re.fullmatch(r"[0-9]{1,6}", text) or not low <= int(text) <= high:
        raise BadInput(_("Write a whole number from {low} to {high}.").format(low=low, high=high))
    return int(text)


def read_hour(typed: str) -> time:
    """Return the time of day that was typed: `9`, `9:30`, `14.05`, `9 pm`. Raises `BadInput`."""
    found = _HOUR.fullmatch(" ".join(typed.split()))
    if found is None:
        raise BadInput(_("Write a time like 9:00 or 14:30."))
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower().replace(".", "")
    if half in {"am", "pm"} and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise BadInput(_("A day has hours from 0:00 to 23:59. Which one did you mean?"))
    return time(hour, minute)


def read_day(typed: str, today: date) -> date:
    """Return the day that was typed: `2026-12-08`, `8 December`, `Dec 8`, `Tuesday`, `tomorrow`, `in 3 days`.

    A day without a year is the next such day from *today* on. Raises `BadInput`, also for a day that no month has.
    """
    text = " ".join(typed.split()).casefold()
    for attempt in (_iso_day, _near_day, _named_day):
        day = attempt(text, today)
        if day is not None:
            return day
    raise BadInput(_("Write a day like 8 December, 2026-12-08 or tomorrow."))


def _iso_day(text: str, today: date) -> date | None:
    found = _ISO.fullmatch(text)
    return _calendar(int(found[1]), int(found[2]), int(found[3])) if found else None


def _near_day(text: str, today: date) -> date | None:
    if text in {"today", "tomorrow"}:
        return today + timedelta(days=text == "tomorrow")
    if found := _IN_DAYS.fullmatch(text):
        return today + timedelta(days=int(found[1]) * (7 if found[2] == "week" else 1))
    weekday = _index(text.removeprefix("next ").removeprefix("on "), WEEKDAYS)
    return None if weekday is None else today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _named_day(text: str, today: date) -> date | None:
    for shape, day_at, month_at in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        found = shape.fullmatch(text)
        month = _index(found[month_at], MONTHS) if found else None
        if found and month is not None:
            return _dated(int(found[day_at]), month + 1, found[3], today)
    return None


def _dated(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return _calendar(int(year), month, day)
    if (month, day) == (2, 29):
        leap = date(_leap_from(today.year), 2, 29)
        return leap if leap >= today else date(_leap_from(today.year + 1), 2, 29)
    this = _calendar(today.year, month, day)
    return this if this >= today else this.replace(year=this.year + 1)


def _leap_from(year: int) -> int:
    return next(y for y in range(year, year + 9) if y % 4 == 0 and (y % 100 != 0 or y % 400 == 0))


def _calendar(year: int, month: int, day: int) -> date:
    if not 1900 <= year <= 9998:
        raise BadInput(_("That year looks off. Write a day like 8 December or 2026-12-08."))
    if not 1 <= month <= 12:
        raise BadInput(_("A year has twelve months. Write a day like 8 December or 2026-12-08."))
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    if not 1 <= day <= last:
        sentence = _("{month} {year} has {last} days. Which day did you mean?")
        raise BadInput(sentence.format(month=_(MONTHS[month - 1]), year=year, last=last))
    return date(year, month, day)


def _index(word: str, names: tuple[str, ...]) -> int | None:
    """Return which of *names* (English, or as spoken here) *word* is or begins with at least three letters of."""
    for i, name in enumerate(names):
        if len(word) >= 3 and any(n.casefold().startswith(word) for n in (name, _(name))):
            return i
    return None
