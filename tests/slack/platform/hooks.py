"""Takes what an app posts to a response_url, or says in the ack of a slash command: five times in thirty minutes."""

from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.slack.platform.checks import check_blocks_of_message, check_text
from tests.slack.platform.events import describe, message_event
from tests.slack.platform.fate import carried_out
from tests.slack.platform.sight import message_seen
from tests.slack.platform.state import HOOK_LIFE, HOOK_USES, Call, Hook, Json, SlackError, broken

if TYPE_CHECKING:
    from tests.slack.platform.server import Platform

_KNOWN = {"text", "blocks", "attachments", "response_type", "replace_original", "delete_original", "thread_ts"}
_KNOWN |= {"unfurl_links", "unfurl_media", "mrkdwn", "metadata", "parse"}


def respond(platform: "Platform", hook: Hook, body: Any) -> None:
    """Show what the app says to whoever the hook belongs to."""
    if not isinstance(body, dict) or not body.keys() <= _KNOWN:
        raise broken("invalid_payload", "a message has only documented fields")
    workspace = platform.workspaces[hook.team]
    if body.get("delete_original"):
        return _removed(platform, hook)
    text, blocks = check_text(body.get("text")), check_blocks_of_message(body.get("blocks"))
    _has_words(platform, text, blocks)
    if body.get("replace_original") and hook.original:
        return _replaced(platform, hook, text, blocks)
    if body.get("response_type", "ephemeral") not in {"ephemeral", "in_channel"}:
        raise broken("invalid_payload", "response_type is ephemeral or in_channel")
    reader = "" if body.get("response_type") == "in_channel" else hook.user
    message = workspace.post(hook.channel, platform.bot_user(hook.team), text, blocks, reader=reader)
    workspace.people[hook.user].hears(message_seen(message), hook.id)
    if workspace.channels[hook.channel].is_dm and not reader:
        shown = describe(message, platform.app_id, platform.bot_id(hook.team))
        platform.later(message_event(workspace, workspace.channels[hook.channel], shown))


def _has_words(platform: "Platform", text: str, blocks: list[Json]) -> None:
    if not text and not blocks:
        raise broken("no_text")
    if not text:
        platform.note("missing_text", "response_url", "text must carry the words of the blocks")


def _removed(platform: "Platform", hook: Hook) -> None:
    messages = platform.workspaces[hook.team].messages
    if hook.original in messages:
        messages.remove(hook.original)
        platform.workspaces[hook.team].people[hook.user].hears(message_seen(hook.original), hook.id)


def _replaced(platform: "Platform", hook: Hook, text: str, blocks: list[Json]) -> None:
    original = hook.original
    assert original is not None
    original.text, original.blocks = text, platform.named(blocks)
    original.order, original.edits = platform.next_order(), original.edits + 1
    platform.workspaces[hook.team].people[hook.user].hears(message_seen(original), hook.id)


async def take(platform: "Platform", request: web.Request) -> web.StreamResponse:
    """Answer a POST to a response_url."""
    hook = platform.hooks.get(request.match_info["id"])
    body = await _body(request)
    call = Call("response_url", hook.team if hook else "", body, platform.clock())
    platform.calls.append(call)

    async def say() -> Json:
        respond(platform, _usable(platform, hook), body)
        return {}

    try:
        await carried_out(platform, request, call, say)
    except SlackError as error:
        call.error = error.code
        if error.is_violation:
            platform.note(error.code, "response_url", *error.details)
        status = 404 if error.code in {"used_url", "expired_url", "unknown_url"} else 400
        return web.Response(status=error.more.get("status", status), text=error.code, headers=error.more.get("headers"))
    return web.Response(text="ok")


async def _body(request: web.Request) -> Any:
    try:
        return await request.json()
    except ValueError:
        return None


def _usable(platform: "Platform", hook: Hook | None) -> Hook:
    if hook is None:
        raise broken("unknown_url")
    hook.uses += 1
    if hook.uses > HOOK_USES:
        raise broken("used_url", f"a response_url can be used {HOOK_USES} times")
    if platform.clock() - hook.born > HOOK_LIFE:
        raise broken("expired_url", "a response_url lives for 30 minutes")
    return hook
