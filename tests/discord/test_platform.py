"""Tests the stand-in for Discord with a very small bot on the real discord.py."""

from collections.abc import AsyncIterator
from typing import Any

import discord as library
import pytest

from tests.discord.platform import Guild, NotAllowed, Person, Platform, serving
from tests.discord.platform.tiny import Tiny, running


@pytest.fixture
async def discord() -> AsyncIterator[Platform]:
    async with serving() as found:
        yield found


@pytest.fixture
def north(discord: Platform) -> Guild:
    return discord.guild("North", locale="de")


@pytest.fixture
def ana(north: Guild) -> Person:
    return north.user("Ana", manage_guild=True, locale="fr")


@pytest.fixture
async def bot(discord: Platform, ana: Person) -> AsyncIterator[Tiny]:
    async with running(discord, Tiny(discord)) as found:
        yield found


# Commands


@pytest.mark.usefixtures("bot")
async def test_a_command_is_answered_privately(ana: Person, discord: Platform) -> None:
    seen = await ana.types("tea cup", kind="green", cups=2)

    assert (seen.kind, seen.text, discord.violations) == ("ephemeral", "cup is ready.", [])
    assert [message.text for message in ana.sees()] == ["cup is ready."]


async def test_an_interaction_tells_all_that_discord_tells(ana: Person, north: Guild, bot: Tiny) -> None:
    careers, ben = north.channel("careers"), north.user("Ben")
    await ana.types("tea cup", kind="green", guest=ben, size="Big", sugar=True, channel=careers)

    payload = ana.last.payload
    assert payload["member"]["permissions"] == str(int(payload["member"]["permissions"]) | 1 << 5)
    assert (payload["locale"], payload["guild_locale"], payload["context"]) == ("fr", "de", 0)
    assert payload["authorizing_integration_owners"] == {"0": north.id}
    assert payload["data"]["resolved"]["users"][ben.id]["global_name"] == "Ben"
    assert bot.heard[0]["options"][0]["options"] == [
        {"name": "kind", "type": 3, "value": "green"},
        {"name": "guest", "type": 6, "value": ben.id},
        {"name": "size", "type": 3, "value": "b"},
        {"name": "sugar", "type": 5, "value": True},
    ]


@pytest.mark.usefixtures("bot")
async def test_in_direct_messages_there_is_a_user_and_no_member(ana: Person) -> None:
    await ana.types("tea cup", kind="green", channel="dm")

    assert ana.last.payload["user"]["id"] == ana.id
    assert "member" not in ana.last.payload
    assert [message.text for message in ana.dms] == ["cup is ready."]


@pytest.mark.usefixtures("bot")
async def test_what_was_completed_is_sent_by_its_value(ana: Person) -> None:
    names = await ana.completes("tea cup", "kind", "gre")
    await ana.types("tea cup", kind="Tea 1")

    assert names == ["Tea 0", "Tea 1", "Tea 2"]
    assert ana.last.payload["data"]["options"][0]["options"][0]["value"] == "gre-1"


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    ("line", "values", "why"),
    [
        ("coffee", {}, "no command"),
        ("tea", {}, "not whole"),
        ("tea pot", {}, "no subcommand"),
        ("tea cup", {}, "required"),
        ("tea cup", {"kind": ""}, "characters"),
        ("tea cup", {"kind": "x", "cups": 10}, "out of bounds"),
        ("tea cup", {"kind": "x", "cups": "many"}, "takes a number"),
        ("tea cup", {"kind": "x", "size": "Huge"}, "no choice"),
        ("tea cup", {"kind": "x", "colour": "red"}, "no option"),
        ("tea cup", {"kind": "x", "sugar": "yes"}, "does not fit"),
    ],
)
async def test_the_client_sends_no_command_that_discord_would_not(
    ana: Person, line: str, values: dict[str, Any], why: str
) -> None:
    with pytest.raises(NotAllowed, match=why):
        await ana.types(line, values)


