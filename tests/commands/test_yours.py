"""Tests what becomes of a member's own data: the copy that they take along, and the deletion."""

import asyncio
import json
from typing import Any

from bot.model.contact import Basis, Consent, ContactId, Details, Scope
from bot.model.outbox import Outcome, Spot
from bot.model.people import Account, Member
from bot.model.question import CategorySlug
from bot.model.store import NewContact
from bot.talk.view import Attachment, Tone, View
from tests.world import World, button, buttons, said, view


async def _contact(world: World, name: str = "Maria Santos", steward: str = "ana", *, shared: bool = True) -> ContactId:
    """Write a contact down as *steward* would, and share it with the group."""
    member = await world.member(steward)
    async with world.store.unit(member.group, writes=True) as unit:
        new = NewContact(member.id, name, "Nurse manager", "Example Hospital", "Nursing", "Manila")
        contact = await unit.contacts.add(new, world.clock())
        await unit.contacts.set_details(contact, Details("maria@example.org", "+63 2 5550 100"))
        await unit.contacts.describe(contact, note="A friend of my aunt")
        if shared:
            today = world.clock().date()
            consent = Consent(Basis.SAID_YES, Scope.DIRECT, today, today.replace(year=today.year + 1), member.id)
            await unit.contacts.share(contact, consent, world.clock())
    return contact


async def _post(world: World, contact: ContactId, by: str = "ana") -> None:
    actor = world.actor(by)
    await world.bot.handle("refer publish", {"contact": str(contact), "basis": "said-yes", "scope": "direct",
                                             "in_channel": "yes"}, actor)  # fmt: skip
    await world.deliver()


async def _exported(world: World, by: str) -> dict[str, Any]:
    answer = view(await world.say("export", by=by))
    file = next(element for element in answer.body if isinstance(element, Attachment))
    whole: dict[str, Any] = json.loads(file.content)
    return whole


async def _forgotten(world: World, by: str = "ana") -> Any:
    first = await world.say("forget me", by=by)
    second = await world.press(first, "Go on", by=by)
    return await world.press(second, "Delete everything", by=by)


async def test_an_export_holds_ones_own_contacts_with_their_details(world: World) -> None:
    await _contact(world, shared=False)

    whole = await _exported(world, "ana")

    (contact,) = whole["contacts you wrote down or shared"]
    assert (contact["name"], contact["email"], contact["phone"], contact["note"]) == (
        "Maria Santos", "maria@example.org", "+63 2 5550 100", "A friend of my aunt",
    )  # fmt: skip
    assert [one["name"] for one in whole["you"]] == ["Ana"]


async def test_an_export_is_private_and_changes_nothing(world: World) -> None:
    answer = view(await world.say("export", by="ana"))

    assert answer.is_private
    assert world.bot.registry.commands["export"].reads


async def test_an_export_holds_nothing_of_anybody_else(world: World) -> None:
    contact = await _contact(world, steward="ana")
    await _contact(world, "Jose Cruz", steward="ana", shared=False)
    asked = await world.bot.handle("board ask", {"contact": str(contact)}, world.actor("ben"))
    assert "maria@example.org" in said(await world.press(asked, "How to reach them", by="ben"))

    whole = json.dumps(await _exported(world, "ben"), ensure_ascii=False)

    for secret in ("maria@example.org", "5550 100", "Maria Santos", "A friend of my aunt", "Jose Cruz", "Ana"):
        assert secret not in whole


async def test_an_export_tells_that_somebody_asked_but_not_who(world: World) -> None:
    contact = await _contact(world, steward="ana")
    await world.bot.handle("board ask", {"contact": str(contact)}, world.actor("ben"))

    whole = await _exported(world, "ana")

    assert whole["asks by others about your contacts"] == [{"contact number": contact, "day": "2026-11-23"}]
    assert "Ben" not in json.dumps(whole)


async def test_an_export_names_things_in_plain_words(world: World) -> None:
    await _contact(world)
    await _contact(world, "Jose Cruz", "ben")

    whole = await _exported(world, "ana")

    names = {*whole, *(name for rows in whole.values() if isinstance(rows, list) for row in rows for name in row)}
    assert not [name for name in names if "_" in name]


async def test_forget_me_says_first_what_goes_and_what_stays(world: World) -> None:
    await _contact(world)
    await _contact(world, "Jose Cruz", shared=False)
    ana = await world.member("ana")
    async with world.store.unit(ana.group, writes=True) as unit:
        await unit.questions.add(ana.id, "What surprised you?", CategorySlug("lifestyle"), world.clock())
        await unit.interviews.add(ana.id, "Jose", "", "Nursing", "Shifts", 20, world.clock())

    words = said(await world.say("forget me", by="ana"))

    assert "2 contacts, with details and notes" in words
    assert "1 of them leaves the board" in words
    assert "1 talk, with its plan" in words
    assert "1 question of yours in the bank" in words
    assert (await world.member("ana")).id == ana.id


async def test_forget_me_offers_the_export_first_and_asks_twice(world: World) -> None:
    first = await world.say("forget me", by="ana")
    second = await world.press(first, "Go on", by="ana")

    assert buttons(first)[0].label == "Export first"
    assert not [one for one in buttons(first) if one.tone is Tone.DANGER]
    assert [one.label for one in buttons(second) if one.tone is Tone.DANGER] == ["Delete everything of mine"]


async def test_keeping_everything_keeps_everything(world: World) -> None:
    await _contact(world)
    first = await world.say("forget me", by="ana")

    kept = await world.press(first, "Keep", by="ana")

    assert "Nothing was deleted" in said(kept)
    assert len((await _exported(world, "ana"))["contacts you wrote down or shared"]) == 1


