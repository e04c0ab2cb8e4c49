"""Says what becomes of a card for a channel when Discord has a fault, and what its sharer hears."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from storage.database import Database
from tests.discord.acts import TUESDAY, share, start
from tests.discord.club import Club
from tests.discord.faulty import EDIT, FAULTS, POST, calls, faulty_club, hurry, strike
from tests.discord.platform import Channel, Person
from tests.passing import count, minutes

CARD = "Shared by Ana"
GONE = "This card was taken back."
UNSURE = "I could not see whether it arrived."


@pytest.fixture
async def the_club(
    store: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Club]:
    hurry(monkeypatch)
    async with faulty_club(store, caplog, waits=0.2) as found:
        yield found


@pytest.fixture
def ana(the_club: Club) -> Person:
    return the_club.home.user("Ana")


@pytest.fixture
def careers(the_club: Club) -> Channel:
    return the_club.home.channel("careers")


def cards(ana: Person, careers: Channel) -> int:
    return count(CARD, (seen.text for seen in ana.sees(careers) if seen.kind == "message"))


def heard(ana: Person) -> str:
    return "\n".join(seen.text for seen in ana.dms)


async def withdraw(ana: Person, careers: Channel) -> None:
    await ana.types("career contacts", channel=careers)
    await ana.presses("Open")
    await ana.presses("Take off the board")
    await ana.submits({"Why?": "I take the card back"})


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_card_is_posted_once_whatever_passes(the_club: Club, ana: Person, careers: Channel, fault: str) -> None:
    await share(ana, careers)
    brought = strike(the_club, POST, fault)
    await minutes(the_club, 5)

    assert (cards(ana, careers), ana.dms) == (1, [])
    assert brought.hits == 1
    assert calls(the_club, POST) <= 2


async def test_a_card_that_a_dead_worker_was_posting_is_posted_once(
    the_club: Club, ana: Person, careers: Channel
) -> None:
    await share(ana, careers)
    strike(the_club, POST, "reset although done")
    await the_club.deliver()
    await the_club.restart()
    await minutes(the_club, 3)

    assert (cards(ana, careers), ana.dms) == (1, [])


async def test_a_card_in_doubt_for_longer_than_discord_knows_it_again_is_not_posted_twice(
    the_club: Club, ana: Person, careers: Channel
) -> None:
    await share(ana, careers)
    strike(the_club, POST, "reset although done")
    await the_club.deliver()
    the_club.clock.forward(minutes=30)
    await the_club.deliver()

    assert cards(ana, careers) == 1
    assert UNSURE in heard(ana)


async def test_a_card_that_a_worker_was_posting_who_stays_dead_for_long_is_not_posted_twice(
    the_club: Club, ana: Person, careers: Channel
) -> None:
    await share(ana, careers)
    strike(the_club, POST, "reset although done")
    await the_club.deliver()
    await the_club.stop()
    the_club.clock.forward(minutes=30)
    await the_club.start()
    await the_club.deliver()

    assert cards(ana, careers) == 1
    assert UNSURE in heard(ana)


async def test_the_sharer_of_a_card_in_doubt_looks_and_posts_it_again_if_it_is_missing(
    the_club: Club, ana: Person, careers: Channel
) -> None:
    await share(ana, careers)
    now = the_club.clock()
    claimed = await the_club.database.queue.claim(now, now + timedelta(seconds=45), 10)
    the_club.clock.forward(minutes=30)
    await the_club.deliver()
    before = cards(ana, careers)
    await ana.presses("Post it again", within="dm")
    await the_club.deliver()

    assert [letter.kind for letter in claimed] == ["card"]
    assert (before, cards(ana, careers)) == (0, 1)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (50001, "I cannot see that channel. Ask who looks after it to let me in, then post it again."),
        (50013, "That channel lets only some people post."),
        (160002, "That channel lets only some people post."),
        (200000, "That channel lets only some people post."),
        (50083, "That channel is archived."),
        (50035, "It could not be delivered"),
    ],
)
async def test_the_sharer_hears_what_to_do_and_posts_it_again(
    the_club: Club, ana: Person, careers: Channel, code: int, words: str
) -> None:
    await share(ana, careers)
    the_club.discord.faults.refuses(POST, code)
    await minutes(the_club, 2)
    refused, told = cards(ana, careers), heard(ana)
    pressed = await ana.presses("Post it again", within="dm")
    await minutes(the_club, 1)

    assert refused == 0
    assert words in told
    assert "I am trying once more" in pressed.text
    assert cards(ana, careers) == 1


@pytest.mark.parametrize("code", [10003, 10004])
async def test_the_sharer_hears_that_a_channel_is_gone(
    the_club: Club, ana: Person, careers: Channel, code: int
) -> None:
    await share(ana, careers)
    the_club.discord.faults.refuses(POST, code)
    await minutes(the_club, 2)

    assert "That channel is gone, or I cannot see it." in heard(ana)
    assert "Post it again" not in ana.dms[-1].labels


async def test_a_card_is_posted_after_the_bot_was_let_in(the_club: Club, ana: Person) -> None:
    room = the_club.home.channel("nursing", bot_sees=False)
    await share(ana, room)
    await the_club.deliver()
    told = heard(ana)
    room.bot_sees = True
    await ana.presses("Post it again", within="dm")
    await the_club.deliver()

    assert "I cannot see that channel." in told
    assert cards(ana, room) == 1
    assert the_club.discord.rates.invalid == 1


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_card_that_was_taken_back_says_so_whatever_passes(
    the_club: Club, ana: Person, careers: Channel, fault: str
) -> None:
    await share(ana, careers)
    await the_club.deliver()
    strike(the_club, EDIT, fault)
    await withdraw(ana, careers)
    await minutes(the_club, 5)

    shown = [seen.text for seen in ana.sees(careers) if seen.kind == "message"]
    assert (len(shown), GONE in shown[0], CARD in shown[0]) == (1, True, False)
    assert calls(the_club, EDIT) <= 2


@pytest.mark.parametrize("code", [10008, 50001, 50013])
async def test_a_card_that_nobody_can_change_any_more_is_let_be(
    the_club: Club, ana: Person, careers: Channel, code: int
) -> None:
    await share(ana, careers)
    await the_club.deliver()
    strike(the_club, EDIT, code)
    await withdraw(ana, careers)
    await minutes(the_club, 60)

    assert calls(the_club, EDIT) == 1
    assert ana.dms == []


async def test_the_card_of_somebody_who_left_leaves_the_board_and_the_channel(
    the_club: Club, ana: Person, careers: Channel
) -> None:
    ben = the_club.home.user("Ben")
    await start(ana, careers)
    await share(ana, careers)
    await the_club.deliver()
    ana.leaves()
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    board = await ben.types("career board", channel=careers)

    assert "Nobody is on the board yet" in board.text
    assert GONE in ben.sees(careers)[0].text


async def test_a_card_calls_nobody_whatever_was_typed_into_it(the_club: Club, ana: Person, careers: Channel) -> None:
    ben = the_club.home.user("Ben")
    await share(ana, careers, f"@everyone <@{ben.id}> <@&{the_club.home.id}> @here")
    await the_club.deliver()

    (card,) = (seen for seen in ben.sees(careers) if seen.kind == "message")
    assert card.pings == ()
    assert f"@everyone <@{ben.id}>" in card.text
