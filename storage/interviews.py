"""Reads and changes interviews and their plans."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.model.contact import ContactId
from bot.model.interview import Interview, InterviewId, Planned
from bot.model.journey import State
from bot.model.people import MemberId
from bot.model.question import QuestionSlug
from storage.link import OF_GROUP, Repository, given
from storage.tables import interviews, marks, planned

_OF_INTERVIEW: Any = bindparam("of_interview")
_THIS = (interviews.c.group_id == OF_GROUP, interviews.c.id == _OF_INTERVIEW)
_BY = (interviews.c.group_id == OF_GROUP, interviews.c.seeker_id == bindparam("of_seeker"))
_ITS_PLAN = (planned.c.group_id == OF_GROUP, planned.c.interview_id == _OF_INTERVIEW)

_ADD = insert(interviews).returning(interviews.c.id)
_GET = select(interviews).where(*_THIS, *_BY)
_OF = select(interviews).where(*_BY).order_by(interviews.c.id.desc())
_CHANGE = update(interviews).where(*_THIS)
_LOCK = select(interviews.c.id).where(*_THIS).with_for_update(key_share=True)
_PLAN = select(planned).where(*_ITS_PLAN).order_by(planned.c.row)
_CLEAR = delete(planned).where(*_ITS_PLAN)
_PLAN_ROW = insert(planned)
_REMOVE = (
    _CLEAR,
    delete(marks).where(marks.c.group_id == OF_GROUP, marks.c.interview_id == _OF_INTERVIEW),
    delete(interviews).where(*_THIS),
)


class Interviews(Repository):
    async def add(
        self, seeker: MemberId, who: str, organisation: str, field: str, goal: str, minutes: int, now: datetime,
        *, contact: ContactId | None = None,
    ) -> InterviewId:  # fmt: skip
        number = await self._scope.add(
            _ADD, seeker_id=seeker, contact_id=contact, who=who, organisation=organisation, field=field, goal=goal,
            minutes=minutes, state=State.IDEA, since=now, created_at=now,
        )  # fmt: skip
        return InterviewId(number)

    async def get(self, interview: InterviewId, seeker: MemberId) -> Interview | None:
        row = await self._scope.first(_GET, of_interview=interview, of_seeker=seeker)
        return None if row is None else _interview(row)

    async def of(self, seeker: MemberId) -> tuple[Interview, ...]:
        return tuple(_interview(row) for row in await self._scope.all(_OF, of_seeker=seeker))

    async def change(
        self, interview: InterviewId, *, who: str | None = None, organisation: str | None = None,
        field: str | None = None, goal: str | None = None, minutes: int | None = None, relates: str | None = None,
        booked_at: datetime | None = None,
    ) -> None:  # fmt: skip
        changes = given(
            who=who, organisation=organisation, field=field, goal=goal, minutes=minutes, relates=relates,
            booked_at=booked_at,
        )  # fmt: skip
        if changes:
            await self._scope.run(_CHANGE, of_interview=interview, **changes)

    async def move(self, interview: InterviewId, state: State, now: datetime) -> None:
        await self._scope.run(_CHANGE, of_interview=interview, state=state, since=now)

    async def remove(self, interview: InterviewId) -> None:
        for statement in _REMOVE:
            await self._scope.run(statement, of_interview=interview)

    async def plan(self, interview: InterviewId) -> tuple[Planned, ...]:
        return tuple(_planned(row) for row in await self._scope.all(_PLAN, of_interview=interview))

    async def set_plan(self, interview: InterviewId, plan: Sequence[Planned]) -> None:
        """Replace the plan; one who changes it at the same moment waits. No change for an unknown interview."""
        if await self._scope.first(_LOCK, of_interview=interview) is None:
            return
        await self._scope.run(_CLEAR, of_interview=interview)
        await self._scope.add_many(_PLAN_ROW, [_row(interview, row, line) for row, line in enumerate(plan)])


def _interview(row: Row[Any]) -> Interview:
    return Interview(
        id=InterviewId(row.id),
        seeker=MemberId(row.seeker_id),
        who=row.who,
        organisation=row.organisation,
        field=row.field,
        goal=row.goal,
        minutes=row.minutes,
        state=State(row.state),
        since=row.since,
        created_at=row.created_at,
        contact=None if row.contact_id is None else ContactId(row.contact_id),
        relates=row.relates,
        booked_at=row.booked_at,
    )


def _planned(row: Row[Any]) -> Planned:
    return Planned(QuestionSlug(row.question), row.place, row.wording, row.is_starred, row.is_parked)


def _row(interview: InterviewId, row: int, line: Planned) -> dict[str, Any]:
    return {
        "interview_id": interview,
        "row": row,
        "question": line.question,
        "place": line.place,
        "wording": line.wording,
        "is_starred": line.is_starred,
        "is_parked": line.is_parked,
    }
