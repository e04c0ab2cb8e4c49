"""Holds the small world that tests speak to: people who type and press, a clock, and a mailbox."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Protocol

import bot.commands
from bot.content.library import load
from bot.desk.bot import Bot, Reply
from bot.desk.registry import registry_of
from bot.model.outbox import Outcome, Sent, Spot
from bot.model.people import Account, Actor, Member
from bot.model.store import Store
from bot.nudging.courier import Courier
from bot.talk.form import Dialog
from bot.talk.view import Button, Buttons, Card, Press, Select, View, text_of

KEYS = ("NzK01UPX6Vt-8KZMfDo9Xo5A7LJQDOTCKrxAMB5QLmI=",)
MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
"""8:00 on a Monday in Manila, 19:00 on Sunday in New York, midnight in London."""

LIBRARY, REGISTRY = load(), registry_of(bot.commands)
"""The texts and the commands, which no test changes: to read them takes longer than most tests do."""

ZONES = {"ana": "America/New_York", "ben": "Asia/Manila", "chloe": "Europe/London", "dana": "Africa/Lagos"}


@dataclass
class StoppedClock:
    """A clock that moves when it is told to."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def to(self, moment: datetime) -> None:
        self.now = moment

    def forward(self, **span: float) -> None:
        """Let time pass: `forward(hours=3)`."""
        self.now += timedelta(**span)


@dataclass(frozen=True)
class Delivery:
    """A message as the platform got it. *to* is a user's id for a direct message, else the channel's."""

    to: str
    view: View
    at: datetime
    message: str
    is_edit: bool = False

    @property
    def text(self) -> str:
        return text_of(self.view)


class Shows(Protocol):
    """A clock of which a test can see the moment."""

    @property
    def now(self) -> datetime: ...


@dataclass
class Mailbox:
    """A platform that takes every letter, and none twice. *answer* may give another outcome instead of accepting."""

    knows_again: ClassVar[timedelta | None] = None

    clock: Shows
    deliveries: list[Delivery] = field(default_factory=list)
    answer: Callable[[Account | Spot, str], Outcome | None] = lambda to, key: None
    _accepted: dict[str, str] = field(default_factory=dict)

    async def send(
        self, to: Account | Spot, view: View, key: str, reader: Member | None, *, is_in_doubt: bool = False
    ) -> Outcome:
        if outcome := self.answer(to, key):
            return outcome
        if key not in self._accepted:
            self._accepted[key] = f"m{len(self.deliveries)}"
            self._take(to, view, self._accepted[key])
        return Sent(self._accepted[key])

    async def edit(self, to: Account | Spot, message: str, view: View, reader: Member | None) -> Outcome:
        self._take(to, view, message, is_edit=True)
        return Sent(message)

    def to(self, who: str) -> list[Delivery]:
        """Return what reached a user or a channel, the oldest first."""
        return [delivery for delivery in self.deliveries if delivery.to == who]

    def _take(self, to: Account | Spot, view: View, message: str, *, is_edit: bool = False) -> None:
        name = to.user if isinstance(to, Account) else to.channel
        self.deliveries.append(Delivery(name, view, self.clock.now, message, is_edit))


