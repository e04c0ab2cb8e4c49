"""Checks that nobody who reads the files or the tables reads what was told in confidence."""

from pathlib import Path

from storage.database import Database
from tests.databases import KEY
from tests.storage.building import NOW
from tests.storage.stocked import SECRET, dump, stock

SAID = "meet me at noon"


async def _tell(database: Database) -> list[str]:
    """Write every secret down and return them, in the forms in which they might be found."""
    await stock(database, "ana", "T1")
    await database.chat.add("m1", "general", "ana", SAID, None, NOW)
    digits = SECRET["phone"].replace(" ", "").lstrip("+")
    return [*SECRET.values(), SAID, digits, "ana.rosa@example.org", "stop-ana@example.org", "example.org"]


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


def _bytes(url: str) -> bytes:
    path = Path(url.removeprefix("sqlite:///"))
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))
