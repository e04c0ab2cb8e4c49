"""Holds who did something in Discord, and where, as read from any interaction."""

from collections.abc import Mapping
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import discord

from adapters.discord.drawing.pen import Pen
from adapters.discord.heard import Heard
from bot.model.people import Account, Actor
from bot.record import record
from bot.talk.limits import DISCORD

Json: TypeAlias = Mapping[str, Any]

PLATFORM = DISCORD.platform

MANAGES = discord.Permissions(manage_guild=True).value
EPHEMERAL = discord.MessageFlags(ephemeral=True).value

UTC = ZoneInfo("UTC")
"""Never shown: Discord draws each moment in the zone of the device."""


@record
class Asked:
    """One interaction. *key* is Discord's own id of it: delivered twice, it is the same.

    *guild* is the server that is meant. In direct messages it is "" until that is found out.
    *is_own* tells that the message whose button was pressed is nobody's but the presser's.
    """

    key: str
    guild: str
    guild_name: str
    channel: str | None
    user: str
    name: str
    locale: str
    is_admin: bool
    is_own: bool
    is_in_guild: bool

    @property
    def account(self) -> Account:
        return Account(PLATFORM, self.guild, self.user)

    @property
    def actor(self) -> Actor:
        return Actor(
            platform=PLATFORM, workspace=self.guild, channel=self.channel, user=self.user, name=self.name,
            key=self.key, is_admin=self.is_admin, locale=self.locale, workspace_name=self.guild_name,
        )  # fmt: skip

    @property
    def pen(self) -> Pen:
        """What an answer is drawn with, right where somebody asked."""
        return Pen(UTC, self.locale, "" if self.is_in_guild else self.guild)

    @property
    def direct_pen(self) -> Pen:
        """What an answer is drawn with that goes to the direct messages, where buttons have to name the server."""
        return Pen(UTC, self.locale, self.guild)


def asked_in(heard: Heard) -> Asked:
    """Read who asked, and where."""
    data, place = heard.data, heard.guild
    member = data.get("member") or {}
    user = member.get("user") or data["user"]
    channel = (data.get("channel") or {}).get("id") or data.get("channel_id")
    return Asked(
        key=str(heard.id), guild=place, guild_name=heard.guild_name,
        channel=str(channel) if place and channel else None, user=str(user["id"]), name=_name(user, member),
        locale=str(data.get("locale") or "en-US"), is_admin=bool(int(member.get("permissions") or 0) & MANAGES),
        is_own=_is_own(data), is_in_guild=bool(place),
    )  # fmt: skip


def _name(user: Json, member: Json) -> str:
    """Return the name that people see in the server."""
    return str(member.get("nick") or user.get("global_name") or user["username"])


def _is_own(data: Json) -> bool:
    message = data.get("message")
    return message is not None and (not data.get("guild_id") or bool(message.get("flags", 0) & EPHEMERAL))
