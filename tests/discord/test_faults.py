"""Says what becomes of a nudge when Discord has a fault: it is not lost, comes once, and is not tried for ever."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from storage.database import Database
from tests.discord.acts import TUESDAY, start
from tests.discord.club import Club
from tests.discord.faulty import FAULTS, LOOK, MEMBER, OPEN, POST, calls, faulty_club, hurry, strike
from tests.discord.platform import Person
from tests.passing import count, days, minutes

NUDGE = "Morning, Ben"


@pytest.fixture
async def the_club(
    store: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Club]:
    hurry(monkeypatch)
    async with faulty_club(store, caplog, waits=0.2) as found:
        yield found


@pytest.fixture
async def ben(the_club: Club) -> Person:
    """Return somebody whose first nudge comes on Tuesday at nine."""
    ben = the_club.home.user("Ben")
    await start(ben)
    return ben


def nudges(ben: Person) -> int:
    return count(NUDGE, (seen.text for seen in ben.dms))


async def given_up(club: Club) -> str:
    """Return what an organiser sees of their group."""
    ana = club.home.user("Ana", manage_guild=True)
    return (await ana.types("career-organiser group")).text


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("route", [MEMBER, OPEN, POST])
async def test_a_nudge_comes_once_whatever_passes(the_club: Club, ben: Person, route: str, fault: str) -> None:
    brought = strike(the_club, route, fault)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await minutes(the_club, 5)

    assert nudges(ben) == 1
    assert brought.hits == 1
    assert calls(the_club, route) <= 2
    assert "could not be delivered" not in await given_up(the_club)


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_nudge_in_doubt_comes_once_even_if_looking_for_it_fails(
    the_club: Club, ben: Person, fault: str
) -> None:
    strike(the_club, POST, "reset although done")
    strike(the_club, LOOK, fault)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await minutes(the_club, 5)

    assert nudges(ben) == 1
    assert calls(the_club, LOOK) <= 2
    assert calls(the_club, POST) == 1


async def test_a_nudge_in_doubt_is_found_when_its_nonce_is_long_forgotten(the_club: Club, ben: Person) -> None:
    strike(the_club, POST, "reset although done")
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    the_club.clock.forward(hours=2)
    await the_club.deliver()

    assert nudges(ben) == 1
    assert calls(the_club, POST) == 1


async def test_a_nudge_that_says_what_an_earlier_one_said_is_not_taken_for_it(the_club: Club, ben: Person) -> None:
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    strike(the_club, POST, "reset")
    the_club.clock.to(TUESDAY + timedelta(days=1))
    await the_club.deliver()
    await minutes(the_club, 5)

    assert nudges(ben) == 2
    assert calls(the_club, POST) == 3


async def test_a_nudge_that_a_dead_worker_was_sending_comes_once(the_club: Club, ben: Person) -> None:
    the_club.clock.to(TUESDAY)
    now = the_club.clock()
    (letter,) = await the_club.database.queue.claim(now, now + timedelta(seconds=45), 10)
    await minutes(the_club, 3)

    assert letter.kind == "nudge"
    assert nudges(ben) == 1
    assert calls(the_club, LOOK) == 1


async def test_a_nudge_waits_for_whoever_can_mend_the_token(the_club: Club, ben: Person) -> None:
    fault = strike(the_club, POST, 401)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await minutes(the_club, 30)
    tried = fault.hits
    fault.remove()
    await minutes(the_club, 15)

    assert nudges(ben) == 1
    assert tried <= 4


@pytest.mark.parametrize("code", [50035, 40005])
async def test_what_discord_will_never_take_is_given_up_at_once_and_the_organiser_sees_it(
    the_club: Club, ben: Person, code: int
) -> None:
    fault = strike(the_club, POST, code)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await minutes(the_club, 60)

    assert fault.hits == 1
    assert nudges(ben) == 0
    assert f"a daily nudge (error {code})" in await given_up(the_club)


@pytest.mark.parametrize("code", [50007, 50033])
async def test_who_cannot_be_written_to_is_told_so_at_the_next_command(the_club: Club, ben: Person, code: int) -> None:
    fault = strike(the_club, POST, code)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await days(the_club, 3)
    told = await ben.types("career today")

    assert fault.hits == 1
    assert "your direct messages are closed" in told.text


Happens = Callable[[Person], None]
"""Something after which nobody can write to a person."""


@pytest.mark.parametrize("happens", [Person.closes_dms, Person.blocks_bot])
async def test_closed_direct_messages_are_tried_once_and_told_of_at_the_next_command(
    the_club: Club, ben: Person, happens: Happens
) -> None:
    happens(ben)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await days(the_club, 3)
    refused = the_club.discord.rates.invalid
    ben.opens_dms()
    ben.user.has_blocked = False
    told = await ben.types("career today")
    again = await ben.types("career today")
    await days(the_club, 4)

    assert refused == 1, "exactly one 403"
    assert "your direct messages are closed" in told.text
    assert "your direct messages are closed" not in again.text
    assert nudges(ben) >= 1


@pytest.mark.parametrize("happens", [Person.leaves, Person.deletes_account])
async def test_who_left_is_not_written_to_and_nothing_is_refused(the_club: Club, ben: Person, happens: Happens) -> None:
    happens(ben)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await days(the_club, 3)

    assert ben.dms == []
    assert (calls(the_club, MEMBER), calls(the_club, POST), the_club.discord.rates.invalid) == (1, 0, 0)


async def test_who_comes_back_is_told_and_nudged_again(the_club: Club, ben: Person) -> None:
    ben.leaves()
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    the_club.home.add(ben)
    told = await ben.types("career today")
    await days(the_club, 2)

    assert "while your account was away" in told.text
    assert nudges(ben) >= 1


async def test_who_left_in_the_last_minutes_is_noted_by_what_discord_says(the_club: Club, ben: Person) -> None:
    the_club.clock.to(TUESDAY - timedelta(minutes=5))
    await ben.types("career home")
    ben.leaves()
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    the_club.home.add(ben)
    told = await ben.types("career today")

    assert (calls(the_club, MEMBER), the_club.discord.rates.invalid) == (0, 1)
    assert "while your account was away" in told.text


async def test_the_nudges_of_one_server_do_not_come_through_another(the_club: Club, ben: Person) -> None:
    away = the_club.discord.guild("Southside")
    away.add(ben)
    await start(ben, away.channel("lobby"))
    the_club.home.loses(ben)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await ben.presses("Done", within="dm")

    assert nudges(ben) == 1, "the one of Southside"
    assert calls(the_club, MEMBER) == 2


async def test_a_conversation_that_is_another_one_now_is_opened_anew(the_club: Club, ben: Person) -> None:
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    old = the_club.discord.open_dm(ben.id)
    del the_club.discord.channels[old.id]
    the_club.clock.to(TUESDAY + timedelta(days=1))
    await the_club.deliver()

    assert nudges(ben) == 1
    assert the_club.discord.open_dm(ben.id).id != old.id


async def test_nothing_is_sent_from_a_server_that_the_bot_is_not_in(the_club: Club, ben: Person) -> None:
    fault = strike(the_club, MEMBER, 10004)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await minutes(the_club, 15)
    tried = fault.hits
    fault.remove()
    await minutes(the_club, 15)

    assert tried == 2
    assert nudges(ben) == 1, "the server was not gone after all"
