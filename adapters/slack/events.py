"""Takes what happens in a workspace without anybody asking: people come, change and leave, the bot is removed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from cachetools import TTLCache
from slack_bolt.context.async_context import AsyncBoltContext

from adapters.slack.access.tokens import PLATFORM
from adapters.slack.asked import Asked, Body, from_event
from adapters.slack.front import IN_TIME
from adapters.slack.homes import Homes
from adapters.slack.people import People, Person, account_of
from bot.desk.bot import Bot
from bot.talk.view import Press

log = logging.getLogger(__name__)

HEARD = "heard"
"""The command for words that somebody wrote to the bot directly."""

REMEMBERED = 3_600
"""Seconds in which an event delivered again is known: Slack tries for some minutes."""

MOST = 50_000

PAUSES = (0.0, 1.0, 5.0, 30.0)
"""Seconds before each try to note that somebody left or that the bot was removed, when our own side fails: an event
that is acknowledged does not come again."""


class NotNoted(Exception):
    """What happened could not be written down. Slack delivers the event again if there is still time."""


class Events:
    """*uninstalled* lets go of the tokens that an event is about; returns the workspaces that have none any more."""

    def __init__(
        self, bot: Bot, people: People, homes: Homes, uninstalled: Callable[[Body], Awaitable[tuple[str, ...]]]
    ) -> None:
        self._bot = bot
        self._people = people
        self._homes = homes
        self._uninstalled = uninstalled
        self._taken: TTLCache[str, asyncio.Task[None]] = TTLCache(MOST, REMEMBERED)

    async def take(self, body: Body, context: AsyncBoltContext) -> None:
        """Do what the event calls for, once. What takes its time goes on after this returns; an error before that
        leaves the event unacknowledged, and Slack delivers it again."""
        key = body["event_id"]
        if key in self._taken:
            return
        task = self._taken[key] = asyncio.get_running_loop().create_task(self._take(body, context))
        task.add_done_callback(lambda done: self._ended(key, done))
        done, _pending = await asyncio.wait({task}, timeout=IN_TIME)
        if done:
            task.result()

    async def drain(self, seconds: float = 5.0) -> None:
        """Wait for what is under way."""
        if running := [task for task in self._taken.values() if not task.done()]:
            await asyncio.wait(running, timeout=seconds)

    def _ended(self, key: str, task: asyncio.Task[None]) -> None:
        if task.cancelled() or (error := task.exception()) is None:
            return
        self._taken.pop(key, None)
        log.error("an event was not handled: %s", type(error).__qualname__)

    async def _take(self, body: Body, context: AsyncBoltContext) -> None:
        event: dict[str, Any] = body["event"]
        match event["type"]:
            case "app_home_opened" if event.get("tab") == "home":
                await self._homes.opened(from_event(body, context, event["user"]))
            case "user_change":
                await self._changed(from_event(body, context, event["user"]["id"]), event["user"])
            case "message" if _is_said_to_us(event):
                actor = await self._people.actor(from_event(body, context, event["user"]))
                await self._bot.handle(HEARD, Press(HEARD), actor)
            case "app_uninstalled" | "tokens_revoked" | "team_access_revoked":
                await self._removed(body)
            case "team_access_granted":
                await self._restored(event["team_ids"])
            case _:
                pass

    async def _changed(self, asked: Asked, profile: dict[str, Any]) -> None:
        """Pass on news of somebody's profile. Most are about a status line, which is nothing to us."""
        before = self._people.remembered(asked.team, asked.user)
        person = self._people.learn(asked.team, asked.enterprise, profile)
        if person == before or person.is_stranger or person.is_bot:
            return
        try:
            await self._pass_on(asked, before, person)
        except NotNoted:
            self._people.forget(asked.team, asked.user)  # told again, it is news again
            raise

    async def _pass_on(self, asked: Asked, before: Person | None, person: Person) -> None:
        account = account_of(asked)
        if person.is_gone:
            await _noted(lambda: self._bot.left(account))
            return
        if before is None or before.is_gone:
            await _noted(lambda: self._bot.came_back(account))
        actor = await self._people.actor(asked)
        await _noted(lambda: self._bot.changed(actor))

    async def _removed(self, body: Body) -> None:
        for workspace in await self._uninstalled(body):
            await _noted(partial(self._bot.removed, PLATFORM, workspace))

    async def _restored(self, workspaces: Sequence[str]) -> None:
        for workspace in workspaces:
            await _noted(partial(self._bot.restored, PLATFORM, workspace))


async def _noted(noting: Callable[[], Awaitable[bool]]) -> None:
    """Have something noted, with patience. Raises `NotNoted`."""
    for pause in PAUSES:
        await asyncio.sleep(pause)
        if await noting():
            return
    raise NotNoted


def _is_said_to_us(event: dict[str, Any]) -> bool:
    """Tell whether a person wrote this in the bot's direct messages: not the bot itself, and not an edit. A message
    with a file has a kind of its own: https://docs.slack.dev/reference/events/message/file_share"""
    is_person = bool(event.get("user")) and not event.get("bot_id") and event.get("subtype") in {None, "file_share"}
    return is_person and event.get("channel_type") == "im"
