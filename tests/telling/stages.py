"""Sets the stage for the story: the core alone, the playground in a browser, Slack, Discord."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count

from playwright.async_api import Browser, Page

import bot.commands
from bot.desk.bot import Bot, Reply
from bot.model.people import Actor
from bot.nudging.courier import Courier
from bot.talk.form import Choice, Dialog, Entry
from storage.database import Database
from tests.clocks import StillClock
from tests.discord import club as discord_clubs
from tests.discord.platform import Channel as DiscordChannel
from tests.discord.platform import Person as DiscordUser
from tests.slack import club as slack_clubs
from tests.slack.platform import Person as SlackUser
from tests.slack.platform.state import Channel as SlackChannel
from tests.telling.story import Stage
from tests.telling.transcript import Transcript, heard, heard_bot
from tests.web.serving import Playground, serving
from tests.world import LIBRARY, MONDAY, REGISTRY, Mailbox, button, buttons

ANA, BEN = "Ana Reyes", "Ben Cruz"
KEYS = count()

_SHOWS = (
    "newest => !newest || [...document.querySelectorAll('[data-revision]')].some(one => one.dataset.revision >= newest)"
)


@asynccontextmanager
async def in_core(store: Database, _browser: Browser) -> AsyncIterator[Stage]:
    """Tell it to the core alone."""
    transcript, clock, registry, library = Transcript(), StillClock(MONDAY), REGISTRY, LIBRARY
    desk = heard_bot(transcript)(store, registry, library, clock)
    mailbox = Mailbox(clock)
    courier = Courier(store, registry, library, heard({"test": mailbox}, transcript), clock)
    ana, ben = (CorePerson(desk, name, mailbox) for name in (ANA, BEN))
    yield Stage(ana, ben, clock, partial(_carry, courier), transcript)


@asynccontextmanager
async def in_playground(store: Database, browser: Browser) -> AsyncIterator[Stage]:
    transcript, clock = Transcript(), StillClock(MONDAY)
    through = partial(heard, transcript=transcript)
    async with serving(
        store, bot.commands, real=clock, kind=heard_bot(transcript), through=through, has_worker=False
    ) as playground:
        ana, ben = [await _at_page(browser, playground, user) for user in ("ana", "ben")]
        yield Stage(ana, ben, clock, partial(_carry, playground.courier), transcript)


@asynccontextmanager
async def in_slack(store: Database, _browser: Browser) -> AsyncIterator[Stage]:
    transcript, clock = Transcript(), StillClock(MONDAY)
    through = partial(heard, transcript=transcript)
    async with slack_clubs.club(
        store, "http", at=MONDAY, clock=clock, kind=heard_bot(transcript), through=through
    ) as club:
        careers = club.home.channel("careers")
        ana, ben = (InSlack(club.home.user(name, tz="Asia/Manila"), careers) for name in (ANA, BEN))
        yield Stage(ana, ben, clock, club.deliver, transcript)
        assert club.slack.violations == []


@asynccontextmanager
async def in_discord(store: Database, _browser: Browser) -> AsyncIterator[Stage]:
    transcript, clock = Transcript(), StillClock(MONDAY)
    through = partial(heard, transcript=transcript)
    async with discord_clubs.club(store, at=MONDAY, clock=clock, kind=heard_bot(transcript), through=through) as club:
        careers = club.home.channel("careers")
        ana, ben = (InDiscord(club.home.user(name), careers) for name in (ANA, BEN))
        yield Stage(ana, ben, clock, club.deliver, transcript)
        assert club.discord.violations == []


async def _carry(courier: Courier) -> None:
    while await courier.round():
        continue


@dataclass
class CorePerson:
    """Somebody who talks to `Bot.handle` itself."""

    bot: Bot
    name: str
    mailbox: Mailbox
    last: Reply | None = None

    async def types(self, words: str) -> None:
        self.last = await self.bot.hear(words, self._actor())

    async def presses(self, label: str) -> None:
        assert self.last is not None
        press = button(self.last, label).press
        self.last = await self.bot.handle(press.path, press, self._actor())

    async def presses_in_dm(self, label: str) -> None:
        self.last = self.mailbox.to(self.name)[-1].view
        await self.presses(label)

    async def submits(self, answers: Mapping[str, str]) -> None:
        assert isinstance(self.last, Dialog)
        values = {entry.name: entry.value for entry in self.last.entries} | dict(self.last.known)
        for label, words in answers.items():
            entry = next(one for one in self.last.entries if label in {one.name, one.field.label[: len(label)]})
            values[entry.name] = _value(entry, words)
        self.last = await self.bot.handle(self.last.press.path, values, self._actor())

    async def tells_city(self, city: str) -> None:
        assert self.last is not None
        await self.presses("Set my city" if _has(self.last, "Set my city") else "No, another city")
        await self.submits({"city": city})
        await self.presses("Yes")

    def _actor(self) -> Actor:
        return Actor("test", "W1", "careers", self.name, self.name, f"core-{next(KEYS)}")


def _has(reply: Reply, label: str) -> bool:
    return not isinstance(reply, Dialog) and any(one.label == label for one in buttons(reply))


def _value(entry: Entry, words: str) -> str:
    if isinstance(entry.field, Choice):
        return next(option.value for option in entry.options if option.label == words)
    return words


@dataclass
class AtPage:
    """Somebody in front of the playground, in a browser."""

    page: Page
    url: str
    user: str

    async def types(self, words: str) -> None:
        await self.page.locator("#say").fill(f"/career {words}")
        async with self._answered("**/say"):
            await self.page.locator("#say").press("Enter")

    async def presses(self, label: str) -> None:
        found = self.page.locator(".from-askwell").get_by_role("button", name=re.compile(f"^{re.escape(label)}"))
        async with self._answered("**/press"):
            await found.last.click()

    async def presses_in_dm(self, label: str) -> None:
        await self.page.goto(f"{self.url}/at/northside/{self.user}/direct")
        await self.presses(label)
        await self.page.goto(f"{self.url}/at/northside/{self.user}/careers")

    async def submits(self, answers: Mapping[str, str]) -> None:
        form = self.page.locator("#form form")
        for label, words in answers.items():
            await self._fill(label, words)
        async with self._answered("**/submit"):
            await form.evaluate("form => form.requestSubmit()")  # a list of suggestions may lie over the button

    async def tells_city(self, city: str) -> None:
        known = self.page.locator(".from-askwell").get_by_role("button", name="Set my city")
        await self.presses("Set my city" if await known.count() else "No, another city")
        await self.submits({"city": city})
        await self.presses("Yes")

    @asynccontextmanager
    async def _answered(self, url: str) -> AsyncIterator[None]:
        """Wait for the answer to what is done inside, until it is on the page: the next press is of a button in it."""
        async with self.page.expect_response(url) as told:
            yield
        answer = await (await told.value).json()
        newest = max((message["revision"] for message in answer.get("messages", ())), default=0)
        await self.page.wait_for_function(_SHOWS, arg=newest)

    async def _fill(self, label: str, words: str) -> None:
        form = self.page.locator("#form form")
        box = form.locator(f"[name={label}]") if label.islower() else form.get_by_label(re.compile(f"^{label}"))
        group = form.get_by_role("radio", name=words, exact=False)
        if await group.count():
            await group.first.check()
        else:
            await box.first.fill(words)


async def _at_page(browser: Browser, playground: Playground, user: str) -> AtPage:
    page = await (await browser.new_context()).new_page()
    await page.goto(f"{playground.url}/at/northside/{user}/careers")
    await page.locator("#close-welcome").click()
    return AtPage(page, playground.url, user)


@dataclass
class InSlack:
    """Somebody in Slack."""

    person: SlackUser
    channel: SlackChannel

    async def types(self, words: str) -> None:
        await self.person.types(f"/career {words}", self.channel)

    async def presses(self, label: str) -> None:
        await self.person.presses(label)

    async def presses_in_dm(self, label: str) -> None:
        await self.person.presses(label, within="dm")

    async def submits(self, answers: Mapping[str, str]) -> None:
        await self.person.submits(dict(answers))

    async def tells_city(self, city: str) -> None:
        await self.person.presses("No, another city")
        await self.person.submits({"city": city})
        await self.person.presses("Yes")


@dataclass
class InDiscord:
    """Somebody in Discord. What is no command there is typed as Discord lets one: by a button or not at all."""

    person: DiscordUser
    channel: DiscordChannel

    async def types(self, words: str) -> None:
        path, _space, rest = words.partition(" ")
        await self.person.types(f"career {path}", {"words": rest} if rest else None, channel=self.channel)

    async def presses(self, label: str) -> None:
        await self.person.presses(label)

    async def presses_in_dm(self, label: str) -> None:
        await self.person.presses(label, within="dm")

    async def submits(self, answers: Mapping[str, str]) -> None:
        await self.person.submits(dict(answers))

    async def tells_city(self, city: str) -> None:
        await self.person.presses("Set my city")
        await self.person.submits({"city": city})
        await self.person.presses("Yes")
