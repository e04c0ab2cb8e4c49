"""Says what becomes of nudges when Slack refuses the token, when a newer one is there, and when it cannot be asked."""

from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from adapters.slack.service import SlackKeys, SlackService
from bot.model.outbox import Later, Sent
from bot.model.people import Account
from bot.nudging.sender import Unsure
from bot.talk.view import View, say
from storage.database import Database
from tests.passing import count, minutes
from tests.slack.acts import TUESDAY, start
from tests.slack.club import Club
from tests.slack.faulty import FAULTS, calls, faulty_club, strike
from tests.slack.platform import Person

POST, ASK = "chat.postMessage", "auth.test"


@pytest.fixture
async def the_club(store: Database, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Club]:
    async with faulty_club(store, "http", caplog) as found:
        yield found


@pytest.fixture
async def ben(the_club: Club) -> Person:
    """Return somebody whose first nudge comes on Tuesday at nine."""
    ben = the_club.home.user("Ben", tz="Asia/Manila")
    await start(ben)
    return ben


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_token_that_slack_cannot_be_asked_about_is_asked_about_later(
    the_club: Club, ben: Person, fault: str
) -> None:
    before = calls(the_club, ASK)
    the_club.slack.faults.refuses(POST, "invalid_auth")
    strike(the_club, ASK, fault)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await minutes(the_club, 15)

    assert len(ben.dms) == 1
    assert calls(the_club, ASK) - before <= 3


@pytest.mark.parametrize("refusal", ["invalid_auth", "token_revoked", "account_inactive"])
async def test_a_token_that_is_refused_for_good_is_not_shown_again_and_again(
    the_club: Club, ben: Person, refusal: str
) -> None:
    posts = strike(the_club, POST, refusal)
    asks = strike(the_club, ASK, refusal)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await minutes(the_club, 60)
    posts.remove()
    asks.remove()
    group = await the_club.home.user("Ana", admin=True).types("/career group")

    assert posts.hits == 1
    assert asks.hits <= 3
    assert "a daily nudge" in group.text


async def test_a_letter_goes_out_with_the_token_that_another_process_got(
    store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with faulty_club(store, "http", caplog, has_oauth=True) as club:
        ben, old = club.home.user("Ben"), club.slack.grant_of(club.home.id)
        keys = SlackKeys(
            client_id=club.slack.client_id, client_secret=club.slack.client_secret, api_url=club.slack.api_url
        )  # fmt: skip
        other = SlackService(club.bot, keys, store.installs, store.lines, club.clock)
        await other.open()
        to, sender = Account("slack", club.home.id, ben.id), other.senders["slack"]
        first = await sender.send(to, View("One", ()), "one", None)
        await club.install(club.home)
        assert old is not None
        old.is_revoked = True
        second = await sender.send(to, View("Two", ()), "two", None)
        await other.close()

        assert [isinstance(outcome, Sent) for outcome in (first, second)] == [True, True]
        assert [call.error for call in club.slack.calls if call.method == POST] == ["", "token_revoked", ""]


@pytest.mark.parametrize("fault", ["429", "500", "500 although done", "reset", "reset although done", "token_revoked"])
async def test_a_long_letter_that_broke_off_goes_on_where_it_stopped(the_club: Club, ben: Person, fault: str) -> None:
    sender, to = the_club.service.senders["slack"], Account("slack", the_club.home.id, ben.id)
    letter = View("A long letter", tuple(say(f"Line {number}. " + "word " * 200) for number in range(60)))
    broken = strike(the_club, POST, fault)
    broken.spared = 2
    with suppress(Unsure):
        early = await sender.send(to, letter, "one", None)
        assert isinstance(early, Later)
        assert early.is_in_doubt, "the next try has to look what is there"
    broken.remove()
    the_club.clock.forward(minutes=1)
    late = await sender.send(to, letter, "one", None, is_in_doubt=True)
    shown = [seen.text for seen in ben.dms]

    assert isinstance(late, Sent)
    assert len(shown) > 3
    assert [count(f"Line {number}. ", shown) for number in range(60)] == [1] * 60
