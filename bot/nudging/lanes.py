"""Keeps the letters of one group in order and the groups side by side, so that a slow workspace delays nobody else."""

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias

from bot.model.outbox import Letter
from bot.model.people import GroupId

log = logging.getLogger(__name__)

IsClosing: TypeAlias = Callable[[], bool]
Carry: TypeAlias = Callable[[Sequence[Letter], datetime, IsClosing], Coroutine[Any, Any, None]]
"""Given letters of one group, until when they are claimed, and whether to stop with the letter at hand."""


class Lanes:
    """The groups whose letters are being carried right now, each by a task. *ended* is called whenever one is done."""

    def __init__(self, carry: Carry, ended: Callable[[], None]) -> None:
        self._carry = carry
        self._ended = ended
        self._tasks: dict[GroupId, asyncio.Task[None]] = {}
        self._letters: dict[GroupId, int] = {}
        self.is_closing = False

    @property
    def busy(self) -> Collection[GroupId]:
        return frozenset(self._tasks)

    @property
    def tasks(self) -> Collection[asyncio.Task[None]]:
        return frozenset(self._tasks.values())

    @property
    def in_flight(self) -> int:
        """How many letters were taken up by lanes that are not done."""
        return sum(self._letters.values())

    def start(self, letters: Iterable[Letter], until: datetime) -> None:
        """Carry *letters*, none of a busy group, which are claimed until *until*."""
        for group, lane in by_group(letters).items():
            task = asyncio.create_task(self._carry(lane, until, lambda: self.is_closing))
            self._tasks[group], self._letters[group] = task, len(lane)
            task.add_done_callback(partial(self._end, group))

    async def done(self) -> None:
        """Wait until no lane is left."""
        while self._tasks:
            await asyncio.wait(self.tasks)

    def _end(self, group: GroupId, task: asyncio.Task[None]) -> None:
        del self._tasks[group], self._letters[group]
        if not task.cancelled() and (error := task.exception()):
            log.error("the letters of group %s were left lying: %s", group, type(error).__qualname__)
        self._ended()


def by_group(letters: Iterable[Letter]) -> Mapping[GroupId, Sequence[Letter]]:
    """Return *letters* apart by group, in their order."""
    groups: dict[GroupId, list[Letter]] = {}
    for letter in letters:
        groups.setdefault(letter.group, []).append(letter)
    return groups
