"""Checks the playground's rooms: each message once, private ones to their reader, and every change in order."""

import asyncio
from datetime import datetime

from storage.chat import ChatMessage
from storage.database import Database
from tests.storage.building import DAY, NOW


async def _say(database: Database, key: str, room: str = "general", reader: str | None = None) -> ChatMessage:
    return await database.chat.add(key, room, "ana", f"body of {key}", reader, NOW)


async def test_a_message_comes_back_as_it_was_said(database: Database) -> None:
    said = await database.chat.add("m1", "general", "ana", "h\u00e9llo", "ben", NOW)

    assert said == ChatMessage(said.id, "m1", "general", "ben", "ana", "h\u00e9llo", NOW, None, 1)
    assert await database.chat.get(said.id) == said
    assert await database.chat.get(said.id + 1) is None


async def test_the_same_key_says_nothing_twice(database: Database) -> None:
    first = await _say(database, "m1")

    second = await database.chat.add("m1", "elsewhere", "ben", "other words", None, NOW + DAY)

    assert second == first
    assert await database.chat.revision() == first.revision


async def test_many_at_once_with_one_key_say_it_once(database: Database) -> None:
    said = await asyncio.gather(*(_say(database, "m1") for _ in range(8)))

    assert len({message.id for message in said}) == 1
    assert len(await database.chat.room("general", None)) == 1


async def test_an_edit_changes_the_body_and_nothing_else(database: Database) -> None:
    first = await _say(database, "m1")

    edited = await database.chat.edit(first.id, "better", NOW + DAY)

    assert edited == ChatMessage(first.id, "m1", "general", None, "ana", "better", NOW, NOW + DAY, 2)
    assert await database.chat.get(first.id) == edited
    assert await database.chat.edit(first.id + 1, "x", NOW) is None


async def test_a_room_shows_each_reader_what_is_theirs(database: Database) -> None:
    for key, reader in (("m1", None), ("m2", "ana"), ("m3", "ben")):
        await _say(database, key, reader=reader)
    await _say(database, "m4", "random")

    async def keys(reader: str | None) -> list[str]:
        return [message.key for message in await database.chat.room("general", reader)]

    assert await keys("ana") == ["m1", "m2"]
    assert await keys("ben") == ["m1", "m3"]
    assert await keys(None) == ["m1"]


async def test_older_messages_come_page_by_page(database: Database) -> None:
    said = [await _say(database, f"m{n}") for n in range(5)]

    last = await database.chat.room("general", None, limit=2)
    before = await database.chat.room("general", None, before=last[0].id, limit=2)

    assert [message.key for message in last] == ["m3", "m4"]
    assert [message.key for message in before] == ["m1", "m2"]
    assert await database.chat.room("general", None, before=said[0].id) == ()


async def test_whoever_asks_since_a_revision_hears_every_change_after_it(database: Database) -> None:
    first = await _say(database, "m1")
    second = await _say(database, "m2", "random")
    private = await _say(database, "m3", reader="ben")
    edited = await database.chat.edit(first.id, "better", NOW)

    assert await database.chat.since(first.revision, "ana") == (second, edited)
    assert await database.chat.since(first.revision, "ben") == (second, private, edited)
    assert await database.chat.since(await database.chat.revision(), "ben") == ()


async def test_revisions_grow_without_a_double_however_many_write(database: Database) -> None:
    await asyncio.gather(*(_say(database, f"m{n}") for n in range(20)))

    revisions = [message.revision for message in await database.chat.since(0, None)]

    assert revisions == list(range(1, 21))


async def test_the_latest_message_of_each_room_is_known(database: Database) -> None:
    await _say(database, "m1")
    second = await _say(database, "m2")
    other = await _say(database, "m3", "random")
    private = await _say(database, "m4", reader="ben")

    assert await database.chat.latest("ana") == {"general": second.id, "random": other.id}
    assert await database.chat.latest("ben") == {"general": private.id, "random": other.id}


async def test_a_setting_is_kept(database: Database) -> None:
    assert await database.chat.setting("clock") is None

    await database.chat.set_setting("clock", "+3d")
    await database.chat.set_setting("clock", "+4d")

    assert await database.chat.setting("clock") == "+4d"


async def test_after_a_wipe_nothing_is_left_and_revisions_go_on(database: Database) -> None:
    said = await _say(database, "m1")
    await database.chat.set_setting("clock", "+3d")

    await database.chat.wipe()

    assert await database.chat.room("general", None) == ()
    assert await database.chat.setting("clock") is None
    assert await database.chat.revision() == said.revision
    assert (await _say(database, "m1")).revision == said.revision + 1


async def test_a_message_at_any_moment_keeps_it(database: Database) -> None:
    moment = datetime.fromisoformat("1969-12-31T23:59:59.999999+05:45")

    said = await database.chat.add("m1", "general", "ana", "x", None, moment)

    assert said.at == moment
