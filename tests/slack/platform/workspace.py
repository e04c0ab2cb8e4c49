"""Holds one workspace: its people, channels and messages."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.slack.platform.people import Person
from tests.slack.platform.sight import message_seen
from tests.slack.platform.state import Channel, Json, Message, SlackError, User, Window

if TYPE_CHECKING:
    from tests.slack.platform.server import Platform


@dataclass(slots=True, eq=False)
class Workspace:
    """A workspace. *enterprise* is the id of its organisation on Enterprise Grid, or ""."""

    platform: "Platform"
    id: str
    name: str
    enterprise: str = ""
    users: dict[str, User] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    modals: dict[str, list[Window]] = field(default_factory=dict)
    homes: dict[str, Window] = field(default_factory=dict)
    is_messages_tab_on: bool = True
    """What an administrator may turn off; the manifest has to turn it on as well."""
    is_in_reach: bool = True
    """False when the app, installed for the whole organisation, was taken out of this workspace."""

    @property
    def domain(self) -> str:
        return self.name.lower().replace(" ", "-")

    def user(
        self,
        name: str,
        *,
        tz: str = "Etc/UTC",
        locale: str = "en-US",
        admin: bool = False,
        owner: bool = False,
        home: "Workspace | None" = None,
    ) -> Person:
        """Return a new person. With *home* they belong to that workspace and meet this one in a shared channel."""
        prefix = "W" if self.enterprise else "U"
        user = User(self.platform.new_id(prefix), name, (home or self).id, tz, locale, admin, owner)
        user.is_stranger = home is not None
        self.users[user.id] = user
        self.people[user.id] = Person(self.platform, self, user)
        return self.people[user.id]

    def channel(self, name: str, members: Iterable[Person] | None = None, *, has_bot: bool = True) -> Channel:
        """Return a new channel that everybody is in, or only *members*."""
        who = None if members is None else {person.id for person in members}
        channel = Channel(self.platform.new_id("C"), name, who, has_bot)
        self.channels[channel.id] = channel
        return channel

    def find(self, channel: Channel | str | None) -> Channel:
        """Return a channel by itself, its name or id; None is the first one."""
        if isinstance(channel, Channel):
            return channel
        rooms = [c for c in self.channels.values() if not c.is_dm] or [self.channel("general")]
        wanted = rooms[0].id if channel is None else channel.removeprefix("#")
        return next(c for c in (*rooms, *self.channels.values()) if wanted in {c.id, c.name})

    def dm(self, user: str) -> Channel:
        """Return the direct messages of a user with the app."""
        found = next((c for c in self.channels.values() if c.partner == user), None)
        if found is None:
            found = Channel(self.platform.new_id("D"), "directmessage", None, True, partner=user)
            self.channels[found.id] = found
        return found

    def post(self, channel: str, user: str, text: str, blocks: list[Json] | None = None, **more: Any) -> Message:
        named = self.platform.named(blocks or [])
        order = self.platform.next_order()
        message = Message(self.platform.stamp(), channel, user, text, named, order, **more)
        self.messages.append(message)
        return message

    def message(self, channel: str, ts: str) -> Message:
        """Return the message that everybody in *channel* can see; raise `message_not_found`."""
        for message in self.messages:
            if message.ts == ts and message.channel == channel and not message.reader:
                return message
        raise SlackError("message_not_found")

    def shown_to(self, user: str) -> list[Message]:
        """Return all messages that a user can see, in the order in which they were posted."""
        rooms = {channel.id for channel in self.channels.values() if channel.shows(user)}
        return [m for m in self.messages if m.channel in rooms and m.reader in {"", user}]

    def reaches(self, message: Message, *, by: str = "", is_weak: bool = False) -> None:
        """Tell the reader of a private message that it has come."""
        if message.reader in self.people:
            self.people[message.reader].hears(message_seen(message), by, is_weak=is_weak)
