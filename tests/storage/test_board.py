"""Checks the search of the board: what is found, in which order, page by page, on both databases alike."""

from datetime import date, timedelta

import pytest

from bot.model.contact import ContactId, Sought
from bot.model.people import Seat
from bot.model.store import NewContact
from storage.board import RECENT
from storage.database import Database
from storage.unit import Unit
from tests.storage.building import DAY, NOW, a_card, a_consent, a_contact, a_seat

TEXTS = {
    "rosa": ("Rosa Díaz", "Nurse manager", "Harbour Hospital", "Nursing", "Cebu"),
    "tom": ("Tom Berg", "Data engineer", "Near & Co", "Software", "Łódź"),
    "uma": ("Uma OR Not", "Sound", "C++ House", "Music", "São Paulo"),
}


async def _fill(unit: Unit, seat: Seat) -> dict[str, ContactId]:
    cards = {}
    for key, texts in TEXTS.items():
        cards[key] = await unit.contacts.add(NewContact(seat.member.id, *texts), NOW)
        await unit.contacts.share(cards[key], a_consent(seat.member.id), NOW)
    await unit.contacts.describe(cards["rosa"], tags=["night shifts", "first-job"])
    return cards


@pytest.mark.parametrize(
    ("words", "by", "found"),
    [
        ("rosa", Sought.ANYTHING, ["rosa"]),
        ("ROSA diaz", Sought.ANYTHING, ["rosa"]),
        ("hosp nur", Sought.ANYTHING, ["rosa"]),
        ("rosa berg", Sought.ANYTHING, []),
        ("night", Sought.ANYTHING, ["rosa"]),
        ("night", Sought.TAG, ["rosa"]),
        ("first job", Sought.TAG, ["rosa"]),
        ("night", Sought.FIELD, []),
        ("harbour", Sought.ORGANISATION, ["rosa"]),
        ("harbour", Sought.PLACE, []),
        ("music", Sought.FIELD, ["uma"]),
        ("lodz", Sought.PLACE, ["tom"]),
        ("são", Sought.PLACE, ["uma"]),
        ("sao p", Sought.PLACE, ["uma"]),
        ("aulo", Sought.PLACE, []),
        ("c++", Sought.ORGANISATION, ["uma", "tom"]),  # "Co" begins with c
        ("", Sought.ANYTHING, ["uma", "tom", "rosa"]),
        ("   ", Sought.TAG, ["uma", "tom", "rosa"]),
        ("***", Sought.ANYTHING, []),
        ('"', Sought.ANYTHING, []),
        ("or", Sought.ANYTHING, ["uma"]),
        ("rosa OR tom", Sought.ANYTHING, []),
        ("NEAR", Sought.ANYTHING, ["tom"]),
        ("NEAR(rosa tom)", Sought.ANYTHING, []),
        ("place:cebu", Sought.ANYTHING, []),
        ("rosa -tom", Sought.ANYTHING, []),
        ("no*", Sought.ANYTHING, ["uma"]),
        ("1 | 2 & !3 <-> :*", Sought.ANYTHING, []),
        ("' \\ % _", Sought.ANYTHING, []),
        ("{words} : rosa ^", Sought.ANYTHING, []),
    ],
)
async def test_every_word_must_begin_a_word(database: Database, words: str, by: Sought, found: list[str]) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        cards = await _fill(unit, seat)

    async with database.unit(seat.group.id, writes=False) as unit:
        contacts = await unit.contacts.search(words, by, NOW)
        newest = await unit.contacts.search(words, by, NOW, limit=1)  # found among the newest, without the index

    assert [contact.id for contact in contacts] == [cards[key] for key in found]
    assert newest == contacts[:1]


