"""Says what the courier asks of a platform, and by which key a platform knows a letter again."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from bot.model.outbox import Letter, Outcome, Spot
from bot.model.people import Account, Member
from bot.talk.view import View


class Unsure(Exception):
    """Whether a letter arrived is unknown. Its text is for organisers and logs: no names, no words of the message."""


class Sender(Protocol):
    """A platform that messages can be sent on. Any error that it raises counts as "try again later, and it may have
    arrived"; `Unsure` also says why.

    *key* is stable for a letter, at most 25 characters, and no other letter's: a platform that has accepted it before
    must not show it twice. *is_in_doubt* when an earlier try may have been accepted, so that it is worth looking.
    *reader* is who gets a direct message, `None` in a channel.
    """

    @property
    def knows_again(self) -> timedelta | None:
        """For how long after its first try the platform tells a post in a channel from a new one; `None`: always, or
        the sender sees to it itself. One in doubt for longer is not sent again: it would show twice."""

    async def send(
        self, to: Account | Spot, view: View, key: str, reader: Member | None, *, is_in_doubt: bool = False
    ) -> Outcome: ...

    async def edit(self, to: Account | Spot, message: str, view: View, reader: Member | None) -> Outcome: ...


def stable_key(letter: Letter) -> str:
    """Return what *letter* is called towards platforms, the same at every try: at most 25 characters, as Discord's
    nonce allows (https://docs.discord.com/developers/resources/message#create-message).

    The hash keeps a letter apart from one that had its number before, in a database that was emptied since.
    """
    return f"{letter.id:x}-{sha256(letter.key.encode()).hexdigest()[:8]}"


def may_double(letter: Letter, knows_again: timedelta | None, now: datetime) -> bool:
    """Tell whether *letter* may stand in a channel already, for longer than its platform knows it again. Its first try
    was not before it was due."""
    is_post = letter.spot is not None and letter.edits is None
    is_old = knows_again is not None and now - letter.due_at > knows_again
    return is_post and letter.is_in_doubt and is_old
