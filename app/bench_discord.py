"""Measures `/career board` through a gateway on this computer, beside a bare discord.py command, in one run.

Each bot is a process of its own; this one is Discord: it sends interactions, so many at a time, and takes the answers.
"""

import asyncio
import itertools
import json
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiohttp import WSMsgType, web

from app.bench import NOW, fill_groups, memory_of
from app.bench_slack import a_process, free_port
from app.settings import new_key
from bot.model.people import Actor
from storage.database import Database
from storage.migrate import migrate

GUILD, CHANNEL, USER, APP, SHARER = "1001", "1002", "1003", "1004", "1005"
IN_FLIGHT = (1, 50)
ROUNDS = 4
WARM = 200
ME = {"id": APP, "username": "askwell", "discriminator": "0", "global_name": None, "avatar": None, "bot": True}
BEN = {"id": USER, "username": "ben", "discriminator": "0", "global_name": "Ben", "avatar": None}
MEMBER = {
    "user": BEN, "roles": [], "joined_at": "2026-11-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0,
    "permissions": "0", "nick": None, "avatar": None, "premium_since": None, "pending": False,
}  # fmt: skip

CHANNEL_WHOLE = {
    "id": CHANNEL, "type": 0, "guild_id": GUILD, "name": "careers", "position": 0, "permissions": "0", "nsfw": False,
    "permission_overwrites": [], "parent_id": None, "topic": None, "last_message_id": None, "rate_limit_per_user": 0,
}  # fmt: skip


@dataclass
class Side:
    """One bot at its own gateway. *seconds* are how long first answers took, by how many were asked at once."""

    name: str
    data: dict[str, Any]
    expects: str
    port: int = field(default_factory=free_port)
    line: web.WebSocketResponse | None = None
    is_up: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: dict[str, asyncio.Future[str]] = field(default_factory=dict)
    seconds: dict[int, list[float]] = field(default_factory=dict)
    spent: dict[int, float] = field(default_factory=dict)
    process: int = 0
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(10**17))
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(2))

    async def ask(self) -> str:
        """Send one interaction and return the body of its first answer."""
        assert self.line is not None  # noqa: S101 - it is up
        number = str(next(self._ids))
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.waiting[number] = answer
        frame = {"op": 0, "t": "INTERACTION_CREATE", "s": next(self._numbers), "d": _interaction(number, self.data)}
        await self.line.send_str(json.dumps(frame))
        return await answer

    def rate(self, many: int) -> float:
        return len(self.seconds[many]) / self.spent[many]

    def p(self, hundredth: float, many: int) -> float:
        """Return that percentile in milliseconds."""
        ordered = sorted(self.seconds[many])
        return ordered[min(len(ordered) - 1, int(len(ordered) * hundredth / 100))] * 1000


def run_discord(group: int, total: int, seconds: float) -> None:
    """Fill a scratch database, start both bots, ask them in turn, and print what came of it."""
    with TemporaryDirectory(prefix="askwell-bench-") as folder:
        asyncio.run(_run(Path(folder), group, total, seconds))


async def _run(folder: Path, group: int, total: int, seconds: float) -> None:
    key, began = new_key(), time.perf_counter()
    url = f"sqlite:///{folder / 'askwell.db'}"
    await asyncio.to_thread(migrate, url)
    async with await Database.open(url, (key,)) as database:
        await fill_groups(database, folder / "askwell.db", group, total, _sharer)
    print(f"{group:,} cards in the group, {total:,} in all, written in {time.perf_counter() - began:.0f} s\n")
    board = {"type": 1, "name": "board", "options": [{"type": 3, "name": "words", "value": "nursing"}]}
    ours = Side("/career board nursing", {"id": "1", "name": "career", "type": 1, "options": [board]}, "Person ")
    bare = Side("bare discord.py command", {"id": "2", "name": "hello", "type": 1}, "Hello")
    with ExitStack() as stack:
        async with _gateway(ours), _gateway(bare):
            for side, kind in ((ours, "ours"), (bare, "bare")):
                command = [sys.executable, "-m", "app.bench_discord_bots", kind, str(side.port)]
                side.process = stack.enter_context(a_process(command, _settings(folder, key))).pid
            for side in (ours, bare):
                await asyncio.wait_for(side.is_up.wait(), 30)
                await _turn(side, 1, None, WARM)
            for many in IN_FLIGHT:
                for _round in range(ROUNDS):
                    for side in (ours, bare):
                        await _turn(side, many, seconds / ROUNDS)
        _report(ours, bare)


def _settings(folder: Path, key: str) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ASKWELL_", "SLACK_", "DISCORD_"))
    }
    return {**kept, "ASKWELL_DATA_DIR": str(folder), "ASKWELL_KEY": key, "DISCORD_TOKEN": "bench", "PORT": "0"}


def _sharer(workspace: str) -> Actor:
    guild = GUILD if workspace == "W0" else workspace
    return Actor("discord", guild, CHANNEL, SHARER, "Ana", "bench", locale="en-US")


