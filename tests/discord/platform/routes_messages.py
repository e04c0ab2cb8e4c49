"""Answers what an app does with messages in channels and direct messages."""

from tests.discord.platform import described
from tests.discord.platform.posting import Place, changed, posted
from tests.discord.platform.rest import Ask, route
from tests.discord.platform.state import EPHEMERAL, NONCE_LIFE, Channel, DiscordError, Json, Message, bad_form


@route("POST", "/channels/{channel_id}/messages")
async def create(ask: Ask) -> Json:
    place = ask.channel(ask.names["channel_id"])
    _may_send(ask, place)
    if (ask.body.get("flags") or 0) & EPHEMERAL:
        raise bad_form({"flags": "only an answer to an interaction can be ephemeral"})
    key = place.id, str(ask.body.get("nonce") or "")
    message = _earlier(ask, key)
    if message is None:
        message = posted(ask, ask.body, Place(place.id), ask.files)
        ask.platform.nonces[key] = message, ask.platform.clock()
        ask.platform.bell.ring()
    return _shown(ask, message) | ({"nonce": ask.body["nonce"]} if key[1] else {})


def _may_send(ask: Ask, place: Channel) -> None:
    if place.is_dm:
        _may_write_to(ask, place.partner)
    elif not place.bot_sends:
        raise DiscordError(50013)


def _may_write_to(ask: Ask, user_id: str) -> None:
    """Raise if Discord would not deliver to a user: they closed their direct messages, or share no guild any more."""
    user, guilds = ask.platform.users[user_id], ask.platform.guilds.values()
    if user.is_deleted or user.has_blocked or user.takes_no_dms:
        raise DiscordError(50007)
    if not any(guild.has_bot and user_id in guild.members for guild in guilds):
        raise DiscordError(50278)


def _earlier(ask: Ask, key: tuple[str, str]) -> Message | None:
    """Return the message that was sent with the same nonce a few minutes ago, if that has to be looked for."""
    if not key[1] or not ask.body.get("enforce_nonce"):
        return None
    found, at = ask.platform.nonces.get(key, (None, ask.platform.clock()))
    return found if ask.platform.clock() - at < NONCE_LIFE else None


@route("GET", "/channels/{channel_id}/messages")
async def history(ask: Ask) -> list[Json]:
    place = ask.channel(ask.names["channel_id"])
    shown = [m for m in ask.platform.messages if m.channel == place.id and not m.reader]
    return [_shown(ask, message) for message in reversed(shown)][: int(ask.query.get("limit", 50))]


@route("GET", "/channels/{channel_id}/messages/{message_id}")
async def read(ask: Ask) -> Json:
    return _shown(ask, _message(ask))


@route("PATCH", "/channels/{channel_id}/messages/{message_id}")
async def edit(ask: Ask) -> Json:
    message = _message(ask)
    if message.author != ask.platform.bot.id:
        raise DiscordError(50005)
    changed(ask, message, ask.body, ask.files)
    ask.platform.bell.ring()
    return _shown(ask, message)


@route("DELETE", "/channels/{channel_id}/messages/{message_id}")
async def delete(ask: Ask) -> None:
    ask.platform.messages.remove(_message(ask))
    ask.platform.bell.ring()


def _message(ask: Ask) -> Message:
    """Return a message that everybody in the channel sees; to this part of the API no other exists."""
    message = ask.platform.message(ask.names["message_id"], ask.channel(ask.names["channel_id"]).id)
    if message is None or message.reader:
        raise DiscordError(10008)
    return message


def _shown(ask: Ask, message: Message) -> Json:
    return described.message(ask.platform, message)
