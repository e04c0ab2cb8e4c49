"""Walks through every command as a person would, with long words, and collects each view and form it meets.

The preview page draws what it finds, and tests check it: nobody has to list the views of a new command.
"""

import asyncio
import itertools
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import bot.commands
from adapters.web.people import NORTHSIDE
from adapters.web.stage import PLATFORM, Example
from app import samples
from app.settings import new_key
from bot.commands.rhythm.heard import HEARD
from bot.content.library import load
from bot.desk.arguments import Raw
from bot.desk.bot import Bot, Reply
from bot.desk.registry import registry_of
from bot.model.outbox import Barrier, Never, Outcome, Sent, Spot
from bot.model.people import Account, Actor, Member
from bot.nudging.courier import Courier
from bot.record import record
from bot.talk.form import (
    Choice,
    Day,
    Dialog,
    Entry,
    Hour,
    Kind,
    Line,
    Lookup,
    Many,
    Number,
    Paragraph,
    Tick,
    Values,
)
from bot.talk.view import Buttons, Card, Press, Select, Tone, View
from storage.database import Database
from storage.migrate import migrate

WORDS = (
    "Maria-Esperanza Villanueva-Santos de la Cruz & Associates <Training> *Department* of Very Long Names, "
    "who began by chance_and_stayed with `care` @everyone "
)
VISITS = 8
"""How often one command is pressed with other arguments: your own card looks different from somebody else's."""

MESSAGE = f"Talk to {WORDS}\nnurse manager at {WORDS}, maria@example.org https://www.example.org/in/maria"

QUIET_NIGHTS = 5
"""Mornings that pass before anything is pressed: after a few ignored nudges, the next one asks how to go on."""

LETTER = "letters"
"""Under which name the gallery shows what is sent unasked."""


