"""Stands between Slack and the bot: hands on what people do, and brings back the answer while there is time.

Slack waits 3 seconds for a word back. An answer that is ready by then goes out in that word; else Slack is told that
it was heard, and the answer follows when it is there.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from adapters.slack import paper
from adapters.slack.answers import Answers
from adapters.slack.asked import Asked
from adapters.slack.drawing.modal import errors, waiting
from adapters.slack.homes import Homes
from adapters.slack.marked import payload_of
from adapters.slack.once import Once, Word
from adapters.slack.origin import Origin
from adapters.slack.people import People
from bot.desk.arguments import Raw, expects_form, form_press
from bot.desk.bot import HOME, Bot, Reply
from bot.model.people import Actor
from bot.record import record
from bot.talk.form import Dialog
from bot.talk.limits import SLACK
from bot.talk.view import Option, Press, View
from bot.talk.words import catalogue, speaking

log = logging.getLogger(__name__)

IN_TIME = 1.8
"""Seconds that an answer may take to go out with the acknowledgement. The rest of Slack's three is for the way, and for
opening a window before its trigger runs out: https://docs.slack.dev/interactivity/handling-user-interaction"""

STILL = 0.8
"""Seconds for which a trigger still opens a window when an answer was not there in time."""

T = TypeVar("T")


@record
class Told:
    """What the bot answered, and to whom."""

    actor: Actor
    reply: Reply


