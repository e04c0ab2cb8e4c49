"""Writing a contact down and sharing them, as people do it: what is asked, who sees what, and taking it back."""

import asyncio
import logging
from dataclasses import replace

import pytest

from bot.desk.bot import Reply
from bot.model.contact import ContactId, Scope, Standing
from bot.talk.form import Dialog
from bot.talk.view import Press
from storage.database import Database
from tests.commands.sharing import (
    EMAIL,
    MARIA,
    NOTE,
    PHONE,
    asks_of,
    call,
    contact_of,
    fill,
    shared,
    titles,
    withdraw,
    written_down,
)
from tests.world import World, a_world, buttons, errors, said

HOSTILE = ("@everyone", "<!channel>", "<script>alert(1)</script>", '=HYPERLINK("x")', "*_~`", "שלום", "a|b~c")


async def form_of(world: World, by: str = "ana") -> Reply:
    return await world.say("refer", by)


async def test_a_contact_is_private_until_it_is_shared(world: World) -> None:
    contact = await written_down(world)

    assert "Maria" not in said(await world.say("board", "ben"))
    assert "Maria" not in said(await call(world, "board look", contact))
    assert "Maria" not in said(await call(world, "board ask", contact))
    assert "Maria" not in said(await call(world, "refer see", contact))
    assert await asks_of(world) == ()


async def test_typing_it_all_after_the_command_needs_no_form(world: World) -> None:
    new = await world.say("refer Maria Santos, nurse manager, Nursing, Example Hospital, Manila", "ana")

    assert "So far only you see Maria Santos." in said(new)


async def test_what_was_typed_after_the_command_and_cannot_be_stands_in_the_form(world: World) -> None:
    form = await world.say("refer ana, student, Nursing", "ana")
    reply = await world.submit(form, "ana", name="Maria")

    assert "That is you" in errors(form)["name"]
    assert "So far only you see Maria." in said(reply)


async def test_nobody_refers_themselves(world: World) -> None:
    reply = await world.submit(await form_of(world), "ana", name="ana", does="student", field="Nursing")

    assert "That is you" in errors(reply)["name"]
    assert "student" in said(reply)


async def test_the_preview_shows_no_email_no_phone_and_no_note(world: World) -> None:
    contact = await written_down(world)

    preview = await fill(world, Press("refer share", (str(contact),), is_form=True), "ana", basis="said-yes")

    assert "Maria Santos" in said(preview)
    assert not any(secret in said(preview) for secret in (EMAIL, PHONE, NOTE))


async def test_the_card_in_the_channel_shows_no_email_no_phone_and_no_note(world: World) -> None:
    await shared(world, is_posted=True)

    (card,) = await world.deliver()

    assert card.to == "careers"
    assert "Maria Santos" in card.text
    assert "Shared by Ana." in card.text
    assert not any(secret in card.text for secret in (EMAIL, PHONE, NOTE))


async def test_a_direct_message_offers_no_channel_to_post_in(world: World) -> None:
    contact = await written_down(world)
    form = await world.bot.handle(
        "refer share", Press("refer share", (str(contact),), is_form=True), world.actor("ana", channel=None)
    )

    preview = await world.submit(form, world.actor("ana", channel=None), basis="said-yes")

    assert [one.label for one in buttons(preview)] == ["Share on the board", "Not yet"]


async def test_where_nobody_asked_the_contact_the_sharer_introduces(world: World) -> None:
    contact = await shared(world, basis="unknown", scope="direct")

    found = await contact_of(world, contact)

    assert found is not None
    assert found.consent is not None
    assert found.consent.scope is Scope.ASK_ME_FIRST


async def test_a_button_made_up_by_hand_gives_no_more_than_was_allowed(world: World) -> None:
    contact = await written_down(world)

    await world.bot.handle(
        "refer publish", Press("refer publish", (str(contact), "unknown", "direct")), world.actor("ana")
    )

    found = await contact_of(world, contact)
    assert found is not None
    assert found.consent is not None
    assert found.consent.scope is Scope.ASK_ME_FIRST


async def test_changing_a_shared_contact_draws_its_card_anew(world: World) -> None:
    contact = await shared(world, is_posted=True)
    (posted,) = await world.deliver()

    await fill(world, Press("refer edit", (str(contact),), is_form=True), "ana", does="head of nursing")

    (edited,) = await world.deliver()
    assert edited.is_edit
    assert edited.message == posted.message
    assert "head of nursing" in edited.text