async def _turn(side: Side, many: int, seconds: float | None, count: int = 10**9) -> None:
    """Keep *many* interactions in flight for *seconds*, or until *count*; without *seconds* nothing is counted."""
    times = [] if seconds is None else side.seconds.setdefault(many, [])
    began = time.perf_counter()
    ends = began + (seconds or float("inf"))

    async def one_after_the_other() -> None:
        for _i in range(count):
            sent = time.perf_counter()
            if sent >= ends:
                return
            body = await side.ask()
            times.append(time.perf_counter() - sent)
            if side.expects not in body:
                raise RuntimeError(f"{side.name} answered something else: {body[:200]!r}")

    await asyncio.gather(*(one_after_the_other() for _i in range(many)))
    if seconds is not None:
        side.spent[many] = side.spent.get(many, 0) + time.perf_counter() - began


@asynccontextmanager
async def _gateway(side: Side) -> AsyncIterator[None]:
    """Be Discord for one bot: log it in, hold its gateway, take its answers."""

    async def me(_request: web.Request) -> web.Response:
        return _json(ME)

    async def application(_request: web.Request) -> web.Response:
        return _json({"id": APP, "name": "askwell", "icon": None, "description": "", "bot_public": True,
                      "bot_require_code_grant": False, "flags": 0, "verify_key": "0", "team": None,
                      "owner": BEN, "summary": ""})  # fmt: skip

    async def callback(request: web.Request) -> web.Response:
        number, body = request.match_info["id"], await request.text()
        answer = side.waiting.pop(number, None)
        if answer is not None:
            answer.set_result(body)
        if "with_response" not in request.query:
            return web.Response(status=204)
        return _json({"interaction": {"id": number, "type": 2}, "resource": {"type": 4, "message": _message(number)}})

    app = web.Application(client_max_size=10_000_000)
    app.router.add_get("/api/v10/users/@me", me)
    app.router.add_get("/api/v10/oauth2/applications/@me", application)
    app.router.add_post("/api/v10/interactions/{id}/{token}/callback", callback)
    app.router.add_get("/gateway/", lambda request: _hold(side, request))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", side.port).start()
    try:
        yield
    finally:
        await runner.cleanup()


async def _hold(side: Side, request: web.Request) -> web.WebSocketResponse:
    line = web.WebSocketResponse()
    await line.prepare(request)
    await line.send_json({"op": 10, "d": {"heartbeat_interval": 40_000}, "s": None, "t": None})
    async for frame in line:
        if frame.type is not WSMsgType.TEXT:
            break
        op = json.loads(frame.data)["op"]
        if op == 1:
            await line.send_json({"op": 11})
        elif op == 2:
            side.line = line
            await line.send_json({"op": 0, "s": 1, "t": "READY", "d": _ready(side.port)})
            side.is_up.set()
    return line


def _ready(port: int) -> dict[str, Any]:
    return {
        "v": 10, "user": ME, "guilds": [], "session_id": "bench", "application": {"id": APP, "flags": 0},
        "resume_gateway_url": f"ws://127.0.0.1:{port}/gateway/",
    }  # fmt: skip


def _interaction(number: str, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": number, "application_id": APP, "type": 2, "data": data, "guild_id": GUILD, "channel_id": CHANNEL,
        "channel": CHANNEL_WHOLE,
        "guild": {"id": GUILD, "locale": "en-US", "features": []}, "member": MEMBER, "token": f"t{number}",
        "version": 1, "app_permissions": "0", "locale": "en-US", "guild_locale": "en-US", "entitlements": [],
        "authorizing_integration_owners": {"0": GUILD}, "context": 0, "attachment_size_limit": 10_485_760,
    }  # fmt: skip


def _message(number: str) -> dict[str, Any]:
    return {
        "id": number, "channel_id": CHANNEL, "author": ME, "content": "", "timestamp": NOW.isoformat(),
        "edited_timestamp": None, "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "pinned": False, "type": 20, "components": [], "flags": 64,
    }  # fmt: skip


def _json(data: dict[str, Any]) -> web.Response:
    # With the charset that aiohttp adds by itself, discord.py would not read it as JSON.
    return web.Response(body=json.dumps(data).encode(), headers={"content-type": "application/json"})


def _report(ours: Side, bare: Side) -> None:
    print(f"{'':<30}{'in flight':>10}{'answers/s':>12}{'p50 ms':>10}{'p99 ms':>10}{'RSS MB':>9}")
    for many in IN_FLIGHT:
        for side in (ours, bare):
            print(
                f"{side.name:<30}{many:>10}{side.rate(many):>12,.0f}{side.p(50, many):>10.2f}"
                f"{side.p(99, many):>10.2f}{memory_of(side.process):>9.0f}"
            )
        print(
            f"{'  ours / bare discord.py':<40}{ours.rate(many) / bare.rate(many):>12.2f}"
            f"{ours.p(50, many) / bare.p(50, many):>10.2f}\n"
        )
    several = min(len(side.seconds[many]) for side in (ours, bare) for many in IN_FLIGHT)
    print(f"{ROUNDS} turns of each, one after the other; at least {several:,} answers behind each line")
