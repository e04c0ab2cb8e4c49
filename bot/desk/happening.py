"""Turns a function into a happening: what follows when a platform tells that a member left, or came back."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.desk.context import Context
from bot.record import record

Act: TypeAlias = Callable[[Context], Awaitable[None]]
"""Does what follows for *ctx.member*. Nobody reads an answer, and it may be told twice."""

LEFT = "left"
"""The member left the workspace, or their account was closed."""

BACK = "back"
"""The member can be reached again, after an absence of whatever kind."""


@record
class Happening:
    name: str
    act: Act


def happening(name: str) -> Callable[[Act], Happening]:
    """Make a happening of an `async def name(ctx) -> None`. It runs in a transaction, with the member locked."""

    def make(act: Act) -> Happening:
        return Happening(name, act)

    return make
