"""Describes what Discord holds in the shapes of its API."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tests.discord.platform.state import Channel, Json, Message, User

if TYPE_CHECKING:
    from tests.discord.platform.guild import Guild, Member
    from tests.discord.platform.server import Platform
    from tests.discord.platform.session import Session

ADMINISTRATOR, MANAGE_GUILD = 1 << 3, 1 << 5
# See channels, send, read the history, use commands, embed links, attach files.
USUAL = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 31


def user(account: User) -> Json:
    found: Json = {
        "id": account.id,
        "username": account.name.lower().replace(" ", "."),
        "global_name": account.name,
        "discriminator": "0",
        "avatar": None,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }
    return found | ({"bot": True} if account.is_bot else {})


def member(held: "Member", account: User, *, with_permissions: bool = False) -> Json:
    """Return a member as Discord tells of one; their permissions only come with an interaction."""
    found: Json = {
        "user": user(account),
        "nick": held.nick,
        "avatar": None,
        "banner": None,
        "roles": [],
        "joined_at": held.joined.isoformat(),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
    }
    return found | ({"permissions": str(held.permissions)} if with_permissions else {})


def channel(place: Channel, partner: User | None = None) -> Json:
    """Return a channel; *partner* is the person whose direct messages it is."""
    if partner is not None:
        return {"id": place.id, "type": 1, "flags": 0, "last_message_id": None, "recipients": [user(partner)]}
    return {
        "id": place.id,
        "type": 0,
        "guild_id": place.guild,
        "name": place.name,
        "position": 0,
        "permission_overwrites": [],
        "nsfw": False,
        "flags": 0,
        "rate_limit_per_user": 0,
        "topic": None,
        "last_message_id": None,
        "parent_id": None,
    }


def guild(home: "Guild") -> Json:
    """Return a guild as `GET /guilds/{guild_id}` does."""
    nothing = ("icon", "description", "home_header", "splash", "discovery_splash", "banner", "application_id")
    nowhere = ("afk", "system", "widget", "rules", "safety_alerts", "public_updates")
    return {
        "id": home.id,
        "name": home.name,
        "owner_id": home.owner,
        "preferred_locale": home.locale,
        "features": [],
        "roles": [_everyone(home)],
        "emojis": [],
        "stickers": [],
        "region": "deprecated",
        "afk_timeout": 300,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "verification_level": 1,
        "default_message_notifications": 1,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "incidents_data": None,
        **dict.fromkeys(nothing),
        **dict.fromkeys(f"{name}_channel_id" for name in nowhere),
    }


def _everyone(home: "Guild") -> Json:
    return {
        "id": home.id,
        "name": "@everyone",
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": 0,
        "permissions": str(USUAL),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def inside_guild(home: "Guild") -> Json:
    """Return what GUILD_CREATE tells beyond `GET /guilds/{guild_id}`. Without its intent, members are the bot alone."""
    bot = home.platform.bot
    return {
        "joined_at": home.members[bot.id].joined.isoformat(),
        "large": False,
        "member_count": len(home.members),
        "channels": [channel(place) for place in home.channels.values()],
        "members": [member(home.members[bot.id], bot)],
        "threads": [],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def ready(platform: "Platform", session: "Session", guilds: "Iterable[Guild]") -> Json:
    return {
        "v": 10,
        "user": user(platform.bot) | {"verified": True, "mfa_enabled": False, "email": None},
        "guilds": [{"id": home.id, "unavailable": True} for home in guilds],
        "session_id": session.id,
        "session_type": "normal",
        "resume_gateway_url": platform.gateway_url,
        "shard": [session.shard, session.shards],
        "application": {"id": platform.application_id, "flags": 0},
        "private_channels": [],
        "relationships": [],
        "presences": [],
    }


def application(platform: "Platform") -> Json:
    return {
        "id": platform.application_id,
        "name": platform.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user(platform.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user(platform.bot),
        "approximate_guild_count": len(platform.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
        "integration_types_config": {"0": {}},
    }


def message(platform: "Platform", shown: Message) -> Json:
    found: Json = {
        "id": shown.id,
        "channel_id": shown.channel,
        "type": 0,
        "author": user(platform.users[shown.author]),
        "content": shown.content,
        "components": shown.components,
        "embeds": shown.embeds,
        "attachments": shown.attachments,
        "mentions": [user(platform.users[own]) for own in shown.pings if own in platform.users],
        "mention_roles": [],
        "mention_everyone": "everyone" in shown.pings,
        "timestamp": shown.made.isoformat(),
        "edited_timestamp": shown.edited.isoformat() if shown.edited else None,
        "flags": shown.flags,
        "pinned": False,
        "tts": False,
    }
    exchange = platform.exchanges.get(shown.exchange)
    if exchange is None:
        return found
    by = {"id": exchange.id, "type": exchange.kind, "user": user(exchange.person.user)}
    by |= {"authorizing_integration_owners": exchange.payload["authorizing_integration_owners"]}
    return (
        found
        | {"application_id": platform.application_id, "webhook_id": platform.application_id}
        | {
            "type": 20 if exchange.kind == 2 else 19 if exchange.source else 0,
            "interaction_metadata": by,
        }
    )
