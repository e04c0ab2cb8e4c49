"""Says what people meet in Slack beside the story: the dashboard, shortcuts, forms, words to the bot, strangers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.model.people import Account
from storage.database import Database
from tests.slack.acts import SECRET, TUESDAY, ask, plan, share, start
from tests.slack.club import Club, Way, club
from tests.slack.platform import Workspace
from tests.world import MONDAY


async def test_what_nobody_knows_gets_the_nearest_commands(the_club: Club) -> None:
    ben = the_club.home.user("Ben")

    seen = await ben.types("/career bord")

    assert seen.kind == "ephemeral"
    assert "/career board" in seen.labels


async def test_words_after_the_command_fill_its_arguments(the_club: Club) -> None:
    ben = the_club.home.user("Ben")

    seen = await ben.types("/career refer Maria & Co, nurse, Nursing")

    assert "Saved. So far only you see Maria & Co." in seen.text


async def test_what_a_form_gets_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(the_club: Club) -> None:
    ben = the_club.home.user("Ben")
    await ben.types("/career refer")

    seen = await ben.submits({"Their name": "Ben", "What they do": "Nurse", "Field": "Nursing"})

    assert seen.errors == {"Their name": "That is you. Who else does work that the group could ask about?"}
    assert "Saved" in (await ben.submits({"Their name": "Maria"})).text


async def test_an_edit_form_is_filled_in(the_club: Club) -> None:
    ben = the_club.home.user("Ben")
    await ben.types("/career refer Maria, nurse, Nursing")
    await ben.presses("Edit")

    seen = await ben.submits({"City": "Manila"})

    assert "Manila" in seen.text
    assert "Maria" in seen.text


async def test_a_private_reply_gives_way_to_what_its_button_leads_to(the_club: Club) -> None:
    ben = the_club.home.user("Ben")
    await ben.types("/career plan Maria", the_club.home.channel("careers"))
    await ben.presses("Plan a talk with Maria")
    plan = await ben.submits({"Field": "Nursing", "After this talk": "What a shift is like"})

    shorter = await ben.presses("20 min")

    assert shorter.kind == "ephemeral"
    assert "Minutes: 20" in shorter.text
    assert shorter.ts == plan.ts


async def test_suggestions_come_while_somebody_types_their_city(the_club: Club) -> None:
    ben = the_club.home.user("Ben", tz="America/New_York")
    await ben.types("/career start")
    await ben.presses("Let us begin")
    await ben.submits({})
    await ben.presses("No, another city")

    seen = await ben.submits({"city": "Manila"})

    assert "It is 8:00 for you, right?" in seen.text


async def test_home_shows_the_dashboard_and_keeps_up_with_what_happens(the_club: Club) -> None:
    home = the_club.home
    ana, ben = home.user("Ana"), home.user("Ben", tz="Asia/Manila")
    careers = home.channel("careers")
    await share(ana, careers)
    hello = await ben.opens_home()
    await start(ben, careers)
    await ask(ben, careers)
    await plan(ben)

    await ben.until(lambda: ben.home and "Maria Santos" in ben.home.text)

    assert "Let us begin" in hello.labels
    assert ben.home is not None
    assert "Your talks" in ben.home.text
    assert "your hold ends" in ben.home.text
    assert "Next nudge" in ben.home.text
    assert "Board" in ben.home.labels


@pytest.mark.parametrize("has_oauth", [False, True])
async def test_a_group_that_begins_with_a_look_at_home_has_the_name_of_its_workspace(
    store: Database, way: Way, has_oauth: bool
) -> None:
    async with club(store, way, at=MONDAY, has_oauth=has_oauth) as the_club:
        ana = the_club.home.user("Ana", admin=True)
        await ana.opens_home()

        seen = await ana.types("/career group")

        assert "Northside" in seen.text


async def test_a_button_on_home_opens_a_window_in_which_one_can_go_on(the_club: Club) -> None:
    ben = the_club.home.user("Ben")
    await start(ben)
    await ben.opens_home()

    board = await ben.presses("Board")
    form = await ben.presses("Write somebody down")
    saved = await ben.submits({"Their name": "Maria", "What they do": "Nurse", "Field": "Nursing"})

    assert (board.kind, form.kind, saved.kind) == ("modal", "modal", "modal")
    assert "Saved. So far only you see Maria." in saved.text


async def test_a_message_is_saved_as_a_contact(the_club: Club) -> None:
    ana, ben = the_club.home.user("Ana"), the_club.home.user("Ben")
    careers = the_club.home.channel("careers")
    words = f"Talk to *Maria Lopez*, nurse manager at Example Hospital, <mailto:{SECRET}|{SECRET}>"
    the_club.home.post(careers.id, ana.id, words, is_ours=False)

    form = await ben.message_shortcut("Save as contact", "Maria", careers)
    saved = await ben.submits()

    assert form.kind == "modal"
    assert "Maria Lopez" in saved.text
    assert "Example Hospital" in saved.text
    assert "E-mail on file" in saved.text


async def test_an_interview_is_planned_from_anywhere(the_club: Club) -> None:
    ben = the_club.home.user("Ben")

    form = await ben.shortcut("Plan an interview")
    made = await ben.submits({"Whom": "Maria", "Field": "Nursing", "After this": "how a night is"})

    assert form.kind == "modal"
    assert "Maria" in made.text


@pytest.mark.parametrize("file", ["", "my-cv.pdf"])
async def test_whoever_writes_to_the_bot_hears_how_to_talk_to_it(the_club: Club, file: str) -> None:
    ben = the_club.home.user("Ben")

    await ben.writes("hello?", file=file, expect_answer=False)
    await the_club.slack.quiet()
    await the_club.deliver()

    assert "I only read what begins with /career" in ben.dms[-1].text


async def test_a_stranger_in_a_shared_channel_sees_nothing_of_the_group(the_club: Club) -> None:
    home, elsewhere = the_club.home, the_club.slack.workspace("Elsewhere")
    ana, eve = home.user("Ana"), home.user("Eve", home=elsewhere)
    careers = home.channel("careers")
    await share(ana, careers)
    await the_club.deliver()

    seen = await eve.presses("I'd like to talk to them")

    assert "Maria" not in seen.text
    assert "group" in seen.text
    assert "Ana" not in seen.text


async def test_a_press_from_a_workspace_without_the_bot_opens_nothing(the_club: Club) -> None:
    home, elsewhere = the_club.home, the_club.slack.workspace("Elsewhere")
    ana, eve = home.user("Ana"), home.user("Eve", home=elsewhere)
    await share(ana, home.channel("careers"))
    await the_club.deliver()
    the_club.slack.names_own_home = True

    seen = await eve.presses("I'd like to talk to them")

    assert "a group that you are not in" in seen.text
    assert await the_club.database.known(Account("slack", elsewhere.id, eve.user.id)) is None


async def test_somebody_whom_slack_does_not_know_keeps_nobody_else_from_being_known(the_club: Club) -> None:
    ana, eve = the_club.home.user("Ana", admin=True), the_club.home.user("Eve")
    del the_club.home.users[eve.user.id]
    await eve.types("/career help")

    seen = await ana.types("/career group")

    assert "Members" in seen.text


async def test_admins_look_after_the_group_and_members_do_not(the_club: Club) -> None:
    ana, ben = the_club.home.user("Ana", admin=True), the_club.home.user("Ben")

    theirs = await ana.types("/career group")
    refused = await ben.types("/career group")

    assert "Members" in theirs.text
    assert "Only organisers" in refused.text


async def test_the_export_comes_as_a_file_in_the_direct_messages(the_club: Club) -> None:
    ben = the_club.home.user("Ben")
    await ben.types("/career refer Maria, nurse, Nursing")

    seen = await ben.types("/career export")
    await ben.until(lambda: any(message.files for message in ben.dms))

    assert "direct messages" in seen.text
    assert [len(message.files) for message in ben.dms if message.files] == [1]


async def test_a_workspace_that_removes_the_bot_is_forgotten_and_may_come_back(store: Database, way: Way) -> None:
    async with club(store, way, at=MONDAY, has_oauth=True) as both:
        ana = both.home.user("Ana")
        await start(ana)
        await both.slack.uninstall(both.home)
        await both.slack.quiet()
        left = await store.installs.find("slack", "", both.home.id)
        await both.install(both.home)

        seen = await ana.types("/career nudges")

        assert left is None
        assert "weekdays" in seen.text


async def test_a_workspace_taken_out_of_its_organisation_hears_nothing_more_and_the_others_do(
    store: Database, way: Way
) -> None:
    async with an_organisation(store, way) as (both, north, south):
        ana, ben = north.user("Ana", tz="Asia/Manila"), south.user("Ben", tz="Asia/Manila")
        await start(ana)
        await start(ben)
        await both.deliver()
        before = len(ana.dms), len(ben.dms)

        await both.slack.take_out(north)

        both.clock.to(TUESDAY)
        await both.deliver()
        assert (len(ana.dms), len(ben.dms)) == (before[0], before[1] + 1)
        both.clock.forward(days=8)
        await store.prune(both.clock())
        assert await store.known(Account("slack", north.id, ana.id)) is None
        assert await store.known(Account("slack", south.id, ben.id)) is not None


async def test_a_workspace_that_its_organisation_lets_in_again_in_time_keeps_its_group(
    store: Database, way: Way
) -> None:
    async with an_organisation(store, way) as (both, north, _south):
        ana = north.user("Ana")
        await ana.types("/career refer Maria, nurse, Nursing")
        await both.slack.take_out(north)
        both.clock.forward(days=6)

        await both.slack.let_in(north)

        both.clock.forward(days=6)
        await store.prune(both.clock())
        assert await store.known(Account("slack", north.id, ana.id)) is not None


async def test_whoever_could_not_be_reached_while_their_workspace_was_taken_out_is_nudged_when_it_is_back(
    store: Database, way: Way
) -> None:
    async with an_organisation(store, way) as (both, north, _south):
        ana = north.user("Ana", tz="Asia/Manila")
        await start(ana)
        north.is_in_reach = False  # and the news of it is late
        both.clock.to(TUESDAY)
        await both.deliver()
        north.is_in_reach = True

        both.clock.forward(days=1)
        await both.deliver()

        assert len(ana.dms) == 1


async def test_a_workspace_of_an_organisation_is_known_by_what_happens_there(store: Database, way: Way) -> None:
    async with an_organisation(store, way) as (both, north, _south):
        ana = north.user("Ana")
        home = await ana.opens_home()
        await ana.writes("hello?", expect_answer=False)
        await both.slack.quiet()
        await both.deliver()
        await ana.changes(tz="Asia/Tokyo")
        await both.slack.quiet()

        await start(ana)

        seat = await store.known(Account("slack", north.id, ana.id))
        assert "Let us begin" in home.labels
        assert "I only read what begins with /career" in ana.dms[-1].text
        assert seat is not None
        assert seat.member.zone == "Asia/Tokyo"
        assert seat.member.field == "Nursing"


@asynccontextmanager
async def an_organisation(store: Database, way: Way) -> AsyncIterator[tuple[Club, Workspace, Workspace]]:
    """Give two workspaces of an organisation that has the bot as a whole."""
    async with club(store, way, at=MONDAY, has_oauth=True) as both:
        north, south = both.slack.workspace("North", enterprise="E1"), both.slack.workspace("South", enterprise="E1")
        await both.install(north, for_all=True)
        yield both, north, south
        assert both.slack.violations == []
