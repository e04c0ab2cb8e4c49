"""Makes the Discord adapter from the settings; imported only when its token is set."""

from adapters.discord.service import DiscordKeys, DiscordService
from app.parts import Parts
from app.settings import NotReady, Settings


def discord_service(settings: Settings, parts: Parts) -> DiscordService:
    """Return Discord, to be opened."""
    database = parts.database
    return DiscordService(
        parts.bot, discord_keys(settings), database.installs, database.lines, database.drafts, parts.now
    )


def discord_keys(settings: Settings) -> DiscordKeys:
    """Return what the settings say of Discord. Raises `NotReady` without a token."""
    if settings.discord_token is None:
        raise NotReady("DISCORD_TOKEN is not set. See docs/discord.md.")
    token = settings.discord_token.get_secret_value().strip()
    return DiscordKeys(token, settings.discord_sharded, settings.discord_new_dms_per_minute)
