"""Keeps other web sites out: checks who is addressed and who asks, and tells the browser what a page may do."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Guard:
    """Stands before every request but `/healthz`.

    A foreign Host is refused, because a name that an attacker points at 127.0.0.1 would otherwise speak for the user
    (DNS rebinding). Behind a password (*is_locked*) that is no danger: a foreign name has no cookie. A POST must
    come from a page of the same origin, and the browser says so.
    """

    def __init__(self, app: ASGIApp, *, is_locked: bool) -> None:
        self.app = app
        self.is_locked = is_locked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == "/healthz":
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        if not self.is_locked and _name(headers.get("host", "")) not in LOCAL:
            answer = PlainTextResponse("Open Askwell under the address that it told when it started.", 421)
            return await answer(scope, receive, send)
        if scope["method"] not in {"GET", "HEAD"} and not _is_own(headers):
            return await PlainTextResponse("Only Askwell's own pages may do that.", 403)(scope, receive, send)
        await self.app(scope, receive, _adding(send))


def _name(host: str) -> str:
    """Return *host* without its port."""
    return host.rpartition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0].lower()


def _is_own(headers: Headers) -> bool:
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if origin is not None:
        return origin.partition("://")[2] == headers["host"]
    return site == "same-origin"


def _adding(send: Send) -> Send:
    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return add
