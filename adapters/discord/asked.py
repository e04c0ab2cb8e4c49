"""Holds who did something in Discord, and where, as read from any interaction."""

from zoneinfo import ZoneInfo

import discord

from adapters.discord.drawing.pen import Pen
from bot.model.people import Account, Actor
from bot.record import record

PLATFORM = "discord"

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


def asked_in(interaction: discord.Interaction) -> Asked:
    """Read who asked, and where."""
    user, guild = interaction.user, interaction.guild
    place = str(interaction.guild_id) if interaction.guild_id else ""
    return Asked(
        key=str(interaction.id), guild=place, guild_name=guild.name if guild else "",
        channel=str(interaction.channel_id) if place and interaction.channel_id else None,
        user=str(user.id), name=user.display_name, locale=str(interaction.locale.value),
        is_admin=bool(place) and interaction.permissions.manage_guild, is_own=_is_own(interaction),
        is_in_guild=bool(place),
    )  # fmt: skip


def _is_own(interaction: discord.Interaction) -> bool:
    message = interaction.message
    return message is not None and (interaction.guild_id is None or message.flags.ephemeral)
