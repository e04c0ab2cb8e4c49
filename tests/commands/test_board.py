"""Finding somebody on the board: what a search finds, what a card shows, and what stays hidden."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.talk.fit import fit
from bot.talk.form import Dialog
from bot.talk.limits import PLATFORMS
from bot.talk.press import encode
from bot.talk.view import Press
from storage import watching
from storage.watching import Statement
from tests.commands.sharing import (
    DAVID,
    EMAIL,
    MARIA,
    PHONE,
    asked,
    call,
    several,
    shared,
    titles,
)
from tests.world import MONDAY, World, buttons, errors, said, view


@pytest.mark.parametrize(
    ("words", "by"),
    [
        ("mar sant", ""), ("NURSE", ""), ("nurs manila", ""), ("example", "organisation"), ("nursing", "field"),
        ("man", "place"), ("night", "tag"), ("shifts night", "tag"), ("", ""),
    ],
)  # fmt: skip
async def test_a_card_is_found_by_what_stands_on_it(world: World, words: str, by: str) -> None:
    await shared(world)

    reply = await world.bot.handle("board", Press("board", (words, by)), world.actor())

    assert titles(reply) == ["Maria Santos"]


@pytest.mark.parametrize(
    ("words", "by"), [("music", ""), ("manila", "field"), ("maria", "place"), ("maria@example.org", "")]
)
async def test_a_card_is_not_found_by_what_stands_elsewhere(world: World, words: str, by: str) -> None:
    await shared(world)

    reply = await world.bot.handle("board", Press("board", (words, by)), world.actor())

    assert titles(reply) == []


async def test_pages_go_through_the_whole_board_newest_first(world: World) -> None:
    await several(world, 12)
    first = await world.say("board nursing")

    second = await world.press(first, "More")
    third = await world.press(second, "More")

    names = [*titles(first), *titles(second), *titles(third)]
    assert names == [f"Person {n}" for n in reversed(range(12))]
    assert titles(await world.press(third, "Back to the newest")) == titles(first)
    assert not [one for one in buttons(third) if one.label == "More"]


async def test_the_longest_search_fits_on_every_button(world: World) -> None:
    await several(world, 6)
    words = ("nurs " * 8).strip() + "|"
    reply = await world.bot.handle("board", {"words": words, "by": "anything"}, world.actor())

    pages = await world.press(reply, "More")

    assert all(len(encode(one.press)) <= 100 for one in (*buttons(reply), *buttons(pages)))


async def test_a_search_that_is_too_long_comes_back_in_the_form(world: World) -> None:
    reply = await world.say("board " + "nurse " * 20)

    assert "shorten" in errors(reply)["words"]
    assert "nurse nurse" in said(reply)


@pytest.mark.parametrize("words", ["@everyone", "<!channel>", '" OR 1=1 --', "a*", "NEAR(x)", "שלום", "|~|~"])
async def test_search_words_are_words_and_nothing_else(world: World, words: str) -> None:
    reply = await world.say(f"board {words}")

    assert titles(reply) == []


async def test_nothing_found_says_what_to_try(world: World) -> None:
    reply = await world.bot.handle("board", Press("board", ("astronaut", "field")), world.actor())

    assert "Nobody fits astronaut yet." in said(reply)
    labels = [one.label for one in buttons(reply)]
    assert labels == ["Look anywhere on the card", "Search again", "See everybody", "Write somebody down"]


async def test_an_empty_board_invites_the_first_card(world: World) -> None:
    reply = await world.say("board")

    assert "Nobody is on the board yet" in said(reply)
    assert isinstance(await world.press(reply, "Write somebody down"), Dialog)


async def test_search_again_opens_the_form_with_the_words(world: World) -> None:
    await shared(world)

    form = await world.press(await world.say("board nursing"), "Search again")

    assert isinstance(form, Dialog)
    assert [entry.value for entry in form.entries] == ["nursing", "anything"]


@pytest.fixture
def statements() -> Iterator[list[Statement]]:
    """Return the statements that the database runs from now on."""
    with watching.statements() as seen:
        yield seen


async def test_a_page_costs_as_many_statements_however_many_cards(world: World, statements: list[Statement]) -> None:
    await shared(world, DAVID, by="dana")
    await world.say("board")
    statements.clear()
    await world.say("board")
    for_one = len(statements)
    contacts = await several(world, 6)
    await asked(world, contacts[0])

    statements.clear()
    await world.say("board")

    assert len(statements) == for_one <= 4


async def test_the_board_says_who_is_free_and_until_when_others_rest(world: World) -> None:
    maria = await shared(world)
    await shared(world, DAVID)
    await asked(world, maria)

    board = said(await world.say("board", "chloe"))

    assert "Free to ask." in board
    assert "Resting until 2026-11-26" in board
    assert "Ben" not in board
    assert "You hold the ask until" in said(await world.say("board", "ben"))


async def test_every_view_fits_every_platform(world: World) -> None:
    people = [replace(MARIA, name=f"{n} " + "M" * 70, does="x" * 120, email="", phone="") for n in range(6)]
    contacts = [await shared(world, one) for one in people]
    replies = [await world.say("board"), await call(world, "board look", contacts[0]), await asked(world, contacts[0])]
    replies += [await asked(world, contacts[0], "chloe"), await world.say("asks")]

    for reply in replies:
        for limits in PLATFORMS:
            assert fit(view(reply), limits)


async def test_a_card_shows_that_details_are_on_file_and_not_what_they_are(world: World) -> None:
    contact = await shared(world)

    card = said(await call(world, "board look", contact))

    assert "E-mail and phone on file" in card
    assert "Shared by: Ana" in card
    assert EMAIL not in card
    assert PHONE not in card


async def test_your_own_card_leads_to_your_contact(world: World) -> None:
    contact = await shared(world)

    reply = await world.press(await call(world, "board look", contact, "ana"), "Open your contact", "ana")

    assert EMAIL in said(reply)


async def test_what_was_allowed_a_year_ago_shows_to_nobody_any_more(world: World) -> None:
    contact = await shared(world, is_posted=True)
    world.clock.to(MONDAY + timedelta(days=364))
    assert titles(await world.say("board")) == ["Maria Santos"]

    world.clock.to(MONDAY + timedelta(days=366))

    assert titles(await world.say("board")) == []
    assert "not on the board any more" in said(await call(world, "board look", contact))
    assert "taken back" in said(await asked(world, contact))
    assert [card.text for card in await world.deliver()] == ["This card was taken back."]
