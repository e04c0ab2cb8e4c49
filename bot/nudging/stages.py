"""Says which steps belong to a talk where it stands now, and puts the talk's own names into them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from bot.content.library import Library
from bot.model.interview import Interview
from bot.model.journey import State
from bot.model.people import Member
from bot.model.step import Phase, Step, StepSlug
from bot.nudging.situation import Situation
from bot.talk.view import plain, spans
from bot.talk.words import _

TALK_IS_NEAR = timedelta(days=3)
THANKS = StepSlug("thank-you")

ABOUT_YOU = "S-05"
WHILE_WAITING = frozenset({"S-23", "S-25", "S-26"})
FOR_THE_DAY = frozenset({"S-19", "S-27"})
"""Lines of the guide that tell steps of one phase apart: what is about the member alone; and of arranging, what
helps while an answer is awaited and what comes once a time is agreed. The rest comes before writing."""

NOT_BEFORE: Mapping[StepSlug, timedelta] = {
    StepSlug("what-you-decided"): timedelta(days=14),
    StepSlug("resume-later"): timedelta(days=14),
    StepSlug("keep-in-touch"): timedelta(days=120),
}
"""How long after the talk, or the last thanks, a step makes sense."""

PLACEHOLDERS = ("{contact}", "{organisation}", "{field}")


def steps_of(interview: Interview, situation: Situation, library: Library, *, is_first: bool) -> tuple[Step, ...]:
    """Return the steps of *interview* in order, done or not.

    The first talk in preparation brings the steps about the member along: once done, they serve every talk.
    """
    preparing = library.steps_of(Phase.PREPARING)
    own = tuple(step for step in preparing if not is_about_you(step))
    arranging = library.steps_of(Phase.ARRANGING)
    match interview.state:
        case State.IDEA | State.PREPARING:
            before = _without(arranging, WHILE_WAITING | FOR_THE_DAY)
            return (*(preparing if is_first else own), *before)
        case State.ASKING | State.SILENT:
            return _with(arranging, WHILE_WAITING)
        case State.BOOKED:
            near = library.steps_of(Phase.HOLDING) if _is_near(interview, situation) else ()
            return (*_with(arranging, FOR_THE_DAY), *near, *own)
        case State.HELD | State.FOLLOWED_UP | State.IN_TOUCH:
            return tuple(_after_talk(interview, library.steps_of(Phase.FOLLOWING_UP), situation.now))
        case State.MOVED | State.DECLINED | State.CANCELLED | State.NO_SHOW | State.LET_GO | State.CLOSED:
            return ()


def is_about_you(step: Step) -> bool:
    """Tell whether *step* is about the member alone, so that it is done once and not for every talk."""
    names_somebody = any(hole in step.title + step.body for hole in PLACEHOLDERS)
    return step.phase is Phase.PREPARING and ABOUT_YOU in step.guide and not names_somebody


def is_over(interview: Interview, now: datetime) -> bool:
    """Tell whether the booked time has passed and nobody has said yet what became of the talk."""
    if interview.state is not State.BOOKED or interview.booked_at is None:
        return False
    return now >= interview.booked_at + timedelta(minutes=interview.minutes)


def fill(words: str, member: Member, interview: Interview | None) -> str:
    """Return the *words* of a step with the talk's own names in them."""
    contact = interview.who if interview else ""
    organisation = interview.organisation if interview else ""
    field = (interview.field if interview else "") or member.field
    filled = spans(
        words,
        contact=contact or _("them"),
        organisation=organisation or _("their organisation"),
        field=field or _("their field"),
    )
    return plain(filled)


def _with(steps: Iterable[Step], lines: frozenset[str]) -> tuple[Step, ...]:
    return tuple(step for step in steps if lines.intersection(step.guide))


def _without(steps: Iterable[Step], lines: frozenset[str]) -> tuple[Step, ...]:
    return tuple(step for step in steps if not lines.intersection(step.guide))


def _after_talk(interview: Interview, steps: Iterable[Step], now: datetime) -> Iterator[Step]:
    for step in steps:
        is_thanked = step.slug == THANKS and interview.state is not State.HELD
        if not is_thanked and now - interview.since >= NOT_BEFORE.get(step.slug, timedelta()):
            yield step


def _is_near(interview: Interview, situation: Situation) -> bool:
    if interview.booked_at is None:
        return True
    return situation.day(interview.booked_at) - situation.day(situation.now) <= TALK_IS_NEAR