@pytest.mark.usefixtures("bot")
async def test_commands_show_only_where_and_to_whom_they_should(ana: Person, north: Guild) -> None:
    ben = north.user("Ben")
    await ana.types("taxes")
    with pytest.raises(NotAllowed):
        await ben.types("taxes")

    with pytest.raises(NotAllowed):
        await ana.types("taxes", channel="dm")


async def test_before_commands_are_published_nobody_has_any(ana: Person) -> None:
    with pytest.raises(NotAllowed, match="no command"):
        await ana.types("tea form")


@pytest.mark.usefixtures("bot")
async def test_messages_and_people_have_commands_of_their_own(ana: Person, north: Guild) -> None:
    said = ana.says("Write to maria@example.org")
    kept = await ana.uses("Keep", said)
    invited = await ana.uses("Invite", north.user("Ben"))

    assert kept.text == "Kept: Write to maria@example.org"
    assert invited.text == "Invite is ready."
    assert ana.last.payload["data"]["target_id"] in ana.last.payload["data"]["resolved"]["members"]


# Components


@pytest.mark.usefixtures("bot")
async def test_a_button_changes_its_message_in_place(ana: Person, discord: Platform) -> None:
    first = await ana.types("tea card")
    seen = await ana.presses("Pour")

    assert first.text == "Tea\nGreen or black?\n[Pour] [Brew] [Wait] [Never]\n[Which tea: Green | Black]"
    assert "**Green**" in first.markup
    assert (seen.id, "Poured." in seen.text, len(ana.sees())) == (first.id, True, 1)
    assert ana.last.payload["message"]["components"][0]["components"][2]["components"][0]["custom_id"] == "pour"
    assert discord.violations == []


@pytest.mark.usefixtures("bot")
async def test_a_deferred_press_can_change_the_message_and_say_more(ana: Person, discord: Platform) -> None:
    await ana.types("tea card")
    seen = await ana.presses("Wait")
    await discord.until(lambda: len(ana.last.answers) == 2)

    assert "Waited." in seen.text
    assert [(m.kind, m.text) for m in ana.sees()][1:] == [("ephemeral", "And more.")]
    assert discord.violations == []


@pytest.mark.usefixtures("bot")
async def test_a_menu_is_found_by_its_words_and_sends_the_value(ana: Person) -> None:
    await ana.types("tea card")
    seen = await ana.chooses("Which tea", "Black")
    again = await ana.chooses("Green or", "Green")

    assert (seen.text, again.text) == ("Chose ['b']", "Chose ['g']")


@pytest.mark.usefixtures("bot")
async def test_what_is_disabled_or_not_there_cannot_be_used(ana: Person) -> None:
    await ana.types("tea card")

    with pytest.raises(NotAllowed):
        await ana.presses("Never")
    with pytest.raises(AssertionError):
        await ana.presses("Spill")
    with pytest.raises(NotAllowed):
        await ana.chooses("Which tea", ["Green", "Black"])


@pytest.mark.usefixtures("bot")
async def test_private_answers_are_seen_by_one_person_until_they_reload(ana: Person, north: Guild) -> None:
    ben = north.user("Ben")
    await ana.types("tea card")
    assert ben.sees() == []
    ana.reloads()

    assert ana.sees() == []


# Modals


