"""Fits questions into the minutes that were asked for, and parks the rest.

Of M minutes, 2 open the talk and 4 close it; the rest holds one question for each 2.75 minutes (20, 25 and
30 minutes hold 5, 6 and 8). The two questions that always come last, whom else to talk to and whether you may
use the contact's name, belong to the 4 closing minutes and take no other question's place.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from bot.model.question import CategorySlug, Question, QuestionSlug, Shape, Slot
from bot.record import record

SHORTEST, LONGEST = 10, 90
OPENS, CLOSES = 2, 4
EACH = 2.75
CLOSING = (Slot.SECOND_LAST, Slot.LAST)

T = TypeVar("T")


@record
class Entry:
    """One question in its time: *starts_at* counts minutes from the start of the talk."""

    question: Question
    starts_at: float
    minutes: float


@record
class TimedPlan:
    """What to ask, and when, in a talk of *minutes* minutes.

    *parked* holds what did not fit, the next worth asking first: a contact who wants to go on hears those.
    What the member put aside is at its end. *left_out* are the categories of which nothing is asked.
    """

    minutes: int
    asked: tuple[Entry, ...]
    closing: tuple[Entry, ...]
    parked: tuple[Question, ...]
    left_out: tuple[CategorySlug, ...]
    opens: int = OPENS
    closes: int = CLOSES


def room_for(minutes: int) -> int:
    """Return how many questions fit between opening and closing.

    Raises `ValueError` outside 10 to 90 minutes.
    """
    if not SHORTEST <= minutes <= LONGEST:
        raise ValueError(f"a talk takes {SHORTEST} to {LONGEST} minutes, not {minutes!r}")
    return int((minutes - OPENS - CLOSES) / EACH)


def build(
    questions: Sequence[Question],
    minutes: int,
    starred: AbstractSet[QuestionSlug] = frozenset(),
    carried: Sequence[QuestionSlug] = (),
    picked: Sequence[QuestionSlug] = (),
    parked: AbstractSet[QuestionSlug] = frozenset(),
) -> TimedPlan:
    """Plan a talk with *questions*, given in the order of the bank.

    Seats go to an easy opener, then to *carried* (gaps of earlier talks), then to *starred*, then to whatever
    spreads over the categories. *picked*, the member's own order, wins over all of these; *parked*, what the
    member put aside, wins over *picked*. A slug without a question is passed over: it was deleted meanwhile.
    Raises `ValueError` when two questions share a slug, or outside 10 to 90 minutes.
    """
    room, free = room_for(minutes), _unparked(questions, parked)
    own_order = _for_the_talk(_named(picked, free))
    wanted = _once([*_named(picked, free), *_named(carried, free), *(q for q in free if q.slug in starred)])
    ranked = _ranked(_for_the_talk(wanted), _for_the_talk(free), has_own_order=bool(own_order))
    asked, closing = _in_order(ranked[:room], wanted, own_order, free), _closing([*wanted, *free])
    used = {*asked, *closing}
    categories = {question.category for question in used}
    return TimedPlan(
        minutes=minutes,
        asked=_timed(asked, OPENS, EACH),
        closing=_timed(closing, minutes - CLOSES, CLOSES / max(1, len(closing))),
        parked=tuple(q for q in _once([*ranked, *free, *questions]) if q not in used),
        left_out=tuple(c for c in _once(q.category for q in questions) if c not in categories),
    )


def _once(items: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(items))


def _unparked(questions: Sequence[Question], parked: AbstractSet[QuestionSlug]) -> list[Question]:
    if len({question.slug for question in questions}) < len(questions):
        raise ValueError("two questions share a slug")
    return [question for question in questions if question.slug not in parked]


def _named(slugs: Iterable[QuestionSlug], questions: Iterable[Question]) -> list[Question]:
    by_slug = {question.slug: question for question in questions}
    return [by_slug[slug] for slug in _once(slugs) if slug in by_slug]


def _for_the_talk(questions: Iterable[Question]) -> list[Question]:
    return [question for question in questions if question.slot not in CLOSING]


def _closing(preferred: Sequence[Question]) -> list[Question]:
    """Return the first question for each closing slot, in the order of the slots."""
    firsts = (next((q for q in preferred if q.slot is slot), None) for slot in CLOSING)
    return [question for question in firsts if question is not None]


def _ranked(wanted: Sequence[Question], free: Sequence[Question], *, has_own_order: bool) -> list[Question]:
    """Return the questions by their right to a seat.

    A follow-up that nobody wanted ranks after what it follows, and has no rank without that.
    """
    opener = [] if has_own_order else _opener([*wanted, *free])
    ranked = _once([*opener, *wanted])
    left = [question for question in free if question not in ranked]
    while (fill := _next_to_spread(ranked, left)) is not None:
        ranked.append(fill)
        left.remove(fill)
    return ranked


def _opener(preferred: Iterable[Question]) -> list[Question]:
    return [q for q in preferred if q.slot is Slot.OPENER and q.follows is None][:1]


def _next_to_spread(ranked: Sequence[Question], left: Sequence[Question]) -> Question | None:
    """Return the next of *left*, from the category heard least and rather open than closed."""
    heard = Counter(question.category for question in ranked)
    slugs = {question.slug for question in ranked}
    able = [question for question in left if question.follows is None or question.follows in slugs]
    return min(able, key=lambda q: (heard[q.category], q.shape is Shape.CLOSED), default=None)


def _in_order(
    seated: Sequence[Question],
    wanted: Sequence[Question],
    own_order: Sequence[Question],
    bank: Sequence[Question],
) -> list[Question]:
    """Return *seated* as a talk goes: the member's order or the opener, what was wanted, the rest, the late.

    What nobody wanted comes in the order of *bank*, so that questions of one category stay together.
    """
    order = list(own_order[: len(seated)]) or _opener(seated)
    waiting = sorted(
        (question for question in seated if question not in order),
        key=lambda q: (q.slot is Slot.LATE, (1, bank.index(q)) if q not in wanted else (0, 0)),
    )
    while waiting:
        slugs = {question.slug for question in waiting}
        able = (question for question in waiting if question.follows not in slugs)
        order.append(next(able, waiting[0]))  # a ring of follow-ups has no beginning: take it as it stands
        waiting.remove(order[-1])
    return order


def _timed(questions: Sequence[Question], start: float, each: float) -> tuple[Entry, ...]:
    return tuple(Entry(question, start + i * each, each) for i, question in enumerate(questions))