async def test_withdrawal_masks_the_posted_card_and_deletes_the_details(world: World) -> None:
    contact = await shared(world, is_posted=True)
    (posted,) = await world.deliver()

    await withdraw(world, contact)

    (edited,) = await world.deliver()
    assert (edited.message, edited.is_edit, edited.text) == (posted.message, True, "This card was taken back.")
    assert "Maria" not in said(await world.say("board", "ben"))
    assert EMAIL not in said(await call(world, "refer see", contact, "ana"))


async def test_who_asked_to_stop_cannot_be_added_again_by_anybody(world: World) -> None:
    await withdraw(world, await shared(world), reason="theirs")
    again = await world.say("refer Maria S, nurse, Nursing", "ben")

    form = await world.press(again, "E-mail and phone", "ben")
    refused = await world.submit(form, "ben", email="MARIA@example.org")

    assert isinstance(refused, Dialog)
    assert "asked not to be passed on" in refused.error
    assert "MARIA@example.org" in said(refused)


async def test_who_asked_to_stop_without_details_on_file_cannot_be_shared_again(world: World) -> None:
    nameless = replace(MARIA, email="", phone="")
    await withdraw(world, await shared(world, nameless), reason="theirs")
    again = await written_down(world, nameless, by="ben")

    reply = await fill(world, Press("refer share", (str(again),), is_form=True), "ben", basis="said-yes")

    assert "asked not to be passed on" in said(reply)


async def test_a_private_contact_who_asked_to_stop_elsewhere_cannot_be_shared(world: World) -> None:
    twin = await written_down(world, by="ben")
    await withdraw(world, await shared(world), reason="theirs")

    reply = await fill(world, Press("refer share", (str(twin),), is_form=True), "ben", basis="said-yes")

    assert "asked not to be passed on" in said(reply)
    assert "Maria" not in said(await world.say("board", "chloe"))


async def test_who_asked_to_stop_leaves_the_board_on_every_card(world: World) -> None:
    nameless = replace(MARIA, email="", phone="")
    contact, namesake = await shared(world), replace(nameless, organisation="Example School")
    await shared(world, nameless, by="ben", is_posted=True)
    await shared(world, namesake, by="ben")
    await world.deliver()

    await withdraw(world, contact, reason="theirs")

    (edited,) = await world.deliver()
    assert edited.text == "This card was taken back."
    assert titles(await world.say("board", "chloe")) == ["Maria Santos"]
    assert "Example School" in said(await world.say("board", "chloe"))


async def test_a_card_that_its_sharer_takes_back_leaves_anothers_where_it_is(world: World) -> None:
    contact = await shared(world)
    await shared(world, replace(MARIA, email="", phone=""), by="ben")

    await withdraw(world, contact)

    assert titles(await world.say("board", "chloe")) == ["Maria Santos"]


async def test_no_card_becomes_somebody_who_asked_to_stop(world: World) -> None:
    await withdraw(world, await shared(world), reason="theirs")
    other = await shared(world, replace(MARIA, name="M. Santos", email="", phone=""), by="ben")

    reply = await fill(world, Press("refer edit", (str(other),), is_form=True), "ben", name="Maria Santos")

    assert "asked not to be passed on" in said(reply)
    assert titles(await world.say("board", "chloe")) == ["M. Santos"]


async def test_the_form_says_that_everybody_sees_the_best_hours(world: World) -> None:
    contact = await shared(world)

    form = await world.bot.handle(
        "refer reach", Press("refer reach", (str(contact),), is_form=True), world.actor("ana")
    )
    await world.submit(form, "ana", hours="After 16:00")

    assert "everybody in the group sees once you share" in said(form)
    assert "After 16:00" in said(await call(world, "board look", contact))


async def test_what_was_taken_off_the_board_is_neither_shared_nor_filled_again(world: World) -> None:
    contact = await shared(world)
    await withdraw(world, contact, reason="theirs")

    for path, typed in (("refer reach", {"email": EMAIL}), ("refer share", {"basis": "said-yes"})):
        reply = await fill(world, Press(path, (str(contact),), is_form=True), "ana", **typed)
        assert "only waits to be deleted" in said(reply)

    found = await contact_of(world, contact)
    assert found is not None
    assert (found.standing, found.has_email) == (Standing.WITHDRAWN, False)


async def test_the_same_person_stands_on_the_board_once(world: World) -> None:
    await shared(world)
    twin = await written_down(world, replace(MARIA, name="M. Santos", email="Maria@Example.org", phone=""), by="ben")

    reply = await fill(world, Press("refer share", (str(twin),), is_form=True), "ben", basis="said-yes")

    assert "is on the board already" in said(reply)
    assert len(titles(await world.say("board", "chloe"))) == 1


