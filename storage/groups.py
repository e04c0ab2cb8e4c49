"""Reads and changes the unit's own group."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select, update

from bot.model.people import Away, Group, GroupId
from storage.link import OF_GROUP, Repository, given
from storage.tables import groups

COLUMNS = (groups.c.id, groups.c.name, groups.c.office, groups.c.says_not_applying, groups.c.breaks)

_GET = select(*COLUMNS).where(groups.c.id == OF_GROUP)
_CHANGE = update(groups).where(groups.c.id == OF_GROUP)


class Groups(Repository):
    async def get(self) -> Group:
        row = await self._scope.first(_GET)
        if row is None:
            raise LookupError(f"There is no group {self._scope.group}")
        return group_of(row)

    async def change(
        self, *, name: str | None = None, office: str | None = None, says_not_applying: bool | None = None,
        breaks: Sequence[Away] | None = None,
    ) -> None:  # fmt: skip
        text = None if breaks is None else json.dumps(away_to_json(breaks))
        if changes := given(name=name, office=office, says_not_applying=says_not_applying, breaks=text):
            await self._scope.run(_CHANGE, **changes)


def group_of(values: Sequence[Any]) -> Group:
    """Return the group of *values*, as `COLUMNS` has them."""
    number, name, office, says_not_applying, breaks = values
    return Group(GroupId(number), name, office, says_not_applying, _breaks(breaks))


def away_of(spans: Iterable[Sequence[str]]) -> tuple[Away, ...]:
    return tuple(Away(date.fromisoformat(first), date.fromisoformat(last)) for first, last in spans)


def away_to_json(spans: Iterable[Away]) -> list[list[str]]:
    return [[away.first.isoformat(), away.last.isoformat()] for away in spans]


@lru_cache(maxsize=1024)
def _breaks(text: str) -> tuple[Away, ...]:
    return away_of(json.loads(text))