async def test_a_card_is_found_by_what_is_written_now(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        card = await a_card(unit, seat.member.id)
        await unit.contacts.describe(card, organisation="Lakeside Clinic")

        assert await unit.contacts.search("harbour", Sought.ORGANISATION, NOW) == ()
        (found,) = await unit.contacts.search("lakeside", Sought.ORGANISATION, NOW)

    assert found.id == card


async def test_a_note_or_how_they_are_known_is_not_searched(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        card = await a_card(unit, seat.member.id)
        await unit.contacts.describe(card, note="secret", known="godmother", hours="evenings")

        for word in ("secret", "godmother", "evenings"):
            assert await unit.contacts.search(word, Sought.ANYTHING, NOW) == ()


async def test_expired_consent_hides_a_card_from_the_day_after(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        contact = await unit.contacts.add(a_contact(seat.member.id), NOW)
        await unit.contacts.share(contact, a_consent(seat.member.id, date(2026, 3, 9)), NOW)

        for words in ("rosa", ""):
            assert len(await unit.contacts.search(words, Sought.ANYTHING, NOW)) == 1
            assert await unit.contacts.search(words, Sought.ANYTHING, NOW + DAY) == ()


@pytest.mark.parametrize("words", ["", "nurse"])
async def test_pages_follow_the_order_of_sharing_and_miss_nothing(database: Database, words: str) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        contacts = [await unit.contacts.add(a_contact(seat.member.id, f"Rosa {n}"), NOW) for n in range(7)]
        shared = [contacts[n] for n in (3, 0, 6, 1, 5, 2, 4)]
        for contact in shared:
            await unit.contacts.share(contact, a_consent(seat.member.id), NOW)

    pages: list[ContactId] = []
    async with database.unit(seat.group.id, writes=False) as unit:
        while page := await unit.contacts.search(
            words, Sought.ANYTHING, NOW, before=pages[-1] if pages else None, limit=3
        ):
            pages += [contact.id for contact in page]

    assert pages == shared[::-1]


async def test_the_next_page_is_found_even_when_the_last_card_was_withdrawn_meanwhile(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        first, second, third = [await a_card(unit, seat.member.id, f"Rosa {n}") for n in range(3)]
        await unit.contacts.withdraw(second, NOW, suppress=False)

        (found,) = await unit.contacts.search("rosa", Sought.ANYTHING, NOW, before=second)
        assert found.id == first

        await unit.contacts.remove(second)
        newest = await unit.contacts.search("rosa", Sought.ANYTHING, NOW, before=second)
        assert [contact.id for contact in newest] == [third, first]


async def test_a_rare_word_is_found_behind_more_cards_than_are_looked_through_first(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        rare = await a_card(unit, seat.member.id, "Zelda")
        for n in range(RECENT + 3):
            await a_card(unit, seat.member.id, f"Rosa {n}")

        (found,) = await unit.contacts.search("zelda", Sought.ANYTHING, NOW)
        both = await unit.contacts.search("nurse", Sought.ANYTHING, NOW, limit=RECENT + 9)

    assert found.id == rare
    assert len(both) == RECENT + 4
    assert both[-1].id == rare


async def test_one_groups_words_never_match_in_another(database: Database) -> None:
    here, there = await a_seat(database), await a_seat(database, "eve", "T2")
    async with database.unit(here.group.id, writes=True) as unit:
        await a_card(unit, here.member.id)
    async with database.unit(there.group.id, writes=True) as unit:
        for words in ("rosa", f"{here.group.id}arosa", ""):
            assert await unit.contacts.search(words, Sought.ANYTHING, NOW) == ()


async def test_the_day_is_counted_in_utc(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        contact = await unit.contacts.add(a_contact(seat.member.id), NOW)
        await unit.contacts.share(contact, a_consent(seat.member.id, date(2026, 3, 9)), NOW)
        midnight = NOW.replace(hour=23, minute=59)

        assert len(await unit.contacts.search("", Sought.ANYTHING, midnight)) == 1
        assert await unit.contacts.search("", Sought.ANYTHING, midnight + timedelta(minutes=1)) == ()


async def test_a_card_that_somebody_asked_about_says_that_it_may_rest(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        asked, free = await a_card(unit, seat.member.id, "Rosa"), await a_card(unit, seat.member.id, "Tom")
        await unit.asks.hold(asked, seat.member.id, NOW, NOW + DAY)

        found = await unit.contacts.search("nurse", Sought.ANYTHING, NOW)

    assert [(card.id, card.may_rest) for card in found] == [(free, False), (asked, True)]
