"""Says what happens in the direct messages with the bot, where Discord does not say which server is meant."""

import pytest

from storage.database import Database
from tests.discord.acts import TUESDAY, share, start
from tests.discord.club import Club
from tests.discord.faulty import MEMBER, calls, faulty_club, strike
from tests.discord.platform import Guild, Person
from tests.slow import SlowStore
from tests.waiting import soon

WHICH = "Which server is it about?"
EMPTY = "Nobody is on the board yet"
LEFT = "This is about a server that you are not in any more, or I am not. Nothing was changed."


@pytest.fixture
def ben(the_club: Club) -> Person:
    return the_club.home.user("Ben")


@pytest.fixture
def away(the_club: Club) -> Guild:
    return the_club.discord.guild("Southside")


async def uses_both(ben: Person, away: Guild) -> None:
    """Use the bot in two servers, in each with a contact of its own."""
    await ben.types("career refer", name="Maria Santos", does="Nurse", field="Nursing")
    away.add(ben)
    await ben.types("career refer", name="Omar Weiss", does="Baker", field="Baking", channel=away.channel("lobby"))


async def test_whoever_is_in_one_server_is_answered_for_that_one(ben: Person) -> None:
    await ben.types("career refer", name="Maria Santos", does="Nurse", field="Nursing")
    listed = await ben.types("career contacts", channel="dm")
    opened = await ben.presses("Open", within="dm")
    form = await ben.presses("Edit", within="dm")
    saved = await ben.submits({"City or region": "Manila"})

    assert "Maria Santos" in listed.text
    assert (listed.kind, opened.id) == ("message", listed.id)
    assert form.kind == "modal"
    assert "Manila" in saved.text


async def test_whom_no_server_is_known_of_hears_how_to_begin(ben: Person) -> None:
    told = await ben.types("career board", channel="dm")

    assert "Type /career home once in a server where I am" in told.text


async def test_whoever_is_in_several_is_asked_which_and_the_command_goes_on(ben: Person, away: Guild) -> None:
    await uses_both(ben, away)
    asked = await ben.types("career contacts", channel="dm")
    here = await ben.chooses(WHICH, "Northside", within="dm")
    await ben.types("career contacts", channel="dm")
    there = await ben.chooses(WHICH, "Southside", within="dm")

    assert "You are in more than one group with me." in asked.text
    assert ("Maria Santos" in here.text, "Omar Weiss" in here.text) == (True, False)
    assert ("Maria Santos" in there.text, "Omar Weiss" in there.text) == (False, True)


async def test_what_was_typed_is_kept_while_the_server_is_asked_for(ben: Person, away: Guild) -> None:
    await uses_both(ben, away)
    long = "How does a night on your ward really go, hour by hour, and what do you wish you had known about it?"
    await ben.types("career check", question=long, channel="dm")
    form = await ben.chooses(WHICH, "Southside", within="dm")
    checked = await ben.submits({})

    assert long in form.values.values()
    assert checked.kind == "message"


async def test_a_form_asks_for_the_server_first(ben: Person, away: Guild) -> None:
    await uses_both(ben, away)
    await ben.types("career refer", channel="dm")
    form = await ben.chooses(WHICH, "Southside", within="dm")
    saved = await ben.submits({"Their name": "Lena Berg", "What they do": "Cellist", "Field": "Music"})
    listed = await ben.types("career contacts", channel="lobby" if ben.home is away else away.first_channel())

    assert form.kind == "modal"
    assert "Saved. So far only you see Lena Berg." in saved.text
    assert "Lena Berg" in listed.text


async def test_buttons_say_whose_group_they_are_about_also_after_a_restart(
    the_club: Club, ben: Person, away: Guild
) -> None:
    await uses_both(ben, away)
    await ben.types("career contacts", channel="dm")
    await ben.chooses(WHICH, "Southside", within="dm")
    await the_club.restart()
    opened = await ben.presses("Open", within="dm")

    assert "Omar Weiss" in opened.text


async def test_a_server_that_somebody_left_is_not_offered(the_club: Club, ben: Person, away: Guild) -> None:
    await uses_both(ben, away)
    away.loses(ben)
    the_club.clock.forward(minutes=11)
    listed = await ben.types("career contacts", channel="dm")

    assert "Maria Santos" in listed.text
    assert "Omar Weiss" not in listed.text


