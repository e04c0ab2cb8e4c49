"""Answers what an app asks about people and guilds, and opens direct messages."""

from tests.discord.platform import described
from tests.discord.platform.rest import Ask, route
from tests.discord.platform.state import DiscordError, Json, User, bad_form


@route("POST", "/users/@me/channels")
async def open_dm(ask: Ask) -> Json:
    """Open direct messages, or return them if they are open. Whether anything can be sent there shows on sending."""
    if not ask.body.get("recipient_id"):
        raise bad_form({"recipient_id": "This field is required"})
    user = _user(ask, str(ask.body["recipient_id"]))
    if user.is_bot:
        raise DiscordError(50007)
    if ask.platform.dm(user.id) is None:
        _not_too_fast(ask)
    return described.channel(ask.platform.open_dm(user.id), user)


def _not_too_fast(ask: Ask) -> None:
    platform = ask.platform
    if platform.new_dms:
        most, within = platform.new_dms
        if sum(platform.clock() - at < within for at in platform.opened) >= most:
            raise DiscordError(40003)
    platform.opened.append(platform.clock())


def _user(ask: Ask, user_id: str) -> User:
    """Return an account. A deleted one stays, under another name."""
    user = ask.platform.users.get(user_id)
    if user is None or user.is_deleted:
        raise DiscordError(10013)
    return user


@route("GET", "/users/{user_id}")
async def get_user(ask: Ask) -> Json:
    return described.user(_user(ask, ask.names["user_id"]))


@route("GET", "/guilds/{guild_id}")
async def get_guild(ask: Ask) -> Json:
    return described.guild(ask.guild(ask.names["guild_id"]))


@route("GET", "/guilds/{guild_id}/members/{user_id}")
async def get_member(ask: Ask) -> Json:
    guild, user_id = ask.guild(ask.names["guild_id"]), ask.names["user_id"]
    user = _user(ask, user_id)
    if user_id not in guild.members:
        raise DiscordError(10007)
    return described.member(guild.members[user_id], user)


@route("GET", "/guilds/{guild_id}/channels")
async def get_channels(ask: Ask) -> list[Json]:
    return [described.channel(place) for place in ask.guild(ask.names["guild_id"]).channels.values()]


@route("GET", "/channels/{channel_id}")
async def get_channel(ask: Ask) -> Json:
    place = ask.channel(ask.names["channel_id"])
    return described.channel(place, ask.platform.users[place.partner] if place.is_dm else None)
