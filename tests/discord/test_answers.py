"""Says what somebody sees who asks for something, also when Discord has a fault: an answer, once, to them alone."""

from collections.abc import AsyncIterator

import pytest

from adapters.discord.front import IN_TIME
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.desk.registry import Registry
from bot.talk.view import Button, Buttons, Press, View
from storage.database import Database
from tests.discord.acts import TUESDAY, share, start
from tests.discord.club import Club, club
from tests.discord.faulty import ANSWER, FAULTS, FOLLOW, ORIGINAL, POST, calls, faulty_club, hurry, strike
from tests.discord.platform import Person
from tests.discord.platform.exchange import COMPONENT, UPDATE
from tests.passing import count
from tests.slow import SlowStore
from tests.waiting import soon
from tests.world import MONDAY

EMPTY = "Nobody is on the board yet"
LATE = 10062


@pytest.fixture
async def the_club(
    store: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Club]:
    hurry(monkeypatch)
    async with faulty_club(store, caplog) as found:
        yield found


@pytest.fixture
def ben(the_club: Club) -> Person:
    return the_club.home.user("Ben")


def everything(ben: Person) -> list[str]:
    return [seen.text for seen in (*ben.sees(), *ben.dms)]


async def settled(club: Club, ben: Person) -> None:
    """Wait until what Ben did last has reached the bot, and until nothing is on its way any more."""
    await club.discord.until(lambda: any(ben.last.token in call.path for call in club.discord.calls))
    await soon(club.service.settled())


async def crowded(ben: Person, number: int = 30) -> None:
    """Write down so many people that their list takes several messages."""
    for i in range(number):
        await ben.types("career refer", name=f"Maria {i}", does="Nurse", field="Nursing")


@pytest.mark.parametrize("fault", FAULTS)
async def test_an_answer_to_a_command_comes_once(the_club: Club, ben: Person, fault: str) -> None:
    strike(the_club, ANSWER, fault)
    await ben.types("career board", expect_answer=False)
    await settled(the_club, ben)

    assert count(EMPTY, everything(ben)) == 1
    assert ben.dms == []
    assert calls(the_club, ANSWER) <= 2


@pytest.mark.parametrize("after", [False, True])
async def test_an_answer_comes_once_although_it_was_cut_off_twice(the_club: Club, ben: Person, after: bool) -> None:
    the_club.discord.faults.resets(ANSWER, after=after, times=2)
    await ben.types("career board", expect_answer=False)
    await settled(the_club, ben)

    assert count(EMPTY, everything(ben)) == 1


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_form_opens_once(the_club: Club, ben: Person, fault: str) -> None:
    strike(the_club, ANSWER, fault)
    await ben.types("career refer", expect_answer=False)
    await settled(the_club, ben)

    assert ben.modal is not None
    assert everything(ben) == []


@pytest.mark.parametrize("fault", FAULTS)
async def test_an_answer_takes_the_place_of_the_presser_s_own_message_once(
    the_club: Club, ben: Person, fault: str
) -> None:
    await ben.types("career refer", name="Maria", does="Nurse", field="Nursing")
    listed = await ben.types("career contacts")
    before = len(ben.sees())
    strike(the_club, ANSWER, fault)
    opened = await ben.presses("Open", expect_answer=False)
    await settled(the_club, ben)
    (opened,) = (seen for seen in ben.sees() if seen.id == listed.id)

    assert "Share with the group" in opened.labels
    assert (len(ben.sees()), ben.last.response) == (before, UPDATE)


