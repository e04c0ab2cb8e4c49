"""Tells the open pages that something has changed: at once within this process, after a second otherwise."""

import asyncio
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from adapters.web.chat import Chat

ERA = "era"
"""The setting that names the time since the last reset. Revisions of two eras cannot be compared."""

PAUSE = 1.0
"""Seconds after which a page looks for news unasked: a worker in another process may have written."""


class Bell:
    """Rings for one listener. It keeps a ring that came while nobody waited."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        self._event.set()

    async def wait(self) -> None:
        """Return when it rang since the last wait, or after a short while."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), PAUSE)
        self._event.clear()


class Feed:
    """Wakes everybody who waits for news."""

    def __init__(self) -> None:
        self._bells: set[Bell] = set()

    def announce(self) -> None:
        """Let every open page look for news now."""
        for bell in self._bells:
            bell.ring()

    @contextmanager
    def listening(self) -> Iterator[Bell]:
        bell = Bell()
        self._bells.add(bell)
        try:
            yield bell
        finally:
            self._bells.discard(bell)


async def era_of(chat: Chat) -> str:
    """Return the name of the present era, empty before the samples were first laid out."""
    return await chat.setting(ERA) or ""


async def new_era(chat: Chat) -> None:
    await chat.set_setting(ERA, uuid.uuid4().hex[:12])
