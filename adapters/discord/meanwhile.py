"""Does something beside what takes too long."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def with_meanwhile(
    doing: Coroutine[Any, Any, T], seconds: float, late: Callable[[], Coroutine[Any, Any, None]]
) -> T:
    """Return what *doing* comes to. If that takes longer than *seconds*, *late* runs beside it, and is waited for, too.

    Nearly always *doing* is quick, and then there is no second task: that costs more than the timer.
    """
    beside: list[asyncio.Task[None]] = []
    timer = asyncio.get_running_loop().call_later(seconds, lambda: beside.append(asyncio.create_task(late())))
    try:
        done = await doing
        for task in beside:
            await task
        return done
    finally:
        timer.cancel()
        for task in beside:
            task.cancel()