async def published(world: World, contact: ContactId, by: str) -> Reply:
    press = Press("refer publish", (str(contact), "said-yes", "direct"))
    return await world.bot.handle(press.path, press, world.actor(by))


async def test_a_card_does_not_become_the_same_person_as_another_later(world: World) -> None:
    await shared(world)
    other = await shared(world, replace(MARIA, name="M. Santos", email="", phone=""), "ben")

    reply = await fill(world, Press("refer reach", (str(other),), is_form=True), "ben", email="Maria@Example.org")

    assert "is on the board already" in said(reply)
    assert EMAIL not in said(await call(world, "refer see", other, "ben")).casefold()


async def test_a_card_that_nobody_renewed_keeps_nobody_from_sharing_that_person(world: World) -> None:
    await shared(world)
    world.clock.forward(days=366)
    await shared(world, by="ben")

    assert "Shared by Ben" in said(await world.say("board", "chloe"))
    assert "is on the board already" in said(await published(world, ContactId(1), "ana"))


async def test_details_that_come_while_a_card_is_taken_off_stay_out(database: Database) -> None:
    world = a_world(database)
    contact, ana = await shared(world), await world.member("ana")
    press = Press("refer reach", (str(contact),), is_form=True)
    form = await world.bot.handle(press.path, press, world.actor("ana"))
    async with database.unit(ana.group, writes=True) as unit:
        await unit.contacts.lock(contact, ana.id)
        await unit.contacts.withdraw(contact, world.clock(), suppress=True)
        sending = asyncio.create_task(world.submit(form, "ana", email="new@example.org"))
        await asyncio.wait({sending}, timeout=0.2)  # it may only go on once the card is off

    assert "was taken off the board" in said(await sending)
    assert "new@example.org" not in said(await call(world, "refer see", contact, "ana"))


async def test_a_name_that_is_known_is_mentioned_and_saved_all_the_same(world: World) -> None:
    await shared(world)

    new = await world.say("refer maria  santos, nurse, Nursing", "ben")

    assert "Is it the same person?" in said(new)
    assert "So far only you see" in said(new)


async def test_a_private_contact_of_somebody_else_is_not_given_away_by_its_name(world: World) -> None:
    await written_down(world)

    new = await world.say("refer Maria Santos, nurse, Nursing", "ben")

    assert "Is it the same person?" not in said(new)


@pytest.mark.parametrize("path", ["plan with", "board look", "board ask"])
async def test_a_card_whose_consent_ran_out_shows_nothing_to_who_still_has_a_button(world: World, path: str) -> None:
    contact = await shared(world)
    world.clock.forward(days=366)

    shown = said(await call(world, path, contact))

    assert "Maria" not in shown
    assert "Example Hospital" not in shown


async def test_a_card_whose_consent_ran_out_is_not_given_away_by_its_name(world: World) -> None:
    await shared(world)
    world.clock.forward(days=366)

    new = await world.say("refer Maria Santos, nurse, Nursing", "ben")

    assert "Example Hospital" not in said(new)


async def test_the_note_is_the_stewards_own(world: World) -> None:
    contact = await shared(world)

    assert NOTE in said(await call(world, "refer see", contact, "ana"))
    assert NOTE not in said(await call(world, "board look", contact, "ben"))


async def test_only_the_steward_changes_or_withdraws_a_contact(world: World) -> None:
    contact = await shared(world)

    for path in ("refer see", "refer remove", "refer edit", "refer reach", "refer more"):
        assert "no longer on your list" in said(await call(world, path, contact, "ben"))
    reply = await fill(world, Press("refer withdraw", (str(contact),), is_form=True), "ben", reason="theirs")

    assert "no longer on your list" in said(reply)
    assert titles(await world.say("board", "ben")) == ["Maria Santos"]


async def test_the_same_interaction_delivered_twice_writes_one_contact(world: World) -> None:
    actor = world.actor("ana")

    first = await world.say("refer Maria Santos, nurse, Nursing", actor)
    second = await world.say("refer Maria Santos, nurse, Nursing", actor)

    assert first == second
    assert titles(await world.say("contacts", "ana")) == ["Maria Santos"]


async def test_the_same_interaction_twice_at_once_posts_one_card(world: World) -> None:
    contact = await written_down(world)
    actor, press = world.actor("ana"), Press("refer publish", (str(contact), "said-yes", "direct", "", "yes"))

    await asyncio.gather(*(world.bot.handle("refer publish", press, actor) for _ in range(2)))

    assert len(await world.deliver()) == 1


