"""Finds members by what somebody types of their names, and tells those of the same name apart by when they came."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.model.people import Member
from bot.model.place_names import fold
from bot.record import record
from bot.talk.words import _, day_words, hour_words


@record
class Person:
    """A member as a form shows them. *folded* is the name without case and accents, *label* the name; of several with
    the same name it carries the day when they came."""

    member: Member
    folded: str
    label: str


def persons(members: Iterable[Member], zone: ZoneInfo, today: date) -> tuple[Person, ...]:
    """Return *members* as somebody sees them for whom it is *today* in *zone*."""
    folded = [(one, _folded(one.name)) for one in members]
    counts = Counter(name for _one, name in folded)
    return tuple(Person(one, name, _label(one, zone, today) if counts[name] > 1 else one.name) for one, name in folded)


def meant(some: Sequence[Person], typed: str) -> tuple[Person, ...]:
    """Return those whom *typed* names in full: as their label has it, or else by the name alone."""
    wanted = _folded(typed)
    labelled = tuple(one for one in some if _folded(one.label) == wanted and _is_told_apart(one, typed))
    return labelled or tuple(one for one in some if one.folded == wanted)


def _is_told_apart(one: Person, typed: str) -> bool:
    """Tell whether *typed* is the label of *one* and not of somebody else: folded, emoji all come to nothing."""
    return bool(fold(one.member.name)) or one.label.split() == typed.split()


def found(some: Sequence[Person], typed: str) -> tuple[Person, ...]:
    """Return those whose name has every word of *typed* in it; first those whose name begins with it."""
    wanted = _folded(typed)
    fitting = (one for one in some if all(word in one.folded for word in wanted.split()))
    return tuple(sorted(fitting, key=lambda one: (not one.folded.startswith(wanted), one.folded, one.member.joined_at)))


def since_words(one: Member, zone: ZoneInfo, today: date) -> str:
    """Return when *one* came, to the minute."""
    came = one.joined_at.astimezone(zone)
    day, hour = day_words(came.date(), today), hour_words(came.time())
    return _("here since {day}, {hour}").format(day=day, hour=hour)


def _label(one: Member, zone: ZoneInfo, today: date) -> str:
    day = day_words(one.joined_at.astimezone(zone).date(), today)
    return _("{name} (here since {day})").format(name=one.name, day=day)


def _folded(name: str) -> str:
    """Return *name* without case and accents, or as it is when nothing would be left of it."""
    return fold(name) or name.strip()
