"""Turns a function into a kind of letter: what a message that waits in the outbox says at the moment it is sent."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.desk.context import Context
from bot.model.outbox import Later, Outcome
from bot.record import record
from bot.talk.view import View

Compose: TypeAlias = Callable[[Context, str], Awaitable[View | Later | None]]
"""Given the letter's reference, returns what to say now, when to ask again, or `None`: nothing needs saying now."""

Delivered: TypeAlias = Callable[[Context, str, Outcome | None], Awaitable[None]]
"""Told in the transaction that ends the letter how it ended: `Sent`, `Never`, or `None` when nothing needed saying. A
recurring letter writes its successor here. An edit is not told of: what it changes was delivered before."""


@record
class LetterKind:
    """A kind of letter. *ctx.member* is whom it goes to, or for a channel who had it posted."""

    kind: str
    compose: Compose
    delivered: Delivered | None = None


def letter(kind: str, *, delivered: Delivered | None = None) -> Callable[[Compose], LetterKind]:
    """Make a kind of letter of an `async def name(ctx, about) -> View | Later | None`. It only reads."""

    def make(compose: Compose) -> LetterKind:
        return LetterKind(kind, compose, delivered)

    return make
