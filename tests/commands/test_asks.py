"""Asking for a talk: who may ask when, what the holder and the sharer see, and what becomes of an ask."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk.bot import Reply
from bot.model.contact import AskState, ContactId
from bot.model.shield import HOLD_LASTS
from bot.talk.view import Press, When
from storage.database import Database
from tests.commands.sharing import (
    DAVID,
    EMAIL,
    MARIA,
    PHONE,
    asked,
    asks_of,
    call,
    contact_of,
    fill,
    several,
    shared,
    titles,
    withdraw,
    written_down,
)
from tests.world import MONDAY, World, a_world, said, view

BLINK = timedelta(microseconds=1)


def moments(reply: Reply) -> list[When]:
    """Return the moments that *reply* names in its paragraphs."""
    paragraphs = [getattr(element, "spans", ()) for element in view(reply).body]
    return [span for spans in paragraphs for span in spans if isinstance(span, When)]


async def wrote(world: World, contact: ContactId, by: str = "ben") -> Reply:
    """Let *by* take the ask and say that they wrote."""
    return await world.press(await asked(world, contact, by), "I wrote", by)


@pytest.mark.parametrize("later", [timedelta(0), HOLD_LASTS + timedelta(hours=1)])
async def test_a_planned_talk_waits_for_an_answer_once_its_seeker_wrote(world: World, later: timedelta) -> None:
    hold = await asked(world, await shared(world))
    await world.press(hold, "Plan a talk")
    world.clock.now += later

    await world.press(hold, "I wrote")

    assert "asked, waiting for an answer" in said(await world.say("interviews"))


async def test_the_holder_sees_the_details_and_each_look_is_noted(world: World) -> None:
    contact = await shared(world)
    hold = await asked(world, contact)

    details = await world.press(hold, "How to reach them")

    assert EMAIL not in said(hold)
    assert EMAIL in said(details)
    assert PHONE in said(details)
    assert [look["contact_id"] for look in (await kept_about(world))["sightings"]] == [contact]


async def kept_about(world: World, user: str = "ben") -> dict[str, list[dict[str, object]]]:
    member = await world.member(user)
    async with world.store.unit(member.group, writes=False) as unit:
        return await unit.exports.everything(member.id)


async def test_details_that_were_shown_are_kept_nowhere_else(world: World) -> None:
    contact = await shared(world)
    details = await world.press(await asked(world, contact), "How to reach them")
    await world.press(details, "I wrote")

    assert EMAIL not in str(await kept_about(world))


async def test_a_contact_who_goes_through_the_sharer_is_introduced(world: World) -> None:
    contact = await shared(world, scope="ask-me-first")
    hold = await asked(world, contact)

    details = await call(world, "board held", (await asks_of(world))[0].id)
    (letter,) = await world.deliver()

    assert "Ana introduces you" in said(hold)
    assert not any(secret in said(hold) + said(details) for secret in (EMAIL, PHONE))
    assert (await kept_about(world))["sightings"] == []
    assert letter.to == "ana"
    assert "@Ben would like to talk to Maria Santos" in letter.text
    assert "would you introduce them?" in letter.text


async def test_the_sharer_of_an_open_contact_hears_and_need_do_nothing(world: World) -> None:
    await asked(world, await shared(world))

    (letter,) = await world.deliver()

    assert letter.to == "ana"
    assert "There is nothing you need to do." in letter.text


async def test_the_sharer_sees_with_the_contact_who_has_the_ask(world: World) -> None:
    contact = await shared(world)
    await asked(world, contact)

    assert "Ben has the ask, until 2026-11-26" in said(await call(world, "refer see", contact, "ana"))


async def test_the_sharer_is_not_woken_and_not_told_what_is_over(world: World) -> None:
    maria, david = await shared(world), await shared(world, DAVID)
    world.clock.forward(hours=8)  # three in the morning in New York
    hold = await asked(world, maria)
    await asked(world, david, "chloe")
    assert await world.deliver() == []

    await world.press(hold, "Let it go")
    world.clock.forward(hours=5)

    assert ["David" in letter.text for letter in await world.deliver()] == [True]


@pytest.mark.parametrize("scope", ["direct", "ask-me-first"])
async def test_a_letter_that_is_late_does_not_wake_the_sharer(world: World, scope: str) -> None:
    await asked(world, await shared(world, scope=scope))  # seven in the evening in New York
    world.clock.forward(hours=2)
    assert await world.deliver() == []

    world.clock.forward(hours=11)

    assert [letter.to for letter in await world.deliver()] == ["ana"]


@pytest.mark.parametrize(("may_name", "line"), [("yes", "You may say that Ana"), ("", "Write without naming Ana")])
async def test_whose_name_may_be_used_is_said(world: World, may_name: str, line: str) -> None:
    contact = await shared(world, may_name=may_name)

    assert line in said(await asked(world, contact))


async def test_nobody_asks_for_their_own_card(world: World) -> None:
    contact = await shared(world)

    reply = await asked(world, contact, "ana")

    assert "You know Maria Santos yourself" in said(reply)
    assert await asks_of(world, "ana") == ()


async def test_asking_again_shows_the_same_hold(world: World) -> None:
    contact = await shared(world)
    first = await asked(world, contact)
    world.clock.forward(hours=5)

    second = await asked(world, contact)

    assert moments(first) == moments(second) == [When(MONDAY + HOLD_LASTS)]
    assert len(await asks_of(world)) == 1


async def test_the_same_press_delivered_twice_takes_one_hold_and_gets_one_answer(world: World) -> None:
    contact = await shared(world)
    actor, press = world.actor(), Press("board ask", (str(contact),))

    first = await world.bot.handle("board ask", press, actor)
    world.clock.forward(days=10)
    second = await world.bot.handle("board ask", press, actor)

    assert first == second
    assert len(await asks_of(world)) == 1


async def test_of_several_who_ask_at_once_one_gets_the_hold(database: Database) -> None:
    world = a_world(database)
    contact = await shared(world)
    people = ("ben", "chloe", "dana", "emil")

    replies = await asyncio.gather(*(asked(world, contact, who) for who in people))

    assert sum("The ask is yours" in said(reply) for reply in replies) == 1
    assert sum("has the ask for Maria Santos now" in said(reply) for reply in replies) == 3
    assert sum([len(await asks_of(world, who)) for who in people]) == 1


async def test_asking_and_taking_back_at_once_leaves_no_open_ask(database: Database) -> None:
    world = a_world(database)
    contact = await shared(world)
    await asyncio.gather(asked(world, contact), withdraw(world, contact), asked(world, contact, "chloe"))

    asks = [*await asks_of(world), *await asks_of(world, "chloe")]

    assert not [ask for ask in asks if ask.is_open(world.clock())]


async def test_a_blocked_seeker_sees_the_date_and_similar_cards_and_never_who_asked(world: World) -> None:
    maria = await shared(world)
    await shared(world, replace(MARIA, name="Rosa", place="Cebu", email="rosa@example.org", phone=""))
    busy = await shared(world, replace(MARIA, name="Busy", place="Cebu", email="busy@example.org", phone=""))
    await shared(world, replace(DAVID, name="Paolo", place="Manila", email="paolo@example.org"))
    await shared(world, DAVID)
    await asked(world, busy, "dana")
    await asked(world, maria)

    reply = await asked(world, maria, "chloe")

    assert moments(reply) == [When(MONDAY + HOLD_LASTS)]
    assert titles(reply) == ["Rosa", "Paolo"]
    assert "Ben" not in said(reply)
    assert "Dana" not in said(reply)


async def test_the_named_date_is_the_first_on_which_asking_works(world: World) -> None:
    contact = await shared(world)
    await wrote(world, contact)
    await call(world, "board close", (await asks_of(world))[0].id)
    (date,) = moments(await asked(world, contact, "chloe"))

    world.clock.to(date.at - BLINK)
    before = await asked(world, contact, "chloe")
    world.clock.to(date.at)
    then = await asked(world, contact, "chloe")

    assert date.at == MONDAY + timedelta(days=14)
    assert "so they get a rest" in said(before)
    assert "The ask is yours" in said(then)


async def test_a_fourth_ask_waits_until_one_of_three_is_over(world: World) -> None:
    contacts = await several(world, 4)
    holds = [await asked(world, contact) for contact in contacts[:3]]
    refused = await asked(world, contacts[3])

    await world.press(holds[0], "Let it go")

    assert "You have 3 asks open" in said(refused)
    assert "The ask is yours" in said(await asked(world, contacts[3]))


async def test_letting_go_frees_the_card_at_once(world: World) -> None:
    contact = await shared(world)

    await world.press(await asked(world, contact), "Let it go")

    assert "The ask is yours" in said(await asked(world, contact, "chloe"))


async def test_a_hold_ends_by_itself_and_takes_the_details_with_it(world: World) -> None:
    contact = await shared(world)
    hold = await asked(world, contact)

    world.clock.forward(hours=72)

    assert "is over" in said(await world.press(hold, "How to reach them"))
    assert "The ask is yours" in said(await asked(world, contact, "chloe"))


async def test_writing_keeps_the_ask_open_and_the_details_in_reach(world: World) -> None:
    contact = await shared(world)
    sent = await wrote(world, contact)

    world.clock.forward(days=20)

    assert "You got in touch on" in said(sent)
    assert EMAIL in said(await world.press(sent, "How to reach them"))
    assert "has the ask" in said(await asked(world, contact, "chloe"))


async def test_an_ask_that_is_over_shows_no_details(world: World) -> None:
    contact = await shared(world)
    sent = await wrote(world, contact)

    await world.press(sent, "It is over")

    assert "is over" in said(await world.press(sent, "How to reach them"))
    assert EMAIL not in said(await world.say("asks"))


async def test_what_was_sent_cannot_be_let_go(world: World) -> None:
    contact = await shared(world)
    hold = await asked(world, contact)
    await world.press(hold, "I wrote")

    reply = await world.press(hold, "Let it go")

    assert "You wrote to Maria Santos already" in said(reply)
    assert [ask.state for ask in await asks_of(world)] == [AskState.SENT]


async def test_writing_after_the_hold_opens_it_again_while_nobody_else_has_it(world: World) -> None:
    hold = await asked(world, await shared(world))
    world.clock.forward(hours=80)

    reply = await world.press(await world.say("asks"), "I wrote")

    assert "You got in touch on" in said(reply)
    assert "It is over" in said(reply)
    assert said(await world.press(hold, "I wrote")) == said(reply)


async def test_writing_after_somebody_else_took_the_ask_still_gives_the_contact_a_rest(world: World) -> None:
    contact = await shared(world)
    hold = await asked(world, contact)
    world.clock.forward(hours=73)
    other = await asked(world, contact, "chloe")

    reply = await world.press(hold, "I wrote")
    await world.press(other, "Let it go", "chloe")

    assert "I noted that you wrote" in said(reply)
    assert EMAIL not in said(reply)
    assert moments(await asked(world, contact, "dana")) == [When(world.clock() + timedelta(days=14))]


async def test_your_asks_show_how_long_they_are_yours(world: World) -> None:
    await asked(world, await shared(world))
    await wrote(world, await shared(world, DAVID))

    reply = await world.say("asks")

    assert titles(reply) == ["David Cruz", "Maria Santos"]
    assert moments(reply) == []  # they stand on the cards
    assert "The ask is yours until 2026-11-26" in said(reply)
    assert titles(await world.say("asks", "chloe")) == []


async def test_nobody_uses_the_ask_of_somebody_else(world: World) -> None:
    await asked(world, await shared(world))
    (ask,) = await asks_of(world)

    for path in ("board held", "board sent", "board release", "board close"):
        assert "not on your list" in said(await call(world, path, ask.id, "chloe"))

    assert [one.state for one in await asks_of(world)] == [AskState.HOLD]


async def test_a_card_that_is_taken_back_ends_every_ask(world: World) -> None:
    contact = await shared(world)
    hold = await asked(world, contact)
    await withdraw(world, contact, reason="theirs")

    for label in ("How to reach them", "I wrote", "Let it go"):
        reply = await world.press(hold, label)
        assert "taken back" in said(reply)
        assert EMAIL not in said(reply)

    assert "A card that you asked about on" in said(await world.say("asks"))
    assert "Maria" not in said(await world.say("asks"))
    assert "leave it at that" in said(await call(world, "board look", contact))
    assert "not on the board any more" in said(await call(world, "board look", contact, "chloe"))
    assert [one.state for one in await asks_of(world)] == [AskState.CLOSED]


async def test_a_sharer_who_narrows_the_consent_hides_the_details_at_once(world: World) -> None:
    contact = await shared(world)
    hold = await asked(world, contact)
    form = Press("refer share", (str(contact),), is_form=True)

    preview = await fill(world, form, "ana", scope="ask-me-first")
    await world.press(preview, "Share on the board", "ana")

    assert EMAIL not in said(await world.press(hold, "How to reach them"))


async def test_an_ask_leads_to_a_plan_with_that_contact(world: World) -> None:
    hold = await asked(world, await shared(world))

    plan = await world.press(hold, "Plan a talk")

    assert "Maria Santos" in said(plan)


async def test_a_private_contact_cannot_be_asked_for(world: World) -> None:
    contact = await written_down(world)

    await asked(world, contact)

    assert await asks_of(world) == ()
    assert await contact_of(world, contact, "ben") is None


async def test_an_ask_of_one_group_does_nothing_in_another(world: World) -> None:
    contact = await shared(world)
    await asked(world, contact)
    (ask,) = await asks_of(world)

    for path, number in (("board held", ask.id), ("board sent", ask.id), ("board ask", contact)):
        assert "Maria" not in said(await call(world, path, number, "ben", workspace="W2"))

    assert titles(await world.say("asks", world.actor("ben", workspace="W2"))) == []
    assert [one.state for one in await asks_of(world)] == [AskState.HOLD]


@pytest.mark.parametrize("again", ["ana", "dana"])
async def test_a_contact_who_was_taken_off_and_shared_again_keeps_the_rest(database: Database, again: str) -> None:
    world = a_world(database)
    contact = await shared(world)
    await wrote(world, contact)
    await withdraw(world, contact)
    anew = await shared(world, by=again)

    reply = await asked(world, anew, "chloe")

    assert "so they get a rest" in said(reply)
