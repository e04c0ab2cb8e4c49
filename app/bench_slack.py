"""Measures `/career board` by signed HTTP beside a bare Bolt app and a bare ASGI handler, turn by turn in one run.

Each server is a process of its own; this one asks. The ratios are worth something, the figures only on one machine.
"""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from aiohttp import web
from slack_sdk.signature import Clock, SignatureVerifier

from app.bench import fill_groups, memory_of
from app.bench_hello import PATH
from app.settings import new_key
from bot.model.people import Actor
from storage.database import Database
from storage.migrate import migrate

SECRET = "bench"  # noqa: S105 - of servers that live as long as the measurement
TEAM, USER, SHARER = "T00000", "U00000", "U11111"
CONNECTIONS = (1, 32)
ROUNDS = 4
WARM = 300
"""Requests before anything is counted."""

PROFILE = {"id": USER, "team_id": TEAM, "tz": "Asia/Manila", "locale": "en-US", "profile": {"display_name": "Ben"}}


@dataclass
class Side:
    """One server. *seconds* are how long answers took, *spent* how long was measured, by number of connections."""

    name: str
    port: int
    process: "subprocess.Popen[bytes]"
    expects: bytes
    seconds: dict[int, list[float]] = field(default_factory=dict)
    spent: dict[int, float] = field(default_factory=dict)

    def rate(self, connections: int) -> float:
        return len(self.seconds[connections]) / self.spent[connections]

    def p(self, hundredth: float, connections: int) -> float:
        """Return that percentile in milliseconds."""
        ordered = sorted(self.seconds[connections])
        return ordered[min(len(ordered) - 1, int(len(ordered) * hundredth / 100))] * 1000


def run_slack(group: int, total: int, seconds: float) -> None:
    """Fill a scratch database, start the three servers, ask them in turn, and print what came of it."""
    with TemporaryDirectory(prefix="askwell-bench-") as folder:
        asyncio.run(_run(Path(folder), group, total, seconds))


async def _run(folder: Path, group: int, total: int, seconds: float) -> None:
    key = new_key()
    await _prepare(folder, key, group, total)
    async with _slack() as api_url:
        with ExitStack() as stack:
            sides = _started(stack, folder, key, api_url)
            for side in sides:
                await _until_up(side)
                await _ask(side, 1, WARM, None)
            for connections in CONNECTIONS:
                for _round in range(ROUNDS):
                    for side in sides:
                        await _turn(side, connections, seconds / ROUNDS)
            _report(sides)


async def _prepare(folder: Path, key: str, group: int, total: int) -> None:
    url, began = f"sqlite:///{folder / 'askwell.db'}", time.perf_counter()
    await asyncio.to_thread(migrate, url)
    async with await Database.open(url, (key,)) as database:
        await fill_groups(database, folder / "askwell.db", group, total, _sharer)
    print(f"{group:,} cards in the group, {total:,} in all, written in {time.perf_counter() - began:.0f} s\n")


def _sharer(workspace: str) -> Actor:
    team = TEAM if workspace == "W0" else workspace
    return Actor("slack", team, "C1", SHARER, "Ana", "bench", zone="Asia/Manila", locale="en-US")


def _started(stack: ExitStack, folder: Path, key: str, api_url: str) -> list[Side]:
    ours, bolt, asgi = free_port(), free_port(), free_port()
    settings = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("ASKWELL_", "SLACK_"))},
        "ASKWELL_DATA_DIR": str(folder), "ASKWELL_KEY": key, "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": api_url,
    }  # fmt: skip
    run = "from app.cli import main; main()"
    hello = [sys.executable, "-m", "app.bench_hello"]
    return [
        Side("/career board nursing", ours,
             stack.enter_context(a_process([sys.executable, "-c", run, "web", "--port", str(ours)], settings)),
             b"Person "),
        Side("bare Bolt hello", bolt,
             stack.enter_context(a_process([*hello, "bolt", str(bolt), SECRET, api_url], settings)), b"Hello"),
        Side("bare ASGI handler", asgi,
             stack.enter_context(a_process([*hello, "asgi", str(asgi)], settings)), b"Hello"),
    ]  # fmt: skip


