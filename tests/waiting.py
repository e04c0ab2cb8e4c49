"""Puts a bound to everything that tests wait for: one that would wait for ever fails, and says where."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

Result = TypeVar("Result")

WITHIN = 30.0
"""Seconds for what happens in this process; a busy machine is slow, not wrong."""

PROCESS = 60.0
"""Seconds for a process of its own to start, or to end."""


async def soon(awaited: Awaitable[Result], within: float = WITHIN) -> Result:
    """Return what *awaited* gives; raise `TimeoutError` after *within* seconds."""
    async with asyncio.timeout(within):
        return await awaited
