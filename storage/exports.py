"""Gathers all that is kept about a member, for them to take along."""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Row, Select, Table, bindparam, select

from bot.model.people import MemberId
from storage.link import OF_GROUP, Repository
from storage.tables import (
    accounts,
    asks,
    contacts,
    drafts,
    interviews,
    letters,
    marks,
    members,
    nudge_log,
    planned,
    questions,
    replies,
    sightings,
)

_MEMBER: Any = bindparam("of_member")
_INTERVIEWS = select(interviews.c.id).where(interviews.c.group_id == OF_GROUP, interviews.c.seeker_id == _MEMBER)


def _rows(table: Table, *conditions: Any) -> tuple[Select[Any], tuple[Column[Any], ...]]:
    columns = tuple(column for column in table.c if "inner" not in column.info)
    return select(*columns).where(table.c.group_id == OF_GROUP, *conditions).order_by(*table.primary_key), columns


# Cards are the contacts' own words, cut up for searching; posts and suppressions name no member.
EXPORTED = {
    "members": _rows(members, members.c.id == _MEMBER),
    "accounts": _rows(accounts, accounts.c.member_id == _MEMBER),
    "contacts": _rows(contacts, contacts.c.steward_id == _MEMBER),
    "sightings": _rows(sightings, sightings.c.reader_id == _MEMBER),
    "asks": _rows(asks, asks.c.seeker_id == _MEMBER),
    "interviews": _rows(interviews, interviews.c.seeker_id == _MEMBER),
    "planned": _rows(planned, planned.c.interview_id.in_(_INTERVIEWS)),
    "marks": _rows(marks, marks.c.member_id == _MEMBER),
    "questions": _rows(questions, questions.c.author_id == _MEMBER),
    "letters": _rows(letters, letters.c.member_id == _MEMBER),
    "nudge_log": _rows(nudge_log, nudge_log.c.member_id == _MEMBER),
    "replies": _rows(replies, replies.c.member_id == _MEMBER),
    "drafts": _rows(drafts, drafts.c.member_id == _MEMBER),
}


class Exports(Repository):
    async def everything(self, member: MemberId) -> dict[str, Any]:
        return {
            name: [self._plain(row, columns) for row in await self._scope.all(statement, of_member=member)]
            for name, (statement, columns) in EXPORTED.items()
        }

    def _plain(self, row: Row[Any], columns: tuple[Column[Any], ...]) -> dict[str, Any]:
        return {column.name: self._value(value, column) for value, column in zip(row, columns, strict=True)}

    def _value(self, value: Any, column: Column[Any]) -> Any:
        if value is not None and "sealed" in column.info:
            return self._scope.vault.decrypt(value)
        if "json" in column.info:
            return json.loads(value)
        return value.isoformat() if isinstance(value, date | datetime) else value
