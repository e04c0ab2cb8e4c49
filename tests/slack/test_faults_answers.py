"""Says what somebody sees who asks for something when Slack has a fault: an answer, once, in whichever way is left."""

from collections.abc import AsyncIterator

import pytest

from bot.model.people import Account
from storage.database import Database
from tests.passing import count
from tests.slack.acts import SECRET, start
from tests.slack.club import Club, Way
from tests.slack.faulty import FAULTS, calls, faulty_club, hurry, strike
from tests.slack.platform import Person

BUTTON = "Open the form"
OPENED = "Share with the group"
EMPTY = "Nobody is on the board yet"


@pytest.fixture
async def the_club(
    store: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Club]:
    """Return a club by HTTP: by which way people reach the bot changes nothing about its calls."""
    hurry(monkeypatch)
    async with faulty_club(store, "http", caplog) as found:
        yield found


@pytest.fixture
def ben(the_club: Club) -> Person:
    return the_club.home.user("Ben", tz="Asia/Manila")


async def settled(club: Club) -> None:
    """Wait until nothing that anybody asked for is on its way any more."""
    await club.service.settled()
    await club.slack.quiet()


def everything(ben: Person) -> list[str]:
    """Return all that Ben sees: messages, private replies, the window in front, the Home tab."""
    windows = [seen.text for seen in (ben.modal, ben.home) if seen is not None]
    return [seen.text for seen in (*ben.sees(), *ben.dms)] + windows


async def listed(ben: Person) -> None:
    """Let Ben look at the list of his one contact."""
    await ben.types("/career refer Maria, Midwife, Nursing")
    await ben.types("/career contacts")


@pytest.mark.parametrize("fault", FAULTS)
async def test_an_answer_to_a_press_comes_once(the_club: Club, ben: Person, fault: str) -> None:
    await ben.types("/career help")
    strike(the_club, "response_url", fault)
    await ben.presses("Set up", expect_answer=False)
    await settled(the_club)

    seen = count("Shall we set your morning hour?", everything(ben))
    if fault == "reset":
        assert seen == 0, "it may have arrived, so nothing is said twice; the button is still there"
    elif fault == "500 although done":
        assert 1 <= seen <= 2, "Slack said that it did not take it"
    else:
        assert seen == 1
    assert calls(the_club, "response_url") <= 2


@pytest.mark.parametrize("fault", FAULTS)
async def test_an_answer_that_takes_the_place_of_a_message_comes_whatever_breaks(
    the_club: Club, ben: Person, fault: str
) -> None:
    await listed(ben)
    before = count(OPENED, everything(ben))
    strike(the_club, "response_url", fault)
    await ben.presses("Open", expect_answer=False)
    await settled(the_club)

    assert count(OPENED, everything(ben)) - before == 1
    assert calls(the_club, "response_url") <= 2


async def test_an_answer_that_the_conversation_does_not_take_comes_directly(the_club: Club, ben: Person) -> None:
    await listed(ben)
    fault = the_club.slack.faults.breaks("response_url", times=None)
    await ben.presses("Open", expect_answer=False)
    await settled(the_club)

    assert count(OPENED, (seen.text for seen in ben.dms)) == 1
    assert fault.hits == 2


@pytest.mark.parametrize("fault", [*FAULTS, "expired_trigger_id", "invalid_auth", "token_revoked"])
async def test_a_form_opens_or_a_button_offers_it(the_club: Club, ben: Person, fault: str) -> None:
    strike(the_club, "views.open", fault)
    await ben.types("/career refer", expect_answer=False)
    await settled(the_club)

    is_open = ben.modal is not None and "Their name" in ben.modal.fields
    offers = [label for seen in ben.sees() for label in seen.labels if label == BUTTON]
    assert is_open != bool(offers)
    assert len(offers) <= 1
    assert calls(the_club, "views.open") == 1


async def test_the_offered_form_opens(the_club: Club, ben: Person) -> None:
    the_club.slack.faults.breaks("views.open")
    offer = await ben.types("/career refer")
    form = await ben.presses(BUTTON)

    assert "If you do not see it, open it here." in offer.text
    assert "Their name" in form.fields


@pytest.mark.parametrize("fault", [*FAULTS, "expired_trigger_id", "invalid_auth", "token_revoked"])
async def test_a_button_on_home_is_answered_once(the_club: Club, ben: Person, fault: str) -> None:
    await start(ben)
    await ben.opens_home()
    brought = strike(the_club, "views.open", fault)
    await ben.presses("Board", expect_answer=False)
    await settled(the_club)

    assert count(EMPTY, everything(ben)) == 1
    assert brought.hits == 1


@pytest.mark.parametrize("fault", [*FAULTS, "not_found", "invalid_auth", "token_revoked"])
async def test_a_window_that_cannot_be_changed_is_answered_directly(the_club: Club, ben: Person, fault: str) -> None:
    await start(ben)
    await ben.opens_home()
    await ben.presses("Board")
    strike(the_club, "views.update", fault)
    await ben.presses("Write somebody down", expect_answer=False)
    await settled(the_club)

    is_open = ben.modal is not None and "Their name" in ben.modal.fields
    offers = [label for seen in ben.dms for label in seen.labels if label == BUTTON]
    assert is_open != bool(offers)
    assert calls(the_club, "views.update") <= 2


