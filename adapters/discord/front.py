"""Stands between Discord and the bot: hands on what people do, and brings back the answer while there is time.

Discord waits 3 seconds for the first answer, and a form can only be that first answer. What takes longer is announced,
and follows.
"""

import asyncio
import logging
from typing import Any

import discord
from cachetools import TTLCache
from discord.app_commands import Choice

from adapters.discord import commands, phrases
from adapters.discord.answers import Answer
from adapters.discord.asked import Asked, asked_in
from adapters.discord.callback import Callbacks
from adapters.discord.doings import Doing, doing_in
from adapters.discord.drawing import forms
from adapters.discord.drawing.ids import to_id
from adapters.discord.heard import Heard
from adapters.discord.lines import DirectLines
from adapters.discord.meanwhile import with_meanwhile
from adapters.discord.places import Places
from adapters.discord.replies import Form, Replies, Told
from bot.desk.bot import Bot
from bot.desk.mishaps import noted
from bot.talk.view import Option, View

log = logging.getLogger(__name__)

IN_TIME = 2.0
"""Seconds that an answer may take before it is announced. The rest of Discord's three is for the way:
https://docs.discord.com/developers/interactions/receiving-and-responding"""

SEEN = 300
"""Seconds in which the same interaction, delivered again after a resume, is known."""

MOST = 20_000


class Front:
    """*drain* before the end: what people asked for last is then still answered.

    *in_time* are the seconds within which an answer is the first one; they may be changed while it runs.
    """

    def __init__(self, bot: Bot, replies: Replies, places: Places, callbacks: Callbacks, lines: DirectLines) -> None:
        self._bot = bot
        self._replies = replies
        self._places = places
        self._callbacks = callbacks
        self._lines = lines
        self.in_time = IN_TIME
        self._seen: TTLCache[int, bool] = TTLCache(MOST, SEEN)
        self._running: set[asyncio.Task[Any]] = set()

    def take(self, heard: Heard) -> None:
        """Have whatever somebody did answered, once."""
        if heard.id in self._seen:
            return
        self._seen[heard.id] = True
        task = asyncio.create_task(self._take(heard))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def drain(self, seconds: float = 5.0) -> None:
        """Wait for answers that are still on their way; those that take longer than *seconds* are cut off."""
        if self._running:
            _done, late = await asyncio.wait(set(self._running), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _take(self, heard: Heard) -> None:
        """Answer. Never raises but for cancellation."""
        try:
            await self._answered(heard)
        except Exception as error:
            log.error("an interaction was not answered: %s", type(error).__qualname__)

    async def _answered(self, heard: Heard) -> None:
        match heard.kind:
            case discord.InteractionType.autocomplete:
                await self._suggest(heard, asked_in(heard))
            case discord.InteractionType.ping:
                return
            case _:
                await self._answer(heard, asked_in(heard))

    async def _answer(self, heard: Heard, asked: Asked) -> None:
        doing, place = doing_in(heard, self._bot.registry)
        answer = Answer(heard, self._callbacks, self._lines)
        telling = self._told(asked, doing, place)
        told = await with_meanwhile(telling, self.in_time, lambda: answer.announce(asked))
        try:
            await self._bring(answer, told, doing)
        except Exception as bug:  # what cannot be drawn leaves nobody without an answer either
            await self._bring(answer, _sorry(told.asked, bug), doing)

    async def _bring(self, answer: Answer, told: Told, doing: Doing) -> None:
        if isinstance(told.reply, Form):
            if await answer.open(_modal(told.asked, told.reply)):
                return
            told = await self._offered(told, told.reply, doing)
        if isinstance(told.reply, View):
            await answer.say(told.asked, told.reply)

    async def _told(self, asked: Asked, doing: Doing, place: str) -> Told:
        try:
            return await self._replies.to(asked, doing, place)
        except Exception as bug:
            return _sorry(asked, bug)

    async def _offered(self, told: Told, form: Form, doing: Doing) -> Told:
        try:
            return Told(told.asked, await self._replies.offer(told.asked, form, doing))
        except Exception as bug:
            return _sorry(told.asked, bug)

    async def _suggest(self, heard: Heard, asked: Asked) -> None:
        """Offer what a field may be filled with. What is not found in time is not there: Discord takes no list that
        comes later."""
        path, name, typed = commands.typing(heard.done, self._bot.registry)
        found: tuple[Option, ...] = ()
        try:
            async with asyncio.timeout(self.in_time):
                found = await self._suggested(asked, path, name, typed)
        except Exception as error:
            log.warning("nothing was suggested: %s", type(error).__qualname__)
        own = typed if commands.is_open(path, name, self._bot.registry) else ""
        choices = [Choice(name=one["name"], value=one["value"]) for one in commands.chosen(found, own)]
        await Answer(heard, self._callbacks, self._lines).suggest(choices)

    async def _suggested(self, asked: Asked, path: str, name: str, typed: str) -> tuple[Option, ...]:
        servers = (asked.guild,) if asked.guild else await self._places.of(asked.user)
        if len(servers) != 1:
            return ()
        return await self._bot.suggest(path, name, typed, self._places.there(asked, servers[0]).actor)


def _modal(asked: Asked, form: Form) -> discord.ui.Modal:
    """Return the page of *form* that comes next. One that waits carries only where it does."""
    modals = forms.form(form.dialog, asked.pen)
    modal = modals[min(form.page, len(modals) - 1)]
    if form.press is not None:
        modal.custom_id = to_id(form.press, asked.pen.place, form.page)
    return modal


def _sorry(asked: Asked, bug: Exception) -> Told:
    return Told(asked, phrases.our_fault(asked.locale, noted("answering in Discord", bug)))
