"""Measures speed: calls through `Bot.handle` beside the same statements by the raw driver, in one run.

Figures of one run are worth comparing with each other, hardly with those of another machine.
"""

import asyncio
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import bot.commands
from app.settings import new_key
from bot.content.library import load
from bot.desk.bot import Bot
from bot.desk.registry import registry_of
from bot.model.people import Actor
from storage.bulk import fill
from storage.database import Database
from storage.migrate import migrate
from storage.watching import Statement, statements

NOW = datetime.now(UTC)
TURN = 50
"""Calls of one side before it is the other's turn, so that a busy moment of the machine hits both."""

STARTS = 5
CALLS = {"questions": "salary", "board": "nursing"}


@dataclass
class Times:
    """How long calls took, in seconds."""

    name: str
    seconds: list[float] = field(default_factory=list)

    def line(self) -> str:
        ordered = sorted(self.seconds)
        p50, p99 = statistics.median(ordered), ordered[int(len(ordered) * 0.99)]
        rate = len(ordered) / sum(ordered)
        return f"{self.name:<42}{rate:>10,.0f}{p50 * 1000:>10.3f}{p99 * 1000:>10.3f}"


def run_core(group: int, total: int, seconds: float) -> None:
    """Fill a scratch database with *total* cards, *group* of them in the group that is asked; measure and print."""
    with TemporaryDirectory(prefix="askwell-bench-") as folder:
        path = Path(folder) / "bench.db"
        migrate(f"sqlite:///{path}")
        asyncio.run(_measure(path, group, total, seconds))
    _measure_starts()


async def _measure(path: Path, group: int, total: int, seconds: float) -> None:
    database = await Database.open(f"sqlite:///{path}", (new_key(),))
    try:
        began = time.perf_counter()
        await fill_groups(database, path, group, total, lambda workspace: _actor(workspace, "U2"))
        print(f"{group:,} cards in the group, {total:,} in all, written in {time.perf_counter() - began:.0f} s\n")
        print(f"{'':<42}{'calls/s':>10}{'p50 ms':>10}{'p99 ms':>10}")
        desk = Bot(database, registry_of(bot.commands), load(), lambda: NOW)
        for command, words in CALLS.items():
            await _pair(desk, path, command, words, seconds)
    finally:
        await database.close()


async def fill_groups(database: Database, path: Path, group: int, total: int, sharer: Callable[[str], Actor]) -> None:
    """Fill *database* at *path* with *total* cards, *group* of them in the group of the workspace `W0`. *sharer* tells
    who has shared them in a workspace: somebody else than who asks, so that these see what most people see."""
    sizes = [group, *([group] * ((total - group) // group))] if total > group else [group]
    seats = [await database.seat(sharer(f"W{i}"), NOW) for i in range(len(sizes))]
    groups = {(int(seat.group.id), int(seat.member.id)): size for seat, size in zip(seats, sizes, strict=True)}
    await asyncio.to_thread(fill, path, groups, NOW)


def _actor(workspace: str, user: str = "U1") -> Actor:
    return Actor("bench", workspace, "careers", user, "Ben Cruz", "bench", zone="Asia/Manila")


async def _pair(desk: Bot, path: Path, command: str, words: str, seconds: float) -> None:
    """Time one command and, turn by turn, the statements that it ran, given to sqlite3 as they are."""

    async def ask() -> None:
        await desk.handle(command, words, _actor("W0"))

    statements = await _statements_of(ask)
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA mmap_size = 268435456")

    async def drive() -> None:
        for statement, parameters in statements:
            raw.execute(statement, parameters).fetchall()

    ours = Times(f"/career {command} {words}")
    bare = Times(f"  its {len(statements)} statement{'s' * (len(statements) != 1)} by sqlite3 alone")
    await _alternate({ours.name: (ours, ask), bare.name: (bare, drive)}, seconds)
    raw.close()
    ratio = statistics.median(ours.seconds) / statistics.median(bare.seconds)
    print(f"{ours.line()}\n{bare.line()}\n{'  ratio of the medians':<42}{ratio:>20.1f}\n")


async def _statements_of(ask: Callable[[], Awaitable[None]]) -> list[Statement]:
    """Return the statements that one call runs, with their parameters."""
    await ask()
    with statements() as seen:
        await ask()
    return seen


async def _alternate(sides: dict[str, tuple[Times, Callable[[], Awaitable[None]]]], seconds: float) -> None:
    for _times, call in sides.values():
        for _i in range(TURN):
            await call()
    ends = time.perf_counter() + seconds * len(sides)
    while time.perf_counter() < ends:
        for times, call in sides.values():
            for _i in range(TURN):
                began = time.perf_counter()
                await call()
                times.seconds.append(time.perf_counter() - began)


def _measure_starts() -> None:
    """Time warm starts of the playground, from the command to its first page, and read its memory at rest."""
    with TemporaryDirectory(prefix="askwell-bench-") as folder:
        took, memory = [], 0.0
        for _i in range(STARTS + 1):
            seconds, memory = _start(folder)
            took.append(seconds)
    warm = took[1:]
    print(
        f"Warm start to the first page: median {statistics.median(warm):.2f} s of {STARTS}, slowest {max(warm):.2f} s"
    )
    print(f"Memory at rest: {memory:.0f} MB" if memory else "Memory at rest: not known on this system")


def _start(folder: str) -> tuple[float, float]:
    began = time.perf_counter()
    command = [sys.executable, "-c", "from app.cli import main; main()", "run", "--port", "0"]
    settings = {name: value for name, value in os.environ.items() if not name.startswith("ASKWELL_")}
    running = subprocess.Popen(  # noqa: S603 - this same program
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**settings, "ASKWELL_DATA_DIR": folder},
    )  # fmt: skip
    try:
        assert running.stdout is not None  # noqa: S101 - tells mypy what PIPE gives
        address = re.search(r"http://\S+", running.stdout.readline())
        if address is None:
            raise RuntimeError("The playground did not start.")
        with urllib.request.urlopen(address[0]) as page:  # noqa: S310 - our own address
            page.read()
        took = time.perf_counter() - began
        time.sleep(2)
        return took, memory_of(running.pid)
    finally:
        running.terminate()
        running.wait()


def memory_of(process: int) -> float:
    """Return the resident memory of *process* in MB, 0 where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) / 1000 if found else 0.0