@pytest.mark.parametrize("fault", [*FAULTS, "invalid_auth", "token_revoked", "user_not_found"])
async def test_home_is_drawn_now_or_at_the_next_opening(the_club: Club, ben: Person, fault: str) -> None:
    await start(ben)
    brought = strike(the_club, "views.publish", fault)
    await ben.opens_home(expect_answer=False)
    await settled(the_club)
    tried = brought.hits
    brought.remove()
    await ben.opens_home()

    assert ben.home is not None
    assert "Board" in ben.home.labels
    assert tried == 1
    assert calls(the_club, "views.publish") <= 3


@pytest.mark.parametrize("fault", [*FAULTS, "user_not_found", "invalid_auth", "token_revoked", "missing_scope"])
async def test_who_cannot_be_looked_up_is_answered_all_the_same(the_club: Club, ben: Person, fault: str) -> None:
    strike(the_club, "users.info", fault)
    seen = await ben.types("/career board")

    assert EMPTY in seen.text
    assert calls(the_club, "users.info") <= 2, "aiohttp itself asks again what only reads"


async def test_what_is_known_of_somebody_stays_while_slack_cannot_be_asked(
    store: Database, way: Way, caplog: pytest.LogCaptureFixture
) -> None:
    async with faulty_club(store, way, caplog) as before:
        ben = before.home.user("Ben", tz="Asia/Manila", locale="de-DE")
        await start(ben)
        account = Account("slack", before.home.id, ben.id)
        known = await store.known(account)
    async with faulty_club(store, way, caplog) as restarted:
        same = restarted.home.user("ben.handle")
        restarted.slack.faults.breaks("users.info", times=None)
        await same.types("/career today")

        assert same.id == ben.id
        assert known is not None
        assert await store.known(account) == known


@pytest.mark.parametrize("call", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_file_comes_once_or_it_is_said_that_it_did_not(
    the_club: Club, ben: Person, call: str, fault: str
) -> None:
    await ben.types("/career refer Maria, nurse, Nursing")
    strike(the_club, call, fault)
    await ben.types("/career export", expect_answer=False)
    await settled(the_club)

    files = sum(len(seen.files) for seen in ben.dms)
    told = count("could not see whether the file", everything(ben))
    is_unsure = call == "files.completeUploadExternal" and fault not in {"429", "slow"}
    is_lost = is_unsure and "although done" not in fault
    assert (files, told) == (0 if is_lost else 1, 1 if is_unsure else 0)
    assert calls(the_club, call) <= 2


@pytest.mark.parametrize("call", ["conversations.open", "files.getUploadURLExternal", "upload"])
async def test_whose_file_cannot_be_sent_hears_it_once(the_club: Club, ben: Person, call: str) -> None:
    the_club.slack.faults.breaks(call, times=None)
    await ben.types("/career export", expect_answer=False)
    await settled(the_club)

    assert count("could not be sent to you just now", everything(ben)) == 1
    assert sum(len(seen.files) for seen in ben.dms) == 0


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("call", ["conversations.open", "chat.postMessage"])
async def test_an_answer_in_the_direct_messages_comes_once(the_club: Club, ben: Person, call: str, fault: str) -> None:
    await start(ben)
    await ben.opens_home()
    the_club.slack.faults.refuses("views.open", "expired_trigger_id")
    strike(the_club, call, fault)
    await ben.presses("Board", expect_answer=False)
    await settled(the_club)

    assert count(EMPTY, (seen.text for seen in ben.dms)) == 1
    assert calls(the_club, call) <= 2


async def test_a_revoked_token_leaves_answers_in_the_acknowledgement(the_club: Club, ben: Person) -> None:
    the_club.slack.faults.refuses("*", "token_revoked", times=None)
    seen = await ben.types("/career board")

    assert EMPTY in seen.text


async def test_nothing_private_is_known_of_a_contact_in_the_log(the_club: Club, ben: Person) -> None:
    the_club.slack.faults.breaks("*", times=None)
    await ben.types(f"/career refer Maria, nurse, Nursing, {SECRET}", expect_answer=False)
    await settled(the_club)

    assert calls(the_club, "users.info") == 1


async def test_a_file_finds_its_way_when_the_conversation_that_was_known_is_gone(the_club: Club, ben: Person) -> None:
    await listed(ben)
    await the_club.database.lines.keep(Account("slack", the_club.home.id, ben.id), "D0GONE")

    await ben.types("/career export")
    await settled(the_club)

    assert [len(message.files) for message in ben.dms] == [1]
    assert count("could not be sent", everything(ben)) == 0


async def test_an_answer_finds_its_way_when_the_conversation_that_was_known_is_gone(
    the_club: Club, ben: Person
) -> None:
    await listed(ben)
    await the_club.database.lines.keep(Account("slack", the_club.home.id, ben.id), "D0GONE")
    the_club.slack.faults.refuses("response_url", "expired_url")

    await ben.presses("Open", expect_answer=False)
    await settled(the_club)

    assert count(OPENED, (message.text for message in ben.dms)) == 1
