"""Tells the app what happened: the Events API, as far as the manifest subscribes to it and the scopes allow."""

from typing import TYPE_CHECKING

from tests.slack.platform.sight import Ack
from tests.slack.platform.state import Channel, Json, Message

if TYPE_CHECKING:
    from tests.slack.platform.workspace import Workspace

_NEEDS = {"message.im": "im:history", "user_change": "users:read", "message.channels": "channels:history"}


async def send_event(workspace: "Workspace", name: str, event: Json) -> Ack | None:
    """Send *event*, known as *name* in the manifest. None: the app does not get it."""
    transport = workspace.platform.transport
    return await transport.event(wrapped(workspace, event)) if transport and is_heard(workspace, name) else None


def is_heard(workspace: "Workspace", name: str) -> bool:
    """Tell whether the app gets events of this name here."""
    settings = workspace.platform.manifest.get("settings", {})
    grant = workspace.platform.grant_of(workspace.id)
    if grant is None or name not in settings.get("event_subscriptions", {}).get("bot_events", ()):
        return False
    return name not in _NEEDS or _NEEDS[name] in grant.scopes


def wrapped(workspace: "Workspace", event: Json) -> Json:
    """Return the envelope of an event: https://docs.slack.dev/apis/events-api"""
    platform = workspace.platform
    is_for_all = platform.installed_team(workspace) is None
    who: Json = {"enterprise_id": workspace.enterprise or None, "team_id": None if is_for_all else workspace.id}
    who |= {"user_id": platform.bot_user(workspace.id), "is_bot": True, "is_enterprise_install": is_for_all}
    team = None if "team_ids" in event else workspace.id  # what befalls several workspaces comes from none of them
    body: Json = {"token": "deprecated", "team_id": team, "context_team_id": team}
    body |= {"context_enterprise_id": workspace.enterprise or None, "api_app_id": platform.app_id}
    body |= {"enterprise_id": workspace.enterprise} if workspace.enterprise else {}
    body |= {"event": {"event_ts": platform.stamp(), **event}, "type": "event_callback"}
    body |= {"event_id": platform.new_id("Ev"), "event_time": int(platform.clock().timestamp())}
    return body | {"authorizations": [who], "is_ext_shared_channel": False}


async def message_event(workspace: "Workspace", channel: Channel, message: Json) -> None:
    """Tell the app of a message in its direct messages; it hears its own as well."""
    await send_event(workspace, "message.im", in_dm(workspace, channel, message))


def in_dm(workspace: "Workspace", channel: Channel, message: Json) -> Json:
    """Return the event of a message in the app's direct messages."""
    place: Json = {"type": "message", "channel": channel.id, "channel_type": "im", "team": workspace.id}
    return place | message | {"event_ts": message["ts"]}


def describe(message: Message, app_id: str, bot_id: str) -> Json:
    shown: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    if bot_id:
        shown |= {"bot_id": bot_id, "app_id": app_id}
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.files:
        shown |= {"files": message.files, "subtype": "file_share"}
    if message.edits:
        shown["edited"] = {"user": message.user, "ts": message.ts}
    return shown
