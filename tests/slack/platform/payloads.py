"""Makes the payloads that Slack sends for what people do, with all documented fields.

https://docs.slack.dev/reference/interaction-payloads
"""

from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.slack.platform.events import describe
from tests.slack.platform.state import Channel, Json, Message, User, Window
from tests.slack.platform.windows import described

if TYPE_CHECKING:
    from tests.slack.platform.workspace import Workspace


def command(workspace: "Workspace", user: User, channel: Channel, name: str, text: str) -> Json:
    """Return a slash command: form fields, all of them text."""
    body: Json = {"token": "deprecated", "team_id": workspace.id, "team_domain": workspace.domain}
    if workspace.enterprise:
        body |= {"enterprise_id": workspace.enterprise, "enterprise_name": "Org"}
    body |= {"channel_id": channel.id, "channel_name": channel.name, "user_id": user.id, "user_name": user.name}
    body |= {"command": name, "text": escaped(text), "api_app_id": workspace.platform.app_id}
    return body | {"is_enterprise_install": "true" if _is_for_all(workspace) else "false"}


def interactive(workspace: "Workspace", user: User, kind: str, *, is_placed: bool) -> Json:
    """Return what every interactive payload has. *is_placed*: it happened in a channel or direct message."""
    platform = workspace.platform
    who = {"id": user.id, "username": user.name, "name": user.name, "team_id": user.home}
    team: Json | None = {"id": user.home if platform.names_own_home else workspace.id, "domain": workspace.domain}
    if team is not None and workspace.enterprise:
        team |= {"enterprise_id": workspace.enterprise, "enterprise_name": "Org"}
    if _is_for_all(workspace) and not is_placed:
        team = None  # https://docs.slack.dev/enterprise: an installation for all has no workspace of its own
    enterprise = {"id": workspace.enterprise, "name": "Org"} if workspace.enterprise else None
    body: Json = {"type": kind, "team": team, "user": who, "api_app_id": platform.app_id, "token": "deprecated"}
    return body | {"enterprise": enterprise, "is_enterprise_install": _is_for_all(workspace)}


def pressed_in_message(workspace: "Workspace", user: User, message: Message, action: Json) -> Json:
    channel = workspace.channels[message.channel]
    body = interactive(workspace, user, "block_actions", is_placed=True)
    container = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
    body |= {"container": container | {"is_ephemeral": bool(message.reader)}, "state": {"values": {}}}
    body |= {"channel": {"id": channel.id, "name": channel.name}, "actions": [stamped(workspace, action)]}
    return body if message.reader else body | {"message": _shown(workspace, message)}


def pressed_in_window(workspace: "Workspace", user: User, window: Window, action: Json) -> Json:
    body = interactive(workspace, user, "block_actions", is_placed=False)
    body |= {"container": {"type": "view", "view_id": window.id}, "view": described(workspace, window)}
    return body | {"actions": [stamped(workspace, action)]}


def submitted(workspace: "Workspace", user: User, window: Window) -> Json:
    body = interactive(workspace, user, "view_submission", is_placed=False)
    return body | {"view": described(workspace, window), "response_urls": []}


def closed(workspace: "Workspace", user: User, window: Window, *, is_cleared: bool) -> Json:
    body = interactive(workspace, user, "view_closed", is_placed=False)
    return body | {"view": described(workspace, window), "is_cleared": is_cleared}


def suggestion(workspace: "Workspace", user: User, window: Window, block: Json, typed: str) -> Json:
    body = interactive(workspace, user, "block_suggestion", is_placed=False)
    body |= {"container": {"type": "view", "view_id": window.id}, "view": described(workspace, window)}
    return body | {"block_id": block["block_id"], "action_id": block["element"]["action_id"], "value": typed}


def shortcut(workspace: "Workspace", user: User, callback: str) -> Json:
    body = interactive(workspace, user, "shortcut", is_placed=False)
    return body | {"callback_id": callback, "action_ts": workspace.platform.stamp()}


def message_shortcut(workspace: "Workspace", user: User, callback: str, message: Message) -> Json:
    body = interactive(workspace, user, "message_action", is_placed=True)
    channel = workspace.channels[message.channel]
    body |= {"callback_id": callback, "action_ts": workspace.platform.stamp(), "message_ts": message.ts}
    return body | {"channel": {"id": channel.id, "name": channel.name}, "message": _shown(workspace, message)}


def _shown(workspace: "Workspace", message: Message) -> Json:
    bot_id = workspace.platform.bot_id(workspace.id) if message.is_ours else ""
    return describe(message, workspace.platform.app_id, bot_id)


def stamped(workspace: "Workspace", action: Json) -> Json:
    return action | {"action_ts": workspace.platform.stamp()}


def _is_for_all(workspace: "Workspace") -> bool:
    return workspace.platform.installed_team(workspace) is None


def escaped(text: str) -> str:
    """Return *text* as Slack hands on what was typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def marked(text: str) -> str:
    """Return *text* as Slack keeps a message: escaped, with addresses as links."""
    return " ".join(map(_marked_word, escaped(text).split(" ")))


def _marked_word(word: str) -> str:
    bare = word.strip(",.;()\n")
    if bare.startswith(("http://", "https://")):
        return word.replace(bare, f"<{bare}>")
    if "@" in bare[1:-1] and "." in bare and not quote(bare, safe="@.+-_").count("%"):
        return word.replace(bare, f"<mailto:{bare}|{bare}>")
    return word