@pytest.mark.usefixtures("bot")
async def test_a_form_is_filled_in_and_sent(ana: Person, discord: Platform) -> None:
    form = await ana.types("tea form")
    seen = await ana.submits(
        {"Your name": "Ana", "Kind": "Black", "Extras": ["Milk", "Sugar"], "Town": "Cebu", "Hot": True}
    )

    assert (form.kind, form.title, form.fields) == ("modal", "Your tea", ["Your name", "Kind", "Extras", "Town", "Hot"])
    assert form.values == {"Your name": "An", "Kind": None, "Extras": [], "Town": [], "Hot": False}
    assert seen.text == "For Ana; black; ['milk', 'sugar']; ['cebu']; True"
    assert (ana.modal, discord.violations) == (None, [])


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"Kind": "Black", "Your name": ""}, "required"),
        ({}, "'Kind' is required"),
        ({"Kind": "Blue"}, "no option"),
        ({"Your name": "x" * 21}, "do not fit"),
        ({"Your nom": "Ana"}, "no field"),
    ],
)
async def test_the_client_sends_no_form_that_discord_would_not(ana: Person, answers: dict[str, Any], why: str) -> None:
    await ana.types("tea form")

    with pytest.raises(NotAllowed, match=why):
        await ana.submits(answers)


@pytest.mark.usefixtures("bot")
async def test_a_form_that_a_button_opened_still_knows_the_message(ana: Person) -> None:
    card = await ana.types("tea card")
    opened = await ana.presses("Brew")
    await ana.submits({"Kind": "Green"})

    assert opened.kind == "modal"
    assert ana.last.payload["message"]["id"] == card.id


@pytest.mark.usefixtures("bot")
async def test_behind_a_form_nothing_can_be_pressed(ana: Person) -> None:
    await ana.types("tea card")
    await ana.presses("Brew")
    with pytest.raises(AssertionError, match="modal is open"):
        await ana.presses("Pour")
    ana.dismisses()

    assert "Poured." in (await ana.presses("Pour")).text


# Answers


@pytest.mark.usefixtures("bot")
async def test_a_deferred_answer_is_seen_when_it_comes(ana: Person, discord: Platform) -> None:
    seen = await ana.types("tea slow")

    assert (seen.kind, seen.text, seen.is_loading, discord.violations) == ("ephemeral", "Here it is.", False, [])


@pytest.mark.usefixtures("bot")
async def test_a_late_answer_is_refused_and_noted(ana: Person, discord: Platform) -> None:
    discord.patience = 0.1
    await ana.types("tea late", expect_answer=False)
    await discord.until(lambda: discord.violations)

    assert [violation.code for violation in discord.violations] == [10062]
    assert (discord.calls[-1].status, ana.sees()) == (404, [])


@pytest.mark.usefixtures("bot")
async def test_a_second_answer_is_refused_and_noted(ana: Person, discord: Platform) -> None:
    await ana.types("tea twice")
    await discord.until(lambda: discord.violations)

    assert [violation.code for violation in discord.violations] == [40060]
    assert [message.text for message in ana.sees()] == ["Once."]


@pytest.mark.usefixtures("bot")
async def test_a_file_arrives_with_its_words(ana: Person, discord: Platform) -> None:
    seen = await ana.types("tea leaf")

    assert [(file["name"], file["content"]) for file in seen.files] == [("leaf.txt", b"leaf")]
    assert discord.violations == []


# The library


async def test_discord_py_is_led_back_to_where_it_went_before() -> None:
    def where() -> tuple[str, str]:
        return library.http.Route.BASE, str(library.gateway.DiscordWebSocket.DEFAULT_GATEWAY)

    before = where()
    async with serving() as found:
        inside = where()
    after = where()

    assert (inside, after) == ((found.api_url, found.gateway_url), before)


async def test_a_wrong_token_does_not_log_in(discord: Platform) -> None:
    client = Tiny(discord)
    with pytest.raises(library.LoginFailure):
        await client.start("wrong")
    await client.close()

    assert discord.rates.invalid == 1


async def test_the_bot_asks_about_people_guilds_and_channels(bot: Tiny, ana: Person, north: Guild) -> None:
    guild = await bot.fetch_guild(int(north.id))
    member = await guild.fetch_member(int(ana.id))
    user = await bot.fetch_user(int(ana.id))

    assert (guild.name, member.display_name, user.name) == ("North", "Ana", "ana")
