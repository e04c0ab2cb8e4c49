"""Says what becomes of the Socket Mode connections when Slack renews, cuts or refuses them: they come back in time."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.slack import sockets
from storage.database import Database
from tests.passing import count
from tests.slack.club import Club
from tests.slack.faulty import FAULTS, calls, faulty_club, hurry, strike

OPEN = "apps.connections.open"


@pytest.fixture
async def by_socket(
    store: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Club]:
    """Return a club whose two connections are there."""
    hurry(monkeypatch)
    async with faulty_club(store, "socket", caplog) as found:
        await found.slack.socket.connected(2)
        yield found


@pytest.mark.parametrize("how", ["warned", "refreshed", "cut"])
async def test_connections_come_back(by_socket: Club, how: str) -> None:
    socket, ben = by_socket.slack.socket, by_socket.home.user("Ben")
    before = calls(by_socket, OPEN)
    match how:
        case "warned":
            await socket.warn()
        case "refreshed":
            await socket.refresh()
        case _:
            socket.cut()
    await socket.until(lambda: socket.connections == 2 and calls(by_socket, OPEN) == before + 2)
    seen = await ben.types("/career board")

    assert "Nobody is on the board yet" in seen.text


async def test_one_connection_answers_while_the_other_is_cut(by_socket: Club) -> None:
    ben = by_socket.home.user("Ben")
    by_socket.slack.socket.cut(1)
    for _press in range(4):
        assert "Nobody is on the board yet" in (await ben.types("/career board")).text


async def test_what_was_cut_off_before_its_acknowledgement_is_done_once(by_socket: Club) -> None:
    ben = by_socket.home.user("Ben")
    by_socket.slack.faults.delays("users.info", 0.2)
    typing = asyncio.create_task(ben.types("/career refer Maria, nurse, Nursing"))
    await asyncio.sleep(0.1)
    by_socket.slack.socket.cut()
    seen = await typing
    await by_socket.service.settled()
    listed = await ben.types("/career contacts")

    assert "Saved." in seen.text
    assert listed.text.count("Maria") == 1
    assert count("Saved.", (one.text for one in ben.sees())) == 1


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_connection_that_slack_does_not_give_is_asked_for_again(by_socket: Club, fault: str) -> None:
    before = calls(by_socket, OPEN)
    strike(by_socket, OPEN, fault)
    await by_socket.slack.socket.refresh()
    await by_socket.slack.socket.disconnected()
    await by_socket.slack.socket.connected(2)

    assert calls(by_socket, OPEN) - before <= 3


@pytest.mark.parametrize("refusal", ["invalid_auth", "token_revoked", "access_denied", "account_inactive"])
async def test_a_plain_no_is_asked_about_ever_more_rarely(
    by_socket: Club, refusal: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = calls(by_socket, OPEN)
    by_socket.slack.faults.refuses(OPEN, refusal, times=2)
    await by_socket.slack.socket.refresh()
    await by_socket.slack.socket.disconnected()
    await by_socket.slack.socket.connected(2)

    first, second, third, *_others = [call.at for call in by_socket.slack.calls if call.method == OPEN][before:]
    pause = timedelta(seconds=sockets.FIRST_PAUSE)
    assert second - first >= pause
    assert third - second >= 2 * pause
    assert "SLACK_APP_TOKEN" in caplog.text, "whoever runs Askwell reads what to do"


async def test_an_address_that_does_not_work_is_not_tried_again(by_socket: Club) -> None:
    strike(by_socket, "link", "500")
    await by_socket.slack.socket.refresh()
    await by_socket.slack.socket.disconnected()
    await by_socket.slack.socket.connected(2)
    seen = await by_socket.home.user("Ben").types("/career board")

    assert "Nobody is on the board yet" in seen.text
