"""Says what becomes of a card for a channel when Slack has a fault, and what its sharer hears."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.passing import count, days, minutes
from tests.slack.acts import share
from tests.slack.club import Club
from tests.slack.faulty import FAULTS, calls, faulty_club, strike
from tests.slack.platform import Person
from tests.slack.platform.state import Channel

POST, EDIT = "chat.postMessage", "chat.update"
CARD = "Shared by Ana"
GONE = "This card was taken back."
UNSURE = "I could not see whether it arrived."


@pytest.fixture
async def the_club(store: Database, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Club]:
    """Return a club by HTTP: how people reach the bot makes no difference to what it sends by itself."""
    async with faulty_club(store, "http", caplog) as found:
        yield found


@pytest.fixture
def ana(the_club: Club) -> Person:
    return the_club.home.user("Ana", admin=True)


@pytest.fixture
def careers(the_club: Club) -> Channel:
    return the_club.home.channel("careers")


def cards(ana: Person, careers: Channel) -> int:
    return count(CARD, (seen.text for seen in ana.sees(careers) if seen.kind == "message"))


def heard(ana: Person) -> str:
    return "\n".join(seen.text for seen in ana.dms)


@pytest.mark.parametrize(
    ("fault", "posted", "told"),
    [
        ("429", 1, False),
        ("slow", 1, False),
        ("500", 0, True),
        ("500 although done", 1, True),
        ("reset", 0, True),
        ("reset although done", 1, True),
    ],
)
async def test_a_card_is_posted_once_or_its_sharer_is_asked_to_look(
    the_club: Club, ana: Person, careers: Channel, fault: str, posted: int, told: bool
) -> None:
    await share(ana, careers)
    strike(the_club, POST, fault)
    await minutes(the_club, 5)

    assert cards(ana, careers) == posted
    assert (UNSURE in heard(ana)) == told
    assert calls(the_club, POST) <= 2, "a second try, or the letter to the sharer"


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        ("not_in_channel", "Let me in with /invite @Askwell, then post it again."),
        ("channel_not_found", "Let me in with /invite @Askwell, then post it again."),
        ("is_archived", "That channel is archived. If somebody opens it again, press the button"),
        ("restricted_action", "That channel lets only some people post."),
        ("token_revoked", "It could not be delivered. A later try may work."),
        ("fatal_error", UNSURE),
    ],
)
async def test_the_sharer_hears_what_to_do_and_posts_it_again(
    the_club: Club, ana: Person, careers: Channel, refusal: str, words: str
) -> None:
    await share(ana, careers)
    the_club.slack.faults.refuses(POST, refusal)
    await minutes(the_club, 5)
    refused = cards(ana, careers)
    told = heard(ana)
    pressed = await ana.presses("Post it again", within="dm")
    await minutes(the_club, 1)

    assert refused == 0
    assert words in told
    assert "I am trying once more" in pressed.text
    assert cards(ana, careers) == 1
    assert calls(the_club, POST) == 3


async def test_a_card_is_posted_after_the_bot_was_invited(the_club: Club, ana: Person) -> None:
    room = the_club.home.channel("nursing", has_bot=False)
    await share(ana, room)
    await the_club.deliver()
    told = heard(ana)
    room.has_bot = True
    await ana.presses("Post it again", within="dm")
    await the_club.deliver()

    assert "/invite @Askwell" in told
    assert cards(ana, room) == 1


async def test_a_card_for_a_channel_that_was_archived_is_told_of(the_club: Club, ana: Person, careers: Channel) -> None:
    await share(ana, careers)
    careers.is_archived = True
    await days(the_club, 2)

    assert "That channel is archived." in heard(ana)
    assert calls(the_club, POST) == 2


async def test_a_card_waits_until_the_token_is_mended(the_club: Club, ana: Person, careers: Channel) -> None:
    await share(ana, careers)
    fault = strike(the_club, POST, "invalid_auth")
    await minutes(the_club, 30)
    tried = fault.hits
    fault.remove()
    await minutes(the_club, 15)

    assert tried <= 4
    assert cards(ana, careers) == 1


async def test_a_card_that_nobody_mends_is_given_up_and_the_organiser_sees_it(
    the_club: Club, ana: Person, careers: Channel
) -> None:
    await share(ana, careers)
    fault = strike(the_club, POST, "invalid_auth")
    await days(the_club, 4, step=1)
    tried = fault.hits
    group = await ana.types("/career group")
    fault.remove()
    await days(the_club, 1)

    assert tried <= 120
    assert "a card in a channel (invalid_auth)" in group.text
    assert "It could not be delivered." in heard(ana)


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_card_that_is_taken_back_says_so_whatever_passes(
    the_club: Club, ana: Person, careers: Channel, fault: str
) -> None:
    await posted_and_taken_back(the_club, ana, careers)
    strike(the_club, EDIT, fault)
    await minutes(the_club, 5)

    assert cards(ana, careers) == 0
    assert count(GONE, (seen.text for seen in ana.sees(careers))) == 1
    assert calls(the_club, EDIT) <= 2


@pytest.mark.parametrize("refusal", ["message_not_found", "is_archived", "cant_update_message", "token_revoked"])
async def test_an_edit_that_cannot_be_made_is_given_up_and_the_organiser_sees_it(
    the_club: Club, ana: Person, careers: Channel, refusal: str
) -> None:
    await posted_and_taken_back(the_club, ana, careers)
    fault = strike(the_club, EDIT, refusal)
    await days(the_club, 2)

    assert fault.hits == 1
    assert f"a card in a channel ({refusal})" in (await ana.types("/career group")).text


@pytest.mark.parametrize(("refusal", "most"), [("invalid_auth", 100), ("internal_error", 15)])
async def test_an_edit_is_not_tried_for_ever(
    the_club: Club, ana: Person, careers: Channel, refusal: str, most: int
) -> None:
    await posted_and_taken_back(the_club, ana, careers)
    fault = strike(the_club, EDIT, refusal)
    await days(the_club, 5, step=1)

    assert 3 <= fault.hits <= most
    assert f"a card in a channel ({refusal})" in (await ana.types("/career group")).text


async def posted_and_taken_back(club: Club, ana: Person, careers: Channel) -> None:
    """Let Ana share a contact in a channel, and take it off the board before anybody has told the channel."""
    await share(ana, careers)
    await club.deliver()
    await ana.types("/career contacts", careers)
    await ana.presses("Open")
    await ana.presses("Take off the board")
    await ana.submits({"Why?": "I take the card back"})
