"""Sees the strictness of the stand-in for Discord about commands bite."""

from collections.abc import AsyncIterator

import pytest

from tests.discord.platform import Person, Platform, serving
from tests.discord.platform.command_limits import of_commands
from tests.discord.platform.drafts import command, option
from tests.discord.platform.state import Json
from tests.discord.platform.talking import Talker, talking
from tests.discord.platform.tiny import COMMANDS


@pytest.fixture
async def discord() -> AsyncIterator[Platform]:
    async with serving() as found:
        yield found


@pytest.fixture
async def bare(discord: Platform, ana: Person) -> AsyncIterator[Talker]:
    async with talking(discord) as found:
        await found.call("PUT", f"/applications/{discord.application_id}/commands", COMMANDS)
        yield found


@pytest.fixture
def ana(discord: Platform) -> Person:
    return discord.guild("North").user("Ana")


@pytest.mark.parametrize(
    ("commands", "why"),
    [
        ([command(name="Tea")], "lower-case"),
        ([command(name="green tea")], "lower-case"),
        ([command(name="x" * 33)], "too long"),
        ([command(description="")], "between 1 and 100"),
        ([command(description="x" * 101)], "too long"),
        ([command(contexts=None)], "has to be set"),
        ([command(integration_types=[])], "non-empty"),
        ([command(), command()], "DUPLICATE_NAME"),
        ([command(name=f"t{n}") for n in range(101)], "at most 100"),
        ([command(name=f"T{n}", type=3, description="") for n in range(16)], "at most 15"),
        ([command(type=3)], "no description"),
        ([command(options=[option(f"o{n}") for n in range(26)])], "too long"),
        ([command(options=[option(), option()])], "ALREADY_EXISTS"),
        ([command(options=[option("a"), option("b", required=True)])], "come first"),
        ([command(options=[option("a", 1), option("b", 3)])], "beside each other"),
        ([command(options=[option("a", 2, options=[option("b", 2)])])], "not one of"),
        ([command(options=[option(choices=[{"name": "a", "value": "b"}], autocomplete=True)])], "exclude"),
        ([command(options=[option(choices=[{"name": "a", "value": "b"}] * 2)])], "twice"),
        ([command(options=[option(choices=[{"name": str(n), "value": str(n)} for n in range(26)])])], "too long"),
        ([command(options=[option(min_length=3, max_length=2)])], "above max_length"),
        ([command(options=[option(kind=5, autocomplete=True)])], "completed"),
        ([command(options=[option(f"o{n}", 1, options=[option(f"p{m}", description="x" * 90) for m in range(25)])
                           for n in range(4)])], "at most 8000"),
    ],
)  # fmt: skip
async def test_a_command_against_the_documents_is_refused_and_noted(
    bare: Talker, commands: list[Json], why: str
) -> None:
    status, said = await bare.call("PUT", f"/applications/{bare.platform.application_id}/commands", commands)

    assert (status, said["code"]) == (400, 50035)
    assert any(why in detail for detail in bare.platform.violations[-1].details), bare.platform.violations
    assert len(bare.platform.commands[""]) == len(COMMANDS)


def test_commands_of_one_guild_name_no_contexts() -> None:
    wrong = of_commands([command()], is_global=False)
    right = of_commands([{"name": "tea", "description": "Make tea"}], is_global=False)

    assert (list(wrong), right) == (["0.contexts", "0.integration_types"], {})


async def test_commands_that_stay_keep_their_id(bare: Talker) -> None:
    place = f"/applications/{bare.platform.application_id}/commands"
    _status, before = await bare.call("GET", place)
    _status, after = await bare.call("PUT", place, [*COMMANDS[1:], command(name="new")])

    assert [one["id"] for one in after[:-1]] == [one["id"] for one in before[1:]]


async def test_only_two_hundred_commands_are_made_in_a_day(bare: Talker) -> None:
    place = f"/applications/{bare.platform.application_id}/commands"
    await bare.call("PUT", place, [command(name=f"a{n}") for n in range(100)])
    status, said = await bare.call("PUT", place, [command(name=f"b{n}") for n in range(100)])

    assert (status, said["code"]) == (400, 30034)
    assert {one["name"][0] for one in bare.platform.commands[""]} == {"a"}
