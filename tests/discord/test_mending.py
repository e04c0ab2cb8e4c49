"""Says what becomes of forms in Discord: what was typed survives every error, every wait, and a restart."""

from collections.abc import AsyncIterator
from typing import Annotated

import pytest

import bot.commands
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.desk.registry import Registry, registry_of
from bot.talk.errors import BadInput
from bot.talk.form import Choice, Line, Many, Paragraph
from bot.talk.view import Option, View, say
from storage.database import Database
from tests.discord.club import Club
from tests.discord.faulty import faulty_club
from tests.discord.platform import Person, Seen
from tests.discord.platform.exchange import COMPONENT
from tests.discord.platform.payloads import component
from tests.discord.platform.screen import find_button

WRONG = {"Their name": "Ben", "What they do": "Nurse manager", "Field": "Nursing", "Organisation": "Example Hospital"}
THAT_IS_YOU = "That is you. Who else does work that the group could ask about?"
GONE = "This form has waited too long and is gone. Call the command once more."
SIZES = (Option("s", "Small"), Option("m", "Medium"), Option("l", "Large"))


@command("long", "Fill in two pages", topic=Topic.BEGIN, intro="This takes a minute, and nobody else sees it. " * 3)
async def long(
    ctx: Context,
    one: Annotated[str, Line("One")],
    two: Annotated[str, Choice("Two", SIZES)],
    three: Annotated[tuple[str, ...], Many("Three", SIZES)],
    four: Annotated[str, Paragraph("Four")],
    five: Annotated[str, Line("Five")],
) -> View:
    if five == "wrong":
        raise BadInput("Anything but that.", "five")
    return View("Taken", (say("{all}", all=" ".join((one, two, *three, four, five))),))


@pytest.fixture
async def the_club(store: Database, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Club]:
    """Return a club that has a command whose form takes two pages."""
    real = registry_of(bot.commands)
    registry = Registry({**real.commands, "long": long}, real.letters, real.happenings)
    async with faulty_club(store, caplog, registry=registry) as found:
        yield found


@pytest.fixture
def ben(the_club: Club) -> Person:
    return the_club.home.user("Ben")


async def got_it_wrong(ben: Person) -> Seen:
    await ben.types("career refer")
    return await ben.submits(WRONG)


async def test_a_form_that_has_to_be_mended_comes_back_with_every_word(ben: Person) -> None:
    told = await got_it_wrong(ben)
    form = await ben.presses("Edit")
    saved = await ben.submits({"Their name": "Maria"})

    assert told.kind == "ephemeral"
    assert f"Their name: {THAT_IS_YOU}" in told.text
    assert form.values == {**WRONG, "City or region": ""}
    assert THAT_IS_YOU in form.text
    assert "Maria" in saved.text
    assert "Example Hospital" in saved.text


async def test_a_form_may_be_mended_as_often_as_it_takes(ben: Person) -> None:
    await got_it_wrong(ben)
    for field in ("Nursing", "Music", "Public health"):
        await ben.presses("Edit")
        await ben.submits({"Field": field})
    await ben.presses("Edit")

    assert ben.modal is not None
    assert ben.modal.values["Field"] == "Public health"
    assert ben.modal.values["What they do"] == "Nurse manager"


async def test_a_form_that_was_put_away_opens_again(ben: Person) -> None:
    await got_it_wrong(ben)
    await ben.presses("Edit")
    ben.dismisses()
    form = await ben.presses("Edit")

    assert form.values == {**WRONG, "City or region": ""}


async def test_a_long_form_goes_on_behind_a_button_and_forgets_nothing(ben: Person) -> None:
    first = await ben.types("career long")
    between = await ben.submits({"One": "apple", "Two": "Medium", "Three": ["Small", "Large"], "Four": "a\nb"})
    second = await ben.presses("Go on")
    taken = await ben.submits({"Five": "pear"})

    assert (first.title, second.title) == ("Fill in two pages (1 of 2)", "Fill in two pages (2 of 2)")
    assert "One more page" in between.text
    assert second.fields == ["Five"]
    assert "apple m s l a\nb pear" in taken.text


