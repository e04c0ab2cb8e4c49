"""Checks that the bot finds the conversation with somebody again, for as long as it knows them."""

from bot.model.people import Account
from storage.database import Database
from storage.tables import places
from tests.storage.building import NOW, a_seat, an_actor
from tests.storage.stocked import dump

ANA = Account("slack", "T1", "ana")


async def test_a_line_is_found_again(database: Database) -> None:
    await a_seat(database)
    await a_seat(database, "ana", "T2")
    assert await database.lines.find(ANA) is None

    await database.lines.keep(ANA, "D1")
    await database.lines.keep(ANA, "D2")

    assert await database.lines.find(ANA) == "D2"
    assert await database.lines.find(Account("slack", "T2", "ana")) is None
    assert await database.lines.find(Account("discord", "T1", "ana")) is None


async def test_nothing_is_kept_of_somebody_unknown(database: Database) -> None:
    await a_seat(database, "ben")
    before = await dump(database)

    await database.lines.keep(ANA, "D1")

    assert await dump(database) == before


async def test_a_line_serves_every_group_that_somebody_is_in(database: Database) -> None:
    await a_seat(database)
    await database.lines.keep(ANA, "D1")
    channel = (await a_seat(database, workspace="T2")).group.id
    async with database._engine.writing() as link:
        bound = {"platform": "slack", "workspace": "T1", "channel": "C9", "group_id": channel}
        await link.run(places.insert(), bound)
    await database.seat(an_actor(channel="C9"), NOW)

    assert await database.lines.find(ANA) == "D1"


async def test_the_line_of_a_forgotten_member_is_forgotten(database: Database) -> None:
    seat = await a_seat(database)
    await database.lines.keep(ANA, "D-of-ana")

    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.members.forget(seat.member.id)

    assert await database.lines.find(ANA) is None
    assert "D-of-ana" not in repr(await dump(database))


async def test_a_member_takes_zone_and_line_along_in_an_export(database: Database) -> None:
    seat = await database.seat(an_actor(zone="Asia/Manila"), NOW)
    await database.lines.keep(ANA, "D1")

    async with database.unit(seat.group.id, writes=False) as unit:
        (account,) = (await unit.exports.everything(seat.member.id))["accounts"]

    assert (account["zone"], account["line"]) == ("Asia/Manila", "D1")


async def test_the_workspaces_of_somebody_are_told_the_newest_first(database: Database) -> None:
    for workspace in ("T2", "T9", "T1"):
        await a_seat(database, workspace=workspace)
    await a_seat(database, "ben", "T3")
    await database.seat(an_actor(workspace="T4", platform="discord"), NOW)

    assert await database.lines.places("slack", "ana") == ("T1", "T9", "T2")
    assert await database.lines.places("discord", "ana") == ("T4",)
    assert await database.lines.places("discord", "ben") == ()


async def test_a_workspace_with_several_groups_is_told_once(database: Database) -> None:
    await a_seat(database)
    channel = (await a_seat(database, workspace="T2")).group.id
    async with database._engine.writing() as link:
        bound = {"platform": "slack", "workspace": "T1", "channel": "C9", "group_id": channel}
        await link.run(places.insert(), bound)
    await database.seat(an_actor(channel="C9"), NOW)

    assert await database.lines.places("slack", "ana") == ("T1", "T2")


async def test_a_workspace_that_took_the_bot_away_is_not_told(database: Database) -> None:
    await a_seat(database)
    await a_seat(database, workspace="T2")
    await database.leave("slack", "T2", NOW)

    assert await database.lines.places("slack", "ana") == ("T1",)
    await database.come_back("slack", "T2")
    assert await database.lines.places("slack", "ana") == ("T2", "T1")
