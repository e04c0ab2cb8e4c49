"""Lets time pass with a courier at work, and counts what people saw of it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Protocol

from tests.clocks import Clock


class Club(Protocol):
    """A platform with Askwell in it."""

    clock: Clock

    async def deliver(self) -> None: ...


async def days(club: Club, number: float, step: float = 6) -> None:
    """Let days pass with a courier at work, who looks every *step* hours."""
    until = club.clock() + timedelta(days=number)
    while club.clock() < until:
        club.clock.forward(hours=step)
        await club.deliver()


async def minutes(club: Club, number: int) -> None:
    """Let minutes pass with a courier at work."""
    for _minute in range(number):
        club.clock.forward(minutes=1)
        await club.deliver()


def count(words: str, texts: Iterable[str]) -> int:
    """Return how many of *texts* say *words*."""
    return sum(words in text for text in texts)
