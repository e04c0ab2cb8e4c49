"""Maps the rows of the outbox to records."""

from typing import Any

from sqlalchemy import ColumnElement, Row, literal_column

from bot.model.outbox import Draft, Letter, LetterId, Spot
from bot.model.people import NOBODY, GroupId, MemberId
from storage.tables import letters

# Written out and not bound: only so do both databases see that the index over live rows answers it.
IS_LIVE: ColumnElement[bool] = letters.c.state == literal_column("'live'")


def letter_of(row: Row[Any]) -> Letter:
    return Letter(
        id=LetterId(row.id),
        group=GroupId(row.group_id),
        key=row.key,
        kind=row.kind,
        about=row.about,
        member=MemberId(row.member_id or NOBODY),
        due_at=row.due_at,
        tries=row.tries,
        spot=_spot(row),
        edits=row.edits,
        why=row.why,
        ended_at=row.ended_at,
        is_in_doubt=row.is_in_doubt,
    )


def draft_of(row: Row[Any]) -> Draft:
    return Draft(
        key=row.key,
        kind=row.kind,
        about=row.about,
        member=MemberId(row.member_id),
        due_at=row.due_at,
        spot=_spot(row),
        edits=row.edits,
    )


def row_of(draft: Draft) -> dict[str, Any]:
    spot = draft.spot
    return {
        "key": draft.key,
        "kind": draft.kind,
        "about": draft.about,
        "member_id": draft.member or None,
        "platform": spot and spot.platform,
        "workspace": spot and spot.workspace,
        "channel": spot and spot.channel,
        "edits": draft.edits,
        "due_at": draft.due_at,
        "wake_at": draft.due_at,
    }


def _spot(row: Row[Any]) -> Spot | None:
    return None if row.channel is None else Spot(row.platform, row.workspace, row.channel)
