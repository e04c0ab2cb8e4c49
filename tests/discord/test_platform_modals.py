"""Sees the strictness of the stand-in for Discord about modals bite."""

from collections.abc import AsyncIterator

import pytest

from tests.discord.platform import Person, Platform, serving
from tests.discord.platform.drafts import button, group, label, line, menu, modal, row
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
    ("form", "why"),
    [
        (modal(), "non-empty"),
        (modal(*[label(line(str(n))) for n in range(6)]), "between 1 and 5"),
        (modal(label(line()), title="x" * 46), "too long"),
        (modal(label(line()), custom_id="x" * 101), "too long"),
        (modal(label(line()), label(line())), "DUPLICATED"),
        (modal(label(line(), label="x" * 46)), "too long"),
        (modal(label(line(), description="x" * 101)), "too long"),
        (modal(label(line(placeholder="x" * 101))), "too long"),
        (modal(label(line(value="x" * 5, max_length=4))), "5 characters"),
        (modal(label(line(min_length=5, max_length=4))), "above max_length"),
        (modal(label(button())), "type 2"),
        (modal(row(button())), "4"),
        (modal(label(menu(disabled=True))), "disabled"),
        (modal(label(group(21, 1))), "too short"),
        (modal(label(group(21, 11))), "too long"),
        (modal(label(group(22, 11))), "too long"),
        (modal(label(group(22, 2, max_values=3))), "number of options"),
        (modal(label(group(22, 2, min_values=0))), "required: false"),
        (modal(label(group(22, 2, min_values=2, max_values=1))), "above max_values"),
    ],
)
async def test_a_modal_against_the_documents_is_refused_and_noted(
    bare: Talker, ana: Person, form: Json, why: str
) -> None:
    await ana.types("tea form", expect_answer=False)
    status, said = await bare.responds(ana.last, 9, form)

    assert (status, said["code"], ana.modal) == (400, 50035, None)
    assert any(why in detail for detail in bare.platform.violations[-1].details), bare.platform.violations


@pytest.mark.parametrize("component", [line(), menu(), group(21, 2), group(22, 1), {"type": 23, "custom_id": "c"}])
async def test_each_kind_of_field_is_taken(bare: Talker, ana: Person, component: Json) -> None:
    await ana.types("tea form", expect_answer=False)
    status, _said = await bare.responds(ana.last, 9, modal({"type": 10, "content": "Why"}, label(component)))

    assert (status, bare.platform.violations) == (204, [])
    assert ana.modal
    assert ana.modal.fields == ["Name"]
