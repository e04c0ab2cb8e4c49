"""Writes messages that carry a mark, and finds again what may have arrived: Slack takes the same message twice."""

from typing import Any

from adapters.slack.access.clients import Client
from adapters.slack.calls import Failed, call
from adapters.slack.drawing.blocks import Drawn

MARK = "askwell_letter"
"""The kind of metadata that carries a message's key. Everybody in the workspace can read it: it names nobody."""

LATEST = 100
"""Messages of a conversation that are searched for one that may have arrived: it was among the last."""


async def write(client: Client, channel: str, page: Drawn, key: str) -> str | Failed:
    """Post *page* under *key*, which no other message has. Returns its id there."""
    mark = {"event_type": MARK, "event_payload": {"key": key}}
    answer = await call(client.web.chat_postMessage(channel=channel, metadata=mark, **payload_of(page)))
    return answer if isinstance(answer, Failed) else str(answer["ts"])


async def written(client: Client, channel: str) -> dict[str, str] | Failed:
    """Return the ids of the bot's own latest messages in a direct conversation, by key."""
    answer = await call(client.web.conversations_history(channel=channel, limit=LATEST, include_all_metadata=True))
    if isinstance(answer, Failed):
        return answer
    return {key: str(message["ts"]) for message in answer["messages"] if (key := _key_of(message, client))}


def payload_of(page: Drawn) -> dict[str, Any]:
    """Return *page* as part of a message. Its words are plain, and no address in it is unfolded."""
    return {"text": page.text, "blocks": page.blocks, "mrkdwn": False, "unfurl_links": False, "unfurl_media": False}


def _key_of(message: dict[str, Any], client: Client) -> str:
    mark = message.get("metadata") or {}
    is_ours = mark.get("event_type") == MARK and message.get("bot_id", client.bot_id) in {"", client.bot_id}
    return str((mark.get("event_payload") or {}).get("key") or "") if is_ours else ""
