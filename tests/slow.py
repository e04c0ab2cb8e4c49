"""Holds a store that takes its time, and one that fails, as a database does that is overloaded or restarted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime

from bot.model.people import Account, Actor, GroupId, Seat
from bot.model.store import Queue, Store, Unit


class SlowStore:
    """Opens each unit of work only after so many *seconds*. Of the next *failing* calls nothing comes but an error."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.seconds = 0.0
        self.failing = 0

    def slowly(self) -> None:
        """Take a little longer than tests wait for an answer in the acknowledgement."""
        self.seconds = 0.3

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
