"""Lets tests wait until something is so, without asking again and again by the clock."""

import asyncio
from collections.abc import Callable
from typing import Any


class Bell:
    """Whoever changes something rings; whoever waits looks then."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def ring(self) -> None:
        """Have everybody who waits look again."""
        rung, self._next = self._next, asyncio.Event()
        rung.set()

    async def until(self, is_so: Callable[[], Any], within: float) -> None:
        """Return as soon as *is_so()* is true; raise `TimeoutError` after *within* seconds."""
        async with asyncio.timeout(within):
            while not is_so():
                await self._next.wait()
