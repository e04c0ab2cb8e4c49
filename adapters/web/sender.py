"""Delivers letters from the outbox to the playground's rooms."""

from datetime import datetime

from adapters.web.answers import bodies
from adapters.web.chat import ASKWELL, Chat, channel_room, direct_room
from adapters.web.clock import PlaygroundClock
from adapters.web.feed import Feed
from bot.model.outbox import Never, Outcome, Sent, Spot
from bot.model.people import Account, Member
from bot.talk.view import View


class WebSender:
    """A `Sender` for the platform `web`. The chat knows each key, so nothing is ever shown twice."""

    knows_again = None

    def __init__(self, chat: Chat, clock: PlaygroundClock, feed: Feed) -> None:
        self._chat = chat
        self._clock = clock
        self._feed = feed

    async def send(
        self, to: Account | Spot, view: View, key: str, reader: Member | None, *, is_in_doubt: bool = False
    ) -> Outcome:
        now = self._clock.now()
        first, *rest = bodies(key, view, _locale(reader))
        sent = await self._add(first, to, now)
        for page in rest:
            await self._add(page, to, now)
        self._feed.announce()
        return sent

    async def edit(self, to: Account | Spot, message: str, view: View, reader: Member | None) -> Outcome:
        now = self._clock.now()
        first, *rest = bodies(f"page:{message}", view, _locale(reader))
        edited = await self._chat.edit(int(message), first[1], now)
        if edited is None:
            return Never("the message is gone")
        for page in rest:
            await self._edit_page(page, to, now)
        self._feed.announce()
        return Sent(message)

    async def _add(self, page: tuple[str, str], to: Account | Spot, now: datetime) -> Sent:
        key, body = page
        message = await self._chat.add(key, room_of(to), ASKWELL, body, None, now)
        return Sent(str(message.id))

    async def _edit_page(self, page: tuple[str, str], to: Account | Spot, now: datetime) -> None:
        """Show a further page of an edited message, and change it when it is there from an earlier edit."""
        sent = await self._add(page, to, now)
        await self._chat.edit(int(sent.message), page[1], now)


def room_of(to: Account | Spot) -> str:
    """Return the room of an account's direct messages, or of a channel."""
    match to:
        case Account(_, workspace, user):
            return direct_room(workspace, user)
        case Spot(_, workspace, channel):
            return channel_room(workspace, channel)


def _locale(reader: Member | None) -> str:
    return reader.locale if reader else "en"
