"""Makes the Slack adapter from the settings; imported only when one of them is about Slack."""

from pydantic import SecretStr

from adapters.slack.service import SlackKeys, SlackService
from app.parts import Parts
from app.settings import NotReady, Settings


def slack_service(settings: Settings, parts: Parts) -> SlackService:
    """Return Slack, to be opened. Raises `NotReady` when a setting is missing that the others need."""
    keys = slack_keys(settings)
    return SlackService(parts.bot, keys, parts.database.installs, parts.database.lines, parts.now)


def slack_keys(settings: Settings) -> SlackKeys:
    """Return what the settings say of Slack. Raises `NotReady`, naming what is missing."""
    keys = SlackKeys(
        bot_token=_text(settings.slack_bot_token), app_token=_text(settings.slack_app_token),
        signing_secret=_text(settings.slack_signing_secret), client_id=settings.slack_client_id.strip(),
        client_secret=_text(settings.slack_client_secret), api_url=settings.slack_api_url,
    )  # fmt: skip
    if missing := _missing(keys):
        raise NotReady(missing)
    return keys


def _missing(keys: SlackKeys) -> str:
    if not keys.api_url.startswith(("https://", "http://")):
        return "SLACK_API_URL is not an address: it looks like https://slack.com/api/"
    if bool(keys.client_id) != bool(keys.client_secret):
        return "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET go together; one of them is missing."
    if not (keys.bot_token or keys.client_id):
        return (
            "Slack needs a token for its answers: set SLACK_BOT_TOKEN for one workspace, or SLACK_CLIENT_ID and "
            "SLACK_CLIENT_SECRET for many. See docs/slack.md."
        )
    if not (keys.app_token or keys.signing_secret):
        return (
            "Slack needs a way in: set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP. "
            "See docs/slack.md."
        )
    return ""


def _text(secret: SecretStr | None) -> str:
    return secret.get_secret_value().strip() if secret else ""
