"""Checks that nobody who reads the files or the tables reads what was told in confidence."""

from pathlib import Path

import pytest

from bot.model.contact import Details
from bot.model.installs import Install
from storage import rekeying
from storage.database import Database
from storage.errors import WrongKey
from storage.secrets import new_key
from tests.databases import KEY
from tests.storage.building import NOW, a_card, a_seat
from tests.storage.stocked import SECRET, dump, stock

SAID = "meet me at noon"
TOKEN = "xoxb-not-a-real-token"
STATE = "on-the-way-to-install"


async def _tell(database: Database) -> list[str]:
    """Write every secret down and return them, in the forms in which they might be found."""
    await stock(database, "ana", "T1")
    await database.chat.add("m1", "general", "ana", SAID, None, NOW)
    await database.installs.keep(Install("slack", "E1", "T1", "Career club", TOKEN))
    await database.installs.add_state(STATE, NOW)
    digits = SECRET["phone"].replace(" ", "").lstrip("+")
    return [*SECRET.values(), SAID, TOKEN, STATE, digits, "ana.rosa@example.org", "stop-ana@example.org", "example.org"]


async def test_the_files_of_sqlite_hold_no_secret(sqlite_url: str) -> None:
    async with await Database.open(sqlite_url, KEY) as database:
        secrets = await _tell(database)
        while_open = _bytes(sqlite_url)
    after_closing = _bytes(sqlite_url)

    for secret in secrets:
        for found in (while_open, after_closing):
            assert secret.encode() not in found
            assert secret.casefold().encode() not in found
    assert b"Harbour Hospital" in while_open  # what is written in clear is found: the search does see the rows


async def test_after_a_change_of_keys_the_old_one_opens_nothing_and_the_new_one_all(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rekeying, "BATCH", 2)  # so that a handful of rows is several batches
    stocked = await stock(database, "ana", "T1")
    for n in range(5):
        await database.chat.add(f"m{n}", "general", "ana", SAID, None, NOW)
    installs = [Install("slack", "E1", f"T{n}", "Career club", TOKEN) for n in range(5)]
    for install in installs:
        await database.installs.keep(install)
    fresh = new_key()
    async with await Database.open(database_url, [fresh, KEY]) as both:
        assert (
            await both.rekey() == 2 * 3 + 2 + 5 + 5 + 1
        )  # two contacts, reply and draft, the chat, installs, the hash key

    async with (
        await Database.open(database_url, fresh) as again,
        again.unit(stocked.group, writes=False) as unit,
    ):
        (contact,) = [found for found in await unit.contacts.of(stocked.member) if found.id == stocked.card]
        assert contact.note == SECRET["note"]
        assert (await unit.contacts.details(stocked.card)).phone == SECRET["phone"]
        assert await unit.replies.kept("i-ana") == SECRET["reply"]
        assert await unit.contacts.is_suppressed(Details("stop-ana@example.org"))
        assert [message.body for message in await again.chat.room("general", None)] == [SAID] * 5
        assert list(await again.installs.all("slack")) == installs
    with pytest.raises(WrongKey):
        await Database.open(database_url, KEY)


async def test_no_column_holds_a_secret(database: Database) -> None:
    secrets = await _tell(database)

    everything = repr(await dump(database))

    for secret in secrets:
        assert secret not in everything
    assert "Harbour Hospital" in everything


async def test_a_name_that_was_never_shared_is_in_no_index(database: Database) -> None:
    await stock(database, "ana", "T1")
    tables = await dump(database)

    (card,) = tables["cards"]

    assert "rosa" in card["words"]
    assert "tom" not in card["words"]  # a private contact
    assert "stop" not in card["words"]  # a withdrawn one
    assert all(len(contact["name_hash"]) == 64 for contact in tables["contacts"])


async def test_the_words_of_a_card_that_is_gone_leave_the_search_index_when_things_are_tidied(sqlite_url: str) -> None:
    async with await Database.open(sqlite_url, KEY) as database:
        seat = await a_seat(database)
        async with database.unit(seat.group.id, writes=True) as unit:
            for n in range(100):
                await a_card(unit, seat.member.id, f"Rosa {n}")
        async with database.unit(seat.group.id, writes=True) as unit:
            gone = await a_card(unit, seat.member.id, "Zebulonia")
        async with database.unit(seat.group.id, writes=True) as unit:
            await unit.contacts.withdraw(gone, NOW, suppress=False)
            await unit.contacts.remove(gone)
        await database.prune(NOW)
    with_others = _bytes(sqlite_url)

    assert b"zebulonia" not in with_others.lower()
    assert b"rosa" in with_others


def _bytes(url: str) -> bytes:
    path = Path(url.removeprefix("sqlite:///"))
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))
