"""Keeps the answers to interactions that changed something, encrypted, for as long as one may be delivered again."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from bot.model.people import MemberId
from storage.link import OF_GROUP, Repository
from storage.tables import replies
from storage.upsert import upsert

_THIS = (replies.c.group_id == OF_GROUP, replies.c.key == bindparam("of_key"))

# A second delivery waits here, on PostgreSQL for the row and on SQLite to write at all, until the first has ended.
_BEGIN = upsert(replies).on_conflict_do_nothing().returning(replies.c.key)
_GET = select(replies.c.answer).where(*_THIS)
_KEEP = update(replies).where(*_THIS)


class Replies(Repository):
    async def kept(self, key: str) -> str | None:
        row = await self._scope.first(_GET, of_key=key)
        return self._answer(row) if row and row.answer is not None else None

    async def begin(self, key: str, member: MemberId, now: datetime) -> str | None:
        """Claim *key* for this unit. One that was handled and left no answer gives the empty text."""
        if await self._scope.add(_BEGIN, key=key, member_id=member, at=now) is not None:
            return None
        return self._answer(await self._scope.first(_GET, of_key=key))

    async def keep(self, key: str, answer: str) -> None:
        await self._scope.run(_KEEP, of_key=key, answer=self._scope.vault.encrypt(answer))

    def _answer(self, row: Row[Any] | None) -> str:
        return self._scope.vault.decrypt(row.answer or "") if row else ""
