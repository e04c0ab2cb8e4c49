"""Says what becomes of the gateway: it comes back by itself, nothing is lost and nothing doubled, servers are kept."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.discord.acts import TUESDAY, start
from tests.discord.club import Club
from tests.discord.faulty import ANSWER, POST, calls, faulty_club
from tests.discord.platform import Person
from tests.passing import count, days
from tests.slow import SlowStore
from tests.waiting import soon

EMPTY = "Nobody is on the board yet"


@pytest.fixture
async def the_club(store: Database, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Club]:
    async with faulty_club(store, caplog) as found:
        yield found


@pytest.fixture
def ben(the_club: Club) -> Person:
    return the_club.home.user("Ben")


async def no_wait(shard_id: int | None, *, initial: bool = False) -> None:
    """Identify at once. discord.py waits five seconds before it does so anew."""


def lose(club: Club, how: str) -> None:
    """Lose every connection."""
    gateway = club.discord.gateway
    match how:
        case "cut":
            gateway.cut()
        case "asked to reconnect":
            gateway.reconnect()
        case "closed":
            gateway.close(4000)
        case "invalid, to be resumed":
            gateway.invalidate(resumable=True)
        case _:
            gateway.invalidate()


LOSSES = ("cut", "asked to reconnect", "closed", "invalid, to be resumed", "invalid for good")


@pytest.mark.parametrize("how", LOSSES)
@pytest.mark.parametrize("is_sharded", [False, True])
async def test_a_lost_connection_comes_back(
    store: Database, caplog: pytest.LogCaptureFixture, how: str, is_sharded: bool
) -> None:
    async with faulty_club(store, caplog, is_sharded=is_sharded) as found:
        found.service.client.before_identify_hook = no_wait  # type: ignore[method-assign]
        gateway, ben = found.discord.gateway, found.home.user("Ben")
        before = gateway.identified
        lose(found, how)
        await gateway.disconnected()
        await gateway.connected()
        seen = await ben.types("career board")

        assert EMPTY in seen.text
        assert gateway.identified - before == (how == "invalid for good")


@pytest.mark.parametrize("how", ["cut", "asked to reconnect", "closed"])
async def test_what_was_asked_before_a_cut_and_during_it_is_done_once(the_club: Club, ben: Person, how: str) -> None:
    gateway, mia = the_club.discord.gateway, the_club.home.user("Mia")
    await ben.types("career refer", name="Maria", does="Nurse", field="Nursing", expect_answer=False)
    lose(the_club, how)
    await mia.types("career refer", name="Omar", does="Baker", field="Baking", expect_answer=False)
    await gateway.disconnected()
    await gateway.connected()
    await ben.answered()
    await mia.answered()
    lists = [await one.types("career contacts") for one in (ben, mia)]

    assert [listed.text.count(name) for listed, name in zip(lists, ("Maria", "Omar"), strict=True)] == [1, 1]
    assert [len(one.exchanges[0].answers) for one in (ben, mia)] == [1, 1]
    assert calls(the_club, ANSWER) == 4


async def test_an_event_that_cannot_be_read_is_skipped_and_named_in_the_log(
    the_club: Club, ben: Person, caplog: pytest.LogCaptureFixture
) -> None:
    unreadable = {"id": "1", "channel_id": the_club.home.first_channel().id, "content": "Maria"}
    the_club.discord.gateway.dispatch("MESSAGE_CREATE", unreadable)
    seen = await ben.types("career board")

    assert EMPTY in seen.text
    assert "the event MESSAGE_CREATE was not read: KeyError" in caplog.text


async def test_a_cut_in_the_middle_of_an_interaction_keeps_nobody_from_their_answer(
    store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    slow = SlowStore(store)
    async with faulty_club(store, caplog, store=lambda _database: slow) as found:
        slow.front = lambda: found.service.front
        ben = found.home.user("Ben")
        slow.slowly()
        asking = asyncio.create_task(ben.types("career refer", name="Maria", does="Nurse", field="Nursing"))
        await found.discord.until(lambda: calls(found, ANSWER) == 1)
        found.discord.gateway.cut()
        seen = await soon(asking)
        await found.discord.gateway.connected()

        assert "Saved. So far only you see Maria." in seen.text
        assert len(ben.last.answers) == 1


async def test_a_cut_in_the_middle_of_a_burst_of_nudges_loses_and_doubles_none(the_club: Club) -> None:
    people = [the_club.home.user(f"Ben {i}") for i in range(12)]
    for one in people:
        await start(one)
    the_club.clock.to(TUESDAY)
    delivering = asyncio.create_task(the_club.deliver())
    await the_club.discord.until(lambda: calls(the_club, POST) >= 4)
    the_club.discord.gateway.cut()
    await soon(delivering)
    await the_club.discord.gateway.connected()

    assert [count("Morning, Ben", (seen.text for seen in one.dms)) for one in people] == [1] * 12


async def test_a_server_in_an_outage_keeps_its_nudges(the_club: Club, ben: Person) -> None:
    await start(ben)
    await the_club.hears("guild_unavailable", the_club.home.goes_down)
    await the_club.hears("guild_available", the_club.home.comes_back)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()

    assert len(ben.dms) == 1


async def test_an_outage_at_the_start_is_no_removal(the_club: Club, ben: Person) -> None:
    await start(ben)
    await ready(the_club)
    await the_club.stop()
    the_club.home.is_down = True
    await the_club.start()
    await ready(the_club)
    the_club.home.comes_back()
    the_club.clock.to(TUESDAY)
    await the_club.deliver()

    assert len(ben.dms) == 1


async def ready(club: Club) -> None:
    """Wait until Askwell knows in which servers it is, and has caught up with them."""
    await soon(club.service.client.wait_until_ready())
    await asyncio.sleep(0)
    await soon(club.service.settled())


async def is_kept(club: Club) -> bool:
    return await club.database.installs.find("discord", "", club.home.id) is not None


async def test_a_server_that_puts_the_bot_out_hears_nothing_more_and_is_forgotten_in_time(
    the_club: Club, ben: Person
) -> None:
    await start(ben)
    await ready(the_club)
    before = await is_kept(the_club)
    await the_club.hears("guild_remove", the_club.home.removes_bot)
    after = await is_kept(the_club)
    await days(the_club, 2)
    the_club.clock.forward(days=6)
    await the_club.database.prune(the_club.clock())
    await the_club.hears("guild_join", the_club.home.adds_bot)
    again = await ben.types("career start")

    assert (before, after) == (True, False)
    assert ben.dms == []
    assert "Let us begin" in again.labels, "nothing is known of Ben"


async def test_a_server_that_takes_the_bot_back_in_the_same_week_finds_everything(the_club: Club, ben: Person) -> None:
    await start(ben)
    await ready(the_club)
    await the_club.hears("guild_remove", the_club.home.removes_bot)
    the_club.clock.forward(days=3)
    await the_club.hears("guild_join", the_club.home.adds_bot)
    seen = await ben.types("career nudges")
    await days(the_club, 3)

    assert "weekdays" in seen.text
    assert len(ben.dms) >= 1


async def test_a_server_that_put_the_bot_out_while_askwell_was_down_is_found_at_the_next_start(
    the_club: Club, ben: Person
) -> None:
    await start(ben)
    await ready(the_club)
    await the_club.stop()
    the_club.home.removes_bot()
    await the_club.start()
    await ready(the_club)
    kept = await is_kept(the_club)
    await days(the_club, 2)

    assert not kept
    assert ben.dms == []


async def test_a_server_that_came_back_while_askwell_was_down_is_found_at_the_next_start(
    the_club: Club, ben: Person
) -> None:
    await start(ben)
    await ready(the_club)
    await the_club.hears("guild_remove", the_club.home.removes_bot)
    await the_club.stop()
    the_club.home.adds_bot()
    await the_club.start()
    await ready(the_club)
    seen = await ben.types("career nudges")

    assert await is_kept(the_club)
    assert "weekdays" in seen.text


async def test_a_removal_is_noted_when_the_database_is_back(
    store: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowStore(store)
    async with faulty_club(store, caplog, store=lambda _database: slow) as found:
        await ready(found)
        slow.failing = 1
        await found.hears("guild_remove", found.home.removes_bot)

        assert not await is_kept(found)


async def test_nothing_is_left_running_after_the_end(store: Database, caplog: pytest.LogCaptureFixture) -> None:
    before = asyncio.all_tasks()
    async with faulty_club(store, caplog) as found:
        await found.home.user("Ben").types("career refer")
    await asyncio.sleep(0)

    assert asyncio.all_tasks() == before
    assert [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}] == []
