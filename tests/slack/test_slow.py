"""Says what people see while the database is slow: they are heard at once, and answered when it can be, once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from adapters.slack.front import STILL
from storage.database import Database
from tests.passing import count, days
from tests.slack.acts import start
from tests.slack.club import Club, Way
from tests.slack.faulty import calls, faulty_club, hurry
from tests.slack.platform import Person, Seen
from tests.slow import QUICK, SlowStore

EMPTY = "Nobody is on the board yet"
CONTACT = {"Their name": "Maria", "What they do": "Nurse", "Field": "Nursing"}


def same() -> None:
    """Leave the database as it is."""


@asynccontextmanager
async def slow_club(
    store: Database, way: Way, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[tuple[Club, SlowStore]]:
    slow = SlowStore(store)
    async with faulty_club(store, way, caplog, store=lambda _database: slow) as club:
        slow.front = lambda: club.service.front
        yield club, slow


@pytest.fixture
async def pair(
    store: Database, way: Way, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Club, SlowStore]]:
    hurry(monkeypatch)
    async with slow_club(store, way, caplog) as found:
        yield found


@pytest.fixture
def the_club(pair: tuple[Club, SlowStore]) -> Club:
    return pair[0]


@pytest.fixture
def slow(pair: tuple[Club, SlowStore]) -> SlowStore:
    return pair[1]


@pytest.fixture
def ben(the_club: Club) -> Person:
    return the_club.home.user("Ben", tz="Asia/Manila")


Slowly = Callable[[], None]
"""Makes the database slow from now on."""


async def types(ben: Person, slowly: Slowly) -> Seen:
    slowly()
    return await ben.types("/career board nothing")


async def opens_a_form(ben: Person, slowly: Slowly) -> Seen:
    slowly()
    return await ben.types("/career refer")


async def sends_a_form(ben: Person, slowly: Slowly) -> Seen:
    await ben.types("/career refer")
    slowly()
    return await ben.submits(CONTACT)


async def sends_a_wrong_form(ben: Person, slowly: Slowly) -> Seen:
    await ben.types("/career refer")
    slowly()
    return await ben.submits(CONTACT | {"Their name": "Ben"})


async def presses(ben: Person, slowly: Slowly) -> Seen:
    await ben.types("/career refer Maria, nurse, Nursing")
    await ben.types("/career contacts")
    slowly()
    return await ben.presses("Open")


async def presses_for_a_form(ben: Person, slowly: Slowly) -> Seen:
    await ben.types("/career refer Maria, nurse, Nursing")
    slowly()
    return await ben.presses("Edit")


async def presses_on_home(ben: Person, slowly: Slowly) -> Seen:
    await start(ben)
    await ben.opens_home()
    slowly()
    return await ben.presses("Board")


async def presses_for_a_form_in_a_window(ben: Person, slowly: Slowly) -> Seen:
    await presses_on_home(ben, same)
    slowly()
    return await ben.presses("Write somebody down")


async def sends_a_form_in_a_window(ben: Person, slowly: Slowly) -> Seen:
    await presses_for_a_form_in_a_window(ben, same)
    slowly()
    return await ben.submits(CONTACT)


async def sends_a_wrong_form_in_a_window(ben: Person, slowly: Slowly) -> Seen:
    await presses_for_a_form_in_a_window(ben, same)
    slowly()
    return await ben.submits(CONTACT | {"Their name": "Ben"})


async def uses_a_shortcut(ben: Person, slowly: Slowly) -> Seen:
    slowly()
    return await ben.shortcut("Plan an interview")


async def saves_a_message(ben: Person, slowly: Slowly) -> Seen:
    ben.says("Talk to Maria, nurse")
    slowly()
    return await ben.message_shortcut("Save as contact", "Maria")


async def opens_home(ben: Person, slowly: Slowly) -> Seen:
    slowly()
    return await ben.opens_home()


@pytest.mark.parametrize(
    ("act", "kind", "words"),
    [
        (types, "ephemeral", "Nobody"),
        (opens_a_form, "modal", "Their name"),
        (sends_a_form, "ephemeral", "Saved. So far only you see Maria."),
        (sends_a_wrong_form, "modal", "That is you. Who else does work"),
        (presses, "ephemeral", "Maria"),
        (presses_for_a_form, "modal", "Their name"),
        (presses_on_home, "modal", EMPTY),
        (presses_for_a_form_in_a_window, "modal", "Their name"),
        (sends_a_form_in_a_window, "modal", "Saved. So far only you see Maria."),
        (sends_a_wrong_form_in_a_window, "modal", "That is you. Who else does work"),
        (uses_a_shortcut, "modal", "Whom"),
        (saves_a_message, "modal", "Their name"),
        (opens_home, "home", "Ben"),
    ],
)
async def test_an_answer_that_takes_its_time_comes_once(
    the_club: Club,
    slow: SlowStore,
    ben: Person,
    act: Callable[[Person, Slowly], Awaitable[Seen]],
    kind: str,
    words: str,
) -> None:
    seen = await act(ben, slow.slowly)
    await the_club.service.settled()

    assert (seen.kind, words in seen.text) == (kind, True)
    assert count(seen.text, (answer.text for answer in ben.last.answers)) == 1
    assert ben.last.ack is not None
    assert ben.last.ack.is_good
    assert len(ben.dms) == 0


async def test_what_was_typed_is_still_there_after_a_slow_error(the_club: Club, slow: SlowStore, ben: Person) -> None:
    await sends_a_wrong_form(ben, slow.slowly)
    seen = await ben.submits({"Their name": "Maria"})

    assert "Saved. So far only you see Maria." in seen.text


async def test_a_form_that_nobody_expected_is_offered_when_it_is_too_late_to_open_it(
    the_club: Club, slow: SlowStore, ben: Person
) -> None:
    slow.slowly()
    slow.seconds = STILL + 5 * QUICK
    offer = await ben.types("/career board nursing by:colour")
    slow.quickly()
    form = await ben.presses("Open the form")

    assert "If you do not see it, open it here." in offer.text
    assert calls(the_club, "views.open") == 1, "none while it was too late"
    assert "Where to look" in form.fields


async def test_a_list_of_suggestions_that_is_not_there_in_time_is_empty(
    the_club: Club, slow: SlowStore, ben: Person
) -> None:
    await ben.types("/career start")
    await ben.presses("Let us begin")
    await ben.submits({})
    await ben.presses("No, another city")
    slow.slowly()
    await ben.fills({"city": "Manila"})
    seen = await ben.submits()

    assert "right?" in seen.text


async def test_what_is_asked_twice_meanwhile_is_answered_once(the_club: Club, slow: SlowStore, ben: Person) -> None:
    slow.slowly()
    await ben.types("/career refer Maria, nurse, Nursing", expect_answer=False)
    await ben.again()
    await the_club.service.settled()

    assert count("Saved. So far only you see Maria.", (seen.text for seen in ben.sees())) == 1


async def test_who_leaves_while_the_database_is_away_is_noted_when_it_is_back(
    the_club: Club, slow: SlowStore, ben: Person
) -> None:
    await start(ben)
    slow.failing = 1
    await ben.changes(is_deleted=True)
    await the_club.service.settled()
    await days(the_club, 2)

    assert ben.dms == []
    assert calls(the_club, "conversations.open") == 0


async def test_who_left_is_noted_when_slack_tells_it_again(the_club: Club, slow: SlowStore, ben: Person) -> None:
    await start(ben)
    slow.failing = 3  # as often as it is tried here
    await ben.changes(is_deleted=True)
    await the_club.service.settled()
    await ben.changes(is_deleted=True)
    await the_club.service.settled()
    await days(the_club, 2)

    assert calls(the_club, "conversations.open") == 0


async def test_a_database_that_is_away_is_told_of_calmly(the_club: Club, slow: SlowStore, ben: Person) -> None:
    slow.failing = 5
    seen = await ben.types("/career board nothing")

    assert "That is our fault, and nothing you wrote is lost." in seen.text


@pytest.mark.parametrize(("way", "seconds"), [("socket", 2.5), ("http", 5)])
async def test_a_really_slow_database_keeps_nobody_from_their_answer(
    store: Database, caplog: pytest.LogCaptureFixture, way: Way, seconds: float
) -> None:
    async with slow_club(store, way, caplog) as (club, slow):
        ana, ben, mia = (club.home.user(name) for name in ("Ana", "Ben", "Mia"))
        slow.seconds = seconds
        board, form, planned = await asyncio.gather(
            types(ana, same), opens_a_form(ben, same), mia.shortcut("Plan an interview")
        )
        await club.service.settled()

        assert [one.kind for one in (board, form, planned)] == ["ephemeral", "modal", "modal"]
        assert [len(person.last.answers) for person in (ana, ben, mia)] == [1, 1, 1]
        assert "Nobody" in board.text
        assert "Their name" in form.fields
        assert "Whom do you want to talk to?" in planned.fields


async def test_slack_taking_three_seconds_to_say_who_somebody_is_keeps_no_form_from_opening(
    store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with faulty_club(store, "http", caplog) as club:
        ben = club.home.user("Ben")
        club.slack.faults.delays("users.info", 3)
        form = await ben.types("/career refer")

        assert "Their name" in form.fields
        assert len(ben.last.answers) == 1
