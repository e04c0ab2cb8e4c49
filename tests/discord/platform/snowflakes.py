"""Makes ids as Discord does: they hold the moment of their making, and grow."""

import itertools
from collections.abc import Callable, Iterator
from datetime import datetime

EPOCH = 1_420_070_400_000  # the first second of 2015, in milliseconds


def snowflakes(clock: Callable[[], datetime]) -> Iterator[str]:
    """Yield new ids. Each is a millisecond younger than the one before, so that guilds spread over shards."""
    for number in itertools.count(1):
        milliseconds = int(clock().timestamp() * 1000) - EPOCH + number
        yield str(milliseconds << 22 | number & 0xFFF)


def shard_of(guild: str, shards: int) -> int:
    """Return the shard of a guild; direct messages, with "", are on the first one."""
    return (int(guild) >> 22) % shards if guild else 0
