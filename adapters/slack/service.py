"""Joins the parts of the Slack adapter around the bot."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from starlette.routing import Route

from adapters.slack.access import oauth
from adapters.slack.access.clients import Clients
from adapters.slack.access.tokens import PLATFORM
from adapters.slack.access.uninstall import uninstalled
from adapters.slack.answers import Answers
from adapters.slack.app import slack_app, take_command
from adapters.slack.asked import Body
from adapters.slack.directs import Directs
from adapters.slack.events import Events
from adapters.slack.front import Front
from adapters.slack.homes import Homes
from adapters.slack.paths import EVENTS
from adapters.slack.people import People
from adapters.slack.sender import SlackSender
from adapters.slack.sockets import PING, Sockets
from adapters.slack.web import events_route
from bot.desk.bot import Bot
from bot.model.installs import Installs, Lines
from bot.nudging.sender import Sender
from bot.record import record


@record
class SlackKeys:
    """What the settings say. *bot_token* for one workspace, *client_id* and *client_secret* for many by OAuth;
    *app_token* for Socket Mode, *signing_secret* for HTTP."""

    bot_token: str = ""
    app_token: str = ""
    signing_secret: str = ""
    client_id: str = ""
    client_secret: str = ""
    api_url: str = "https://slack.com/api/"


class SlackService:
    """Slack, ready to be opened. *ping* are the seconds between two pings of a Socket Mode connection."""

    def __init__(
        self, bot: Bot, keys: SlackKeys, installs: Installs, lines: Lines, clock: Callable[[], datetime],
        *, ping: float = PING,
    ) -> None:  # fmt: skip
        self._keys = keys
        self._clients = Clients(
            keys.api_url, clock=clock, token=keys.bot_token or None, installs=installs,
            client_id=keys.client_id, client_secret=keys.client_secret,
        )  # fmt: skip
        directs = Directs(lines)
        people = People(self._clients, bot.store.known)
        self._bot = bot
        self._installs = installs
        self._clock = clock
        self._ping = ping
        self._homes = Homes(bot, self._clients, people)
        self.front = Front(bot, people, Answers(self._clients, directs, clock), self._homes, clock)

        async def removed(body: Body) -> tuple[str, ...]:
            return await uninstalled(installs, self._clients, body)

        self._events = Events(bot, people, self._homes, removed)
        self.app = slack_app(
            self.front, self._events, bot.registry, api_url=keys.api_url, signing_secret=keys.signing_secret
        )
        self.senders: Mapping[str, Sender] = {PLATFORM: SlackSender(self._clients, directs, self._homes, clock)}

    def routes(self) -> list[Route]:
        """Return what is served by HTTP: where Slack sends its events, and the pages for installing."""
        routes: list[Route] = []
        if self._keys.signing_secret:
            routes.append(events_route(self.app, partial(take_command, self.front), self._keys.signing_secret))
        if self._keys.client_id and not self._keys.bot_token:
            routes += oauth.routes(
                self._clients, self._installs, client_id=self._keys.client_id,
                client_secret=self._keys.client_secret, clock=self._clock, done=self._installed,
            )  # fmt: skip
        return routes

    async def open(self) -> None:
        """Raises `CannotStart` when Slack refuses the tokens."""
        await self._clients.open()

    async def listen(self) -> None:
        """Raises `CannotStart` when Slack does not let Askwell in by Socket Mode."""
        if self._keys.app_token:
            await Sockets.check(self._keys.app_token, self._clients.bare())

    async def run(self) -> None:
        """Hold the Socket Mode connections, if there is a token for them. Goes on until cancelled."""
        if self._keys.app_token:
            await Sockets(self.app, self._keys.app_token, self._clients.bare(), ping=self._ping).run()
        await asyncio.Event().wait()

    def greeting(self, url: str) -> str:
        """Return in a sentence how Slack is reached, for the terminal."""
        ways = [
            *(["by Socket Mode"] if self._keys.app_token else []),
            *([f"by HTTP at {url}{EVENTS}"] if self._keys.signing_secret else []),
        ]
        return f"Askwell answers in Slack, {' and '.join(ways)}."

    async def _installed(self, team: str, enterprise: str) -> None:
        if team:
            await self._bot.restored(PLATFORM, team)

    async def close(self) -> None:
        """Let what people asked for last be answered, then let go."""
        await self.settled()
        await self._clients.close()

    async def settled(self) -> None:
        """Wait, for some seconds at most, until nothing that people asked for is on its way any more."""
        await self._events.drain()
        await self.front.drain()
        await self._homes.drain()
