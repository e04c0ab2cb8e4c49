"""How the courier keeps workspaces apart: one that hangs, is slow or asks for a pause holds up nobody else."""

import asyncio
from datetime import timedelta

import pytest

from bot.model.outbox import Spot
from bot.nudging import courier
from bot.nudging.courier import LEASE
from storage.database import Database
from tests.couriering import Office

NO_TIME = timedelta()


@pytest.fixture
def office(store: Database) -> Office:
    return Office(store)


async def test_a_workspace_that_hangs_delays_nobody_else_nor_the_next_claim(office: Office) -> None:
    await office.write("a1", "a2")
    await office.write("b1", workspace="W2")
    gate = office.platform.hang("W1")

    async with office.working() as wake:
        await office.platform.asked_for("b1")
        await office.write("b2", workspace="W2")
        await office.write("a3")
        wake.set()
        await office.platform.asked_for("b2")
        tried = {send.words for send in office.platform.sends}
        gate.set()
        await office.platform.asked_for("a3")

    assert tried == {"a1", "b1", "b2"}
    assert [words for words in office.platform.shown if words.startswith("a")] == ["a1", "a2", "a3"]


async def test_workspaces_are_served_side_by_side(office: Office) -> None:
    workspaces = [f"W{n}" for n in range(12)]
    gates = [office.platform.hang(workspace) for workspace in workspaces]
    for workspace in workspaces:
        await office.write(workspace, workspace=workspace)

    async with office.working():
        for workspace in workspaces:
            await office.platform.asked_for(workspace)
        for gate in gates:
            gate.set()

    assert sorted(office.platform.shown) == sorted(workspaces)


async def test_only_so_many_letters_are_held_at_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "MOST_IN_FLIGHT", 2)
    for workspace in ("W1", "W2", "W3"):
        office.platform.hang(workspace)
        await office.write(workspace, workspace=workspace)

    async with office.working(NO_TIME) as wake:
        await office.platform.asked_for("W1")
        await office.platform.asked_for("W2")
        wake.set()
        left = await office.store.queue.claim(office.clock.now, office.clock.now + LEASE, 10)

    assert [letter.key for letter in left] == ["W3"]


async def test_a_pause_that_a_workspace_asks_for_holds_there_and_nowhere_else(office: Office) -> None:
    await office.write("a1", "a2")
    await office.write("a3", workspace="W2", spot=Spot("test", "W1", "careers"))
    await office.write("b1", workspace="W1", spot=Spot("test", "W2", "careers"))
    await office.write("b2", workspace="W2")
    office.platform.moods.append("freeze")

    await office.carry()
    meanwhile = [send.words for send in office.platform.sends]
    office.clock.forward(seconds=59)
    await office.carry()
    soon = list(office.platform.shown)
    office.clock.forward(seconds=1)
    await office.carry()

    assert meanwhile == ["a1", "b1", "b2"]
    assert soon == ["b1", "b2"]
    assert office.platform.shown == ["b1", "b2", "a1", "a2", "a3"]
    assert {send.is_in_doubt for send in office.platform.sends} == {False}


async def test_a_send_that_has_begun_may_end_when_the_process_is_to_stop(office: Office) -> None:
    await office.write("a1", "a2")
    gate = office.platform.hang("W1")

    async with office.working():
        await office.platform.asked_for("a1")
        asyncio.get_running_loop().call_soon(gate.set)
    stopped = await office.live()
    await office.hire().round()

    assert stopped == ["a2"]
    assert office.platform.shown == ["a1", "a2"]
    assert office.platform.tried("a2") == [False]


async def test_a_send_that_does_not_end_in_time_comes_back_in_doubt(office: Office) -> None:
    await office.write("a1")
    gate = office.platform.hang("W1")

    async with office.working(NO_TIME):
        await office.platform.asked_for("a1")
    gate.set()
    await office.hire().round()
    at_once = list(office.platform.shown)
    office.clock.forward(minutes=1)
    await office.hire().round()

    assert at_once == []
    assert office.platform.tried("a1") == [False, True]
    assert office.platform.shown == ["a1"]


async def test_stopping_makes_no_noise(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    await office.write("a1", "a2")
    await office.write("b1", workspace="W2")
    office.platform.hang("W1")

    async with office.working(NO_TIME):
        await office.platform.asked_for("a1")

    assert caplog.records == []
