"""Counts which kinds of nudge reached a member, and how many went by since they last did something about one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from bot.model.people import MemberId
from storage.link import OF_GROUP, Repository
from storage.tables import nudge_log
from storage.upsert import upsert

_OF_MEMBER = (nudge_log.c.group_id == OF_GROUP, nudge_log.c.member_id == bindparam("of_member"))
_THIS = (*_OF_MEMBER, nudge_log.c.kind == bindparam("of_kind"))

_INSERT = upsert(nudge_log)
_SENT = _INSERT.on_conflict_do_update(
    index_elements=[nudge_log.c.group_id, nudge_log.c.member_id, nudge_log.c.kind],
    set_={"sent_at": _INSERT.excluded.sent_at, "ignored": nudge_log.c.ignored + 1},
)
_ANSWERED = update(nudge_log).where(*_THIS).values(ignored=0)
_IGNORED = select(nudge_log.c.ignored).where(*_THIS)
_LAST_SENT = select(func.max(nudge_log.c.sent_at, type_=nudge_log.c.sent_at.type)).where(*_OF_MEMBER)


class NudgeLog(Repository):
    async def sent(self, member: MemberId, kinds: Sequence[str], now: datetime) -> None:
        rows = [{"member_id": member, "kind": kind, "sent_at": now, "ignored": 1} for kind in kinds]
        await self._scope.add_many(_SENT, rows)

    async def answered(self, member: MemberId, kind: str, now: datetime) -> None:
        await self._scope.run(_ANSWERED, of_member=member, of_kind=kind, answered_at=now)

    async def ignored(self, member: MemberId, kind: str) -> int:
        row = await self._scope.first(_IGNORED, of_member=member, of_kind=kind)
        return 0 if row is None else int(row[0])

    async def last_sent(self, member: MemberId) -> datetime | None:
        row = await self._scope.first(_LAST_SENT, of_member=member)
        last: datetime | None = row[0] if row else None
        return last
