"""Holds the Web API methods for messages: chat.*, conversations.*, users.info."""

from tests.slack.platform.checks import check_blocks_of_message, check_metadata, check_text
from tests.slack.platform.events import describe, message_event
from tests.slack.platform.profiles import described_user
from tests.slack.platform.sight import message_seen
from tests.slack.platform.state import Channel, Json, Message, SlackError, broken
from tests.slack.platform.web_api import Ask, method, needs
from tests.slack.platform.workspace import Workspace

UPDATE_TEXT = 4_000
"""Characters of `text` in chat.update, which refuses more: https://docs.slack.dev/reference/methods/chat.update"""


def _words(ask: Ask, longest: int = 40_000) -> tuple[str, list[Json]]:
    text, blocks = check_text(ask.args.get("text"), longest), check_blocks_of_message(ask.data("blocks"))
    if not text and not blocks:
        raise broken("no_text")
    if not text:
        ask.platform.note("missing_text", "chat", "text must carry the words of the blocks")
    return text, blocks


def may_post(ask: Ask, workspace: Workspace, channel: Channel) -> None:
    """Raise if the app cannot write here."""
    if channel.is_archived:
        raise SlackError("is_archived")
    if not channel.has_bot:
        raise SlackError("not_in_channel")
    if channel.is_dm:
        tab = ask.platform.manifest.get("features", {}).get("app_home", {})
        if not workspace.is_messages_tab_on or not tab.get("messages_tab_enabled"):
            raise SlackError("messages_tab_disabled")
        if workspace.users[channel.partner].is_deleted:
            raise SlackError("user_disabled")


@method("chat.postMessage", "chat:write")
async def post(ask: Ask) -> Json:
    workspace, channel = ask.channel(ask.must("channel"))
    may_post(ask, workspace, channel)
    text, blocks = _words(ask)
    metadata = check_metadata(ask.data("metadata"))
    message = workspace.post(channel.id, ask.bot.bot_user, text, blocks, metadata=metadata)
    arrived(ask, workspace, channel, message)
    shown = described(ask, message) | {"metadata": metadata} if metadata else described(ask, message)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def arrived(ask: Ask, workspace: Workspace, channel: Channel, message: Message) -> None:
    if channel.is_dm:
        workspace.people[channel.partner].hears(message_seen(message), "dm", is_weak=True)
        ask.platform.later(message_event(workspace, channel, described(ask, message)))


@method("chat.postEphemeral", "chat:write")
async def whisper(ask: Ask) -> Json:
    workspace, channel = ask.channel(ask.must("channel"))
    may_post(ask, workspace, channel)
    if ask.must("user") not in workspace.users or not channel.shows(ask.must("user")):
        raise SlackError("user_not_in_channel")
    text, blocks = _words(ask)
    message = workspace.post(channel.id, ask.bot.bot_user, text, blocks, reader=ask.must("user"))
    workspace.reaches(message)
    return {"message_ts": message.ts}


@method("chat.update", "chat:write")
async def update(ask: Ask) -> Json:
    workspace, channel = ask.channel(ask.must("channel"))
    if channel.is_archived:
        raise SlackError("is_archived")
    message = _own(ask, workspace, channel, "cant_update_message")
    keeps_blocks = ask.args.get("blocks") is None
    message.text, blocks = _words(ask, UPDATE_TEXT)
    message.blocks = message.blocks if keeps_blocks else ask.platform.named(blocks)
    message.metadata = check_metadata(ask.data("metadata")) or message.metadata
    message.order, message.edits = ask.platform.next_order(), message.edits + 1
    _changed(ask, workspace, channel, message)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": described(ask, message)}


def _changed(ask: Ask, workspace: Workspace, channel: Channel, message: Message) -> None:
    for person in workspace.people.values():
        if channel.shows(person.id):
            person.hears(message_seen(message), message.ts, is_weak=True)
    if channel.is_dm:
        event = {"subtype": "message_changed", "hidden": True, "message": described(ask, message)}
        ask.platform.later(message_event(workspace, channel, event | {"ts": ask.platform.stamp()}))


def _own(ask: Ask, workspace: Workspace, channel: Channel, code: str) -> Message:
    message = workspace.message(channel.id, ask.must("ts"))
    if message.user != ask.bot.bot_user:
        raise broken(code)
    return message


@method("chat.delete", "chat:write")
async def delete(ask: Ask) -> Json:
    workspace, channel = ask.channel(ask.must("channel"))
    workspace.messages.remove(_own(ask, workspace, channel, "cant_delete_message"))
    return {"channel": channel.id, "ts": ask.must("ts")}


@method("conversations.open", "im:write")
async def open_dm(ask: Ask) -> Json:
    if "," in ask.must("users"):
        raise broken("missing_scope", "mpim:write", needed="mpim:write")
    workspace, user = ask.user(ask.must("users"))
    if user.is_deleted:
        raise SlackError("user_disabled")
    if user.is_bot:
        raise SlackError("cannot_dm_bot")
    known = any(channel.partner == user.id for channel in workspace.channels.values())
    channel: Json = {"id": workspace.dm(user.id).id}
    return {"channel": channel} | ({"no_op": True, "already_open": True} if known else {})


_HISTORY = {"D": "im:history", "C": "channels:history", "G": "groups:history"}


@method("conversations.history")
async def history(ask: Ask) -> Json:
    workspace, channel = ask.channel(ask.must("channel"))
    needs(ask, _HISTORY[channel.id[0]])
    if not channel.has_bot:
        raise SlackError("not_in_channel")
    with_metadata = str(ask.args.get("include_all_metadata", "")).lower() in {"1", "true"}
    found = [m for m in reversed(workspace.messages) if m.channel == channel.id and not m.reader and _within(ask, m)]
    limit, start = _whole(ask, "limit", 100, 999), int(str(ask.args.get("cursor") or "0"))
    page, end = found[start : start + limit], start + limit
    messages = [described(ask, m) | ({"metadata": m.metadata} if with_metadata and m.metadata else {}) for m in page]
    has_more = end < len(found)
    cursor = {"response_metadata": {"next_cursor": str(end)}} if has_more else {}
    return {"messages": messages, "has_more": has_more, "pin_count": 0, **cursor}


def _within(ask: Ask, message: Message) -> bool:
    oldest, latest = float(ask.args.get("oldest") or 0), float(ask.args.get("latest") or "inf")
    if str(ask.args.get("inclusive", "")).lower() in {"1", "true"}:
        return oldest <= float(message.ts) <= latest
    return oldest < float(message.ts) < latest


def _whole(ask: Ask, name: str, otherwise: int, most: int) -> int:
    value = str(ask.args.get(name) or otherwise)
    if not value.isdecimal() or not 1 <= int(value) <= most:
        raise broken("invalid_limit", f"{name} must be from 1 to {most}")
    return int(value)


def described(ask: Ask, message: Message) -> Json:
    """Return a message as Slack's API gives it."""
    return describe(message, ask.platform.app_id, ask.bot.bot_id if message.user == ask.bot.bot_user else "")


@method("users.info", "users:read")
async def user_info(ask: Ask) -> Json:
    workspace, user = ask.user(ask.must("user"))
    with_locale = str(ask.args.get("include_locale", "")).lower() in {"1", "true"}
    return {"user": described_user(workspace, user, with_locale=with_locale)}
