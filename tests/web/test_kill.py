"""Kills the running process in the middle of the story, again and again: nothing is lost, nothing is said twice."""

import asyncio
import contextlib
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.web.chat import ASKWELL
from adapters.web.clock import MovableClock
from bot.nudging.courier import LEASE
from bot.talk.view import View, text_of
from bot.talk.wire import from_text
from storage.database import Database
from tests.web.http import Client

ANA, BEN, DIRECT = "/at/northside/ana/careers", "/at/northside/ben/careers", "/at/northside/ben/direct"
MANILA = ZoneInfo("Asia/Manila")
CONTACT = "7"
"""The id of the first contact that is added to the samples."""

MARIA = {
    "name": "Maria Santos", "does": "Nurse manager", "field": "Nursing", "organisation": "Example Hospital",
    "place": "Manila",
}  # fmt: skip
STORY: tuple[tuple[str, dict[str, Any], str], ...] = (
    (f"{ANA}/submit", {"path": "refer", "values": MARIA}, ""),
    (f"{ANA}/press", {"press": f"refer publish|{CONTACT}|said-yes|direct||yes"}, "Shared by Ana Reyes"),
    (f"{BEN}/say", {"text": "/career board maria"}, ""),
    (f"{BEN}/press", {"press": f"board ask|{CONTACT}"}, ""),
    (f"{BEN}/press", {"press": f"plan with|{CONTACT}"}, ""),
    (f"{DIRECT}/clock", {"to": "tomorrow"}, ""),
)
"""Where to, what, and the words that Ben's page holds before the story goes on."""


@contextlib.asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Database]:
    """Open the database of the playground in *folder*."""
    key = (folder / "key").read_text("ascii")
    async with await Database.open(f"sqlite:///{folder / 'askwell.db'}", (key,)) as database:
        yield database


@dataclass
class Process:
    """`askwell run` on the data in *folder*, started again whenever it was killed."""

    folder: Path
    _running: asyncio.subprocess.Process | None = None
    url: str = ""
    kills: int = field(default=0)

    async def start(self) -> None:
        self._running = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "from app.cli import main; main()", "run", "--port", "0",
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "ASKWELL_DATA_DIR": str(self.folder)},
        )  # fmt: skip
        assert self._running.stdout is not None
        line = (await self._running.stdout.readline()).decode()
        self.url = re.findall(r"http://\S+", line)[0]

    async def kill(self) -> None:
        assert self._running is not None
        self._running.send_signal(signal.SIGKILL)
        await self._running.wait()
        self.kills += 1

    async def tell(self, path: str, data: dict[str, Any], die_after: float | None) -> None:
        """Send one interaction; with *die_after* kill the process so many seconds later, start it and send it again."""
        if die_after is None:
            return await self._send(path, data)
        sending = asyncio.create_task(self._send(path, data))
        await asyncio.sleep(die_after)
        await self.kill()
        with contextlib.suppress(OSError, ValueError, HTTPException):  # killed before, or while, it answered
            await sending
        await self.start()
        await self._send(path, data)
        await self._outlast_claims()

    async def wait_for(self, path: str, words: str) -> str:
        """Return the page at *path* once it holds *words*."""
        for _attempt in range(1_000):  # a busy machine is slow, not wrong
            page = (await Client(self.url).get(path)).text
            if words in page:
                return page
            await asyncio.sleep(0.05)
        raise AssertionError(f"{words!r} never came")

    async def _outlast_claims(self) -> None:
        """Let time pass until what the killed process had claimed comes back. If hours passed at once, a card that may
        stand in its channel would not be posted again: platforms know a post again for some minutes only."""
        async with opened(self.folder) as database:
            clock = MovableClock(database.chat, lambda: None)
            await clock.load()
            later = (clock.now() + LEASE + timedelta(seconds=1)).astimezone(MANILA).replace(tzinfo=None)
        await self._send(f"{DIRECT}/clock", {"key": f"story-key-lease-{self.kills}", "to": later.isoformat()})

    async def _send(self, path: str, data: dict[str, Any]) -> None:
        await Client(self.url).post(path, data)


async def _play(folder: Path, moments: Iterator[float | None]) -> list[tuple[str, str, str]]:
    """Play the story on a process that dies at *moments*; returns what stands in the rooms at the end."""
    process = Process(folder)
    await process.start()
    await process.wait_for(BEN, "Shared by Chloe Martin")  # the card among the samples: it is three days old
    for i, (path, data, words) in enumerate(STORY):
        await process.tell(path, {"key": f"story-key-{i}", **data}, next(moments))
        await process.wait_for(BEN, words)
    page = await process.wait_for(DIRECT, "Morning, Ben")
    (done, *_others) = re.findall(r'"(nudge mark\|[^"]*\|done[^"]*)"', page)
    await process.tell(f"{DIRECT}/press", {"key": "story-key-done", "press": done}, next(moments))
    await process.kill()
    return await _rooms(folder)


async def _rooms(folder: Path) -> list[tuple[str, str, str]]:
    async with opened(folder) as database:
        rooms = ("northside/careers", "northside/dm:ben")
        readers = ("ana", "ben")
        seen = {m.id: m for room in rooms for reader in readers for m in await database.chat.room(room, reader)}
    return sorted((m.room, m.reader or "", _words(m.author, m.body)) for m in seen.values())


def _words(author: str, body: str) -> str:
    shown = from_text(body) if author == ASKWELL else body
    return re.sub(r"\d+", "#", text_of(shown) if isinstance(shown, View) else str(shown))


@pytest.mark.parametrize("seed", range(2))
async def test_a_process_that_is_killed_loses_nothing_and_says_nothing_twice(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - picks moments, guards nothing
    undisturbed = await _play(tmp_path / "calm", iter([None] * 10))

    disturbed = await _play(tmp_path / "killed", iter([chance.uniform(0.0, 0.06) for _i in range(10)]))

    assert disturbed == undisturbed
