"""Locks the playground with a password: a login form, and a signed cookie that lasts a few days."""

import asyncio
import hashlib
import hmac
import time

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from adapters.web.pages import TEMPLATES
from bot.talk.words import _

COOKIE = "askwell"
LASTS = 7 * 24 * 3600
OPEN = ("/login", "/healthz", "/static/")
PAUSE = 0.5
"""Seconds between two wrong guesses, however many ask at once."""


class Door:
    """Lets in whoever has the cookie; sends the others to the form."""

    def __init__(self, app: ASGIApp, password: str) -> None:
        self.app = app
        self.password = password
        # Slow on purpose: whoever steals a cookie must not guess the password from it.
        self._secret = hashlib.scrypt(password.encode(), salt=b"askwell playground", n=2**14, r=8, p=1)
        self._guessing = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request = Request(scope, receive)
        if scope["path"] == "/login":
            return await (await self._login(request))(scope, receive, send)
        if scope["path"].startswith(OPEN) or self._knows(request):
            return await self.app(scope, receive, send)
        await _turned_away(request)(scope, receive, send)

    async def _login(self, request: Request) -> Response:
        if request.method != "POST":
            return _form(request, "")
        async with request.form() as form:
            typed = str(form.get("password", ""))
        if hmac.compare_digest(typed.encode(errors="replace"), self.password.encode()):
            return self._let_in(request)
        async with self._guessing:
            await asyncio.sleep(PAUSE)
        return _form(request, _("That is not the password. Whoever started Askwell knows it."))

    def _let_in(self, request: Request) -> Response:
        answer = RedirectResponse("/", 303)
        ends = str(int(time.time()) + LASTS)
        is_secure = request.url.scheme == "https"
        answer.set_cookie(
            COOKIE, f"{ends}.{self.sign(ends)}", max_age=LASTS, httponly=True, samesite="strict", secure=is_secure
        )
        return answer

    def _knows(self, request: Request) -> bool:
        ends, _dot, signature = request.cookies.get(COOKIE, "").partition(".")
        is_ours = hmac.compare_digest(signature.encode(errors="replace"), self.sign(ends).encode())
        return is_ours and ends.isdecimal() and int(ends) > time.time()

    def sign(self, ends: str) -> str:
        """Return the signature of a cookie that lasts until *ends*."""
        return hmac.new(self._secret, ends.encode(errors="replace"), hashlib.sha256).hexdigest()


def _form(request: Request, error: str) -> Response:
    return TEMPLATES.TemplateResponse(request, "login.html", {"error": error}, 401 if error else 200)


def _turned_away(request: Request) -> Response:
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        return RedirectResponse("/login", 303)
    return JSONResponse({"error": _("Log in again, please.")}, 401)
