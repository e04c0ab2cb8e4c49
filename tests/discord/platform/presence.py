"""Holds what a person sees at Discord's client, and carries what they do to the app and its answer back."""

import secrets
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

from tests.discord.platform import described, payloads
from tests.discord.platform.exchange import COMPLETION, Exchange
from tests.discord.platform.filling import first_values
from tests.discord.platform.parts import each
from tests.discord.platform.sight import Seen, message_seen, window_seen
from tests.discord.platform.state import Channel, Json, Message, User, Window

if TYPE_CHECKING:
    from tests.discord.platform.guild import Guild
    from tests.discord.platform.people import Person
    from tests.discord.platform.server import Platform

NOTHING = Seen("message", "", [])
"""What is returned where no answer was waited for."""


class Presence:
    """A user at their screen. *home* is the guild that they came to first, *last* the latest thing that they did."""

    def __init__(self, platform: "Platform", user: User, home: "Guild") -> None:
        self.platform, self.user, self.home = platform, user, home
        self.exchanges: list[Exchange] = []
        self.window: Window | None = None
        self.picked: dict[tuple[str, str, str], Any] = {}
        """The values behind the names that autocompletion offered, by command, option and name."""

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def last(self) -> Exchange:
        return self.exchanges[-1]

    # What they see

    @property
    def modal(self) -> Seen | None:
        """The modal that is open, or None."""
        return window_seen(self.window) if self.window else None

    @property
    def dms(self) -> list[Seen]:
        """Their direct messages with the bot, the oldest first; their own ones as well."""
        return self.sees("dm")

    def sees(self, channel: Channel | str | None = None) -> list[Seen]:
        """Return what stands in a channel, or in "dm", for them, the oldest first."""
        place = self.place(channel)
        return [message_seen(self.platform, m) for m in self.platform.shown_to(self.id) if m.channel == place.id]

    def place(self, channel: Channel | str | None) -> Channel:
        """Return a channel by itself, or one of their first guild by its name; None is the first channel there."""
        match channel:
            case Channel():
                return channel
            case None:
                return self.home.first_channel()
            case "dm":
                return self.platform.open_dm(self.id)
            case str(name):
                return next(one for one in self.home.channels.values() if one.name == name.removeprefix("#"))

    def opens(self, modal: Json, exchange: Exchange) -> None:
        """See a modal open; one that was open before is gone."""
        taken = {part["id"] for part in each(modal["components"]) if part.get("id")}
        free = (number for number in range(1, 1_000) if number not in taken)
        for part in each(modal["components"]):
            part["id"] = part.get("id") or next(free)
        self.window = Window(modal, exchange.channel, exchange.source, first_values(modal["components"]))
        exchange.answers.append(window_seen(self.window))

    # How things go to the app

    def begins(self, kind: int, data: Json, place: Channel, source: Message | None = None) -> Exchange:
        """Send an interaction; with *source* it comes from a component of that message, or a modal that it opened."""
        platform, token = self.platform, secrets.token_urlsafe(24)
        person = cast("Person", self)
        payload = payloads.interaction(person, place, kind, data, token)
        if source:
            payload["message"] = described.message(platform, source)
        exchange = Exchange(payload["id"], token, kind, person, place, payload, platform.clock(), monotonic(), source)
        platform.exchanges[exchange.id] = exchange
        self.exchanges.append(exchange)
        platform.bell.ring()
        if not platform.gateway.dispatch("INTERACTION_CREATE", payload, place.guild):
            raise AssertionError("no app is connected to the gateway")
        return exchange

    async def answered(self, exchange: Exchange | None = None) -> Seen:
        """Wait for what they see of an interaction, else of their last one, and return it."""
        asked = exchange or self.last
        try:
            await self.platform.until(lambda: _is_answered(asked))
        except TimeoutError:
            problems = self.platform.violations[-3:]
            raise AssertionError(
                f"{self.user.name} got no answer; first response {asked.response}; {problems}"
            ) from None
        return asked.answers[0] if asked.answers else NOTHING


def _is_answered(exchange: Exchange) -> bool:
    return exchange.choices is not None if exchange.kind == COMPLETION else bool(exchange.answers)
