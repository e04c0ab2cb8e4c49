"""Lets a small group live for weeks: whoever is there presses what they were shown, and courtesy holds throughout."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.desk.bot import Reply
from bot.model.contact import Contact, ContactId, Scope
from bot.model.people import Actor
from bot.model.shield import MOST_PER_SEEKER
from bot.nudging.hours import is_quiet
from bot.nudging.rhythm import quiet_of
from bot.talk.form import Choice, Day, Dialog, Entry, Hour, Kind, Line, Lookup, Many, Number, Paragraph, Tick, Values
from bot.talk.view import Press, Select, View
from tests.commands.sharing import DAVID, MARIA, shared
from tests.world import ZONES, Delivery, World, buttons, said

HOME = {"ana": "W1", "ben": "W1", "chloe": "W1", "dana": "W2"}
DOORS = ("home", "today", "board", "asks", "interviews", "plan", "contacts", "refer", "nudges", "questions", "export")
WORDS = ("Nursing", "What do you do all day?", "Maria Santos", "a|b~c", "@everyone", "x" * 90)
DEAD_ENDS = ("leads nowhere now", "out of date", "no longer on your list", "no longer in the plan", "That is our fault")
NAP, NIGHT, WEEKEND = timedelta(minutes=7), timedelta(hours=9), timedelta(days=3)


def presses(shown: Reply) -> list[Press]:
    """Return whatever can be pressed or chosen on *shown*."""
    if isinstance(shown, Dialog):
        return []
    menus = [element for element in shown.body if isinstance(element, Select)]
    chosen = [replace(menu.press, args=(*menu.press.args, one.value)) for menu in menus for one in menu.options]
    return [*(one.press for one in buttons(shown)), *chosen]


@dataclass
class Months:
    """The group, what each of them has in front of them, and who typed which contact details."""

    world: World
    chance: Random
    screens: dict[str, list[Reply]] = field(default_factory=lambda: {user: [] for user in HOME})
    typed: dict[str, set[str]] = field(default_factory=dict)
    met: Counter[str] = field(default_factory=Counter)
    _mornings: set[tuple[str, object]] = field(default_factory=set)

    async def begin(self) -> None:
        for user in HOME:
            await self.press(user, Press("start finish", ("yes",)))
        for who, by in ((MARIA, "ana"), (DAVID, "chloe")):
            contact = await shared(self.world, who, by=by, is_posted=True)
            self.typed |= {detail: {by} for detail in (who.email, who.phone) if detail}
            asked = await self.press("ben", Press("board ask", (str(contact),)))
            await self.press("ben", presses(asked)[0])

    async def go(self, steps: int) -> None:
        for _ in range(steps):
            await self.step(self.chance.choice([*HOME]))
            await self.hold_to_the_budgets()

    async def step(self, user: str) -> None:
        """Let *user* open something, press on in it, or find an old message; or let time pass."""
        kind = self.chance.random()
        if kind < 0.15:
            return await self.wait(self.chance.choice((NAP, NIGHT, NIGHT, WEEKEND)))
        if kind < 0.45 or not self.screens[user]:
            shown = await self.press(user, Press(self.chance.choice(DOORS)))
        else:
            shown = self.chance.choice(self.screens[user][-12:])
        for _ in range(self.chance.randrange(4)):
            if isinstance(shown, Dialog):
                shown = await self.submit(user, shown)
            elif some := presses(shown):
                is_fresh = shown is self.screens[user][-1]
                shown = await self.press(user, self.pick(some), is_fresh=is_fresh)

    def pick(self, some: list[Press]) -> Press:
        """Choose one of *some*, rather about a card of the board: there the rules are most."""
        board = [one for one in some if one.path.startswith("board ")]
        return self.chance.choice(board if board and self.chance.random() < 0.4 else some)

    async def press(self, user: str, press: Press, *, is_fresh: bool = False) -> Reply:
        raw = press if press.args or press.is_form else ""
        shown = await self.world.bot.handle(press.path, raw, self.actor(user))
        assert not is_fresh or not any(end in said(shown) for end in DEAD_ENDS), f"{press}: {said(shown)}"
        return await self.see(user, shown)

    async def submit(self, user: str, form: Dialog) -> Reply:
        values: Values = {entry.name: self.filled(user, entry) for entry in form.entries}
        return await self.see(
            user, await self.world.bot.handle(form.press.path, values | dict(form.known), self.actor(user))
        )

    def filled(self, user: str, entry: Entry) -> str | tuple[str, ...]:
        match entry.field:
            case Line(kind=Kind.EMAIL | Kind.PHONE as kind):
                number = 1000 + len(self.typed)
                detail = f"p{number}@example.org" if kind is Kind.EMAIL else f"+1 555 {number}"
                self.typed.setdefault(detail, set()).add(user)
                return detail
            case Line(kind=Kind.LINK):
                return "https://example.org"
            case Line() | Paragraph() | Lookup():
                return self.chance.choice(WORDS)
            case Choice():
                return self.chance.choice(entry.options).value if entry.options else ""
            case Many():
                return tuple(option.value for option in entry.options[:2])
            case Day():
                return self.chance.choice(("tomorrow", "in 3 days", "yesterday"))
            case Hour():
                return self.chance.choice(("9:00", "23:30", "half past"))
            case Number(low=low, high=high):
                return str(self.chance.choice((low, high, high + 1)))
            case Tick():
                return self.chance.choice(("", "yes"))

    async def wait(self, span: timedelta) -> None:
        self.world.clock.now += span
        for letter in await self.world.deliver():
            if letter.to in HOME:
                await self.see(letter.to, letter.view)
                await self.hold_to_the_hours(letter)
            else:
                assert not self.details_in(letter.view)
                self.met["posts"] += 1
                for user in ("ana", "ben", "chloe"):
                    self.screens[user].append(letter.view)

    async def see(self, user: str, shown: Reply) -> Reply:
        """Hold what *user* sees to what they may."""
        assert "That is our fault" not in said(shown)
        for detail in self.details_in(shown):
            assert user in self.typed[detail] or await self.holds(user, detail), f"{user} sees {detail}:\n{said(shown)}"
        self.screens[user].append(shown)
        return shown

    def details_in(self, shown: Reply) -> list[str]:
        file = "".join(getattr(element, "content", "") for element in shown.body) if isinstance(shown, View) else ""
        return [detail for detail in self.typed if detail in said(shown) or detail in file]

    async def holds(self, user: str, detail: str) -> bool:
        """Tell whether *user* has an open ask about somebody with *detail* who may be written to directly."""
        me = await self.world.member(user, HOME[user])
        async with self.world.store.unit(me.group, writes=False) as unit:
            open_asks = [ask for ask in await unit.asks.by(me.id) if ask.is_open(self.world.clock.now)]
            asked = [(await unit.contacts.get(ask.contact, me.id), ask.contact) for ask in open_asks]
            found = [await unit.contacts.details(number) for contact, number in asked if _is_direct(contact)]
        self.met["looks"] += 1
        return any(detail in (one.email, one.phone) for one in found)

    async def hold_to_the_hours(self, letter: Delivery) -> None:
        """Hold a nudge to the member's clock: their days, never in quiet hours, one each day."""
        if not any(press.path.startswith("nudge ") for press in presses(letter.view)):
            return
        me = await self.world.member(letter.to, HOME[letter.to])
        zone = ZoneInfo(me.zone or ZONES[letter.to])
        day = letter.at.astimezone(zone).date()
        assert not is_quiet(letter.at, zone, quiet_of(me.nudges))
        assert me.nudges.is_on
        assert day.weekday() in me.nudges.days
        assert (letter.to, day) not in self._mornings
        self._mornings.add((letter.to, day))
        self.met["nudges"] += 1

    async def hold_to_the_budgets(self) -> None:
        now, per_contact = self.world.clock.now, Counter[ContactId]()
        for user in ("ana", "ben", "chloe"):
            me = await self.world.member(user)
            async with self.world.store.unit(me.group, writes=False) as unit:
                live = [ask for ask in await unit.asks.by(me.id) if ask.is_open(now)]
            assert len(live) <= MOST_PER_SEEKER
            per_contact.update(ask.contact for ask in live)
        assert max(per_contact.values(), default=1) == 1
        self.met["asks"] += len(per_contact)

    def actor(self, user: str) -> Actor:
        self.world.clock.forward(seconds=1)
        return self.world.actor(user, workspace=HOME[user], is_admin=user == "ana")


def _is_direct(contact: Contact | None) -> bool:
    return contact is not None and contact.consent is not None and contact.consent.scope is Scope.DIRECT


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_whatever_a_group_does_for_weeks_courtesy_holds(world: World, seed: int) -> None:
    months = Months(world, Random(seed))  # noqa: S311 - plays, guards nothing
    await months.begin()

    await months.go(600)

    assert {"nudges", "posts", "asks", "looks"} <= months.met.keys()
