"""Writes the app manifest: everything that Slack has to be told about Askwell, made from the commands."""

from typing import Any

from adapters.slack import paths
from adapters.slack.scopes import EVENTS, ORGANISATION_EVENTS, SCOPES
from bot.desk.command import Command
from bot.desk.registry import Registry
from bot.talk.words import N_, _

NAME = "Askwell"
SHORTCUT = "shortcut:"
COLOUR = "#0f6b57"
"""The accent of the playground by day; white letters on it can be read (WCAG AA)."""

SHORT = N_("Prepare talks with people who do the work you are curious about, together with your group.")
LONG = N_(
    "Askwell helps a career group with its information interviews: short talks with somebody who does the work you are "
    "curious about. It offers questions to ask, makes a plan that fits into the time you have, lets members share "
    "contacts with one another, and sends each member at most one kind message a day, at their own hour.\n\n"
    "It answers in private, reads no channels, posts nothing that nobody has seen before, and never writes to your "
    "contacts. Type /career to begin."
)
COMMAND_SUMMARY = N_("Prepare talks, share contacts, see what is next")


def manifest(registry: Registry, *, url: str | None, is_single: bool = False) -> dict[str, Any]:
    """Return the manifest, for `json.dumps`.

    *url* is where Slack reaches Askwell, like `https://askwell.example.org`; `None` for Socket Mode, where Askwell
    reaches Slack. *is_single* for one workspace with a token in the settings: without OAuth, and so without token
    rotation, which would let that token run out.

    https://docs.slack.dev/reference/app-manifest
    """
    base = url.rstrip("/") if url else None
    has_oauth = base is not None and not is_single
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": NAME,
            "description": _(SHORT),
            "long_description": _(LONG),
            "background_color": COLOUR,
        },
        "features": _features(registry, base),
        "oauth_config": _oauth(base if has_oauth else None),
        "settings": _settings(base, has_oauth=has_oauth),
    }


def _features(registry: Registry, base: str | None) -> dict[str, Any]:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": NAME, "always_online": True},
        "shortcuts": [_shortcut(command) for command in registry.shortcuts],
        "slash_commands": [
            {
                "command": paths.COMMAND,
                "description": _(COMMAND_SUMMARY),
                "usage_hint": _hint(registry),
                "should_escape": False,
                **({"url": base + paths.EVENTS} if base else {}),
            }
        ],
    }


def _hint(registry: Registry) -> str:
    return "[" + " | ".join(command.path for command in registry.listed) + "]"


def _shortcut(command: Command[Any]) -> dict[str, str]:
    return {
        "name": _(command.shortcut),
        "type": "message" if command.from_message else "global",
        "callback_id": callback_id(command.path),
        "description": _(command.summary),
    }


def callback_id(path: str) -> str:
    """Return the name under which Slack sends the shortcut of the command at *path*."""
    return f"{SHORTCUT}{path}"


def _oauth(base: str | None) -> dict[str, Any]:
    scopes = {"bot": [scope.name for scope in SCOPES]}
    return {"scopes": scopes, **({"redirect_urls": [base + paths.REDIRECT]} if base else {})}


def _settings(base: str | None, *, has_oauth: bool) -> dict[str, Any]:
    at = base + paths.EVENTS if base else None
    heard = [*EVENTS, *(ORGANISATION_EVENTS if has_oauth else ())]
    return {
        "event_subscriptions": {**({"request_url": at} if at else {}), "bot_events": heard},
        "interactivity": {
            "is_enabled": True,
            **({"request_url": at, "message_menu_options_url": at} if at else {}),
        },
        "org_deploy_enabled": has_oauth,
        "socket_mode_enabled": base is None,
        "token_rotation_enabled": has_oauth,
    }
