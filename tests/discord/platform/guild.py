"""Holds one guild: its people and channels, and how the bot comes and goes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from tests.discord.platform import described
from tests.discord.platform.described import ADMINISTRATOR, MANAGE_GUILD, USUAL
from tests.discord.platform.people import Person
from tests.discord.platform.session import GUILDS, MEMBERS
from tests.discord.platform.state import Channel, User

if TYPE_CHECKING:
    from tests.discord.platform.server import Platform


@dataclass(slots=True)
class Member:
    """A user in a guild; *permissions* are theirs in every channel."""

    joined: datetime
    permissions: int = USUAL
    nick: str | None = None


@dataclass(slots=True, eq=False)
class Guild:
    """A guild. The bot is in it while it *has_bot*; one that *is_down* is in an outage of Discord's."""

    platform: "Platform"
    id: str
    name: str
    locale: str = "en-US"
    owner: str = "1"
    has_bot: bool = True
    is_down: bool = False
    members: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)

    def user(
        self,
        name: str,
        *,
        manage_guild: bool = False,
        admin: bool = False,
        locale: str = "en-US",
        nick: str | None = None,
    ) -> Person:
        """Return a new person who is a member of this guild."""
        person = self.platform.person(User(self.platform.new_id(), name, locale), self)
        self.add(person, manage_guild=manage_guild, admin=admin, nick=nick)
        return person

    def add(self, person: Person, *, manage_guild: bool = False, admin: bool = False, nick: str | None = None) -> None:
        """Let a person of another guild into this one as well."""
        more = (MANAGE_GUILD if manage_guild else 0) | (ADMINISTRATOR if admin else 0)
        self.members[person.id] = Member(self.platform.clock(), USUAL | more, nick)

    def channel(self, name: str, *, bot_sees: bool = True, bot_sends: bool = True) -> Channel:
        """Return a new channel that every member sees, and the bot unless told otherwise."""
        place = Channel(self.platform.new_id(), name, self.id, "", bot_sees, bot_sends)
        self.channels[place.id] = self.platform.channels[place.id] = place
        self.platform.gateway.dispatch("CHANNEL_CREATE", described.channel(place), self.id, GUILDS)
        return place

    def first_channel(self) -> Channel:
        return next(iter(self.channels.values()), None) or self.channel("general")

    def loses(self, person: Person) -> None:
        """Take a person out; the app hears of it only with the intent for members."""
        del self.members[person.id]
        left = {"guild_id": self.id, "user": described.user(person.user)}
        self.platform.gateway.dispatch("GUILD_MEMBER_REMOVE", left, self.id, MEMBERS)

    def adds_bot(self) -> None:
        """Let the bot in, as whoever manages the guild does."""
        self.has_bot, self.members[self.platform.bot.id] = True, Member(self.platform.clock())
        # A guild that the bot has just joined comes without the field `unavailable`.
        data = described.guild(self) | described.inside_guild(self)
        self.platform.gateway.dispatch("GUILD_CREATE", data, self.id, GUILDS)

    def removes_bot(self) -> None:
        """Put the bot out; the app is told that the guild is gone."""
        self.has_bot = False
        del self.members[self.platform.bot.id]
        self.platform.gateway.dispatch("GUILD_DELETE", {"id": self.id}, self.id, GUILDS)

    def goes_down(self) -> None:
        """Begin an outage: for the app the guild is unavailable, not gone."""
        self.is_down = True
        self.platform.gateway.dispatch("GUILD_DELETE", {"id": self.id, "unavailable": True}, self.id, GUILDS)

    def comes_back(self) -> None:
        """End an outage."""
        self.is_down = False
        data = described.guild(self) | described.inside_guild(self) | {"unavailable": False}
        self.platform.gateway.dispatch("GUILD_CREATE", data, self.id, GUILDS)
