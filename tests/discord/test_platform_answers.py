"""Sees the rules for answers to interactions bite: once, in time, of the right kind."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.discord.platform import Person, Platform, serving
from tests.discord.platform.drafts import label, line, modal, text, v2
from tests.discord.platform.exchange import Exchange
from tests.discord.platform.state import COMPONENTS_V2 as V2
from tests.discord.platform.state import EPHEMERAL
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


async def _asked(bare: Talker, ana: Person) -> Exchange:
    await ana.types("tea form", expect_answer=False)
    return ana.last


async def test_an_unknown_interaction_is_not_found(bare: Talker, ana: Person) -> None:
    exchange = await _asked(bare, ana)
    unknown, said = await bare.call("POST", "/interactions/1/token/callback", {"type": 5})
    forged, _said = await bare.call("POST", f"/interactions/{exchange.id}/forged/callback", {"type": 5})

    assert (unknown, forged, said["code"]) == (404, 404, 10062)


async def test_an_interaction_is_answered_once(bare: Talker, ana: Person) -> None:
    exchange = await _asked(bare, ana)
    first = await bare.responds(exchange, 4, {"content": "One"}, "?with_response=1")
    second = await bare.responds(exchange, 4, {"content": "Two"})

    assert first[1]["resource"]["message"]["content"] == "One"
    assert first[1]["interaction"]["response_message_id"] == first[1]["resource"]["message"]["id"]
    assert (second[1]["code"], bare.platform.violations[-1].code) == (40060, 40060)


@pytest.mark.parametrize("kind", [6, 7, 8, 12])
async def test_a_command_takes_no_answer_that_is_meant_for_others(bare: Talker, ana: Person, kind: int) -> None:
    status, said = await bare.responds(await _asked(bare, ana), kind, {"choices": []} if kind == 8 else {})

    assert (status, said["code"]) == (400, 50035)


async def test_a_form_cannot_follow_a_form(bare: Talker, ana: Person) -> None:
    await bare.responds(await _asked(bare, ana), 9, modal(label(line())))
    await ana.submits({"Name": "Ana"}, expect_answer=False)
    status, said = await bare.responds(ana.last, 9, modal(label(line())))

    assert (status, said["code"]) == (400, 50035)


async def test_a_form_cannot_follow_a_deferral(bare: Talker, ana: Person) -> None:
    exchange = await _asked(bare, ana)
    await bare.responds(exchange, 5)
    status, said = await bare.responds(exchange, 9, modal(label(line())))

    assert (status, said["code"]) == (400, 40060)


async def test_deferring_takes_one_flag_and_fixes_who_sees_the_answer(bare: Talker, ana: Person) -> None:
    exchange = await _asked(bare, ana)
    wrong, _said = await bare.responds(exchange, 5, {"flags": V2})
    await bare.responds(exchange, 5, {"flags": EPHEMERAL})
    loading = [message.is_loading for message in ana.sees()]
    public, _said = await bare.call("POST", bare.hook(exchange), {"content": "For all"})
    private, _said = await bare.call("POST", bare.hook(exchange), {"content": "For you", "flags": EPHEMERAL})

    assert (wrong, loading, public, private) == (400, [True], 400, 200)
    assert [(message.kind, message.text) for message in ana.sees()] == [("ephemeral", "For you")]


@pytest.mark.parametrize(("number", "value"), [(26, "x"), (1, 7), (1, "x" * 101)])
async def test_a_completion_offers_at_most_25_of_the_right_kind(
    bare: Talker, ana: Person, number: int, value: Any
) -> None:
    completing = asyncio.create_task(ana.completes("tea cup", "kind", "gre"))
    await bare.platform.until(lambda: ana.exchanges)
    choices = [{"name": str(n), "value": value} for n in range(number)]
    wrong, said = await bare.responds(ana.last, 8, {"choices": choices})
    right, _said = await bare.responds(ana.last, 8, {"choices": [{"name": "Green", "value": "g"}]})

    assert (wrong, said["code"], right) == (400, 50035, 204)
    assert await completing == ["Green"]


async def test_before_the_first_answer_nothing_can_follow(bare: Talker, ana: Person) -> None:
    status, said = await bare.call("POST", bare.hook(await _asked(bare, ana)), {"content": "Early"})

    assert (status, said["code"], bare.platform.violations[-1].code) == (404, 10015, 10015)


class Later:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


async def test_the_token_of_an_interaction_works_for_fifteen_minutes() -> None:
    clock = Later()
    async with serving(clock=clock) as discord, talking(discord) as bare:
        await bare.call("PUT", f"/applications/{discord.application_id}/commands", COMMANDS)
        exchange = await _asked(bare, discord.guild("North").user("Ana"))
        await bare.responds(exchange, 4, {"content": "Now"})
        clock.now += timedelta(minutes=14, seconds=59)
        within, _said = await bare.call("POST", bare.hook(exchange), {"content": "Still"})
        clock.now += timedelta(seconds=1)
        after, said = await bare.call("PATCH", bare.hook(exchange, "/messages/@original"), {"content": "Late"})

    assert (within, after, said["code"], discord.rates.invalid) == (200, 401, 50027, 1)


async def test_a_nonce_is_forgotten_after_a_few_minutes() -> None:
    clock = Later()
    once = {"content": "x", "nonce": "key", "enforce_nonce": True}
    async with serving(clock=clock) as discord, talking(discord) as bare:
        place = f"/channels/{discord.guild('North').channel('general').id}/messages"
        ids = []
        for minutes in (0, 4, 4):
            clock.now += timedelta(minutes=minutes)
            ids.append((await bare.call("POST", place, once))[1]["id"])

    assert (ids[0] == ids[1], ids[1] == ids[2]) == (True, False)


async def test_an_answer_can_change_later_and_be_followed(bare: Talker, ana: Person) -> None:
    exchange = await _asked(bare, ana)
    await bare.responds(exchange, 4, {"content": "One"})
    await bare.call("PATCH", bare.hook(exchange, "/messages/@original"), {"content": "Two"})
    _status, more = await bare.call("POST", bare.hook(exchange), {"content": "Three", "flags": EPHEMERAL})
    await bare.call("PATCH", bare.hook(exchange, f"/messages/{more['id']}"), {"content": "Four"})
    other = await _asked(bare, ana)
    await bare.responds(other, 4, {"content": "Else"})
    foreign, said = await bare.call("PATCH", bare.hook(other, f"/messages/{more['id']}"), {"content": "Mine"})

    assert [message.text for message in ana.sees()] == ["Two", "Four", "Else"]
    assert [seen.text for seen in exchange.answers] == ["One", "Two", "Three", "Four"]
    assert (foreign, said["code"]) == (404, 10008)


async def test_a_change_keeps_the_message_when_it_is_refused(bare: Talker, ana: Person) -> None:
    exchange = await _asked(bare, ana)
    await bare.responds(exchange, 4, v2(text("One")))
    status, _said = await bare.call("PATCH", bare.hook(exchange, "/messages/@original"), v2(text("x" * 4_000), text()))

    assert (status, [message.text for message in ana.sees()]) == (400, ["One"])
