"""Keeps what members said about their steps."""

from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.dialects.postgresql import Insert

from bot.model.interview import InterviewId, Mark, StepMark
from bot.model.people import MemberId
from bot.model.step import StepSlug
from storage.link import OF_GROUP, Repository
from storage.tables import marks
from storage.upsert import upsert

_OF = (
    select(marks)
    .where(marks.c.group_id == OF_GROUP, marks.c.member_id == bindparam("of_member"))
    .order_by(marks.c.at, marks.c.id)
)


def _replacing(*key: Any, where: Any) -> Insert:
    insert = upsert(marks)
    return insert.on_conflict_do_update(
        index_elements=[marks.c.group_id, marks.c.member_id, marks.c.step, *key],
        index_where=where,
        set_={name: insert.excluded[name] for name in ("mark", "at", "until")},
    )


_MARK = _replacing(marks.c.interview_id, where=marks.c.interview_id.is_not(None))
_MARK_FOR_ALL = _replacing(where=marks.c.interview_id.is_(None))


class Steps(Repository):
    async def mark(self, member: MemberId, mark: StepMark) -> None:
        statement = _MARK_FOR_ALL if mark.interview is None else _MARK
        row = {"step": mark.step, "mark": mark.mark, "at": mark.at, "until": mark.until}
        await self._scope.add_many(statement, [{"member_id": member, "interview_id": mark.interview, **row}])

    async def of(self, member: MemberId) -> tuple[StepMark, ...]:
        return tuple(_mark(row) for row in await self._scope.all(_OF, of_member=member))


def _mark(row: Row[Any]) -> StepMark:
    interview = None if row.interview_id is None else InterviewId(row.interview_id)
    return StepMark(interview, StepSlug(row.step), Mark(row.mark), row.at, row.until)
