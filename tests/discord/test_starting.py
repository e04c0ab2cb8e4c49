"""Says how Askwell starts with Discord, and how it ends when it cannot: with one plain sentence and exit code 2."""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord as library
import pytest

from adapters.discord.application import plainly
from adapters.discord.client import a_client
from adapters.discord.errors import CannotStart
from adapters.discord.pauses import Pauses, tracing
from adapters.discord.service import AGAIN
from storage.database import Database
from tests.discord.club import club
from tests.discord.faulty import ANSWER
from tests.discord.platform import Platform, serving
from tests.waiting import PROCESS, soon
from tests.world import MONDAY

IDENTITY, BOT = "GET /users/@me", "GET /oauth2/applications/@me"

LOOPBACK = """
import sys, yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = sys.argv[1], yarl.URL(sys.argv[2])
sys.argv[1:] = sys.argv[3:]
from app.cli import main
main()
"""
"""Runs the command line with discord.py pointed at this computer."""


@pytest.fixture
async def discord() -> AsyncIterator[Platform]:
    async with serving(answer_within=PROCESS) as found:
        found.guild("Northside")
        yield found


async def run(
    discord: Platform, folder: Path, words: tuple[str, ...] = ("run", "--port", "0"), **settings: str
) -> asyncio.subprocess.Process:
    """Begin `askwell run`, or what *words* say, in *folder* with no other settings than these."""
    ours = ("ASKWELL_", "SLACK_", "DISCORD_", "PORT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", LOOPBACK, discord.api_url, discord.gateway_url, *words,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, cwd=folder,
        env=kept | {"PYTHONPATH": str(Path.cwd())} | settings,
    )  # fmt: skip


def sentences(log: bytes) -> list[str]:
    """Return the lines that are no record of the log."""
    return [line for line in log.decode().splitlines() if not line.startswith("{")]


async def test_a_wrong_token_ends_it_with_one_sentence(discord: Platform, tmp_path: Path) -> None:
    process = await run(discord, tmp_path, DISCORD_TOKEN="MTIz.wrong.token")
    _out, log = await soon(process.communicate(), PROCESS)

    assert process.returncode == 2
    (sentence,) = sentences(log)
    assert sentence.startswith("Discord does not know the token in DISCORD_TOKEN. Copy it again from Bot")
    assert b"wrong.token" not in log


async def test_an_intent_that_discord_refuses_ends_it_with_one_sentence(discord: Platform, tmp_path: Path) -> None:
    process = await run(discord, tmp_path, DISCORD_TOKEN=discord.token)
    await discord.gateway.connected()
    discord.gateway.close(4014)
    _out, log = await soon(process.communicate(), PROCESS)

    assert process.returncode == 2
    assert sentences(log) == [
        "Discord refused an intent that Askwell never asks for. Is DISCORD_TOKEN the token of its own bot?"
    ]


async def test_it_ends_quietly_when_it_is_told_to(discord: Platform, tmp_path: Path) -> None:
    process = await run(discord, tmp_path, DISCORD_TOKEN=discord.token)
    await discord.gateway.connected()
    assert process.stdout is not None
    greeting = await soon(process.stdout.readline(), PROCESS)
    process.terminate()
    _out, log = await soon(process.communicate(), PROCESS)

    assert b"Askwell answers in Discord. Stop it with Ctrl-C." in greeting
    assert process.returncode == 0
    assert [line for line in log.decode().splitlines() if '"level": "info"' not in line] == []
    assert discord.violations == []


async def test_what_was_asked_last_is_answered_before_it_ends(discord: Platform, tmp_path: Path) -> None:
    (home,) = discord.guilds.values()
    ben = home.user("Ben")
    await soon((await run(discord, tmp_path, ("discord", "sync"), DISCORD_TOKEN=discord.token)).communicate(), PROCESS)
    process = await run(discord, tmp_path, DISCORD_TOKEN=discord.token)
    await discord.gateway.connected()
    trouble = discord.faults.breaks(ANSWER)  # discord.py tries once more a second later
    await ben.types("career board", expect_answer=False)
    await discord.until(lambda: trouble.hits)
    process.terminate()
    seen = await ben.answered()
    await soon(process.communicate(), PROCESS)

    assert "Nobody is on the board yet" in seen.text
    assert process.returncode == 0
    assert discord.violations == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (4004, "Discord does not take the token in DISCORD_TOKEN any more."),
        (4010, "code 4010"),
        (4011, "Set DISCORD_SHARDED=true."),
        (4013, "code 4013"),
        (4014, "Discord refused an intent"),
    ],
)
@pytest.mark.parametrize("is_sharded", [False, True])
async def test_a_connection_that_is_closed_for_good_says_why(
    store: Database, code: int, words: str, is_sharded: bool
) -> None:
    async with club(store, at=MONDAY, is_sharded=is_sharded) as found:
        await found.stop()
        service = found.make().service
        await service.open()
        running = asyncio.create_task(service.run())
        await found.discord.gateway.connected()
        found.discord.gateway.close(code)

        with pytest.raises(CannotStart, match=words):
            await soon(running)
        await soon(service.close())


Breaks = Callable[[Platform], object]


@pytest.mark.parametrize(
    ("breaks", "words"),
    [
        (lambda platform: platform.faults.refuses(IDENTITY, 401, times=None), "does not know the token"),
        (lambda platform: platform.faults.resets("GET *", times=None), "Discord cannot be reached."),
        (lambda platform: platform.faults.refuses(BOT, 50001), "Askwell is not in that server"),
    ],
)
async def test_a_login_that_fails_says_why_and_leaves_nothing_open(store: Database, breaks: Breaks, words: str) -> None:
    async with club(store, at=MONDAY) as found:
        await found.stop()
        breaks(found.discord)
        service = found.make().service

        with pytest.raises(CannotStart, match=words):
            await service.open()
        assert service.client.is_closed()


def test_a_login_that_discord_turns_away_for_being_too_much_says_so() -> None:
    turned_away: Any = SimpleNamespace(status=429, reason="Too Many Requests")

    with pytest.raises(CannotStart, match="asks this computer to wait"), plainly():
        raise library.HTTPException(turned_away, "")


async def test_a_gateway_that_is_away_at_the_start_is_tried_again(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.service.AGAIN", AGAIN / 100)
    async with club(store, at=MONDAY) as found:
        await found.stop()
        service = found.make().service
        await service.open()
        found.discord.gateway.is_away = True
        running = asyncio.create_task(service.run())
        await found.discord.until(lambda: found.discord.gateway.turned_away)
        found.discord.gateway.is_away = False
        await found.discord.gateway.connected()
        running.cancel()
        await soon(asyncio.gather(running, return_exceptions=True))
        await soon(service.close())

        assert found.discord.gateway.identified == 2


def test_nobody_is_warned_that_there_is_no_voice(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    a_client(tracing(Pauses(lambda: MONDAY)), is_sharded=False)

    assert caplog.text == ""