class Front:
    """*drain* before the end: what people asked for last is then still answered.

    *in_time* are the seconds within which an answer goes out in its acknowledgement; they may be changed while it runs.
    """

    def __init__(self, bot: Bot, people: People, answers: Answers, homes: Homes, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._people = people
        self._answers = answers
        self._homes = homes
        self._clock = clock
        self.in_time = IN_TIME
        self.once = Once()
        self._running: set[asyncio.Task[Any]] = set()

    async def drain(self, seconds: float = 5.0) -> None:
        """Wait for answers that are still on their way."""
        if self._running:
            await asyncio.wait(set(self._running), timeout=seconds)

    async def command(self, asked: Asked, words: str) -> Word:
        """Answer `/career <words>`."""
        task = self._start(self._told(asked, lambda actor: self._bot.hear(words, actor)))
        told = await self._ready(task)
        if told is not None and isinstance(told.reply, View):
            return self._in_word(asked, told.actor, told.reply)
        path, rest = self._bot.registry.split(words)
        path, raw = path or (HOME if not rest else ""), rest
        if told is None:
            self._later(self._late(asked, path, raw, task, Origin.of(asked, self._clock())))
        else:
            self._later(self._place(asked, told, path, raw, "", Origin.of(asked, self._clock())))
        return {}

    async def press(self, asked: Asked, press: Press, origin: Origin) -> None:
        """Answer a button or a menu. The answer never rides on the acknowledgement: Slack does not look there."""
        asked = origin.answers(asked, self._clock()) if asked.window else asked
        task = self._start(self._told(asked, lambda actor: self._bot.handle(press.path, press, actor)))
        origin = _inside(origin) if asked.window else Origin.of(asked, self._clock())
        told = await self._ready(task)
        if told is None:
            self._later(self._late(asked, press.path, press, task, origin))
        else:
            self._later(self._place(asked, told, press.path, press, asked.window, origin))

    async def submit(self, asked: Asked, origin: Origin, values: Mapping[str, str | tuple[str, ...]]) -> Word:
        """Answer a form that was sent."""
        asked = origin.answers(asked, self._clock())
        raw: Raw = {**values, **(origin.known or {})}
        task = self._start(self._told(asked, lambda actor: self._bot.handle(origin.path, raw, actor)))
        told = await self._ready(task)
        if told is None:
            self._later(self._late_form(asked, origin, raw, task))
            return {"response_action": "update", "view": self._waiting(asked)}
        if isinstance(told.reply, Dialog):
            return self._returned(told.actor, told.reply, values, origin)
        if asked.response_url:
            self._later(self._answers.say(asked, told.actor, told.reply))
            return None
        window, rest = paper.window(told.reply, paper.pen_for(told.actor), _inside(origin).to_text())
        self._later(self._rest(asked, told.actor, told.reply, rest))
        return {"response_action": "update", "view": window}

    async def shortcut(self, asked: Asked, press: Press) -> None:
        """Answer a shortcut, which opens a window."""
        await self.press(asked, press, Origin())

    async def suggest(self, asked: Asked, origin: Origin, name: str, typed: str) -> tuple[Option, ...]:
        """Return what the field *name* of the form in the window may be filled with. What is not found in time is not
        there: Slack takes no list that comes later."""
        task = self._start(self._suggested(replace(asked, channel=origin.channel), origin.path, name, typed))
        return await self._ready(task) or ()

    async def _told(self, asked: Asked, handling: Callable[[Actor], Awaitable[Reply]]) -> Told:
        actor = await self._people.actor(asked)
        told = Told(actor, await handling(actor))
        self._homes.touch(asked)
        return told

    async def _suggested(self, asked: Asked, path: str, name: str, typed: str) -> tuple[Option, ...]:
        return await self._bot.suggest(path, name, typed, await self._people.actor(asked))

    async def _ready(self, task: asyncio.Task[T]) -> T | None:
        """Return the answer if it is there in time. It goes on being worked for otherwise."""
        await asyncio.sleep(0)  # where the database answers inline, most are there by now: no timer, nobody to wake up
        if not task.done():
            await asyncio.wait({task}, timeout=self.in_time)
        return task.result() if task.done() else None

    def _in_word(self, asked: Asked, actor: Actor, view: View) -> Word:
        first, *rest = paper.pages(view, paper.pen_for(actor))
        if rest or paper.files(view):
            self._later(self._answers.deliver(asked, actor, view, rest))
        return {"response_type": "ephemeral", **payload_of(first)}

    async def _place(self, asked: Asked, told: Told, path: str, raw: Raw, opened: str, origin: Origin) -> None:
        """Bring an answer to where it belongs; *opened* is the window that is there for it, if there is one."""
        match told.reply:
            case Dialog() as dialog:
                origin = replace(origin, path=dialog.press.path, known=dict(dialog.known))
                again = form_press(self._bot.registry.commands[path], raw, SLACK.press)
                await self._answers.ask(asked, told.actor, dialog, opened, origin, again)
            case View() as view if asked.response_url:
                await self._answers.say(asked, told.actor, view)
                if opened:
                    await self._answers.close(asked, opened, told.actor)
            case View() as view:
                await self._answers.show(asked, told.actor, view, opened, _inside(origin))

    async def _late(self, asked: Asked, path: str, raw: Raw, task: asyncio.Task[Told], origin: Origin) -> None:
        """Bring an answer that took its time. A window is opened before its trigger runs out."""
        opened, ends = asked.window, time.monotonic() + STILL
        command = self._bot.registry.commands.get(path)
        needs_window = not asked.response_url or (command is not None and expects_form(command, raw))
        if needs_window and not opened and asked.trigger:
            opened = await self._answers.open(asked, self._waiting(asked))
            asked = replace(asked, trigger="")
        told = await task
        if time.monotonic() > ends:
            asked = replace(asked, trigger="")
        await self._place(asked, told, path, raw, opened, origin)

    async def _late_form(self, asked: Asked, origin: Origin, raw: Raw, task: asyncio.Task[Told]) -> None:
        told = await task
        origin = replace(origin, revision=origin.revision + 1)
        await self._place(asked, told, origin.path, raw, asked.window, origin)

    def _returned(
        self, actor: Actor, dialog: Dialog, values: Mapping[str, str | tuple[str, ...]], origin: Origin
    ) -> Word:
        """Return a form that has to be mended: with the errors beside the fields where Slack can show them there."""
        is_same = origin.path == dialog.press.path and not dialog.error and all(
            entry.value == values.get(entry.name, "") for entry in dialog.entries
        )  # fmt: skip
        if is_same and (found := errors(dialog, origin.revision)):
            return {"response_action": "errors", "errors": found}
        fresh = replace(origin, path=dialog.press.path, known=dict(dialog.known), revision=origin.revision + 1)
        window = paper.modal(dialog, paper.pen_for(actor), fresh.to_text(), fresh.revision)
        return {"response_action": "update", "view": window}

    async def _rest(self, asked: Asked, actor: Actor, view: View, rest: tuple[View, ...]) -> None:
        for page in rest:
            await self._answers.tell(asked, actor, paper.pages(page, paper.pen_for(actor)))
        await self._answers.send_files(asked, actor, view)

    def _waiting(self, asked: Asked) -> dict[str, Any]:
        known = self._people.remembered(asked.team, asked.user)
        with speaking(catalogue(known.locale if known else "en")):
            return waiting()

    def _later(self, working: Coroutine[Any, Any, None]) -> None:
        """Go on with *working* after the acknowledgement."""
        _task = self._start(working)

    def _start(self, working: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(working)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("an answer failed: %s", type(error).__qualname__)


def _inside(origin: Origin) -> Origin:
    """Return what a window that shows an answer remembers: the place, and no form."""
    return replace(origin, path="", known=None, revision=0)
