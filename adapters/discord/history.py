"""Marks direct messages, so that one which may have arrived when its sending was cut off is found again."""

from collections.abc import Mapping
from typing import Any
from zlib import crc32

import discord

from adapters.discord.drawing.layout import Layout

LATEST = 50
"""Messages of the conversation that are looked through: it was among the last."""

_HIGH, _MOST = 1 << 30, (1 << 31) - 1
"""A mark is far above the numbers that Discord itself gives to components."""


def mark(drawn: Layout, key: str) -> int:
    """Let the first component of *drawn* carry *key*, and return the number by which it does.

    Discord keeps a component's own number, and shows it to nobody:
    https://docs.discord.com/developers/components/reference#anatomy-of-a-component
    """
    number = (crc32(key.encode()) | _HIGH) & _MOST
    drawn.parts[0]["id"] = number
    return number


async def already_there(channel: discord.PartialMessageable, number: int) -> str | None:
    """Return the id of the message in *channel* that carries *number*. Raises what discord.py raises."""
    found = await channel._state.http.logs_from(channel.id, LATEST)
    return next((str(message["id"]) for message in found if _number(message) == number), None)


def _number(message: Mapping[str, Any]) -> int:
    components = message.get("components")
    return int(components[0].get("id", 0)) if components else 0
