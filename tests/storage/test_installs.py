"""Checks who has the bot: each workspace finds its own tokens, one process renews them, a state counts once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.installs import Install
from storage.database import Database
from storage.tables import install_states
from tests.databases import KEY
from tests.storage.building import HOUR, NOW
from tests.storage.stocked import dump

CLUB = Install("slack", "", "T1", "Career club", "token of T1", NOW)
OTHER = Install("slack", "", "T2", "Alumni", "token of T2")
CAMPUS = Install("slack", "E1", "", "Campus", "token of E1")
FACULTY = Install("slack", "E1", "T3", "Faculty", "token of T3")
MINUTE = timedelta(minutes=1)


async def _keep(database: Database, *installs: Install) -> None:
    for install in installs:
        await database.installs.keep(install)


async def test_a_workspace_finds_its_own_install(database: Database) -> None:
    await _keep(database, CLUB, OTHER, replace(CLUB, platform="discord", secrets="elsewhere"))

    assert await database.installs.find("slack", "", "T1") == CLUB
    assert await database.installs.find("slack", "", "T9") is None
    assert await database.installs.find("slack", "", "") is None


async def test_an_install_takes_the_place_of_the_one_before(database: Database) -> None:
    await _keep(database, CLUB)
    fresh = replace(CLUB, name="Careers", secrets="newer", renew_at=None)

    await _keep(database, fresh)

    assert await database.installs.all("slack") == (fresh,)


async def test_a_workspace_without_an_install_finds_that_of_its_organisation(database: Database) -> None:
    await _keep(database, CAMPUS, FACULTY, CLUB)

    assert await database.installs.find("slack", "E1", "T8") == CAMPUS
    assert await database.installs.find("slack", "E1", "") == CAMPUS
    assert await database.installs.find("slack", "E2", "T8") is None
    assert await database.installs.find("discord", "E1", "T8") is None


async def test_the_workspaces_own_install_comes_before_that_of_its_organisation(database: Database) -> None:
    await _keep(database, CAMPUS, FACULTY, CLUB)
    await database.installs.belongs("slack", "E1", "T1")

    assert await database.installs.find("slack", "E1", "T3") == FACULTY
    assert await database.installs.find("slack", "", "T3") == FACULTY
    assert await database.installs.find("slack", "", "T1") == CLUB


async def test_of_two_installs_of_a_workspace_the_one_in_the_organisation_asked_for_counts(database: Database) -> None:
    before = replace(FACULTY, organisation="", secrets="before it joined")
    await _keep(database, before, FACULTY)

    assert await database.installs.find("slack", "E1", "T3") == FACULTY
    assert await database.installs.find("slack", "", "T3") == before


async def test_a_workspace_that_was_seen_in_an_organisation_is_found_by_its_own_id_alone(database: Database) -> None:
    await _keep(database, CAMPUS)
    assert await database.installs.find("slack", "", "T8") is None

    await database.installs.belongs("slack", "E1", "T8")

    assert await database.installs.find("slack", "", "T8") == CAMPUS
    await database.installs.belongs("slack", "E2", "T8")  # it moved
    assert await database.installs.find("slack", "", "T8") is None


async def test_noting_the_same_organisation_again_keeps_nobody_from_writing(database: Database) -> None:
    await database.installs.belongs("slack", "E1", "T8")

    async with database._engine.writing():
        await asyncio.wait_for(database.installs.belongs("slack", "E1", "T8"), 5)

    assert len((await dump(database))["affiliations"]) == 1


async def test_a_workspace_that_is_dropped_has_none_any_more(database: Database) -> None:
    await _keep(database, CLUB, OTHER)

    assert await database.installs.drop("slack", "", "T1") == ("T1",)
    assert await database.installs.drop("slack", "", "T1") == ("T1",)  # told twice, it is as true

    assert await database.installs.all("slack") == (OTHER,)


@pytest.mark.parametrize("organisation", ["", "E1", "E2"])
async def test_a_workspace_that_changed_its_organisation_since_is_dropped_all_the_same(
    database: Database, organisation: str
) -> None:
    await _keep(database, FACULTY, OTHER)

    assert await database.installs.drop("slack", organisation, "T3") == ("T3",)

    assert await database.installs.all("slack") == (OTHER,)


@pytest.mark.parametrize("is_noted", [True, False])
async def test_a_workspace_that_its_organisation_still_serves_is_not_without(
    database: Database, is_noted: bool
) -> None:
    unplaced = replace(FACULTY, organisation="")
    dropped = unplaced if is_noted else FACULTY
    await _keep(database, CAMPUS, dropped)
    if is_noted:
        await database.installs.belongs("slack", "E1", "T3")

    assert await database.installs.drop("slack", dropped.organisation, "T3") == ()

    assert await database.installs.find("slack", "E1", "T3") == CAMPUS


async def test_an_organisation_that_is_dropped_leaves_those_without_who_had_no_other(database: Database) -> None:
    await _keep(database, CAMPUS, FACULTY, CLUB)
    for workspace, organisation in (("T3", "E1"), ("T9", "E1"), ("T8", "E1"), ("T7", "E2")):
        await database.installs.belongs("slack", organisation, workspace)

    assert await database.installs.drop("slack", "E1", "") == ("T8", "T9")

    assert await database.installs.find("slack", "E1", "T8") is None
    assert await database.installs.all("slack") == (CLUB, FACULTY)


async def test_of_several_that_want_to_renew_one_may(database: Database, database_url: str) -> None:
    await _keep(database, CLUB, OTHER)

    async with await Database.open(database_url, KEY) as other:  # another process, as far as both can tell
        asked = [store.installs.claim_renewal(CLUB, NOW, NOW + MINUTE) for store in [database, other] * 3]
        answers = await asyncio.gather(*asked)

    assert sorted(answers) == [False] * 5 + [True]


async def test_who_never_came_back_from_renewing_is_followed_by_another(database: Database) -> None:
    await _keep(database, CLUB)
    assert await database.installs.claim_renewal(CLUB, NOW, NOW + MINUTE)

    assert not await database.installs.claim_renewal(CLUB, NOW + MINUTE / 2, NOW + HOUR)
    assert await database.installs.claim_renewal(CLUB, NOW + MINUTE, NOW + HOUR)


async def test_tokens_that_were_exchanged_already_are_not_exchanged_again(database: Database) -> None:
    await _keep(database, CLUB)
    assert await database.installs.claim_renewal(CLUB, NOW, NOW + MINUTE)
    fresh = replace(CLUB, secrets="newer", renew_at=NOW + 10 * HOUR)
    await _keep(database, fresh)

    assert not await database.installs.claim_renewal(CLUB, NOW, NOW + MINUTE)  # read before
    assert await database.installs.claim_renewal(fresh, NOW, NOW + MINUTE)


async def test_nobody_renews_what_was_dropped(database: Database) -> None:
    assert not await database.installs.claim_renewal(OTHER, NOW, NOW + MINUTE)


async def test_a_state_that_comes_back_counts_once(database: Database) -> None:
    await database.installs.add_state("abc", NOW + MINUTE)

    answers = await asyncio.gather(*(database.installs.take_state("abc", NOW) for _ in range(4)))

    assert sorted(answers) == [False, False, False, True]
    assert not await database.installs.take_state("never given", NOW)


async def test_a_state_runs_out(database: Database) -> None:
    await database.installs.add_state("abc", NOW + MINUTE)

    assert not await database.installs.take_state("abc", NOW + MINUTE)


async def test_states_that_nobody_came_back_with_are_tidied_away(database: Database) -> None:
    await database.installs.add_state("old", NOW)
    await database.installs.add_state("new", NOW + HOUR)

    assert await database.prune(NOW + MINUTE) == 1

    assert len((await dump(database))[install_states.name]) == 1
    assert await database.installs.take_state("new", NOW + MINUTE)
