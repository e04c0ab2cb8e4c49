"""Serves the address to which Slack sends everything, by HTTP and signed."""

from collections.abc import Awaitable, Callable
from urllib.parse import unquote_plus

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from adapters.slack.asked import Body
from adapters.slack.once import Ack
from adapters.slack.paths import COMMAND, EVENTS

MOST = 1_000_000
"""Bytes of one request; a form with every field full takes a tenth of it."""

MOMENT, SIGNATURE = b"x-slack-request-timestamp", b"x-slack-signature"
"""https://docs.slack.dev/authentication/verifying-requests-from-slack"""

LOOK = b"ssl_check=1"

TakeCommand = Callable[[Body], Awaitable[Ack]]


def events_route(app: AsyncApp, take_command: TakeCommand, signing_secret: str) -> Route:
    """Return the route.

    Slash commands, which people wait for most, go straight to *take_command*: Bolt would read the same fields, and
    takes longer for it than the bot for its answer. Everything else goes through Bolt. Either way nothing is looked at
    before its signature, five minutes old at most, is found to be right.
    """
    return Route(EVENTS, _Door(app, take_command, SignatureVerifier(signing_secret)), methods=["GET", "POST"])


class _Door:
    """Takes requests as ASGI hands them over: what Starlette puts around a function costs as much as the signature."""

    def __init__(self, app: AsyncApp, take_command: TakeCommand, verifier: SignatureVerifier) -> None:
        self._app = app
        self._take_command = take_command
        self._verifier = verifier

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _body(receive)
        if body is None:
            response = Response(status_code=413)
        elif _is_look(scope, body):
            response = Response()
        elif scope["method"] != "POST":
            response = Response(status_code=405)
        elif not _is_signed(self._verifier, body, scope):
            response = Response(status_code=401)
        elif (form := _command(body)) is not None:
            return await _acknowledge(await self._take_command(form), send)
        elif (asked := _read(scope, body)) is not None:
            response = to_starlette_response(await self._app.async_dispatch(asked))
        else:
            response = Response(status_code=400)
        await response(scope, receive, send)


def _read(scope: Scope, body: bytes) -> AsyncBoltRequest | None:
    """Return what Bolt makes of *body*, `None` if it is nothing that Slack sends."""
    try:
        return to_async_bolt_request(Request(scope), body)
    except (ValueError, TypeError, AttributeError):  # no JSON, no text, or JSON that is not an object
        return None


def _is_look(scope: Scope, body: bytes) -> bool:
    """Tell whether Slack only looks at the certificate of this address, which it does now and then, unsigned:
    https://docs.slack.dev/interactivity/implementing-slash-commands"""
    fields = body if scope["method"] == "POST" else scope["query_string"]
    return LOOK in fields and not fields.startswith(b"{") and LOOK in fields.split(b"&")


async def _acknowledge(ack: Ack, send: Send) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(ack)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers if ack else headers[1:]})
    await send({"type": "http.response.body", "body": ack})


def _is_signed(verifier: SignatureVerifier, body: bytes, scope: Scope) -> bool:
    headers = dict(scope["headers"])
    moment, signature = (headers.get(name, b"").decode("latin-1") for name in (MOMENT, SIGNATURE))
    try:
        return verifier.is_valid(body, moment, signature)
    except (TypeError, ValueError):  # a moment that is no number, a signature or a body that is no text
        return False


async def _body(receive: Receive) -> bytes | None:
    """Return what was sent, `None` if that is too much. Raises `ClientDisconnect`."""
    body, has_more = b"", True
    while has_more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > MOST:
            return None
        has_more = message.get("more_body", False)
    return body


def _command(body: bytes) -> dict[str, str] | None:
    """Return the fields of a slash command of ours; `None` for anything else."""
    if b"command=%2Fcareer&" not in body and not body.endswith(b"command=%2Fcareer"):
        return None
    # Slack's own names need no decoding, and most values none either: `parse_qsl` takes three times as long.
    pairs = [pair.partition("=") for pair in body.decode(errors="replace").split("&")]
    form = {name: unquote_plus(value) for name, _, value in pairs}
    is_whole = form.get("command") == COMMAND and form.get("trigger_id") and form.get("user_id")
    return form if is_whole else None