async def test_deleting_asks_first_and_a_shared_contact_comes_off_the_board_first(world: World) -> None:
    private = await written_down(world)
    on_board = await shared(world, replace(MARIA, name="David", email="david@example.org", phone=""))

    asked = await call(world, "refer remove", private, "ana")
    refused = await call(world, "refer remove", on_board, "ana")
    await world.press(asked, "Delete", "ana")

    assert "cannot be undone" in said(asked)
    assert "Take it off the board first" in said(refused)
    assert titles(await world.say("contacts", "ana")) == ["David"]


async def test_consent_that_ran_out_can_be_renewed(world: World) -> None:
    contact = await shared(world)
    world.clock.forward(days=366)
    hidden = await call(world, "refer see", contact, "ana")

    preview = await world.submit(await world.press(hidden, "What they allow", "ana"), "ana")
    await world.press(preview, "Share on the board", "ana")

    assert "Hidden: what they allowed is a year old" in said(hidden)
    assert titles(await world.say("board", "ben")) == ["Maria Santos"]


async def test_more_than_five_tags_are_too_many_and_stay_in_the_form(world: World) -> None:
    contact = await written_down(world)

    reply = await fill(world, Press("refer more", (str(contact),), is_form=True), "ana", tags="a, b, c, d, e, f")

    assert "Five tags are plenty" in errors(reply)["tags"]
    assert "a, b, c, d, e, f" in said(reply)


@pytest.mark.parametrize("words", HOSTILE)
async def test_what_was_typed_comes_back_as_it_was_typed(world: World, words: str) -> None:
    form = await form_of(world)

    new = await world.submit(form, "ana", name=words, does=words, field=words, organisation=words, place=words)

    assert said(new).count(words) >= 5


async def test_a_form_with_too_long_words_comes_back_with_them(world: World) -> None:
    reply = await world.submit(await form_of(world), "ana", name="M" * 10_000, does="nurse", field="Nursing")

    assert "shorten" in errors(reply)["name"]
    assert "M" * 10_000 in said(reply)


async def test_an_empty_form_says_what_is_needed(world: World) -> None:
    reply = await world.submit(await form_of(world), "ana", name=" ", does="", field="")

    assert set(errors(reply)) == {"name", "does", "field"}


async def test_invisible_characters_are_taken_out_and_shown_again(world: World) -> None:
    reply = await world.submit(await form_of(world), "ana", name="Mar\u202eia\u0000", does="nurse", field="Nursing")

    assert "invisible" in errors(reply)["name"]
    assert "Maria" in said(reply)


@pytest.mark.parametrize(("email", "phone"), [("maria at example", ""), ("", "call me")])
async def test_a_wrong_address_is_asked_about_kindly(world: World, email: str, phone: str) -> None:
    contact = await written_down(world)

    reply = await fill(world, Press("refer reach", (str(contact),), is_form=True), "ana", email=email, phone=phone)

    assert list(errors(reply)) == ["email" if email else "phone"]
    assert (email or phone) in said(reply)


async def test_nothing_of_one_group_shows_in_another(world: World) -> None:
    contact = await shared(world)
    there = world.actor("ben", workspace="W2")

    assert titles(await world.say("board", there)) == []
    for path in ("board look", "board ask", "refer see"):
        assert "Maria" not in said(await call(world, path, contact, "ben", workspace="W2"))
    await shared(world, workspace="W2")  # the same e-mail is nobody's duplicate over there
    assert titles(await world.say("board", world.actor("ben", workspace="W2"))) == ["Maria Santos"]


async def test_what_people_type_never_reaches_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    contact = await shared(world, is_posted=True)
    await call(world, "board ask", contact)
    await world.press(await world.say("asks"), "How to reach them")
    await withdraw(world, contact)
    await world.deliver()

    assert not any(words in caplog.text for words in ("Maria", "maria@", "5550", NOTE, "Ana", "Ben"))


async def test_the_details_stand_in_their_form_when_it_opens_again(world: World) -> None:
    contact = await written_down(world)
    press = Press("refer reach", (str(contact),), is_form=True)

    form = await world.bot.handle("refer reach", press, world.actor("ana"))

    assert isinstance(form, Dialog)
    assert {EMAIL, PHONE} <= {entry.value for entry in form.entries}


async def test_an_answer_that_is_kept_does_not_keep_the_details(world: World) -> None:
    await written_down(world)
    member = await world.member("ana")

    async with world.store.unit(member.group, writes=False) as unit:
        kept = (await unit.exports.everything(member.id))["replies"]

    assert kept
    assert EMAIL not in str(kept)