async def test_whoever_is_forgotten_comes_back_to_a_blank_page(world: World) -> None:
    await _contact(world)
    await _contact(world, "Jose Cruz", shared=False)

    await _forgotten(world)

    whole = await _exported(world, "ana")
    assert whole["contacts you wrote down or shared"] == []
    assert whole["presses kept for a week, so that none counts twice"] == []


async def test_the_board_does_not_show_the_contacts_of_somebody_forgotten(world: World) -> None:
    await _contact(world)

    await _forgotten(world)

    words = said(await world.say("board", by="ben"))
    assert "Maria" not in words
    assert "Ana" not in words


async def test_a_card_in_the_channel_is_taken_back_when_its_sharer_is_forgotten(world: World) -> None:
    await _post(world, await _contact(world))
    (posted,) = world.mailbox.to("careers")
    assert "Maria Santos" in posted.text

    await _forgotten(world)
    (edit,) = await world.deliver()

    assert (edit.to, edit.message, edit.is_edit) == ("careers", posted.message, True)
    assert edit.text == "This card was taken back."


async def test_an_open_ask_ends_when_the_sharer_is_forgotten(world: World) -> None:
    contact = await _contact(world)
    await world.bot.handle("board ask", {"contact": str(contact)}, world.actor("ben"))

    await _forgotten(world)

    ben = await world.member("ben")
    async with world.store.unit(ben.group, writes=False) as unit:
        assert not [ask for ask in await unit.asks.by(ben.id) if ask.is_open(world.clock())]
    assert "Maria" not in said(await world.say("asks", by="ben"))


async def test_a_hold_of_somebody_forgotten_lets_others_ask(world: World) -> None:
    contact = await _contact(world, steward="ana")
    await world.bot.handle("board ask", {"contact": str(contact)}, world.actor("ben"))

    await _forgotten(world, "ben")

    ben = await world.member("ana")
    async with world.store.unit(ben.group, writes=False) as unit:
        assert not [ask for ask in await unit.asks.about(contact, world.clock()) if ask.is_open(world.clock())]
    assert not [one for one in await world.deliver() if "Ben" in one.text]


async def test_no_message_reaches_somebody_forgotten(world: World) -> None:
    contact = await _contact(world, steward="ana")
    await world.bot.handle("board ask", {"contact": str(contact)}, world.actor("ben"))

    await _forgotten(world, "ana")
    world.clock.forward(days=3)

    assert not [one for one in await world.deliver() if one.to == "ana"]


async def test_the_same_deletion_delivered_twice_gets_the_same_answer(world: World) -> None:
    await _contact(world)
    first = await world.say("forget me", by="ana")
    press = button(await world.press(first, "Go on", by="ana"), "Delete everything").press
    actor = world.actor("ana")
    once = await world.bot.handle(press.path, press, actor)
    world.clock.forward(seconds=3)

    again = await world.bot.handle(press.path, press, actor)

    assert again == once
    async with world.store.unit((await world.member("ben")).group, writes=False) as unit:
        assert "Ana" not in [member.name for member in await unit.members.all()]


async def test_the_same_deletion_delivered_at_the_same_time_gets_the_same_answer(world: World) -> None:
    await _contact(world)
    first = await world.say("forget me", by="ana")
    press = button(await world.press(first, "Go on", by="ana"), "Delete everything").press
    actor = world.actor("ana")

    once, again = await asyncio.gather(*(world.bot.handle(press.path, press, actor) for _twice in range(2)))

    assert once == again
    assert "deleted" in said(once)


async def test_an_old_button_does_not_delete_what_came_later(world: World) -> None:
    first = await world.say("forget me", by="ana")
    second = await world.press(first, "Go on", by="ana")
    await world.press(second, "Delete everything", by="ana")
    await _contact(world)
    world.clock.forward(minutes=1)

    answer = await world.press(second, "Delete everything", by="ana")

    assert "Nothing has happened yet" in said(answer)
    assert len((await _exported(world, "ana"))["contacts you wrote down or shared"]) == 1


async def test_a_question_of_somebody_forgotten_stays_without_a_name(world: World) -> None:
    ana = await world.member("ana")
    async with world.store.unit(ana.group, writes=True) as unit:
        await unit.questions.add(ana.id, "What surprised you?", CategorySlug("lifestyle"), world.clock())

    await _forgotten(world)

    async with world.store.unit(ana.group, writes=False) as unit:
        (question,) = await unit.questions.all()
    assert question.text == "What surprised you?"
    assert question.author != ana.id


async def test_a_card_that_is_being_sent_while_its_sharer_is_forgotten_is_taken_back(world: World) -> None:
    contact = await _contact(world)
    first = await world.say("forget me", by="ana")
    press = button(await world.press(first, "Go on", by="ana"), "Delete everything").press
    mailbox, forget = world.mailbox, world.actor("ana")

    class Slow:
        """A platform on which somebody is forgotten between the sending and its answer."""

        knows_again = None

        async def send(
            self, to: Account | Spot, view: View, key: str, reader: Member | None, *, is_in_doubt: bool = False
        ) -> Outcome:
            outcome = await mailbox.send(to, view, key, reader)
            await world.bot.handle(press.path, press, forget)
            return outcome

        async def edit(self, to: Account | Spot, message: str, view: View, reader: Member | None) -> Outcome:
            return await mailbox.edit(to, message, view, reader)

    world.courier.senders = {"test": Slow()}
    await _post(world, contact)

    assert [one.text for one in mailbox.to("careers")][1:] == ["This card was taken back."]