async def test_a_long_form_that_has_to_be_mended_begins_with_its_first_page(ben: Person) -> None:
    await ben.types("career long")
    await ben.submits({"One": "apple", "Two": "Medium", "Three": ["Small", "Large"], "Four": "fig"})
    await ben.presses("Go on")
    told = await ben.submits({"Five": "wrong"})
    first = await ben.presses("Edit")
    await ben.submits({})
    second = await ben.presses("Go on")
    taken = await ben.submits({"Five": "pear"})

    assert "Five: Anything but that." in told.text
    assert first.values == {"One": "apple", "Two": "Medium", "Three": ["Small", "Large"], "Four": "fig"}
    assert second.values == {"Five": "wrong"}
    assert "apple m s l fig pear" in taken.text


async def test_a_form_that_was_open_during_a_restart_is_taken(the_club: Club, ben: Person) -> None:
    await ben.types("career refer")
    await the_club.restart()
    saved = await ben.submits({**WRONG, "Their name": "Maria"})

    assert "Saved. So far only you see Maria." in saved.text


async def test_what_was_typed_outlives_a_restart(the_club: Club, ben: Person) -> None:
    await got_it_wrong(ben)
    await the_club.restart()
    form = await ben.presses("Edit")

    assert form.values == {**WRONG, "City or region": ""}


async def test_a_long_form_goes_on_after_a_restart_between_its_pages_and_within_them(
    the_club: Club, ben: Person
) -> None:
    await ben.types("career long")
    await the_club.restart()
    await ben.submits({"One": "apple", "Two": "Medium", "Three": ["Small", "Large"], "Four": "fig"})
    await the_club.restart()
    await ben.presses("Go on")
    await the_club.restart()
    taken = await ben.submits({"Five": "pear"})

    assert "apple m s l fig pear" in taken.text


async def test_buttons_and_menus_work_after_a_restart(the_club: Club, ben: Person) -> None:
    await ben.types("career questions")
    await the_club.restart()
    chosen = await ben.chooses("By category", "Salary")
    await the_club.restart()
    why = await ben.presses("Why ask this")

    assert "Salary" in chosen.text
    assert why.kind == "ephemeral"
    assert why.text


async def test_a_form_of_yesterday_is_gone_and_says_so(the_club: Club, ben: Person) -> None:
    await got_it_wrong(ben)
    the_club.clock.forward(days=1, minutes=1)
    told = await ben.presses("Edit")

    assert told.text == GONE


async def test_a_page_that_was_open_since_yesterday_is_gone_and_says_so(the_club: Club, ben: Person) -> None:
    await ben.types("career long")
    the_club.clock.forward(days=1, minutes=1)
    told = await ben.submits({"One": "apple", "Two": "Medium", "Three": ["Small"], "Four": "fig"})

    assert told.text == GONE


async def test_nobody_opens_what_somebody_else_typed(the_club: Club, ben: Person) -> None:
    await got_it_wrong(ben)
    button = find_button(ben, "Edit", None)
    mia = the_club.home.user("Mia")
    await mia.types("career help")
    source = the_club.discord.message(mia.sees()[-1].id)
    mia.begins(COMPONENT, component(button.part, None), mia.place(None), source)
    told = await mia.answered()

    assert told.text == GONE
    assert mia.modal is None


async def test_a_button_that_was_never_ours_gets_a_kind_word(the_club: Club, ben: Person) -> None:
    await ben.types("career help")
    source = the_club.discord.message(ben.sees()[-1].id)
    for own in ("", "x", "draft", "0.draft", "0.draft|x", "0.where|", "0.no such thing|1"):
        ben.begins(COMPONENT, {"component_type": 2, "custom_id": own, "id": 1}, ben.place(None), source)
        assert (await ben.answered()).text.strip()
