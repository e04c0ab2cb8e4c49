"""Checks what becomes of a contact: written down, described, shared, withdrawn, removed, and who sees it meanwhile."""

import asyncio
from dataclasses import replace
from datetime import date

from bot.model.contact import Budget, Contact, ContactId, Details, Reach, Sought, Standing
from bot.model.people import Seat
from storage.database import Database
from tests.storage.building import DAY, NOW, a_card, a_consent, a_contact, a_seat


async def test_a_contact_is_private_to_its_steward(database: Database) -> None:
    ana, ben = await a_seat(database), await a_seat(database, "ben")
    async with database.unit(ana.group.id, writes=True) as unit:
        contact = await unit.contacts.add(a_contact(ana.member.id), NOW)

        assert await unit.contacts.get(contact, ana.member.id) == Contact(
            contact, ana.member.id, "Rosa Diaz", "Nurse manager", "Harbour Hospital", "Nursing", "Cebu", NOW
        )
        assert await unit.contacts.get(contact, ben.member.id) is None
        assert await unit.contacts.lock(contact, ben.member.id) is None
        assert await unit.contacts.search("", Sought.ANYTHING, NOW) == ()


async def test_a_description_changes_only_what_is_given(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        contact = await unit.contacts.add(a_contact(ana.member.id), NOW)
        before = await unit.contacts.get(contact, ana.member.id)
        assert before is not None

        await unit.contacts.describe(contact, tags=["night shifts", "first job"], note="met at the fair", does="Nurse")
        await unit.contacts.describe(contact, reach=Reach.PHONE, budget=Budget(2, 7, 6), known="my aunt", hours="noon")
        await unit.contacts.describe(contact, name="Rosa D.", link="https://example.org/rosa")
        await unit.contacts.describe(contact)

        assert await unit.contacts.get(contact, ana.member.id) == replace(
            before, tags=("night shifts", "first job"), note="met at the fair", does="Nurse", reach=Reach.PHONE,
            budget=Budget(2, 7, 6), known="my aunt", hours="noon", name="Rosa D.", link="https://example.org/rosa",
        )  # fmt: skip


async def test_a_shared_contact_is_on_the_board_without_the_stewards_note(database: Database) -> None:
    ana, ben = await a_seat(database), await a_seat(database, "ben")
    async with database.unit(ana.group.id, writes=True) as unit:
        contact = await a_card(unit, ana.member.id)
        await unit.contacts.describe(contact, note="do not mention her brother")

        seen = await unit.contacts.get(contact, ben.member.id)
        found = await unit.contacts.search("", Sought.ANYTHING, NOW)
        own = await unit.contacts.get(contact, ana.member.id)

    assert seen is not None
    assert found == (replace(seen.listing("Ana"), may_rest=False),)
    assert (seen.note, seen.standing, seen.shared_at) == ("", Standing.SHARED, NOW)
    assert seen.consent == a_consent(ana.member.id)
    assert own == replace(seen, note="do not mention her brother")


async def test_consent_that_is_renewed_leaves_the_card_where_it_is(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        first = await a_card(unit, ana.member.id, "Rosa")
        second = await a_card(unit, ana.member.id, "Tom")
        await unit.contacts.share(first, a_consent(ana.member.id, date(2028, 1, 1)), NOW + DAY)

        found = await unit.contacts.search("", Sought.ANYTHING, NOW)
        kept = await unit.contacts.get(first, ana.member.id)

    assert [contact.id for contact in found] == [second, first]
    assert kept is not None
    assert kept.shared_at == NOW
    assert kept.consent == a_consent(ana.member.id, date(2028, 1, 1))


async def test_a_withdrawn_contact_is_off_the_board_and_without_details(database: Database) -> None:
    ana, ben = await a_seat(database), await a_seat(database, "ben")
    async with database.unit(ana.group.id, writes=True) as unit:
        contact = await a_card(unit, ana.member.id)
        await unit.contacts.set_details(contact, Details("rosa@example.org", "555 0100"))

        await unit.contacts.withdraw(contact, NOW, suppress=False)

        own = await unit.contacts.get(contact, ana.member.id)
        assert own is not None
        assert (own.standing, own.has_email, own.has_phone) == (Standing.WITHDRAWN, False, False)
        assert await unit.contacts.get(contact, ben.member.id) is None
        assert await unit.contacts.details(contact) == Details()
        assert await unit.contacts.search("rosa", Sought.ANYTHING, NOW) == ()
        assert await unit.contacts.of(ana.member.id) == (own,)
        assert not await unit.contacts.is_suppressed(Details("rosa@example.org"))


async def test_a_contact_shared_again_after_a_withdrawal_is_the_newest_card(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        first, second = await a_card(unit, ana.member.id, "Rosa"), await a_card(unit, ana.member.id, "Tom")
        await unit.contacts.withdraw(first, NOW, suppress=False)
        await unit.contacts.share(first, a_consent(ana.member.id), NOW + DAY)

        found = await unit.contacts.search("", Sought.ANYTHING, NOW)
        again = await unit.contacts.get(first, ana.member.id)

    assert [contact.id for contact in found] == [first, second]
    assert again is not None
    assert again.shared_at == NOW + DAY


async def test_a_removed_contact_leaves_nothing(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        contact = await a_card(unit, ana.member.id)
        await unit.contacts.shown(contact, ana.member.id, NOW)
        await unit.asks.hold(contact, ana.member.id, NOW, NOW + DAY)
        talk = await unit.interviews.add(ana.member.id, "Rosa", "", "", "", 20, NOW, contact=contact)

        await unit.contacts.remove(contact)

        assert await unit.contacts.of(ana.member.id) == ()
        assert await unit.contacts.search("rosa", Sought.ANYTHING, NOW) == ()
        assert await unit.asks.by(ana.member.id) == ()
        kept = await unit.interviews.get(talk, ana.member.id)
        assert kept is not None
        assert kept.contact is None


async def test_ones_own_contacts_come_newest_first(database: Database) -> None:
    ana, ben = await a_seat(database), await a_seat(database, "ben")
    async with database.unit(ana.group.id, writes=True) as unit:
        first = await unit.contacts.add(a_contact(ana.member.id, "Rosa"), NOW)
        await a_card(unit, ben.member.id, "Tom")
        third = await a_card(unit, ana.member.id, "Uma")

        assert [contact.id for contact in await unit.contacts.of(ana.member.id)] == [third, first]


async def test_the_same_name_is_found_but_for_case_and_space(database: Database) -> None:
    ana, ben = await a_seat(database), await a_seat(database, "ben")
    async with database.unit(ana.group.id, writes=True) as unit:
        private = await unit.contacts.add(a_contact(ana.member.id, "Rosa Díaz"), NOW)

        own = await unit.contacts.same_name(ana.member.id, " rosa  DÍAZ ")
        assert own is not None
        assert own.id == private
        assert await unit.contacts.same_name(ben.member.id, "Rosa Díaz") is None
        assert await unit.contacts.same_name(ana.member.id, "Rosa Diez") is None

        await unit.contacts.describe(private, name="Rosa Diez")
        assert await unit.contacts.same_name(ana.member.id, "Rosa Díaz") is None


async def test_the_same_name_on_the_board_is_found_for_everybody(database: Database) -> None:
    ana, ben = await a_seat(database), await a_seat(database, "ben")
    async with database.unit(ana.group.id, writes=True) as unit:
        card = await a_card(unit, ana.member.id, "Rosa Díaz")

        found = await unit.contacts.same_name(ben.member.id, "rosa díaz")

    assert found is not None
    assert found.id == card


async def test_details_are_kept_and_found_again_however_they_are_written(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        card = await a_card(unit, ana.member.id)
        other = await unit.contacts.add(a_contact(ana.member.id, "Rosa again"), NOW)
        await unit.contacts.set_details(card, Details("Rosa@Example.org", "+1 (555) 010-2345"))

        for same in (
            Details(" rosa@example.ORG"),
            Details("", "001 5550102345"),
            Details("x@example.org", "+15550102345"),
        ):
            found = await unit.contacts.duplicate(same, other, NOW)
            assert found is not None
            assert found.id == card
        assert await unit.contacts.details(card) == Details("Rosa@Example.org", "+1 (555) 010-2345")
        assert await unit.contacts.duplicate(Details("rosa@example.org"), card, NOW) is None
        assert await unit.contacts.duplicate(Details("tom@example.org", "555"), other, NOW) is None
        assert await unit.contacts.duplicate(Details(), other, NOW) is None


async def test_a_private_contact_is_nobodys_duplicate(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        private = await unit.contacts.add(a_contact(ana.member.id), NOW)
        await unit.contacts.set_details(private, Details("rosa@example.org"))

        assert await unit.contacts.duplicate(Details("rosa@example.org"), ContactId(0), NOW) is None


async def test_a_card_whose_consent_has_expired_is_nobodys_duplicate(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        card = await a_card(unit, ana.member.id)
        await unit.contacts.set_details(card, Details("rosa@example.org"))

        assert await unit.contacts.duplicate(Details("rosa@example.org"), ContactId(0), NOW + 365 * DAY) is not None
        assert await unit.contacts.duplicate(Details("rosa@example.org"), ContactId(0), NOW + 366 * DAY) is None


async def test_who_shares_the_same_person_waits_for_who_does_just_now(database: Database) -> None:
    ana = await a_seat(database)
    mine, twin = await _twins(database, ana)
    async with database.unit(ana.group.id, writes=True) as unit:
        assert await unit.contacts.duplicate(SAME, mine, NOW) is None
        waiting = asyncio.create_task(_duplicate(database, ana, twin))
        await asyncio.wait({waiting}, timeout=0.2)  # ends at once if nothing keeps it
        await unit.contacts.share(mine, a_consent(ana.member.id), NOW)

    found = await waiting

    assert found is not None
    assert found.id == mine


async def test_who_shares_somebody_waits_for_who_hears_them_ask_to_stop(database: Database) -> None:
    ana = await a_seat(database)
    mine, twin = await _twins(database, ana)
    async with database.unit(ana.group.id, writes=True) as unit:
        await unit.contacts.withdraw(mine, NOW, suppress=True)
        waiting = asyncio.create_task(_is_stopped(database, ana, twin))
        await asyncio.wait({waiting}, timeout=0.2)

    assert await waiting


SAME = Details("rosa@example.org", "+1 555 0100")


async def _twins(database: Database, seat: Seat) -> list[ContactId]:
    """Return two private contacts with the same details."""
    twins = []
    async with database.unit(seat.group.id, writes=True) as unit:
        for name in ("Rosa", "Rosa D."):
            twins.append(await unit.contacts.add(a_contact(seat.member.id, name), NOW))
            await unit.contacts.set_details(twins[-1], SAME)
    return twins


async def _duplicate(database: Database, seat: Seat, contact: ContactId) -> Contact | None:
    async with database.unit(seat.group.id, writes=True) as unit:
        return await unit.contacts.duplicate(SAME, contact, NOW)


async def _is_stopped(database: Database, seat: Seat, contact: ContactId) -> bool:
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.contacts.duplicate(SAME, contact, NOW)
        return await unit.contacts.is_suppressed(SAME)


async def test_details_that_are_taken_out_are_gone(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        card = await a_card(unit, ana.member.id)
        await unit.contacts.set_details(card, Details("rosa@example.org", "555 0100"))
        await unit.contacts.set_details(card, Details("", "555 0100"))

        assert await unit.contacts.details(card) == Details("", "555 0100")
        assert await unit.contacts.duplicate(Details("rosa@example.org"), ContactId(0), NOW) is None


async def test_somebody_who_asked_to_stop_is_known_again_by_name_and_organisation(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        card = await a_card(unit, ana.member.id, "Rosa Diaz", organisation="Harbour Hospital")

        await unit.contacts.withdraw(card, NOW, suppress=True)

        is_suppressed = unit.contacts.is_suppressed
        assert await is_suppressed(Details(), name="ROSA  Diaz", organisation="harbour hospital")
        assert not await is_suppressed(Details(), name="Rosa Diaz", organisation="Harbour School")
        assert not await is_suppressed(Details(), name="Rosa Cruz", organisation="Harbour Hospital")
        assert not await is_suppressed(Details(), organisation="Harbour Hospital")


async def test_the_cards_of_a_person_are_found_by_detail_and_by_name_and_organisation(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        card = await a_card(unit, ana.member.id, "Rosa Diaz", organisation="Harbour Hospital")
        await unit.contacts.set_details(card, Details("rosa@example.org"))
        namesake = await a_card(unit, ana.member.id, "ROSA  Diaz", organisation="harbour hospital")
        alias = await a_card(unit, ana.member.id, "R. D.")
        await unit.contacts.set_details(alias, Details("ROSA@example.org"))
        await a_card(unit, ana.member.id, "Rosa Diaz", organisation="Harbour School")
        private = await unit.contacts.add(a_contact(ana.member.id, "Rosa Diaz", organisation="Harbour Hospital"), NOW)

        assert await unit.contacts.lock_person(card) == (card, namesake, alias)
        assert await unit.contacts.lock_person(private) == (card, namesake, private)
        assert await unit.contacts.lock_person(ContactId(99)) == ()


async def test_two_who_hear_the_same_person_ask_to_stop_do_not_hold_each_other_up(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        cards = [await a_card(unit, ana.member.id, "Rosa", organisation="Harbour") for _ in range(2)]

    async with asyncio.timeout(20):
        await asyncio.gather(*(_stopped(database, ana, card) for card in (cards * 10)))

    async with database.unit(ana.group.id, writes=False) as unit:
        assert await unit.contacts.search("", Sought.ANYTHING, NOW) == ()


async def _stopped(database: Database, seat: Seat, contact: ContactId) -> None:
    async with database.unit(seat.group.id, writes=True) as unit:
        for one in await unit.contacts.lock_person(contact):
            await unit.contacts.withdraw(one, NOW, suppress=True)


async def test_somebody_who_asked_to_stop_is_known_again_by_either_detail(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        card = await a_card(unit, ana.member.id)
        await unit.contacts.set_details(card, Details("rosa@example.org", "+1 555 0100"))

        await unit.contacts.withdraw(card, NOW, suppress=True)
        await unit.contacts.withdraw(card, NOW, suppress=True)

        assert await unit.contacts.is_suppressed(Details("ROSA@example.org"))
        assert await unit.contacts.is_suppressed(Details("new@example.org", "+1 (555) 0100"))
        assert not await unit.contacts.is_suppressed(Details("tom@example.org", "555"))
        assert not await unit.contacts.is_suppressed(Details())
