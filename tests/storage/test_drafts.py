"""Checks that a form which waits is there for whoever filled it in, for nobody else, and not for ever."""

import asyncio
import re

from bot.model.people import Account, Seat
from storage.database import Database
from storage.tables import accounts, drafts, places
from tests.storage.building import DAY, HOUR, NOW, a_seat
from tests.storage.stocked import dump

ANA = Account("slack", "T1", "ana")
WORDS = "name: Žofie, does: nurse"


async def _keep(database: Database, account: Account = ANA, words: str = WORDS) -> str:
    return await database.drafts.keep(account, words, NOW + DAY)


async def _forget(database: Database, seat: Seat) -> None:
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.members.forget(seat.member.id)


async def test_a_draft_may_be_read_again_and_again(database: Database) -> None:
    await a_seat(database)
    token = await _keep(database)

    assert [await database.drafts.find(ANA, token, NOW) for _ in range(2)] == [WORDS] * 2


async def test_a_token_is_short_and_may_stand_in_an_address(database: Database) -> None:
    await a_seat(database)
    tokens = [await _keep(database) for _ in range(20)]

    assert len(set(tokens)) == 20
    assert all(re.fullmatch(r"[\w-]{1,22}", token, re.ASCII) for token in tokens)


async def test_nobody_else_reads_a_draft_by_its_token(database: Database) -> None:
    for user, workspace in (("ana", "T1"), ("ben", "T1"), ("ana", "T2")):
        await a_seat(database, user, workspace)
    token = await _keep(database)

    for other in (Account("slack", "T1", "ben"), Account("slack", "T2", "ana"), Account("discord", "T1", "ana")):
        assert await database.drafts.find(other, token, NOW) is None
    assert await database.drafts.find(ANA, token[:-1], NOW) is None


async def test_the_tables_do_not_tell_the_token(database: Database) -> None:
    await a_seat(database)

    token = await _keep(database)

    assert token not in repr(await dump(database))


async def test_a_draft_runs_out(database: Database) -> None:
    await a_seat(database)
    token = await _keep(database)

    assert await database.drafts.find(ANA, token, NOW + DAY - HOUR) == WORDS
    assert await database.drafts.find(ANA, token, NOW + DAY) is None


async def test_a_draft_that_was_sent_is_gone(database: Database) -> None:
    await a_seat(database)
    sent, waits = await _keep(database), await _keep(database, words="another")

    await database.drafts.drop(sent)
    await database.drafts.drop(sent)

    assert await database.drafts.find(ANA, sent, NOW) is None
    assert await database.drafts.find(ANA, waits, NOW) == "another"


async def test_drafts_that_ran_out_are_tidied_away(database: Database) -> None:
    await a_seat(database)
    await database.drafts.keep(ANA, "old", NOW)
    fresh = await _keep(database)

    assert await database.prune(NOW + HOUR) == 1

    assert len((await dump(database))[drafts.name]) == 1
    assert await database.drafts.find(ANA, fresh, NOW) == WORDS


async def test_a_workspace_that_leaves_a_group_takes_its_drafts_along(database: Database) -> None:
    seat = await a_seat(database)
    here, there = {"platform": "slack", "workspace": "T2"}, Account("slack", "T2", "ana")
    async with database._engine.writing() as link:
        await link.run(places.insert(), {**here, "channel": "", "group_id": seat.group.id})
        ids = {"group_id": seat.group.id, "member_id": seat.member.id}
        await link.run(accounts.insert(), {**here, **ids, "user": "ana", "is_latest": False})
    lost, kept = await _keep(database, there), await _keep(database)

    await database.leave("slack", "T2", NOW + DAY)

    assert await database.drafts.find(there, lost, NOW) is None
    assert await database.drafts.find(ANA, kept, NOW) == WORDS


async def test_nothing_is_kept_of_somebody_without_a_seat(database: Database) -> None:
    await a_seat(database, "ben")
    before = await dump(database)

    token = await _keep(database)

    assert await database.drafts.find(ANA, token, NOW) is None
    assert await dump(database) == before


async def test_a_forgotten_members_drafts_are_forgotten(database: Database) -> None:
    seat = await a_seat(database)
    await a_seat(database, "ben")
    mine, others = await _keep(database), await _keep(database, Account("slack", "T1", "ben"))

    await _forget(database, seat)

    assert await database.drafts.find(ANA, mine, NOW) is None
    assert await database.drafts.find(Account("slack", "T1", "ben"), others, NOW) == WORDS


async def test_a_draft_that_is_kept_during_the_forgetting_is_forgotten_too(database: Database) -> None:
    for _round in range(5):
        seat = await a_seat(database)

        await asyncio.gather(_keep(database), _forget(database, seat), _keep(database))

        assert (await dump(database))[drafts.name] == []
