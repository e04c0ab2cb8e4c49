"""Says what becomes of a nudge when Slack has a fault: it is not lost, comes once, and is not tried for ever."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from storage.database import Database
from tests.passing import count, days, minutes
from tests.slack.acts import TUESDAY, start
from tests.slack.club import Club
from tests.slack.faulty import FAULTS, calls, faulty_club, strike
from tests.slack.platform import Person

OPEN, POST, LOOK = "conversations.open", "chat.postMessage", "conversations.history"
NUDGE = "Morning, Ben"


@pytest.fixture
async def the_club(store: Database, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Club]:
    """Return a club by HTTP: how people reach the bot makes no difference to what it sends by itself."""
    async with faulty_club(store, "http", caplog) as found:
        yield found


@pytest.fixture
async def ben(the_club: Club) -> Person:
    """Return somebody whose first nudge comes on Tuesday at nine."""
    ben = the_club.home.user("Ben", tz="Asia/Manila")
    await start(ben)
    return ben


def nudges(ben: Person) -> int:
    return count(NUDGE, (seen.text for seen in ben.dms))


async def given_up(club: Club) -> str:
    """Return what an organiser sees in `/career group`."""
    ana = club.home.user("Ana", admin=True)
    return (await ana.types("/career group")).text


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("call", [OPEN, POST])
async def test_a_nudge_comes_once_whatever_passes(the_club: Club, ben: Person, call: str, fault: str) -> None:
    strike(the_club, call, fault)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await minutes(the_club, 5)

    assert nudges(ben) == 1
    assert calls(the_club, call) <= 2
    assert "could not be delivered" not in await given_up(the_club)


@pytest.mark.parametrize("lost", ["500", "500 although done", "reset", "reset although done"])
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_nudge_in_doubt_comes_once_even_if_looking_for_it_fails(
    the_club: Club, ben: Person, lost: str, fault: str
) -> None:
    strike(the_club, POST, lost)
    strike(the_club, LOOK, fault)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await minutes(the_club, 5)

    assert nudges(ben) == 1
    assert calls(the_club, LOOK) <= 2
    assert calls(the_club, POST) <= 2


@pytest.mark.parametrize("call", [OPEN, POST])
@pytest.mark.parametrize("refusal", ["invalid_auth", "token_expired", "missing_scope", "access_denied"])
async def test_a_nudge_waits_for_whoever_can_mend_the_token(
    the_club: Club, ben: Person, call: str, refusal: str
) -> None:
    fault = strike(the_club, call, refusal)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await minutes(the_club, 30)
    tried = fault.hits
    fault.remove()
    await minutes(the_club, 15)

    assert nudges(ben) == 1
    assert tried <= 4


@pytest.mark.parametrize(
    ("call", "refusal"), [(POST, "invalid_auth"), (OPEN, "missing_scope"), (POST, "internal_error")]
)
async def test_what_nobody_mends_is_given_up_and_the_organiser_sees_it(
    the_club: Club, ben: Person, call: str, refusal: str
) -> None:
    fault = strike(the_club, call, refusal)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await days(the_club, 4, step=1)
    tried = fault.hits
    seen = await given_up(the_club)
    fault.remove()
    await days(the_club, 4)

    assert f"a daily nudge ({refusal})" in seen
    assert tried <= 100
    assert nudges(ben) >= 1, "the next one comes when Slack is well again"


@pytest.mark.parametrize("refusal", ["token_revoked", "account_inactive", "invalid_blocks"])
async def test_what_can_never_arrive_is_given_up_at_once_and_the_organiser_sees_it(
    the_club: Club, ben: Person, refusal: str
) -> None:
    fault = strike(the_club, POST, refusal)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await minutes(the_club, 60)

    assert fault.hits == 1
    assert nudges(ben) == 0
    assert f"a daily nudge ({refusal})" in await given_up(the_club)


@pytest.mark.parametrize(
    ("call", "refusal", "words"),
    [
        (OPEN, "user_disabled", "while your account was away"),
        (OPEN, "user_not_found", "while your account was away"),
        (POST, "user_disabled", "while your account was away"),
        (POST, "messages_tab_disabled", "your direct messages are closed"),
        (POST, "cannot_message_user", "your direct messages are closed"),
        (POST, "is_archived", "your direct messages are closed"),
        (POST, "not_in_channel", "your direct messages are closed"),
    ],
)
async def test_who_cannot_be_reached_hears_it_at_the_next_command_and_nudges_go_on(
    the_club: Club, ben: Person, call: str, refusal: str, words: str
) -> None:
    fault = strike(the_club, call, refusal)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await days(the_club, 3)
    fault.remove()
    told = await ben.types("/career today")
    again = await ben.types("/career today")
    await days(the_club, 4)

    assert fault.hits == 1, "nobody is written to again and again who cannot be reached"
    assert words in told.text
    assert words not in again.text
    assert nudges(ben) >= 1


async def test_a_limit_is_kept_to_the_second(the_club: Club, ben: Person) -> None:
    the_club.slack.faults.limits(POST, 120)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await minutes(the_club, 1)
    early = nudges(ben)
    await minutes(the_club, 2)

    assert (early, nudges(ben)) == (0, 1)
    assert calls(the_club, POST) == 2


async def test_a_limit_freezes_its_own_workspace_only(store: Database, caplog: pytest.LogCaptureFixture) -> None:
    async with faulty_club(store, "http", caplog, has_oauth=True) as both:
        away = both.slack.workspace("Southside")
        await both.install(away)
        ben, mia = both.home.user("Ben", tz="Asia/Manila"), away.user("Mia", tz="Asia/Manila")
        await start(ben)
        await start(mia)
        both.slack.faults.limits(POST, 600, team=both.home.id)
        both.clock.to(TUESDAY)
        await both.deliver()
        early = (len(ben.dms), len(mia.dms))
        both.clock.forward(minutes=11)
        await both.deliver()

        assert early == (0, 1)
        assert (len(ben.dms), len(mia.dms)) == (1, 1)


async def test_others_of_a_frozen_workspace_wait_with_whoever_ran_into_the_limit(the_club: Club, ben: Person) -> None:
    mia = the_club.home.user("Mia", tz="Asia/Manila")
    await start(mia)
    the_club.slack.faults.limits(POST, 120)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    tried = calls(the_club, POST)
    await minutes(the_club, 3)

    assert tried == 1
    assert (len(ben.dms), len(mia.dms)) == (1, 1)


async def test_a_conversation_that_is_another_one_now_is_found_again(the_club: Club, ben: Person) -> None:
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    old = the_club.home.dm(ben.id)
    del the_club.home.channels[old.id]
    await days(the_club, 1)

    assert [NUDGE in seen.text for seen in ben.dms] == [True]
    assert the_club.home.dm(ben.id).id != old.id


async def test_whoever_leaves_gets_nothing_more_until_they_come_back(the_club: Club, ben: Person) -> None:
    await ben.changes(is_deleted=True)
    the_club.clock.to(TUESDAY)
    await days(the_club, 2)
    away = (len(ben.dms), calls(the_club, OPEN))
    await ben.changes(is_deleted=False)
    await days(the_club, 2)

    assert away == (0, 0)
    assert nudges(ben) >= 1


async def test_whoever_left_without_a_word_is_tried_once(the_club: Club, ben: Person) -> None:
    ben.user.is_deleted = True
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await days(the_club, 5)
    ben.user.is_deleted = False
    told = await ben.types("/career today")
    await days(the_club, 1.5)

    assert calls(the_club, OPEN) == 2
    assert "while your account was away" in told.text
    assert nudges(ben) == 1


async def test_a_messages_tab_that_is_switched_off_is_tried_once(the_club: Club, ben: Person) -> None:
    the_club.home.is_messages_tab_on = False
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await days(the_club, 5)
    the_club.home.is_messages_tab_on = True
    told = await ben.types("/career today")

    assert calls(the_club, POST) == 1
    assert "your direct messages are closed" in told.text


async def test_a_nudge_that_a_dead_worker_sent_is_not_sent_again(the_club: Club, ben: Person) -> None:
    the_club.clock.to(TUESDAY)
    now = the_club.clock()
    (letter,) = await the_club.database.queue.claim(now, now + timedelta(seconds=45), 10)
    await minutes(the_club, 3)

    assert letter.kind == "nudge"
    assert nudges(ben) == 1
    assert calls(the_club, LOOK) == 1
