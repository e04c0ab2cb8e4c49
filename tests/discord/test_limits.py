"""Says how letters keep to Discord's limits: they wait in the outbox, and hold up none that may go."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from bot.model.outbox import Sent
from bot.model.people import Account
from bot.nudging.sender import Unsure
from bot.talk.view import View, say
from storage.database import Database
from tests.discord.acts import TUESDAY, share, start
from tests.discord.club import Club
from tests.discord.faulty import MEMBER, OPEN, POST, calls, faulty_club
from tests.discord.platform import Person
from tests.passing import minutes

PAUSE = 0.6
"""Seconds that Discord asks for in these tests: more than the bot waits on the way."""


@pytest.fixture
async def the_club(store: Database, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Club]:
    async with faulty_club(store, caplog, waits=0.2) as found:
        yield found


async def people(club: Club, number: int) -> list[Person]:
    """Return so many people whose first nudge comes on Tuesday at nine."""
    some = [club.home.user(f"Ben {i}") for i in range(number)]
    for one in some:
        await start(one)
    return some


def nudged(some: list[Person]) -> int:
    return sum(len(one.dms) for one in some)


async def until(club: Club, is_so: Callable[[], bool]) -> None:
    """Let the courier look again and again, in real time, until *is_so*."""
    while not is_so():
        await club.deliver()


async def test_a_conversation_that_has_to_rest_holds_up_no_other(the_club: Club) -> None:
    some = await people(the_club, 3)
    rests = the_club.discord.open_dm(some[0].id)
    the_club.discord.faults.limits(POST, PAUSE, path=rests.id)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    early = [len(one.dms) for one in some]
    await until(the_club, lambda: nudged(some) == 3)

    assert early == [0, 1, 1]
    assert calls(the_club, POST) == 4


async def test_a_limit_of_the_whole_bot_holds_up_everything_and_is_run_into_once(the_club: Club) -> None:
    some, careers = await people(the_club, 3), the_club.home.channel("careers")
    the_club.clock.to(TUESDAY)
    await share(some[0], careers)
    limited = the_club.discord.faults.limits(MEMBER, PAUSE, scope="global")
    await the_club.deliver()
    early = len(the_club.discord.calls)
    await the_club.deliver()
    later = len(the_club.discord.calls)
    counts = nudged(some), len([seen for seen in some[1].sees(careers) if seen.kind == "message"])
    await until(the_club, lambda: nudged(some) == 3)

    assert counts == (1, 0), "the first of them had just been seen in the server"
    assert (limited.hits, later) == (1, early)
    assert len([seen for seen in some[1].sees(careers) if seen.kind == "message"]) == 1


async def test_new_conversations_are_paced_and_known_ones_are_not(
    store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with faulty_club(store, caplog, new_dms=2) as found:
        some = await people(found, 5)
        found.clock.to(TUESDAY)
        await found.deliver()
        counts = [nudged(some)]
        for _minute in range(3):
            await minutes(found, 1)
            counts.append(nudged(some))
        found.clock.to(TUESDAY + timedelta(days=1))
        await found.deliver()

        assert counts == [2, 4, 5, 5]
        assert nudged(some) == 10
        assert calls(found, OPEN) == 5


async def test_new_conversations_rest_when_discord_calls_them_too_fast(the_club: Club) -> None:
    some = await people(the_club, 4)
    the_club.discord.new_dms = (2, timedelta(minutes=10))
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    early, asked = nudged(some), calls(the_club, OPEN)
    await minutes(the_club, 9)
    waiting = calls(the_club, OPEN)
    await minutes(the_club, 3)

    assert (early, asked, waiting) == (2, 3, 3)
    assert nudged(some) == 4


async def test_a_letter_that_is_held_up_between_its_messages_goes_on_where_it_stopped(the_club: Club) -> None:
    (ben,) = await people(the_club, 1)
    sender, to = the_club.service.senders["discord"], Account("discord", the_club.home.id, ben.id)
    letter = View("Long", tuple(say(f"{i} " + "word " * 300) for i in range(6)))
    the_club.discord.faults.delays(POST, 0)
    limited = the_club.discord.faults.limits(POST, PAUSE)
    with pytest.raises(Unsure, match="a part of it is there"):
        await sender.send(to, letter, "7-abcdef01", None)
    await asyncio.sleep(PAUSE)
    outcome = await sender.send(to, letter, "7-abcdef01", None, is_in_doubt=True)

    texts = [seen.text for seen in ben.dms]
    assert outcome == Sent(ben.dms[0].id)
    assert len(texts) > 1
    assert [sum(f"\n{i} word" in f"\n{text}" for text in texts) for i in range(6)] == [1] * 6
    assert calls(the_club, POST) == len(texts) + limited.hits


async def test_few_requests_are_invalid_however_much_goes_wrong(the_club: Club) -> None:
    some = await people(the_club, 6)
    for one, happens in zip(some, (Person.closes_dms, Person.blocks_bot, Person.leaves), strict=False):
        happens(one)
    the_club.clock.to(TUESDAY)
    await minutes(the_club, 60)

    assert the_club.discord.rates.invalid == 2, "one for each who closed their direct messages"
    assert nudged(some) == 3