@contextmanager
def a_process(command: list[str], settings: dict[str, str]) -> "Iterator[subprocess.Popen[bytes]]":
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=settings)  # noqa: S603
    try:
        yield running
    finally:
        running.terminate()
        running.wait()


@asynccontextmanager
async def _slack() -> AsyncIterator[str]:
    """Answer the two calls that the servers make once, as Slack would."""

    async def whose(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "team_id": TEAM, "team": "Bench", "user_id": "U9", "bot_id": "B9",
                                  "url": "https://bench.example.org/", "user": "askwell"})  # fmt: skip

    async def person(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "user": PROFILE})

    app = web.Application()
    app.router.add_route("*", "/api/auth.test", whose)
    app.router.add_route("*", "/api/users.info", person)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}/api/"
    finally:
        await runner.cleanup()


async def _turn(side: Side, connections: int, seconds: float) -> None:
    """Ask for *seconds*, and add what was seen."""
    times = side.seconds.setdefault(connections, [])
    began = time.perf_counter()
    ends = began + seconds
    await asyncio.gather(*(_ask(side, 1_000_000, 1_000_000, times, ends) for _i in range(connections)))
    side.spent[connections] = side.spent.get(connections, 0) + time.perf_counter() - began


async def _ask(side: Side, _first: int, count: int, times: list[float] | None, ends: float = float("inf")) -> None:
    """Send signed requests over one connection, one after the other, at most *count* and until *ends*."""
    reader, writer = await asyncio.open_connection("127.0.0.1", side.port)
    for _i in range(count):
        if time.perf_counter() >= ends:
            break
        request = _request()
        began = time.perf_counter()
        writer.write(request)
        body = await _answer(reader)
        if times is not None:
            times.append(time.perf_counter() - began)
        if side.expects not in body:
            raise RuntimeError(f"{side.name} answered something else: {body[:200]!r}")
    writer.close()


_numbers = iter(range(10**12))


def _request() -> bytes:
    """Return the next slash command as Slack sends and signs it. No two are the same interaction."""
    body = urlencode({
        "token": "bench", "team_id": TEAM, "team_domain": "bench", "channel_id": "C1", "channel_name": "careers",
        "user_id": USER, "user_name": "ben", "command": "/career", "text": "board nursing", "api_app_id": "A1",
        "is_enterprise_install": "false", "response_url": "https://hooks.example.org/commands/1",
        "trigger_id": f"{next(_numbers)}.1.bench",
    })  # fmt: skip
    stamp = str(int(Clock().now()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    return (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: {signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


async def _answer(reader: asyncio.StreamReader) -> bytes:
    """Return the body of the next response. Raises RuntimeError for anything but a 200."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise RuntimeError(f"a server answered {head.splitlines()[0]!r}")
    length = next(int(line.split(b":")[1]) for line in head.splitlines() if line.startswith(b"content-length"))
    return await reader.readexactly(length)


async def _until_up(side: Side) -> None:
    for _i in range(200):
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", side.port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise RuntimeError(f"{side.name} did not start")


def _report(sides: list[Side]) -> None:
    ours, bolt, asgi = sides
    print(f"{'':<30}{'connections':>12}{'requests/s':>12}{'p50 ms':>10}{'p99 ms':>10}{'RSS MB':>9}")
    for connections in CONNECTIONS:
        for side in sides:
            print(
                f"{side.name:<30}{connections:>12}{side.rate(connections):>12,.0f}{side.p(50, connections):>10.2f}"
                f"{side.p(99, connections):>10.2f}{memory_of(side.process.pid):>9.0f}"
            )
        print(
            f"{'  ours / bare Bolt':<42}{ours.rate(connections) / bolt.rate(connections):>12.2f}"
            f"{ours.p(50, connections) / bolt.p(50, connections):>10.3f}\n"
            f"{'  ours / bare ASGI':<42}{ours.rate(connections) / asgi.rate(connections):>12.2f}"
            f"{ours.p(50, connections) / asgi.p(50, connections):>10.3f}\n"
        )
    several = statistics.median(len(side.seconds[connections]) for side in sides for connections in CONNECTIONS)
    print(f"{ROUNDS} turns of each, one after the other; about {several:,.0f} requests behind each line")


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return int(listener.getsockname()[1])
