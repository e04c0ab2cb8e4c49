"""Holds a store that takes its time, and one that fails, as a database does that is overloaded or restarted."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import Protocol

from bot.model.people import Account, Actor, GroupId, Seat
from bot.model.store import Queue, Store, Unit

QUICK = 0.1
"""Seconds within which a front answers at once while its store is slow: less than each unit of work takes."""


class Front(Protocol):
    """Answers at once what is there within so many seconds."""

    in_time: float


class SlowStore:
    """Opens each unit of work only after so many *seconds*. Of the next *failing* calls nothing comes but an error.

    *front* is who waits for it.
    """

    front: Callable[[], Front]

    def __init__(self, store: Store) -> None:
        self._store = store
        self.seconds = 0.0
        self.failing = 0

    def slowly(self) -> None:
        """Take longer than the front waits. It is only now in a hurry: before, on a busy machine, it has all the time
        that it has in earnest."""
        self.front().in_time = QUICK
        self.seconds = 1.5 * QUICK

    def quickly(self) -> None:
        """Take no time any more, and have the front wait long enough to see it."""
        self.front().in_time = 2.0
        self.seconds = 0.0

    @property
    def queue(self) -> Queue:
        return self._store.queue

    async def seat(self, actor: Actor, now: datetime) -> Seat:
        self._may_fail()
        return await self._store.seat(actor, now)

    async def known(self, account: Account) -> Seat | None:
        self._may_fail()
        return await self._store.known(account)

    async def leave(self, platform: str, workspace: str, ends_at: datetime) -> None:
        self._may_fail()
        await self._store.leave(platform, workspace, ends_at)

    async def come_back(self, platform: str, workspace: str) -> None:
        self._may_fail()
        await self._store.come_back(platform, workspace)

    def unit(self, group: GroupId, *, writes: bool) -> AbstractAsyncContextManager[Unit]:
        return self._opened(group, writes=writes)

    @asynccontextmanager
    async def _opened(self, group: GroupId, *, writes: bool) -> AsyncIterator[Unit]:
        self._may_fail()
        await asyncio.sleep(self.seconds)
        async with self._store.unit(group, writes=writes) as unit:
            yield unit

    def _may_fail(self) -> None:
        if self.failing:
            self.failing -= 1
            raise ConnectionError("the database is away")
