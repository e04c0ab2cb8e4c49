"""Plays the part of Slack that gives out tokens, as strictly: a code and a refresh token work once."""

import asyncio
import base64
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

CLIENT_ID = "111.222"
CLIENT_SECRET = "not-a-secret"
LASTS = timedelta(hours=12)


@dataclass
class Bot:
    """The bot in one workspace, or with *is_whole* in its organisation."""

    team: str = "T1"
    enterprise: str = ""
    is_whole: bool = False
    bot_id: str | None = "B1"

    @property
    def who(self) -> dict[str, Any]:
        """What `auth.test` says of its token."""
        team = self.enterprise if self.is_whole else self.team
        return {
            "ok": True, "url": "https://north.example.org/", "team": "Northside", "team_id": team, "user": "askwell",
            "user_id": f"U{self.team}", "is_enterprise_install": self.is_whole,
            **({"bot_id": self.bot_id} if self.bot_id else {}),
            **({"enterprise_id": self.enterprise} if self.enterprise else {}),
        }  # fmt: skip

    @property
    def place(self) -> dict[str, Any]:
        """What `oauth.v2.access` says of where it is."""
        return {
            "app_id": "A1", "bot_user_id": f"U{self.team}", "scope": "commands,chat:write", "token_type": "bot",
            "authed_user": {"id": "U9"}, "is_enterprise_install": self.is_whole,
            "team": None if self.is_whole else {"id": self.team, "name": "Northside"},
            "enterprise": {"id": self.enterprise, "name": "North Schools"} if self.enterprise else None,
        }  # fmt: skip


@dataclass
class Office:
    """Tokens by their text; each runs out at its moment, or never. *calls* are the methods that were called, in order.

    *faults* are the next answers to a method: an error's name, an HTTP status, or "cut" to break off after it was done.
    While *gate* is closed an exchange does not answer.
    """

    clock: Callable[[], datetime]
    url: str = ""
    rotates: bool = True
    tokens: dict[str, tuple[Bot, datetime | None]] = field(default_factory=dict)
    refreshes: dict[str, Bot] = field(default_factory=dict)
    codes: dict[str, tuple[Bot, str | None]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    faults: dict[str, list[str | int]] = field(default_factory=dict)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    is_asked: asyncio.Event = field(default_factory=asyncio.Event)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def give(self, bot: Bot, *, lasts: timedelta | None = None) -> str:
        """Return a new token."""
        token = f"xoxb-{next(self._numbers)}"
        self.tokens[token] = (bot, None if lasts is None else self.clock() + lasts)
        return token

    def code_for(self, bot: Bot, redirect_uri: str | None = None) -> str:
        """Return the code that Slack sends a browser back with."""
        code = f"code-{next(self._numbers)}"
        self.codes[code] = (bot, redirect_uri)
        return code

    def count(self, method: str) -> int:
        return self.calls.count(method)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.calls.append(method)
        fault = self.faults.get(method) and self.faults[method].pop(0)
        if isinstance(fault, int):
            return web.Response(status=fault, headers={"Retry-After": "7"} if fault == 429 else {})
        if fault and fault != "cut":
            return web.json_response({"ok": False, "error": fault})
        said = await (self._access(request) if method == "oauth.v2.access" else self._test(request))
        if fault == "cut":
            assert request.transport is not None
            request.transport.abort()
        return web.json_response(said)

    async def _test(self, request: web.Request) -> dict[str, Any]:
        kind, _space, token = request.headers.get("Authorization", "").partition(" ")
        bot, ends_at = self.tokens.get(token, (None, None))
        if kind != "Bearer" or bot is None:
            return {"ok": False, "error": "invalid_auth" if token else "not_authed"}
        if ends_at is not None and self.clock() >= ends_at:
            return {"ok": False, "error": "token_expired"}
        return bot.who

    async def _access(self, request: web.Request) -> dict[str, Any]:
        self.is_asked.set()
        await self.gate.wait()
        secret = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {secret}":
            return {"ok": False, "error": "bad_client_secret"}
        told = await request.post()
        if told.get("grant_type") == "refresh_token":
            bot = self.refreshes.pop(str(told.get("refresh_token")), None)
            return {"ok": False, "error": "invalid_refresh_token"} if bot is None else self._granted(bot)
        bot, redirect_uri = self.codes.pop(str(told.get("code")), (None, None))
        if bot is None:
            return {"ok": False, "error": "invalid_code"}
        if told.get("redirect_uri") != redirect_uri:
            return {"ok": False, "error": "bad_redirect_uri"}
        return self._granted(bot)

    def _granted(self, bot: Bot) -> dict[str, Any]:
        token = self.give(bot, lasts=LASTS if self.rotates else None)
        granted = {"ok": True, "access_token": token, **bot.place}
        if not self.rotates:
            return granted
        refresh = f"xoxe-1-{next(self._numbers)}"
        self.refreshes[refresh] = bot
        return granted | {"refresh_token": refresh, "expires_in": int(LASTS.total_seconds())}


@asynccontextmanager
async def an_office(clock: Callable[[], datetime]) -> AsyncIterator[Office]:
    """Serve an office on a free port of this computer until the block ends."""
    office = Office(clock)
    office.gate.set()
    app = web.Application()
    app.router.add_route("*", "/api/{method}", office.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    office.url = f"http://{host}:{port}/api/"
    try:
        yield office
    finally:
        await runner.cleanup()
