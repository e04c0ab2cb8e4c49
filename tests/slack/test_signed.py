"""Says what is taken by HTTP: what Slack has signed within the last five minutes, and nothing else."""

import json
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.model.people import Account
from storage.database import Database
from tests.slack.club import Club
from tests.slack.faulty import faulty_club
from tests.slack.platform.over_http import FORM, JSON, HttpTransport


@pytest.fixture
async def by_http(store: Database, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Club]:
    async with faulty_club(store, "http", caplog) as found:
        yield found


def ways_in(club: Club) -> HttpTransport:
    """Return the way from Slack to a club by HTTP."""
    assert isinstance(club.slack.transport, HttpTransport)
    return club.slack.transport


async def test_a_signature_of_somebody_else_opens_nothing(by_http: Club) -> None:
    eve, slack = "0123456789abcdef0123456789abcdef", ways_in(by_http)
    body = "command=%2Fcareer&text=board&team_id=T1&user_id=U1&channel_id=C1&trigger_id=1&response_url=x"
    command = await slack.send(body, FORM, secret=eve)
    event = await slack.send(json.dumps({"type": "event_callback", "event": {"type": "x"}}), JSON, secret=eve)
    old = await slack.send(body, FORM, age=301)
    early = await slack.send(body, FORM, age=-301)

    assert [ack.status for ack in (command, event, old, early)] == [401] * 4
    assert await by_http.database.known(Account("slack", "T1", "U1")) is None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=00", "X-Slack-Request-Timestamp": "yesterday"},
        {"X-Slack-Signature": "v0=00", "X-Slack-Request-Timestamp": "1"},
        {"X-Slack-Signature": "", "X-Slack-Request-Timestamp": ""},
    ],
)
@pytest.mark.parametrize("body", [b"command=%2Fcareer&text=\xff\xfe", b"\xff\xfe", b"{}", b""])
async def test_what_is_not_signed_is_refused_whatever_it_is(
    by_http: Club, headers: dict[str, str], body: bytes
) -> None:
    async with (
        aiohttp.ClientSession() as anybody,
        anybody.post(ways_in(by_http).url, data=body, headers=headers) as got,
    ):
        assert (got.status, await got.text()) == (401, "")


async def test_the_console_gets_its_challenge_back(by_http: Club) -> None:
    assert await ways_in(by_http).verify_url()


@pytest.mark.parametrize(
    "body", ["", "[]", "null", "no json", "payload=no+json", "payload=%5B%5D", "payload=null", "text=%ff"]
)
@pytest.mark.parametrize("kind", [FORM, JSON])
async def test_what_is_signed_but_makes_no_sense_is_turned_away_and_breaks_nothing(
    by_http: Club, body: str, kind: str
) -> None:
    ben, slack = by_http.home.user("Ben"), ways_in(by_http)

    ack = await slack.send(body, kind)

    assert 400 <= ack.status < 500
    assert "What I can do" in (await ben.types("/career help")).text


async def test_a_look_at_the_certificate_is_answered_and_does_nothing(by_http: Club) -> None:
    url = ways_in(by_http).url
    async with aiohttp.ClientSession() as anybody:
        async with anybody.get(url, params={"ssl_check": "1", "token": "deprecated"}) as got:
            assert got.status == 200
        async with anybody.post(url, data={"ssl_check": "1", "token": "deprecated"}) as posted:
            assert (posted.status, await posted.text()) == (200, "")
        async with anybody.get(url) as bare:
            assert bare.status == 405
