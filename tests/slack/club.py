"""Serves the whole Slack adapter to the stand-in for Slack, by Socket Mode or HTTP, with a worker that delivers."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import aiohttp
from starlette.applications import Starlette

from adapters.slack.manifest import manifest
from adapters.slack.service import SlackKeys, SlackService
from bot.desk.bot import Bot
from bot.model.store import Store
from bot.nudging.courier import Courier
from bot.nudging.sender import Sender
from storage.database import Database
from tests.clocks import Clock
from tests.hosting import a_listener, listening
from tests.slack.platform import Platform, Workspace, serving
from tests.world import LIBRARY, REGISTRY

Way = Literal["http", "socket"]

PING = 0.5
"""Seconds between pings, so that a test sees a lost connection soon."""


@dataclass
class Club:
    """Slack, and Askwell in it. *home* is the first workspace, which has the bot; *url* is where Askwell listens."""

    slack: Platform
    home: Workspace
    service: SlackService
    bot: Bot
    database: Database
    clock: Clock
    courier: Courier
    wake: asyncio.Event
    url: str

    async def deliver(self) -> None:
        """Let the courier carry everything that is due now."""
        while await self.courier.round():
            continue

    async def install(self, workspace: Workspace, *, for_all: bool = False) -> str:
        """Let an administrator of *workspace* install the app by its page; returns the page at the end."""
        self.slack.consent, self.slack.consents_for_all = workspace, for_all
        jar = aiohttp.CookieJar(unsafe=True)  # it keeps the cookies of addresses without a name, too
        start = f"{self.url}/slack/install/start"
        async with aiohttp.ClientSession(cookie_jar=jar) as browser, browser.get(start) as page:
            return await page.text()


@asynccontextmanager
async def club(
    database: Database,
    way: Way,
    *,
    at: datetime,
    has_oauth: bool = False,
    has_worker: bool = False,
    store: Callable[[Database], Store] = lambda database: database,
    kind: type[Bot] = Bot,
    clock: Clock | None = None,
    through: Callable[[Mapping[str, Sender]], Mapping[str, Sender]] = dict,
    **more: Any,
) -> AsyncIterator[Club]:
    """Serve the real commands on *database* until the block ends. *store* may stand between the bot and it, and
    *through* between the courier and Slack."""
    registry, library, clock, wake = REGISTRY, LIBRARY, clock or Clock(at), asyncio.Event()
    listener, url = a_listener()
    told = manifest(registry, url=url if has_oauth or way == "http" else None, is_single=not has_oauth)
    told["settings"]["socket_mode_enabled"] = way == "socket"
    async with serving(told, clock=clock, **more) as slack:
        home = slack.workspace("Northside")
        token = "" if has_oauth else slack.install(home)
        desk = kind(store(database), registry, library, clock, wake.set)
        service = SlackService(desk, _keys(slack, way, token), database.installs, database.lines, clock, ping=PING)
        courier = Courier(store(database), registry, library, through(service.senders), clock)
        the_club = Club(slack, home, service, desk, database, clock, courier, wake, url)
        await service.open()
        try:
            async with _connected(the_club, way, listener):
                if has_oauth:
                    assert "Northside" in await the_club.install(home)
                async with _working(courier, wake) if has_worker else _nothing():
                    yield the_club
        finally:
            await service.close()


def _keys(slack: Platform, way: Way, token: str) -> SlackKeys:
    return SlackKeys(
        bot_token=token, app_token=slack.app_token if way == "socket" else "",
        signing_secret=slack.signing_secret if way == "http" else "",
        client_id="" if token else slack.client_id, client_secret="" if token else slack.client_secret,
        api_url=slack.api_url,
    )  # fmt: skip


@asynccontextmanager
async def _connected(club: Club, way: Way, listener: socket.socket) -> AsyncIterator[None]:
    async with listening(Starlette(routes=club.service.routes()), listener):
        if way == "http":
            club.slack.over_http(f"{club.url}/slack/events")
            yield
            return
        task = asyncio.create_task(club.service.run())
        club.slack.over_socket()
        try:
            await club.slack.socket.connected()
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


@asynccontextmanager
async def _working(courier: Courier, wake: asyncio.Event) -> AsyncIterator[None]:
    task = asyncio.create_task(courier.run(wake, pause=0.1))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def _nothing() -> AsyncIterator[None]:
    yield
