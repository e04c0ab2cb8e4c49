"""Serves the address to which Slack sends everything, by HTTP and signed."""

from collections.abc import Awaitable, Callable
from urllib.parse import unquote_plus

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from adapters.slack.asked import Body
from adapters.slack.once import Ack
from adapters.slack.paths import COMMAND, EVENTS

MOST = 1_000_000
"""Bytes of one request; a form with every field full takes a tenth of it."""

TakeCommand = Callable[[Body], Awaitable[Ack]]


def events_route(app: AsyncApp, take_command: TakeCommand, signing_secret: str) -> Route:
    """Return the route.

    Slash commands, which people wait for most, go straight to *take_command*: Bolt would read the same fields, and
    takes longer for it than the bot for its answer. Everything else goes through Bolt. Either way nothing is looked at
    before its signature, five minutes old at most, is found to be right.
    """
    return Route(EVENTS, _Door(app, take_command, SignatureVerifier(signing_secret)), methods=["POST"])


class _Door:
    """Takes requests as ASGI hands them over: what Starlette puts around a function costs as much as the signature."""

    def __init__(self, app: AsyncApp, take_command: TakeCommand, verifier: SignatureVerifier) -> None:
        self._app = app
        self._take_command = take_command
        self._verifier = verifier

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        if not _is_signed(self._verifier, body, request.headers):
            return Response(status_code=401)
        if (form := _command(body)) is not None:
            ack = await self._take_command(form)
            return Response(ack, media_type="application/json") if ack else Response()
        return to_starlette_response(await self._app.async_dispatch(to_async_bolt_request(request, body)))


def _is_signed(verifier: SignatureVerifier, body: bytes, headers: Headers) -> bool:
    moment, signature = headers.get("X-Slack-Request-Timestamp"), headers.get("X-Slack-Signature")
    try:
        return verifier.is_valid(body, moment, signature)
    except (TypeError, ValueError):  # a moment that is no number, a signature or a body that is no text
        return False


async def _body(request: Request) -> bytes | None:
    """Return what was sent, `None` if that is too much."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST:
            return None
    return bytes(body)


def _command(body: bytes) -> dict[str, str] | None:
    """Return the fields of a slash command of ours; `None` for anything else."""
    if b"command=%2Fcareer&" not in body and not body.endswith(b"command=%2Fcareer"):
        return None
    # Slack's own names need no decoding, and most values none either: `parse_qsl` takes three times as long.
    pairs = [pair.partition("=") for pair in body.decode(errors="replace").split("&")]
    form = {name: unquote_plus(value) for name, _, value in pairs}
    return form if form.get("command") == COMMAND and form.get("trigger_id") else None
