"""Keeps the Home tab true: drawn when somebody opens it, and again after what they do."""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from cachetools import TTLCache

from adapters.slack import paper
from adapters.slack.access.clients import Clients
from adapters.slack.asked import Asked
from adapters.slack.calls import Failed, call, twice
from adapters.slack.people import People
from bot.desk.bot import HOME, Bot
from bot.talk.view import Press, View

log = logging.getLogger(__name__)

LOOKED_AT = 24 * 3600
"""Seconds for which a Home tab that was opened is kept up to date; opening it draws it anew in any case."""

MOST = 20_000
LONGEST = 60.0
"""Seconds that a drawing waits because Slack asks for patience."""

SOON = 1.0
"""Seconds in which several changes make one drawing."""


class Homes:
    def __init__(
        self, bot: Bot, clients: Clients, people: People, seconds: Callable[[], float] = time.monotonic,
        soon: float = SOON,
    ) -> None:  # fmt: skip
        self._bot = bot
        self._clients = clients
        self._people = people
        self._soon = soon
        self._open: TTLCache[tuple[str, str], Asked] = TTLCache(MOST, LOOKED_AT, seconds)
        self._hurry = asyncio.Event()
        self._waiting: dict[tuple[str, str], asyncio.Task[None]] = {}

    async def opened(self, asked: Asked) -> None:
        """Draw the Home tab of somebody who has opened it."""
        self._open[asked.team, asked.user] = asked
        await self.publish(asked)

    def touch(self, asked: Asked) -> None:
        """Draw the Home tab of somebody anew, soon, if they have looked at it lately."""
        self.touch_of(asked.team, asked.user)

    def touch_of(self, team: str, user: str) -> None:
        place = (team, user)
        if place in self._open and place not in self._waiting:
            task = asyncio.get_running_loop().create_task(self._publish_soon(place))
            self._waiting[place] = task
            task.add_done_callback(lambda _done: self._waiting.pop(place, None))

    async def publish(self, asked: Asked) -> None:
        """Draw the Home tab of *asked*'s user. What Slack does not take, tried twice, is drawn at the next opening."""
        actor = await self._people.actor(replace(asked, channel=None))
        view = await self._bot.handle(HOME, Press(HOME), actor)
        if not isinstance(view, View):
            return
        try:
            web = (await self._clients.of(asked.team, asked.enterprise)).web
        except Exception as error:  # also when the store is away
            log.warning("a Home tab in %s was not drawn: %s", asked.team, type(error).__name__)
            return
        drawn = paper.home(view, paper.pen_for(actor))
        answer = await twice(
            lambda: call(web.views_publish(user_id=asked.user, view=drawn)), is_repeatable=True, longest=LONGEST
        )
        if isinstance(answer, Failed):
            log.warning("a Home tab in %s was not drawn: %s", asked.team, answer.code)

    async def drain(self) -> None:
        """Draw at once what was to be drawn soon."""
        self._hurry.set()
        if self._waiting:
            await asyncio.wait(set(self._waiting.values()), timeout=5)
        self._hurry.clear()

    async def _publish_soon(self, place: tuple[str, str]) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), self._soon)
        self._waiting.pop(place, None)
        if (asked := self._open.get(place)) is not None:
            await self.publish(asked)
