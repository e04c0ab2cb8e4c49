"""Remembers for how long Discord asked to be left alone: all of it, or one kind of call to one destination."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from types import SimpleNamespace

import aiohttp
from cachetools import LRUCache

PATIENCE = 5.0
"""Seconds for which discord.py may wait by itself with a letter: less than the courier gives to a send. One that has to
wait longer goes back into the outbox."""

MOST = 10_000

TOO_MANY = 429

BANNED = 60.0
"""Seconds to rest after the network in front of Discord refused to listen without saying for how long."""


class Resting(Exception):
    """Discord is not to be called before *until*. *is_everywhere* when that is true of whatever one wants of it."""

    def __init__(self, until: datetime, why: str, *, is_everywhere: bool = False) -> None:
        super().__init__(why)
        self.until, self.why, self.is_everywhere = until, why, is_everywhere


class Pauses:
    """discord.py waits where Discord asks for patience, however long, and calls once more for every letter. Its option
    to give up (`max_ratelimit_timeout`) is no help: with that it refuses calls for which there is room, too.

    So calls for letters are made in a lane, where a pause of more than *patience* seconds ends the call, and keeps
    later ones from being made: https://docs.discord.com/developers/topics/rate-limits
    """

    def __init__(self, clock: Callable[[], datetime], patience: float = PATIENCE) -> None:
        self._clock = clock
        self._patience = patience
        self._everywhere: datetime | None = None
        self._lanes: LRUCache[str, datetime] = LRUCache(MOST)
        self._lane: ContextVar[str] = ContextVar("lane", default="")

    @contextmanager
    def lane(self, name: str) -> Iterator[None]:
        """Make calls of one kind to one destination, such as `post 123`, inside the block. Raises `Resting`, before
        them or in place of waiting."""
        self._check(name)
        token = self._lane.set(name)
        try:
            yield
        finally:
            self._lane.reset(token)

    def hold(self, name: str, pause: timedelta) -> None:
        self._lanes[name] = self._clock() + pause

    def heard(self, status: int, headers: Mapping[str, str]) -> None:
        """Take in how Discord answered a call. Raises `Resting` in a lane that has to rest for long."""
        pause = _pause(headers) if status == TOO_MANY else 0.0
        if pause <= self._patience:
            return
        lane, until = self._lane.get(), self._clock() + timedelta(seconds=pause)
        if _is_everywhere(headers):
            self._everywhere = max(until, self._everywhere or until)
        elif lane:
            self._lanes[lane] = until
        if lane:
            self._check(lane)

    def _check(self, name: str) -> None:
        now, lane = self._clock(), self._lanes.get(name)
        if self._everywhere is not None and self._everywhere > now:
            raise Resting(self._everywhere, "Discord asks for a pause", is_everywhere=True)
        if lane is not None and lane > now:
            raise Resting(lane, "rate limited")


def tracing(pauses: Pauses) -> aiohttp.TraceConfig:
    """Return what lets *pauses* hear every answer to a call, before discord.py does."""

    async def ended(
        session: aiohttp.ClientSession, context: SimpleNamespace, done: aiohttp.TraceRequestEndParams
    ) -> None:
        pauses.heard(done.response.status, done.response.headers)

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(ended)
    return trace


def _is_everywhere(headers: Mapping[str, str]) -> bool:
    """Tell whether it is the whole bot that has to rest. What is not from Discord itself has no `Via`, as discord.py
    has it: then the network in front of it listens to nothing from this address."""
    is_global = headers.get("X-RateLimit-Scope") == "global" or "X-RateLimit-Global" in headers
    return is_global or "Via" not in headers


def _pause(headers: Mapping[str, str]) -> float:
    try:
        return max(0.0, float(headers.get("Retry-After", "")))
    except ValueError:
        return BANNED
