"""Holds the parts that the playground plays with, and where in it somebody stands."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request

from adapters.web import people
from adapters.web.chat import Chat, Message, channel_room, direct_room
from adapters.web.clock import PlaygroundClock
from adapters.web.feed import Feed
from adapters.web.people import Channel, Person, Workspace
from bot.desk.bot import Bot, Reply
from bot.model.people import Account, Actor
from bot.record import record
from bot.talk.limits import PLAYGROUND

PLATFORM = PLAYGROUND.platform
DIRECT = "direct"
"""The last part of the address of a member's direct messages."""

Example: TypeAlias = tuple[str, str, Reply]
"""A command's path, a title, and what it shows."""


@record
class Stage:
    """Everything that requests share; see `adapters.web.app.playground` for what each is."""

    bot: Bot
    chat: Chat
    clock: PlaygroundClock
    feed: Feed
    samples: Callable[[], Awaitable[None]]
    gallery: Callable[[], Awaitable[Sequence[Example]]]
    zone_of: Callable[[Account], Awaitable[str | None]]
    needs_password: bool


@record
class Standing:
    """Who looks at which room. *channel* is `None` in the direct messages."""

    workspace: Workspace
    person: Person
    channel: Channel | None

    @property
    def room(self) -> str:
        if self.channel is None:
            return direct_room(self.workspace.id, self.person.id)
        return channel_room(self.workspace.id, self.channel.id)

    @property
    def path(self) -> str:
        """The address of this room, as this person sees it."""
        return address(self.workspace, self.person, self.channel)

    @property
    def account(self) -> Account:
        return Account(PLATFORM, self.workspace.id, self.person.id)

    def actor(self, key: str) -> Actor:
        """Return who acts, as the bot knows them. *key* names this one interaction."""
        return Actor(
            platform=PLATFORM,
            workspace=self.workspace.id,
            channel=self.channel.id if self.channel else None,
            user=self.person.id,
            name=self.person.name,
            key=key,
            is_admin=self.person.is_organiser,
            zone=str(self.person.zone),
            workspace_name=self.workspace.name,
        )

    def sees(self, message: Message) -> bool:
        return message.room == self.room and message.reader in (None, self.person.id)


@record
class Sight:
    """How *standing* sees the playground at one moment, by the clocks of *zone*."""

    standing: Standing
    zone: ZoneInfo
    now: datetime


def address(workspace: Workspace, person: Person, channel: Channel | None) -> str:
    return f"/at/{workspace.id}/{person.id}/{channel.id if channel else DIRECT}"


def stage_of(request: Request) -> Stage:
    stage = request.app.state.stage
    assert isinstance(stage, Stage)  # noqa: S101 - tells mypy what `playground` put there
    return stage


def standing_of(request: Request) -> Standing:
    """Return who is looking at what, from the address. Raises a 404 for people and rooms that are not there."""
    names = request.path_params
    workspace = people.workspace(names["workspace"])
    person = workspace.person(names["user"]) if workspace else None
    channels = {channel.id: channel for channel in workspace.channels} if workspace else {}
    room = names["room"]
    if workspace is None or person is None or (room != DIRECT and room not in channels):
        raise HTTPException(404)
    return Standing(workspace, person, channels.get(room))


async def sight_of(stage: Stage, standing: Standing) -> Sight:
    """Return how things look from here: in the zone that the member told the bot, else in their sample city's."""
    told = await stage.zone_of(standing.account)
    return Sight(standing, ZoneInfo(told) if told else standing.person.zone, stage.clock.now())
