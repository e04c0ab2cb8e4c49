"""Says what people see while the database is slow: they are heard in time, and answered once, and forms still open."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import pytest

from bot.model.drafts import Drafts
from bot.model.people import Account
from storage.database import Database
from tests.discord.acts import TUESDAY, share, start
from tests.discord.club import Club
from tests.discord.faulty import ANSWER, FOLLOW, calls, faulty_club
from tests.discord.platform import Person, Seen
from tests.discord.platform.exchange import DEFER, DEFER_UPDATE
from tests.slow import SlowStore
from tests.waiting import soon

EMPTY = "Nobody is on the board yet"
READY = "Your form is ready now."
CONTACT = {"Their name": "Maria", "What they do": "Nurse", "Field": "Nursing"}
WRONG = CONTACT | {"Their name": "Ben"}


class SlowDrafts:
    """Keeps and finds forms only after so many seconds."""

    def __init__(self, drafts: Drafts, slow: SlowStore) -> None:
        self._drafts = drafts
        self._slow = slow

    async def keep(self, account: Account, text: str, ends_at: datetime) -> str:
        await asyncio.sleep(self._slow.seconds)
        return await self._drafts.keep(account, text, ends_at)

    async def find(self, account: Account, token: str, now: datetime) -> str | None:
        await asyncio.sleep(self._slow.seconds)
        return await self._drafts.find(account, token, now)

    async def drop(self, token: str) -> None:
        await self._drafts.drop(token)


@asynccontextmanager
async def slow_club(store: Database, caplog: pytest.LogCaptureFixture) -> AsyncIterator[tuple[Club, SlowStore]]:
    slow = SlowStore(store)
    drafts = SlowDrafts(store.drafts, slow)
    async with faulty_club(store, caplog, store=lambda _database: slow, drafts=lambda _database: drafts) as club:
        slow.front = lambda: club.service.front
        yield club, slow


@pytest.fixture
async def pair(store: Database, caplog: pytest.LogCaptureFixture) -> AsyncIterator[tuple[Club, SlowStore]]:
    async with slow_club(store, caplog) as found:
        yield found


@pytest.fixture
def the_club(pair: tuple[Club, SlowStore]) -> Club:
    return pair[0]


@pytest.fixture
def slow(pair: tuple[Club, SlowStore]) -> SlowStore:
    return pair[1]


@pytest.fixture
def ben(the_club: Club) -> Person:
    return the_club.home.user("Ben")


Slowly = Callable[[], None]
"""Makes the database slow from now on."""


async def types(ben: Person, slowly: Slowly) -> Seen:
    slowly()
    return await ben.types("career board")


async def types_in_dm(ben: Person, slowly: Slowly) -> Seen:
    await ben.types("career home")
    slowly()
    return await ben.types("career board", channel="dm")


async def asks_for_a_form(ben: Person, slowly: Slowly) -> Seen:
    slowly()
    return await ben.types("career refer")


async def sends_a_form(ben: Person, slowly: Slowly) -> Seen:
    await ben.types("career refer")
    slowly()
    return await ben.submits(CONTACT)


async def sends_a_wrong_form(ben: Person, slowly: Slowly) -> Seen:
    await ben.types("career refer")
    slowly()
    return await ben.submits(WRONG)


async def presses_for_something_new(ben: Person, slowly: Slowly) -> Seen:
    await ben.types("career questions")
    slowly()
    return await ben.presses("Why ask this")


async def presses_for_something_instead(ben: Person, slowly: Slowly) -> Seen:
    await ben.types("career refer", name="Maria", does="Nurse", field="Nursing")
    await ben.types("career contacts")
    slowly()
    return await ben.presses("Open")


async def presses_for_a_form(ben: Person, slowly: Slowly) -> Seen:
    await ben.types("career board")
    slowly()
    return await ben.presses("Write somebody down")


async def presses_a_card(ben: Person, slowly: Slowly) -> Seen:
    slowly()
    return await ben.presses("I'd like to talk to them")


async def uses_a_message(ben: Person, slowly: Slowly) -> Seen:
    said = ben.says("Talk to Maria, nurse")
    slowly()
    return await ben.uses("Save as contact", said)


@pytest.mark.parametrize(
    ("act", "kind", "words", "first"),
    [
        (types, "ephemeral", EMPTY, DEFER),
        (types_in_dm, "message", EMPTY, DEFER),
        (asks_for_a_form, "ephemeral", READY, DEFER),
        (sends_a_form, "ephemeral", "Saved. So far only you see Maria.", DEFER),
        (sends_a_wrong_form, "ephemeral", "Their name: That is you.", DEFER),
        (presses_for_something_new, "ephemeral", "", DEFER_UPDATE),
        (presses_for_something_instead, "ephemeral", "Maria", DEFER_UPDATE),
        (presses_for_a_form, "ephemeral", READY, DEFER_UPDATE),
        (uses_a_message, "ephemeral", READY, DEFER),
    ],
)
async def test_an_answer_that_takes_its_time_is_announced_and_comes_once(
    the_club: Club,
    slow: SlowStore,
    ben: Person,
    act: Callable[[Person, Slowly], Awaitable[Seen]],
    kind: str,
    words: str,
    first: int,
) -> None:
    seen = await act(ben, slow.slowly)
    await soon(the_club.service.settled())

    assert (seen.kind, words in seen.text) == (kind, True)
    assert ben.last.response == first
    assert len(ben.last.answers) == 1
    assert not any(one.is_loading for one in ben.sees())


async def test_what_takes_the_place_of_a_message_does_so_late_as_well(
    the_club: Club, slow: SlowStore, ben: Person
) -> None:
    before = await ben.types("career refer", name="Maria", does="Nurse", field="Nursing")
    await ben.presses("Share with the group")
    slow.slowly()
    shown = await ben.submits({
        "How do you know that they agree?": "They told me yes",
        "How may others reach them?": "Whoever holds the ask may write to them",
    })  # fmt: skip

    assert shown.id == before.id
    assert "This is what the group will see." in shown.text


async def test_a_late_answer_to_a_card_is_private_and_leaves_the_card_alone(
    the_club: Club, slow: SlowStore, ben: Person
) -> None:
    ana, careers = the_club.home.user("Ana"), the_club.home.channel("careers")
    await share(ana, careers)
    await the_club.deliver()
    card = ben.sees(careers)[-1]
    held = await presses_a_card(ben, slow.slowly)

    assert (held.kind, ben.last.response) == ("ephemeral", DEFER)
    assert held.id != card.id
    assert [seen.text for seen in ana.sees(careers) if seen.id == card.id] == [card.text]


async def test_a_nudge_is_answered_late_in_its_own_place(the_club: Club, slow: SlowStore, ben: Person) -> None:
    await start(ben)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    slow.slowly()
    done = await ben.presses("Done", within="dm")

    assert "Undo" in done.labels
    assert [seen.id for seen in ben.dms] == [done.id]


@pytest.mark.parametrize("act", [asks_for_a_form, presses_for_a_form, uses_a_message])
async def test_a_form_opens_in_the_end_however_slow_the_database_stays(
    slow: SlowStore, ben: Person, act: Callable[[Person, Slowly], Awaitable[Seen]]
) -> None:
    await act(ben, slow.slowly)
    form = await ben.presses("Open the form")
    saved = await ben.submits(CONTACT if "Field" in form.fields else {"Their name": "Maria"})

    assert form.kind == "modal"
    assert "Saved. So far only you see Maria." in saved.text


async def test_what_was_typed_is_mended_however_slow_the_database_stays(slow: SlowStore, ben: Person) -> None:
    await sends_a_wrong_form(ben, slow.slowly)
    form = await ben.presses("Edit")
    saved = await ben.submits({"Their name": "Maria"})

    assert form.values == WRONG | {"Organisation": "", "City or region": ""}
    assert "Saved. So far only you see Maria." in saved.text


async def test_a_form_that_waits_is_found_by_a_slow_database_after_a_restart(
    the_club: Club, slow: SlowStore, ben: Person
) -> None:
    await sends_a_wrong_form(ben, slow.slowly)
    await the_club.restart()
    slow.slowly()
    offer = await ben.presses("Edit")
    form = await ben.presses("Open the form")

    assert READY in offer.text
    assert form.values == WRONG | {"Organisation": "", "City or region": ""}


async def test_suggestions_that_are_not_there_in_time_are_what_was_typed(
    the_club: Club, slow: SlowStore, ben: Person
) -> None:
    quickly = await ben.completes("career questions", "words", "sal")
    slow.slowly()
    slowly = await ben.completes("career questions", "words", "sal")

    assert (quickly, slowly) == (["sal", "Salary"], ["sal"])


@pytest.mark.parametrize("act", [types, asks_for_a_form, presses_for_something_new])
async def test_a_database_that_is_away_is_told_of_calmly(
    slow: SlowStore, ben: Person, act: Callable[[Person, Slowly], Awaitable[Seen]]
) -> None:
    def away() -> None:
        slow.failing = 5

    seen = await act(ben, away)

    assert "That is our fault, and nothing you wrote is lost." in seen.text


async def test_what_is_asked_for_when_askwell_ends_is_still_answered(
    the_club: Club, slow: SlowStore, ben: Person
) -> None:
    slow.seconds = 0.5
    asking = asyncio.create_task(ben.types("career board"))
    await the_club.discord.until(lambda: calls(the_club, ANSWER) == 1)
    await the_club.stop()

    assert EMPTY in (await soon(asking)).text


async def test_a_really_slow_database_keeps_nobody_from_their_answer(
    store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with slow_club(store, caplog) as (club, slow):
        ana, ben, mia = (club.home.user(name) for name in ("Ana", "Ben", "Mia"))
        await ben.types("career refer")
        slow.seconds = 2.5
        board, saved, offer = await asyncio.gather(
            ana.types("career board"), ben.submits(CONTACT), mia.types("career refer")
        )
        form = await mia.presses("Open the form")

        assert EMPTY in board.text
        assert "Saved. So far only you see Maria." in saved.text
        assert READY in offer.text, "to find that out and to keep the form took five seconds"
        assert "Their name" in form.fields
        assert [len(one.exchanges[-1].answers) for one in (ana, ben, mia)] == [1, 1, 1]
        assert calls(club, FOLLOW) == 0