async def test_nothing_is_shown_of_a_server_that_somebody_left_and_their_cards_go(
    the_club: Club, ben: Person, away: Guild
) -> None:
    mia, lobby = away.user("Mia"), away.channel("lobby")
    away.add(ben)
    await share(ben, lobby, "Omar Weiss")
    await ben.types("career contacts", channel="dm")
    away.loses(ben)
    the_club.clock.forward(minutes=11)
    told = await ben.presses("Open", within="dm")
    board = await mia.types("career board", channel=lobby)

    assert told.text == LEFT
    assert EMPTY in board.text


async def test_a_server_that_put_the_bot_out_is_not_shown_either(the_club: Club, ben: Person) -> None:
    await ben.types("career refer", name="Maria Santos", does="Nurse", field="Nursing")
    await ben.types("career contacts", channel="dm")
    await soon(the_club.service.client.wait_until_ready())
    await the_club.hears("guild_remove", the_club.home.removes_bot)
    told = await ben.presses("Open", within="dm")

    assert told.text == LEFT


@pytest.mark.parametrize("minutes", [0, 11])
async def test_who_writes_directly_keeps_the_name_that_they_have_in_the_server(the_club: Club, minutes: int) -> None:
    ana, careers = the_club.home.user("ana_1987", nick="Ana Reyes"), the_club.home.channel("careers")
    await share(ana, careers)
    the_club.clock.forward(minutes=minutes)
    await ana.types("career contacts", channel="dm")
    await ana.presses("Open", within="dm")
    await ana.completes("career questions", "words", "sal", channel="dm")
    await the_club.deliver()

    (card,) = (seen for seen in ana.sees(careers) if seen.kind == "message")
    assert "Shared by Ana Reyes" in card.text


async def test_somebody_is_believed_while_discord_cannot_be_asked(the_club: Club, ben: Person) -> None:
    await ben.types("career refer", name="Maria Santos", does="Nurse", field="Nursing")
    the_club.clock.forward(minutes=11)
    strike(the_club, MEMBER, "reset")
    listed = await ben.types("career contacts", channel="dm")

    assert "Maria Santos" in listed.text


async def test_whoever_just_did_something_is_not_looked_up(the_club: Club, ben: Person) -> None:
    await ben.types("career home")
    for _time in range(3):
        await ben.types("career home", channel="dm")

    assert calls(the_club, MEMBER) == 0


async def test_suggestions_are_those_of_the_one_server_that_somebody_is_in(ben: Person, away: Guild) -> None:
    await ben.types("career home")
    alone = await ben.completes("career questions", "words", "sal", channel="dm")
    await uses_both(ben, away)
    unsure = await ben.completes("career questions", "words", "sal", channel="dm")

    assert (alone, unsure) == (["sal", "Salary"], ["sal"])


async def test_a_nudge_is_answered_for_the_server_that_it_came_from(the_club: Club, ben: Person, away: Guild) -> None:
    await ben.types("career home")
    away.add(ben)
    await start(ben, away.channel("lobby"))
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    done = await ben.presses("Done", within="dm")

    assert "Undo" in done.labels


async def test_a_message_is_saved_as_a_contact_in_the_direct_messages(ben: Person) -> None:
    await ben.types("career home")
    said = ben.says("Talk to Maria Lopez, nurse at Example Hospital", "dm")
    form = await ben.uses("Save as contact", said)
    saved = await ben.submits({})

    assert form.values["Their name"] == "Maria Lopez"
    assert "Saved. So far only you see Maria Lopez." in saved.text


async def test_a_form_in_the_direct_messages_is_mended_with_a_slow_database(
    store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    slow = SlowStore(store)
    async with faulty_club(store, caplog, store=lambda _database: slow) as found:
        slow.front = lambda: found.service.front
        ben = found.home.user("Ben")
        await ben.types("career home")
        slow.slowly()
        await ben.types("career refer", channel="dm")
        await ben.presses("Open the form", within="dm")
        told = await ben.submits({"Their name": "Ben", "What they do": "Nurse", "Field": "Nursing"})
        form = await ben.presses("Edit", within="dm")

        assert "Their name: That is you." in told.text
        assert form.values["What they do"] == "Nurse"