@dataclass
class World:
    """What a test speaks to. People are named by their user id: `ana`, `ben`, `chloe`, `dana` have a zone."""

    bot: Bot
    store: Store
    clock: StoppedClock
    courier: Courier
    mailbox: Mailbox
    _keys: Iterator[int] = field(default_factory=itertools.count)

    def actor(
        self,
        user: str = "ben",
        *,
        workspace: str = "W1",
        channel: str | None = "careers",
        zone: str | None = None,
        is_admin: bool = False,
        key: str | None = None,
    ) -> Actor:
        """Return *user* doing one thing; each call is another interaction unless *key* is given."""
        return Actor(
            platform="test", workspace=workspace, channel=channel, user=user, name=user.title(),
            key=key or f"key-{next(self._keys)}", is_admin=is_admin, zone=zone or ZONES.get(user),
            workspace_name=f"Club {workspace}",
        )  # fmt: skip

    async def say(self, words: str, by: str | Actor = "ben") -> Reply:
        """Type `/career <words>`."""
        return await self.bot.hear(words, self._who(by))

    async def press(self, seen: Reply, label: str, by: str | Actor = "ben") -> Reply:
        """Press the first button of *seen* whose label begins with *label*."""
        press = button(seen, label).press
        return await self.bot.handle(press.path, press, self._who(by))

    async def choose(self, seen: Reply, label: str, by: str | Actor = "ben") -> Reply:
        """Choose the option of *seen*'s menus whose label begins with *label*."""
        press = option(seen, label)
        return await self.bot.handle(press.path, press, self._who(by))

    async def submit(self, seen: Reply, by: str | Actor = "ben", **typed: str | tuple[str, ...]) -> Reply:
        """Send the form *seen* with what stands in it, changed by *typed*."""
        assert isinstance(seen, Dialog), said(seen)
        values = {entry.name: entry.value for entry in seen.entries}
        unknown = typed.keys() - values.keys()
        assert not unknown, f"the form does not ask {unknown}; it asks {list(values)}"
        return await self.bot.handle(seen.press.path, values | dict(seen.known) | typed, self._who(by))

    async def deliver(self) -> list[Delivery]:
        """Let the courier carry what is due now; returns what reached somebody by that."""
        before = len(self.mailbox.deliveries)
        while await self.courier.round():
            continue
        return self.mailbox.deliveries[before:]

    async def member(self, user: str = "ben", workspace: str = "W1") -> Member:
        """Return what the store knows of *user*."""
        return (await self.store.seat(self.actor(user, workspace=workspace), self.clock())).member

    def _who(self, by: str | Actor) -> Actor:
        return self.actor(by) if isinstance(by, str) else by


def a_world(store: Store) -> World:
    """Return a world around *store* on `MONDAY`."""
    clock, registry, library = StoppedClock(), REGISTRY, LIBRARY
    mailbox = Mailbox(clock)
    courier = Courier(store, registry, library, {"test": mailbox}, clock)
    return World(Bot(store, registry, library, clock), store, clock, courier, mailbox)


def view(reply: Reply) -> View:
    """Return *reply*, which must be a view."""
    assert isinstance(reply, View), said(reply)
    return reply


def said(reply: Reply) -> str:
    """Return every word of *reply*, of a form its labels, values and errors."""
    match reply:
        case View():
            return text_of(reply)
        case Dialog():
            rows = (f"{entry.field.label}: {entry.value} {entry.error}".rstrip() for entry in reply.entries)
            return "\n".join((reply.title, reply.intro, reply.error, *rows))


def errors(reply: Reply) -> dict[str, str]:
    """Return what a form says is wrong, by field."""
    assert isinstance(reply, Dialog), said(reply)
    return {entry.name: entry.error for entry in reply.entries if entry.error}


def buttons(reply: Reply) -> tuple[Button, ...]:
    """Return every button of *reply*, in order."""
    some: list[Button] = []
    for element in view(reply).body:
        match element:
            case Buttons(found) | Card(buttons=found):
                some += found
            case _:
                continue
    return tuple(some)


def button(reply: Reply, label: str) -> Button:
    """Return the first button whose label begins with *label*."""
    found = [one for one in buttons(reply) if one.label.startswith(label)]
    assert found, f"no button {label!r} in:\n{said(reply)}"
    return found[0]


def option(reply: Reply, label: str) -> Press:
    """Return what choosing the option *label* calls."""
    for element in view(reply).body:
        if isinstance(element, Select):
            for one in element.options:
                if one.label.startswith(label):
                    return replace(element.press, args=(*element.press.args, one.value))
    raise AssertionError(f"no option {label!r} in:\n{said(reply)}")
