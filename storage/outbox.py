"""Writes letters, takes them back, and records what became of them."""

from datetime import datetime

from sqlalchemy import Boolean, bindparam, case, delete, null, or_, select, update

from bot.model.outbox import Draft, Letter, Post, Spot
from bot.model.people import MemberId
from storage.letters import IS_LIVE, draft_of, letter_of, row_of
from storage.link import OF_GROUP, Repository
from storage.tables import letters, posts
from storage.upsert import upsert

_BY_KEY = (letters.c.group_id == OF_GROUP, letters.c.key == bindparam("of_key"), IS_LIVE)
_THIS = (letters.c.group_id == OF_GROUP, letters.c.id == bindparam("of_letter"), IS_LIVE)
# A worker whose lease ran out has lost its say to the one that claimed the letter after it.
_CLAIMED = (*_THIS, letters.c.tries == bindparam("of_try"))
_DUE_AT = bindparam("new_due_at", type_=letters.c.due_at.type)

_PUT = upsert(letters).on_conflict_do_nothing(index_elements=[letters.c.group_id, letters.c.key])
_MOVE = (
    update(letters)
    .where(*_BY_KEY)
    .values(
        due_at=_DUE_AT,
        # Somebody may be sending it right now: until their lease is over, nobody else may claim it.
        wake_at=case(
            (or_(letters.c.leased_until.is_(None), letters.c.leased_until < _DUE_AT), _DUE_AT),
            else_=letters.c.leased_until,
        ),
    )
)
_CANCEL = delete(letters).where(*_BY_KEY)
_LIVE = (
    select(letters)
    .where(
        letters.c.group_id == OF_GROUP,
        letters.c.member_id == bindparam("of_member"),
        letters.c.channel.is_(None),
        IS_LIVE,
    )
    .order_by(letters.c.due_at, letters.c.id)
)
_POSTS = (
    select(posts)
    .where(posts.c.group_id == OF_GROUP, posts.c.kind == bindparam("of_kind"), posts.c.about == bindparam("of_about"))
    .order_by(posts.c.id)
)
_FINISH = update(letters).where(*_THIS).values(state="done", leased_until=null())
_RETRY = (
    update(letters)
    .where(*_CLAIMED)
    .values(leased_until=null(), is_in_doubt=or_(letters.c.is_in_doubt, bindparam("doubtful", type_=Boolean)))
)
_BURY = update(letters).where(*_CLAIMED).values(state="dead", leased_until=null())
_DEAD = (
    select(letters)
    .where(letters.c.group_id == OF_GROUP, letters.c.state == "dead")
    .order_by(letters.c.ended_at.desc(), letters.c.id.desc())
    .limit(bindparam("limit"))
)
_POST = upsert(posts).on_conflict_do_nothing()


class Outbox(Repository):
    async def put(self, draft: Draft) -> None:
        await self._scope.add_many(_PUT, [row_of(draft)])

    async def move(self, key: str, due_at: datetime) -> bool:
        return await self._scope.run(_MOVE, of_key=key, new_due_at=due_at) > 0

    async def cancel(self, key: str) -> None:
        await self._scope.run(_CANCEL, of_key=key)

    async def live(self, member: MemberId) -> tuple[Draft, ...]:
        return tuple(draft_of(row) for row in await self._scope.all(_LIVE, of_member=member))

    async def posts(self, kind: str, about: str) -> tuple[Post, ...]:
        rows = await self._scope.all(_POSTS, of_kind=kind, of_about=about)
        return tuple(
            Post(row.kind, row.about, Spot(row.platform, row.workspace, row.channel), row.message) for row in rows
        )

    async def finish(self, letter: Letter, message: str | None, now: datetime) -> bool:
        if letter.group != self._scope.group:
            return False
        if message is not None and letter.spot is not None:
            await self._remember(Post(letter.kind, letter.about, letter.spot, message))
        return await self._scope.run(_FINISH, of_letter=letter.id, ended_at=now) > 0

    async def retry(self, letter: Letter, when: datetime, why: str, *, is_in_doubt: bool = False) -> None:
        news = {"wake_at": when, "why": why, "doubtful": is_in_doubt}
        await self._scope.run(_RETRY, of_letter=letter.id, of_try=letter.tries, **news)

    async def bury(self, letter: Letter, why: str, now: datetime) -> bool:
        return await self._scope.run(_BURY, of_letter=letter.id, of_try=letter.tries, why=why, ended_at=now) > 0

    async def dead(self, limit: int = 20) -> tuple[Letter, ...]:
        return tuple(letter_of(row) for row in await self._scope.all(_DEAD, limit=limit))

    async def _remember(self, post: Post) -> None:
        where = {"platform": post.spot.platform, "workspace": post.spot.workspace, "channel": post.spot.channel}
        row = {"kind": post.kind, "about": post.about, "message": post.message, **where}
        await self._scope.add_many(_POST, [row])
