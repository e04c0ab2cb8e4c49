"""Holds an interaction as Discord sent it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import discord


class Heard:
    """One interaction, with the *data* of
    https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object
    """

    def __init__(self, data: Mapping[str, Any], client: discord.Client) -> None:
        self.data = data
        self.id = int(data["id"])
        self._client = client

    @property
    def kind(self) -> discord.InteractionType:
        """What was done. Raises ValueError for what discord.py does not know yet."""
        return discord.InteractionType(self.data["type"])

    @property
    def done(self) -> Mapping[str, Any]:
        """What was called, pressed or typed."""
        return self.data.get("data") or {}

    @property
    def guild(self) -> str:
        """The id of the server in which it was done, "" for direct messages."""
        return str(self.data.get("guild_id") or "")

    @property
    def guild_name(self) -> str:
        """The name of that server, "" where it is not known."""
        found = self._client.get_guild(int(self.guild)) if self.guild else None
        return found.name if found else ""

    @cached_property
    def whole(self) -> discord.Interaction:
        """What discord.py makes of it, with the server, the channel, the member and the message as objects. Few answers
        need that, and it takes longer than all else that is read of an interaction."""
        data: Any = self.data
        return discord.Interaction(data=data, state=self._client._connection)