@pytest.mark.parametrize("fault", [*FAULTS, "cut for good"])
async def test_a_late_answer_comes_once(
    store: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    hurry(monkeypatch)
    slow = SlowStore(store)
    async with faulty_club(store, caplog, store=lambda _database: slow) as found:
        slow.front = lambda: found.service.front
        ben = found.home.user("Ben")
        slow.slowly()
        if fault == "cut for good":
            found.discord.faults.resets(ORIGINAL, times=3)
        else:
            strike(found, ORIGINAL, fault)
        await ben.types("career board", expect_answer=False)
        await settled(found, ben)

        assert count(EMPTY, everything(ben)) == (fault != "cut for good")
        assert calls(found, ORIGINAL) <= 3


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_announces_a_late_answer_may_be_cut_off(
    store: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    hurry(monkeypatch)
    slow = SlowStore(store)
    async with faulty_club(store, caplog, store=lambda _database: slow) as found:
        slow.front = lambda: found.service.front
        ben = found.home.user("Ben")
        slow.slowly()
        strike(found, ANSWER, fault)
        seen = await ben.types("career board")

        assert (EMPTY in seen.text, len(ben.sees())) == (True, 1)


async def test_several_pages_come_one_after_the_other_to_one_person(the_club: Club, ben: Person) -> None:
    await crowded(ben)
    await ben.types("career contacts")
    await settled(the_club, ben)

    pages = ben.last.answers
    assert len(pages) > 1
    assert {page.kind for page in pages} == {"ephemeral"}
    assert all(f"Maria {i}\n" in "\n".join(page.text for page in pages) for i in range(30))
    assert calls(the_club, FOLLOW) == len(pages) - 1


@pytest.mark.parametrize("fault", ["429", "429 for the whole bot", "500", "reset although done"])
async def test_further_pages_come_once_whatever_passes(the_club: Club, ben: Person, fault: str) -> None:
    await crowded(ben)
    strike(the_club, FOLLOW, fault)
    await ben.types("career contacts")
    await settled(the_club, ben)

    assert all(count(f"Maria {i}\n", (page.text for page in ben.last.answers)) == 1 for i in range(30))


async def test_an_answer_after_the_token_has_run_out_comes_directly_once_and_its_buttons_work(
    store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    slow = SlowStore(store)
    async with faulty_club(store, caplog, store=lambda _database: slow) as found:
        slow.front = lambda: found.service.front
        ben = found.home.user("Ben")
        slow.slowly()
        await ben.types("career board", expect_answer=False)
        await found.discord.until(lambda: ben.last.response)
        found.clock.forward(minutes=16)
        await found.discord.until(lambda: ben.dms)
        await soon(found.service.settled())
        slow.quickly()
        form = await ben.presses("Write somebody down", within="dm")

        assert [EMPTY in seen.text for seen in ben.dms] == [True]
        assert "Their name" in form.fields


async def test_an_answer_that_comes_too_late_to_be_the_first_comes_directly(
    store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    slow = SlowStore(store)
    async with faulty_club(store, caplog, store=lambda _database: slow, patience=0.1, allows=[LATE]) as found:
        ben = found.home.user("Ben")
        slow.seconds = 0.2
        await ben.types("career board", expect_answer=False)
        await found.discord.until(lambda: ben.dms)

        assert [EMPTY in seen.text for seen in ben.dms] == [True]
        assert calls(found, ANSWER) == 1


@pytest.mark.parametrize("fault", FAULTS)
async def test_an_answer_that_comes_directly_comes_once_whatever_passes(
    store: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    hurry(monkeypatch)
    async with faulty_club(store, caplog) as found:
        ben = found.home.user("Ben")
        found.discord.faults.refuses(ANSWER, LATE)
        strike(found, POST, fault)
        await ben.types("career board", expect_answer=False)
        await settled(found, ben)

        assert [EMPTY in seen.text for seen in ben.dms] == [True]


async def test_nothing_is_tried_for_ever_when_discord_is_broken(the_club: Club, ben: Person) -> None:
    broken = the_club.discord.faults.breaks("*", times=None)
    await ben.types("career board", expect_answer=False)
    await settled(the_club, ben)

    assert broken.hits <= 5 + 5, "five tries of discord.py each, for the answer and for a direct message"


async def test_nothing_waits_for_ever_when_discord_says_nothing(
    the_club: Club, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.answers.LONGEST", 0.1)
    silent = the_club.discord.faults.delays(ANSWER, 20, times=2)
    await ben.types("career board", expect_answer=False)
    await the_club.discord.until(lambda: silent.hits == 2)
    seen = await ben.types("career board")

    assert EMPTY in seen.text
    assert calls(the_club, ANSWER) == 3, "what was cut off is tried once more, and then let go"


async def test_nothing_waits_for_ever_in_the_direct_messages_either(
    the_club: Club, ben: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("adapters.discord.lines.LONGEST", 0.1)
    the_club.discord.faults.refuses(ANSWER, LATE)
    silent = the_club.discord.faults.delays(POST, 20)
    await ben.types("career board", expect_answer=False)
    await the_club.discord.until(lambda: silent.hits)
    await soon(the_club.service.settled())

    assert "an answer did not arrive: TimeoutError" in caplog.text


async def test_a_wait_that_discord_asks_for_holds_up_nobody_else(the_club: Club, ben: Person) -> None:
    mia = the_club.home.user("Mia")
    await crowded(ben)
    limited = the_club.discord.faults.limits(FOLLOW, 0.6)
    await ben.types("career contacts")
    await the_club.discord.until(lambda: limited.hits)
    seen = await mia.types("career board")
    early = len(ben.last.answers)
    await soon(the_club.service.settled())

    assert EMPTY in seen.text
    assert (early, len(ben.last.answers) > 1) == (1, True)


async def test_the_export_comes_as_a_file_to_one_person(the_club: Club, ben: Person) -> None:
    await ben.types("career refer", name="Maria", does="Nurse", field="Nursing")
    seen = await ben.types("career export")

    assert (seen.kind, [file["name"] for file in seen.files]) == ("ephemeral", ["askwell-export.json"])
    assert b"Maria" in seen.files[0]["content"]


async def test_a_late_export_comes_as_a_file_all_the_same(store: Database, caplog: pytest.LogCaptureFixture) -> None:
    slow = SlowStore(store)
    async with faulty_club(store, caplog, store=lambda _database: slow) as found:
        slow.front = lambda: found.service.front
        ben = found.home.user("Ben")
        slow.slowly()
        seen = await ben.types("career export")

        assert [file["name"] for file in seen.files] == ["askwell-export.json"]


async def test_a_press_on_a_card_is_answered_to_one_person_and_leaves_the_card_alone(
    the_club: Club, ben: Person
) -> None:
    ana, careers = the_club.home.user("Ana"), the_club.home.channel("careers")
    await share(ana, careers)
    await the_club.deliver()
    card = ben.sees(careers)[-1]
    held = await ben.presses("I'd like to talk to them")

    assert held.kind == "ephemeral"
    assert held.id not in {seen.id for seen in ana.sees(careers)}
    assert [seen.text for seen in ana.sees(careers) if seen.id == card.id] == [card.text]


async def test_a_press_on_a_nudge_is_answered_in_its_place(the_club: Club, ben: Person) -> None:
    await start(ben)
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    nudge = ben.dms[-1]
    done = await ben.presses("Done", within="dm")
    undone = await ben.presses("Undo", within="dm")

    assert nudge.id == done.id == undone.id
    assert len(ben.dms) == 1


async def test_answers_say_that_a_bot_gives_them(the_club: Club, ben: Person) -> None:
    await ben.types("career board")
    (answer,) = [call for call in the_club.discord.calls if call.route == ANSWER]

    assert answer.agent.startswith("DiscordBot (")


async def test_what_discord_calls_badly_formed_is_said_calmly(the_club: Club, ben: Person) -> None:
    the_club.discord.faults.refuses(ANSWER, 50035)
    seen = await ben.types("career board")

    assert "That is our fault, and nothing you wrote is lost." in seen.text


@command("broken", "Answer what cannot be shown", topic=Topic.BEGIN)
async def broken(ctx: Context) -> View:
    return View("Look", (Buttons((Button("Look", Press("broken", ("x" * 200,))),)),))


@pytest.mark.parametrize("in_time", [IN_TIME, 0.0])
async def test_what_cannot_be_shown_is_said_calmly(
    store: Database, caplog: pytest.LogCaptureFixture, in_time: float
) -> None:
    registry = Registry({"broken": broken}, {}, {})
    async with faulty_club(store, caplog, registry=registry) as found:
        found.service.front.in_time = in_time
        seen = await found.home.user("Ben").types("career broken")

        assert "That is our fault, and nothing you wrote is lost." in seen.text
        assert "ValueError" in caplog.text


async def test_an_interaction_that_discord_delivers_twice_is_answered_once(the_club: Club, ben: Person) -> None:
    await ben.types("career refer", name="Maria", does="Nurse", field="Nursing")
    the_club.discord.gateway.dispatch("INTERACTION_CREATE", ben.last.payload, the_club.home.id)
    listed = await ben.types("career contacts")

    assert listed.text.count("Maria") == 1
    assert len(ben.exchanges[0].answers) == 1
    assert calls(the_club, ANSWER) == 2


async def test_a_button_of_a_command_that_is_gone_says_so(the_club: Club, ben: Person) -> None:
    await ben.types("career help")
    source = the_club.discord.message(ben.sees()[-1].id)
    data = {"component_type": 2, "custom_id": "0.plan of old|7", "id": 1}
    ben.begins(COMPONENT, data, ben.place(None), source)

    assert "This button is from an older message" in (await ben.answered()).text


async def test_a_club_with_several_shards_answers_in_each(store: Database) -> None:
    async with club(store, at=MONDAY, is_sharded=True) as found:
        servers = [found.home, *(found.discord.guild(f"Server {i}") for i in range(3))]
        people = [server.user("Ben") for server in servers]
        answers = [await one.types("career board", channel=one.home.channel("careers")) for one in people]
        directly = await people[0].types("career board", channel="dm")

        assert all(EMPTY in seen.text for seen in (*answers, directly))
        assert found.discord.violations == []
