"""Keeps the questions that members added to the group's bank."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select

from bot.model.interview import OwnQuestion, OwnQuestionId
from bot.model.people import NOBODY, MemberId
from bot.model.question import CategorySlug
from storage.link import OF_GROUP, Repository
from storage.tables import questions

_ADD = insert(questions).returning(questions.c.id)
_ALL = select(questions).where(questions.c.group_id == OF_GROUP).order_by(questions.c.id)
_REMOVE = delete(questions).where(
    questions.c.group_id == OF_GROUP,
    questions.c.id == bindparam("of_question"),
    questions.c.author_id == bindparam("of_author"),
)


class Questions(Repository):
    async def add(self, author: MemberId, text: str, category: CategorySlug, now: datetime) -> OwnQuestionId:
        values = {"author_id": author, "text": text, "category": category, "created_at": now}
        return OwnQuestionId(await self._scope.add(_ADD, **values))

    async def all(self) -> tuple[OwnQuestion, ...]:
        return tuple(_question(row) for row in await self._scope.all(_ALL))

    async def remove(self, question: OwnQuestionId, author: MemberId) -> bool:
        return await self._scope.run(_REMOVE, of_question=question, of_author=author) > 0


def _question(row: Row[Any]) -> OwnQuestion:
    author = MemberId(row.author_id or NOBODY)
    return OwnQuestion(OwnQuestionId(row.id), author, row.text, CategorySlug(row.category), row.created_at)
