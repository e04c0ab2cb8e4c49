"""Reads and changes holds and asks."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, insert, or_, select, update

from bot.model.contact import Ask, AskId, AskState, ContactId
from bot.model.people import NOBODY, MemberId
from storage.link import OF_GROUP, Repository
from storage.tables import asks

_SINCE: Any = bindparam("since")
_THIS = (asks.c.group_id == OF_GROUP, asks.c.id == bindparam("of_ask"))
_BY = (asks.c.group_id == OF_GROUP, asks.c.seeker_id == bindparam("of_seeker"))

_HOLD = insert(asks).returning(asks.c.id)
_GET = select(asks).where(*_THIS, *_BY)
_CHANGE = update(asks).where(*_THIS)
_RECENT = (
    select(asks)
    .where(
        asks.c.group_id == OF_GROUP,
        or_(
            asks.c.taken_at > _SINCE,
            asks.c.state == AskState.SENT,
            and_(asks.c.state == AskState.HOLD, asks.c.ends_at > _SINCE),
        ),
    )
    .order_by(asks.c.taken_at, asks.c.id)
)
_ABOUT = _RECENT.where(asks.c.contact_id == bindparam("of_contact"))
_ABOUT_EACH = _RECENT.where(asks.c.contact_id.in_(bindparam("of_contacts", expanding=True)))
_ALL_BY = select(asks).where(*_BY).order_by(asks.c.id.desc())


class Asks(Repository):
    async def hold(self, contact: ContactId, seeker: MemberId, now: datetime, ends_at: datetime) -> AskId:
        values = {"state": AskState.HOLD, "taken_at": now, "ends_at": ends_at}
        return AskId(await self._scope.add(_HOLD, contact_id=contact, seeker_id=seeker, **values))

    async def get(self, ask: AskId, seeker: MemberId) -> Ask | None:
        row = await self._scope.first(_GET, of_ask=ask, of_seeker=seeker)
        return None if row is None else _ask(row)

    async def set_state(self, ask: AskId, state: AskState, now: datetime) -> None:
        sent = {"sent_at": now} if state is AskState.SENT else {}
        await self._scope.run(_CHANGE, of_ask=ask, state=state, **sent)

    async def about(self, contact: ContactId, since: datetime) -> tuple[Ask, ...]:
        return tuple(_ask(row) for row in await self._scope.all(_ABOUT, of_contact=contact, since=since))

    async def about_each(self, contacts: Collection[ContactId], since: datetime) -> Mapping[ContactId, tuple[Ask, ...]]:
        rows = await self._scope.all(_ABOUT_EACH, of_contacts=list(contacts), since=since)
        some = [_ask(row) for row in rows]
        return {contact: tuple(ask for ask in some if ask.contact == contact) for contact in contacts}

    async def by(self, seeker: MemberId) -> tuple[Ask, ...]:
        return tuple(_ask(row) for row in await self._scope.all(_ALL_BY, of_seeker=seeker))


def _ask(row: Row[Any]) -> Ask:
    return Ask(
        id=AskId(row.id),
        contact=ContactId(row.contact_id),
        seeker=MemberId(row.seeker_id or NOBODY),
        state=AskState(row.state),
        taken_at=row.taken_at,
        ends_at=row.ends_at,
        sent_at=row.sent_at,
    )
