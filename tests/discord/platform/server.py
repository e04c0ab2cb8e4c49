"""Puts the parts of the stand-in for Discord together."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.discord.platform.bell import Bell
from tests.discord.platform.exchange import Exchange
from tests.discord.platform.faults import Faults
from tests.discord.platform.gateway import Gateway
from tests.discord.platform.guild import Guild
from tests.discord.platform.people import Person
from tests.discord.platform.rates import Rates
from tests.discord.platform.snowflakes import snowflakes
from tests.discord.platform.state import Call, Channel, Json, Message, User, Violation


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True, eq=False)
class Platform:
    """Discord, with one application and its bot.

    *clock* is Discord's: tokens of interactions and nonces run out by it, and ids hold it. *patience* are the seconds
    for a first answer, in real time. *answer_within* is how long a person in a test waits for what they see.
    """

    clock: Callable[[], datetime] = now
    patience: float = 3.0
    answer_within: float = 10.0
    token: str = "MTIz.loopback.token"
    url: str = ""
    shards: int = 1
    """How many shards Discord recommends."""
    new_dms: tuple[int, timedelta] | None = None
    """How many direct messages may be opened in which time, before Discord takes it for spam; None: any number."""
    guilds: dict[str, Guild] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    uploads: dict[str, bytes] = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    """By guild; "" holds the global ones."""
    created: list[tuple[str, datetime]] = field(default_factory=list)
    """The scopes and times of commands that were new."""
    opened: list[datetime] = field(default_factory=list)
    """When direct messages were opened that had not been open."""
    nonces: dict[tuple[str, str], tuple[Message, datetime]] = field(default_factory=dict)
    exchanges: dict[str, Exchange] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    rates: Rates = field(default_factory=Rates)
    bell: Bell = field(default_factory=Bell)
    bot: User = field(init=False)
    gateway: Gateway = field(init=False)
    _ids: Iterator[str] = field(init=False)
    _orders: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self._ids = snowflakes(self.clock)
        self.bot = User(self.new_id(), "Askwell", is_bot=True)
        self.users[self.bot.id] = self.bot
        self.gateway = Gateway(self)

    @property
    def application_id(self) -> str:
        return self.bot.id

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/v10"

    @property
    def gateway_url(self) -> str:
        return f"{self.url.replace('http', 'ws', 1)}/gateway/"

    # Building a world

    def guild(self, name: str, *, locale: str = "en-US", has_bot: bool = True) -> Guild:
        """Return a new guild, with the bot in it unless told otherwise."""
        guild = Guild(self, self.new_id(), name, locale, self.new_id(), has_bot)
        self.guilds[guild.id] = guild
        if has_bot:
            guild.adds_bot()
        return guild

    def person(self, user: User, home: Guild) -> Person:
        self.users[user.id], self.people[user.id] = user, Person(self, user, home)
        return self.people[user.id]

    async def until(self, is_so: Callable[[], Any]) -> None:
        """Wait until *is_so()*; it is asked whenever something changes at Discord."""
        await self.bell.until(is_so, self.answer_within)

    # What the parts need

    def note(self, code: int, where: str, *details: str) -> None:
        """Note a violation."""
        self.violations.append(Violation(code, where, details))

    def new_id(self) -> str:
        return next(self._ids)

    def next_order(self) -> int:
        return next(self._orders)

    def dm(self, user: str) -> Channel | None:
        """Return the direct messages of a user with the bot, None if nobody has opened them."""
        return next((place for place in self.channels.values() if place.partner == user), None)

    def open_dm(self, user: str) -> Channel:
        """Return the direct messages of a user with the bot; they are opened if need be."""
        found = self.dm(user)
        if found is None:
            found = Channel(self.new_id(), "", partner=user)
            self.channels[found.id] = found
        return found

    def message(self, message_id: str, channel: str = "") -> Message | None:
        """Return a message that still stands, of one *channel* if named."""
        found = (m for m in self.messages if m.id == message_id and channel in {"", m.channel})
        return next(found, None)

    def shown_to(self, user: str) -> list[Message]:
        """Return all messages that a person can see, in the order in which they were posted."""
        rooms = {place.id for place in self.channels.values() if self._is_open_to(place, user)}
        return [m for m in self.messages if m.channel in rooms and m.reader in {"", user}]

    def _is_open_to(self, place: Channel, user: str) -> bool:
        return place.partner == user if place.is_dm else user in self.guilds[place.guild].members
