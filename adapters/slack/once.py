"""Gives the same word back for the same interaction, delivered again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import orjson
from cachetools import LRUCache

MOST = 1_000
"""Interactions that are known again. Slack delivers one again at once, through another connection."""

Word: TypeAlias = dict[str, Any] | None
"""What goes back in the acknowledgement; `None`: nothing but that it was heard."""

Ack: TypeAlias = bytes
"""The same as JSON; empty for nothing. As such it is kept at a thousandth of what the objects in it cost to look
after."""


class Once:
    def __init__(self) -> None:
        self._acks: LRUCache[str, asyncio.Future[Ack]] = LRUCache(MOST)

    async def __call__(self, key: str, handling: Callable[[], Awaitable[Word]]) -> Ack:
        """Return what *handling* returns; for a *key* that is known already, what it returned then."""
        if (earlier := self._acks.get(key)) is not None:
            return await asyncio.shield(earlier)
        future = self._acks[key] = asyncio.get_running_loop().create_future()
        try:
            ack = _json(await handling())
        except BaseException as error:
            self._acks.pop(key, None)  # Slack delivers it again, and then it may work
            if not future.done():
                future.cancel() if isinstance(error, asyncio.CancelledError) else future.set_result(b"")
            raise
        future.set_result(ack)
        return ack


def _json(word: Word) -> Ack:
    return orjson.dumps(word) if word else b""