START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""When the walk happens: 9:00 on a Monday in Manila."""


async def gallery() -> Sequence[Example]:
    """Return every view and form of every command, as met on a walk through a scratch database, and every letter."""
    with TemporaryDirectory(prefix="askwell-") as folder:
        url = f"sqlite:///{Path(folder) / 'gallery.db'}"
        await asyncio.to_thread(migrate, url)
        database = await Database.open(url, (new_key(),))
        try:
            scenes = await _scenes(database)
        finally:
            await database.close()
    return [(scene.path, scene.shows.title or scene.path, scene.shows) for scene in scenes]


async def _scenes(database: Database) -> tuple["Scene", ...]:
    registry, library, moment = registry_of(bot.commands), load(), [START]
    await samples.fill(database, registry, library, lambda: moment[0])
    desk = Bot(database, registry, library, lambda: moment[0])
    people = [samples.actor_of(NORTHSIDE, person) for person in NORTHSIDE.people]
    known = [replace(actor, channel="careers") for actor in people if actor.user in {"ben", "dana"}]
    new = Actor(PLATFORM, NORTHSIDE.id, "careers", "new", long_words(60), "new")
    tray = Tray()
    courier = Courier(database, registry, library, {PLATFORM: tray}, lambda: moment[0])

    async def next_morning() -> Sequence[View]:
        moment[0] += timedelta(days=1)
        while await courier.round():
            continue
        views, tray.views = tray.views, []
        return views

    return await Walk(desk, (*known, new), next_morning).go()


class Tray:
    """A platform that keeps what it is sent. Its channels begin by taking nothing, once for each reason there is."""

    knows_again = None

    def __init__(self) -> None:
        self.views: list[View] = []
        self._barriers: list[Barrier | None] = [*Barrier, None]

    async def send(
        self, to: Account | Spot, view: View, key: str, reader: Member | None, *, is_in_doubt: bool = False
    ) -> Outcome:
        self.views.append(view)
        if isinstance(to, Spot) and self._barriers:
            return Never("no such luck", barrier=self._barriers.pop())
        return Sent(str(len(self.views)))

    async def edit(self, to: Account | Spot, message: str, view: View, reader: Member | None) -> Outcome:
        self.views.append(view)
        return Sent(message)


@record
class Scene:
    """What a person saw: the *path* of the command and its answer."""

    path: str
    shows: Reply


@record
class _Move:
    path: str
    raw: Raw
    actor: Actor
    is_last: bool = False


class Walk:
    """One walk through *bot* by *actors*, who should have something to find. It changes what it walks through.

    *letters* lets a night pass and returns what was sent unasked in the morning.
    """

    def __init__(self, bot: Bot, actors: tuple[Actor, ...], letters: Callable[[], Awaitable[Sequence[View]]]) -> None:
        self.bot = bot
        self.letters = letters
        self.actors = actors
        self.scenes: list[Scene] = []
        self._moves: deque[_Move] = deque()
        self._last: deque[_Move] = deque()
        self._visits: dict[tuple[str, str, bool], int] = {}
        self._number = itertools.count()
        self._turns: dict[str, int] = {}

    async def go(self) -> tuple[Scene, ...]:
        """Return every different scene, in the order of the walk. What takes something away is pressed at the end."""
        for actor, command in itertools.product(self.actors, self.bot.registry.listed):
            self._plan(_Move(command.path, "", actor))
            self._plan(_Move(command.path, Press(command.path, is_form=True), actor))
        for actor in self.actors:
            self._plan_menus(actor)
        self._meet_letters([view for _night in range(QUIET_NIGHTS) for view in await self.letters()])
        await self._make_all(self._moves)
        self._meet_letters(await self.letters())
        await self._make_all(self._moves)
        await self._make_all(self._last)
        return tuple(dict.fromkeys(self.scenes))

    def _plan_menus(self, actor: Actor) -> None:
        """Plan what a platform's own menus offer, and a line written to the bot itself."""
        for command in self.bot.registry.shortcuts:
            known = command.from_message(MESSAGE) if command.from_message else ()
            self._plan(_Move(command.path, Press(command.path, known, is_form=True), actor))
        self._plan(_Move(HEARD, "", actor))

    def _meet_letters(self, views: Sequence[View]) -> None:
        for view in reversed(views):
            self._meet(Scene(LETTER, view), self.actors[0])

    async def _make_all(self, moves: deque[_Move]) -> None:
        while moves:
            await self._make(moves.popleft())

    async def _make(self, move: _Move) -> None:
        actor = replace(move.actor, key=f"walk-{next(self._number)}")
        reply = await self.bot.handle(move.path, move.raw, actor)
        self._meet(Scene(move.path, reply), move.actor)
        if isinstance(reply, Dialog) and not _is_refused(reply):
            self._plan(_Move(reply.press.path, await self._filled(reply, actor), move.actor, move.is_last))

    def _meet(self, scene: Scene, actor: Actor) -> None:
        self.scenes.append(scene)
        if isinstance(scene.shows, View):
            for press, tone in _presses(scene.shows):
                self._plan(_Move(press.path, press, actor, tone is Tone.DANGER))

    def _plan(self, move: _Move) -> None:
        kind = "form" if isinstance(move.raw, dict) else "press"
        name = (move.path, kind + move.actor.user, isinstance(move.raw, Press) and move.raw.is_form)
        self._visits[name] = self._visits.get(name, 0) + 1
        if self._visits[name] <= VISITS:
            (self._last if move.is_last else self._moves).append(move)

    async def _filled(self, dialog: Dialog, actor: Actor) -> Values:
        path = dialog.press.path
        self._turns[path] = self._turns.get(path, 0) + 1
        typed = {entry.name: await self._sample(path, entry, actor) for entry in dialog.entries}
        return typed | dict(dialog.known)

    async def _sample(self, path: str, entry: Entry, actor: Actor) -> str | tuple[str, ...]:
        match entry.field:
            case Line(kind=kind, limit=limit):
                return _line(kind, limit)
            case Paragraph(limit=limit):
                return long_words(limit)
            case Choice():
                is_left_out = not entry.is_required and self._turns[path] % 2 == 0
                return entry.options[-1].value if entry.options and not is_left_out else ""
            case Many():
                return tuple(option.value for option in entry.options)
            case Lookup():
                return await self._looked_up(path, entry, actor)
            case Day():
                return "tomorrow"
            case Hour():
                return "10:30"
            case Number(high=high):
                return str(high)
            case Tick():
                return "yes"

    async def _looked_up(self, path: str, entry: Entry, actor: Actor) -> str:
        """Return by turns: a suggestion, a name of several towns and of nobody, and a letter that is in most names."""
        typed = ("a", "man", "Portland")[self._turns[path] % 3]
        if typed != "man":
            return typed
        found = [one for words in (typed, "a") for one in await self.bot.suggest(path, entry.name, words, actor)]
        return found[0].value if found else typed


def _is_refused(dialog: Dialog) -> bool:
    return bool(dialog.error) or any(entry.error for entry in dialog.entries)


def long_words(limit: int) -> str:
    """Return words of exactly *limit* characters that are awkward to show."""
    return (WORDS * (limit // len(WORDS) + 1))[:limit].rstrip().ljust(limit, "x")


def _line(kind: Kind, limit: int) -> str:
    match kind:
        case Kind.TEXT:
            return long_words(limit)
        case Kind.EMAIL:
            return "maria.esperanza.villanueva@nursing.department.example.org"
        case Kind.PHONE:
            return "+63 2 5550 100 ext. 2040"
        case Kind.LINK:
            return "https://example.org/" + "people/" * ((limit - 20) // 7)


def _presses(view: View) -> Iterator[tuple[Press, Tone]]:
    for element in view.body:
        match element:
            case Buttons(buttons) | Card(buttons=buttons):
                yield from ((button.press, button.tone) for button in buttons)
            case Select(_, press, options):
                yield from (
                    (replace(press, args=(*press.args, option.value)), Tone.PLAIN) for option in options[:VISITS]
                )
            case _:
                continue
