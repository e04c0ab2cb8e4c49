"""Listens to everything that Slack sends, with slack-bolt: one listener for each kind, and our own table behind it."""

import logging
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import asked as reading
from adapters.slack.drawing import state
from adapters.slack.drawing.words import plain, typed
from adapters.slack.events import Events
from adapters.slack.front import Front
from adapters.slack.manifest import SHORTCUT
from adapters.slack.once import Ack, Word
from adapters.slack.origin import Origin, from_text
from adapters.slack.paths import COMMAND
from bot.desk.registry import Registry
from bot.talk.view import Press

log = logging.getLogger(__name__)

Body = dict[str, Any]
_anything = re.compile("")


def slack_app(front: Front, events: Events, registry: Registry, *, api_url: str, signing_secret: str = "") -> AsyncApp:
    """Return the Bolt application. Without a *signing_secret* it takes what comes through Socket Mode only.

    Tokens are found when they are needed, not for every request: a command that is answered in its acknowledgement
    needs none.
    """
    app = AsyncApp(
        logger=_quiet(), process_before_response=True, authorize=_authorize,
        client=AsyncWebClient(base_url=api_url), signing_secret=signing_secret or None,
        request_verification_enabled=bool(signing_secret), ignoring_self_events_enabled=False,
        ssl_check_enabled=False, attaching_function_token_enabled=False, attaching_conversation_kwargs_enabled=False,
    )  # fmt: skip
    _take_commands(app, front)
    _take_presses(app, front)
    _take_forms(app, front)
    _take_shortcuts(app, front, registry)
    _take_events(app, events)
    app.error(_failed)
    return app


async def _authorize(enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, user_id=user_id)


async def _failed(error: Exception) -> BoltResponse:
    """Log an error of ours by its kind alone: its words may quote what people wrote."""
    log.error("what Slack sent could not be handled: %s", type(error).__qualname__)
    return BoltResponse(status=500, body="")


def _quiet() -> logging.Logger:
    """Return the logger for slack-bolt and slack_sdk, which like to quote what they were sent."""
    logger = logging.getLogger("slack_bolt")
    logger.setLevel(logging.CRITICAL)
    logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)
    return logger


async def take_command(front: Front, body: Mapping[str, Any]) -> Ack:
    """Answer a slash command, given its fields."""
    asked = reading.from_command(body)
    words = typed(body.get("text") or "")
    return await front.once(asked.key, lambda: front.command(asked, words))


def _take_commands(app: AsyncApp, front: Front) -> None:
    async def command(body: Body) -> BoltResponse:
        return _acked(await take_command(front, body))

    app.command(COMMAND)(command)


def _take_presses(app: AsyncApp, front: Front) -> None:
    async def action(body: Body, context: AsyncBoltContext) -> BoltResponse:
        asked, origin = reading.from_press(body, context), _origin(body)
        press = state.pressed(body["actions"][0])
        return _acked(await front.once(asked.key, lambda: _nothing(front.press(asked, press, origin))))

    async def suggest(body: Body, context: AsyncBoltContext) -> BoltResponse:
        name, words = state.suggested(body)
        found = await front.suggest(reading.from_press(body, context), _origin(body), name, words)
        return BoltResponse(status=200, body=state.options(found, words))

    app.action(_anything)(action)
    app.options(_anything)(suggest)


def _take_forms(app: AsyncApp, front: Front) -> None:
    async def submit(body: Body, context: AsyncBoltContext) -> BoltResponse:
        asked, origin = reading.from_press(body, context), _origin(body)
        values = state.values(body["view"])
        return _acked(await front.once(asked.key, lambda: front.submit(asked, origin, values)))

    async def closed() -> BoltResponse:
        return _acked(b"")

    app.view_submission(_anything)(submit)
    app.view_closed(_anything)(closed)


def _take_shortcuts(app: AsyncApp, front: Front, registry: Registry) -> None:
    async def shortcut(body: Body, context: AsyncBoltContext) -> BoltResponse:
        asked = reading.from_press(body, context)
        command = registry.commands.get(str(body["callback_id"]).removeprefix(SHORTCUT))
        words = plain((body.get("message") or {}).get("text") or "")
        read = command.from_message if command else None
        press = Press(command.path if command else "", read(words) if read else (), is_form=True)
        return _acked(await front.once(asked.key, lambda: _nothing(front.shortcut(asked, press))))

    app.shortcut(_anything)(shortcut)


def _take_events(app: AsyncApp, events: Events) -> None:
    async def event(body: Body, context: AsyncBoltContext) -> BoltResponse:
        await events.take(body, context)
        return _acked(b"")

    app.event(_anything)(event)


def _origin(body: Body) -> Origin:
    return from_text((body.get("view") or {}).get("private_metadata") or "")


async def _nothing(working: Any) -> Word:
    await working
    return None


def _acked(ack: Ack) -> BoltResponse:
    kind = "application/json;charset=utf-8" if ack else "text/plain;charset=utf-8"
    return BoltResponse(status=200, body=ack.decode(), headers={"content-type": kind})
