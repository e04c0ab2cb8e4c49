"""Says what people meet in Discord beside the story: organisers, suggestions, messages saved, mentions."""

import re

from storage.database import Database
from tests.discord.acts import SECRET, ask, share, start
from tests.discord.club import Club, club
from tests.discord.faulty import ANSWER, calls
from tests.discord.platform import NotAllowed, Person, Seen
from tests.world import MONDAY

FORM_SENT = 5
"""https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-type"""


async def offered(person: Person, line: str) -> bool:
    """Tell whether Discord shows this command to *person*."""
    try:
        await person.types(line)
    except NotAllowed:
        return False
    return True


async def name_an_organiser(ana: Person, who: str) -> Seen:
    await ana.types("career-organiser group")
    await ana.presses("Organisers")
    await ana.presses("Name an organiser")
    return await ana.submits({"Who is it?": who})


async def test_whoever_may_manage_the_server_looks_after_the_group_and_names_others(the_club: Club) -> None:
    ana, ben = the_club.home.user("Ana", manage_guild=True), the_club.home.user("Ben")
    await ben.types("career home")
    named = await name_an_organiser(ana, "Ben")
    the_club.clock.forward(hours=10)
    await the_club.deliver()
    told = ben.dms[-1]
    seen = await ben.presses("See your group", within="dm")

    assert "Ben is an organiser now" in named.text
    assert "Ana named you an organiser of Northside." in told.text
    assert "It is all behind “Your group” in /career home." in told.text
    assert "Members" in seen.text


async def test_the_command_of_organisers_is_hidden_and_a_named_one_reaches_it_from_home(the_club: Club) -> None:
    ana, ben = the_club.home.user("Ana", manage_guild=True), the_club.home.user("Ben")
    await start(ben)
    await name_an_organiser(ana, "Ben")
    is_shown = await offered(ben, "career-organiser group")
    await ben.types("career home")
    seen = await ben.presses("Your group")

    assert not is_shown
    assert "Members" in seen.text


async def test_help_names_every_command_as_it_is_typed_here(the_club: Club) -> None:
    ana = the_club.home.user("Ana", manage_guild=True)
    every = await ana.types("career help")
    one = await ana.types("career help", about="refer")
    named = re.findall(r"^/([^:\n]+):", every.text, re.MULTILINE)

    assert "career-organiser group" in named
    assert [line for line in named if not await offered(ana, line)] == []
    assert "/career refer name:<Their name> does:<What they do> field:<Field>" in one.text


async def test_members_find_no_way_to_what_organisers_do(the_club: Club) -> None:
    ben = the_club.home.user("Ben")
    await start(ben)
    home = await ben.types("career home")

    assert not await offered(ben, "career-organiser group")
    assert "Your group" not in home.labels


async def test_what_completes_itself_is_offered_while_somebody_types(the_club: Club) -> None:
    ben = the_club.home.user("Ben")
    offers = await ben.completes("career questions", "words", "sal")
    seen = await ben.types("career questions", words="Salary")
    everything = await ben.completes("career questions", "words", "")

    assert offers == ["sal", "Salary"]
    assert "Salary" in seen.text
    assert len(everything) <= 25


async def test_a_choice_that_takes_a_look_into_the_bank_offers_what_there_is_and_nothing_else(the_club: Club) -> None:
    ben = the_club.home.user("Ben")
    offers = await ben.completes("career question add", "category", "sal")
    nothing = await ben.completes("career question add", "category", "no such thing")
    everything = await ben.completes("career question add", "category", "")

    assert (offers, nothing) == (["Salary"], [])
    assert len(everything) == 14


async def test_a_message_is_saved_as_a_contact(the_club: Club) -> None:
    ana, ben = the_club.home.user("Ana"), the_club.home.user("Ben")
    said = ana.says(f"Talk to **Maria Lopez**, nurse manager at Example Hospital, {SECRET}")
    form = await ben.uses("Save as contact", said)
    saved = await ben.submits({})

    assert form.values["Their name"] == "Maria Lopez"
    assert form.values["E-mail"] == SECRET
    assert saved.kind == "ephemeral"
    assert "Saved. So far only you see Maria Lopez." in saved.text


async def test_typed_mentions_call_nobody_in_private_answers_either(the_club: Club) -> None:
    ben = the_club.home.user("Ben")
    name = f"@everyone <@{ben.id}> @here"
    saved = await ben.types("career refer", name=name, does="<@&1> </career:1> <#1>", field="||hidden||")

    assert saved.pings == ()
    assert name in saved.text
    assert "||hidden||" in saved.text


async def test_a_mention_of_ours_calls_the_one_who_is_meant(the_club: Club) -> None:
    ana, ben, careers = the_club.home.user("Ana"), the_club.home.user("Ben"), the_club.home.channel("careers")
    await share(ana, careers)
    await ask(ben, careers)
    the_club.clock.forward(hours=12)
    await the_club.deliver()

    assert [seen.pings for seen in ana.dms] == [(ben.id,)]
    assert "@Ben" in ana.dms[0].text


async def test_typed_options_run_the_command_and_wrong_ones_open_its_form(the_club: Club) -> None:
    ben = the_club.home.user("Ben")
    saved = await ben.types("career refer", name="Maria", does="Nurse", field="Nursing")
    form = await ben.types("career refer", name="Omar")

    assert "Saved. So far only you see Maria." in saved.text
    assert form.kind == "modal"
    assert form.values["Their name"] == "Omar"


async def test_a_typed_option_that_the_command_refuses_opens_its_form_filled_in(the_club: Club) -> None:
    ben = the_club.home.user("Ben")
    form = await ben.types("career refer", name="Ben", does="Nurse", field="Nursing")
    saved = await ben.submits({"Their name": "Maria"})

    assert form.kind == "modal"
    assert "That is you." in form.text
    assert form.values == {
        "Their name": "Ben", "What they do": "Nurse", "Field": "Nursing", "Organisation": "", "City or region": "",
    }  # fmt: skip
    assert "Saved. So far only you see Maria." in saved.text


async def test_a_server_s_nick_is_what_the_group_reads(the_club: Club) -> None:
    ana = the_club.home.user("ana_1987", nick="Ana Reyes")
    careers = the_club.home.channel("careers")
    await share(ana, careers)
    await the_club.deliver()

    (card,) = (seen for seen in ana.sees(careers) if seen.kind == "message")
    assert "Shared by Ana Reyes" in card.text


async def test_commands_that_discord_still_shows_after_an_upgrade_get_a_kind_word(the_club: Club) -> None:
    ben = the_club.home.user("Ben")
    (career,) = (one for one in the_club.discord.commands[""] if one["name"] == "career")
    career["options"].append({"type": 1, "name": "bord", "description": "Gone", "options": []})
    told = await ben.types("career bord")

    assert "I do not know “bord” yet." in told.text
    assert any(label.startswith("/career board") for label in told.labels)


async def test_a_form_that_no_command_takes_any_more_gets_a_kind_word(the_club: Club) -> None:
    ben = the_club.home.user("Ben")
    ben.begins(FORM_SENT, {"custom_id": "0.retired", "components": []}, ben.place(None))
    seen = await ben.answered()

    assert seen.text == ("This form is from before an update, and I can take it no more. Call the command once more.")


async def test_an_answer_is_one_call(store: Database) -> None:
    async with club(store, at=MONDAY) as found:
        before = len(found.discord.calls)
        await found.home.user("Ben").types("career board")

        assert len(found.discord.calls) - before == calls(found, ANSWER) == 1
