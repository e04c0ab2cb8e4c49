"""Tests what can be made to go wrong at the stand-in for Discord, and its limits of requests."""

from collections.abc import AsyncIterator
from time import monotonic

import aiohttp
import discord as library
import pytest

from tests.discord.platform import Channel, Person, Platform, serving
from tests.discord.platform.talking import Talker, talking
from tests.discord.platform.tiny import COMMANDS, Tiny, running

SEND = "POST /channels/{channel_id}/messages"


@pytest.fixture
async def discord() -> AsyncIterator[Platform]:
    async with serving() as found:
        yield found


@pytest.fixture
def ana(discord: Platform) -> Person:
    return discord.guild("North").user("Ana")


@pytest.fixture
def general(ana: Person) -> Channel:
    return ana.home.channel("general")


@pytest.fixture
async def bare(discord: Platform) -> AsyncIterator[Talker]:
    async with talking(discord) as found:
        yield found


async def _sends(bare: Talker, channel: Channel, words: str = "x") -> int:
    status, _said = await bare.call("POST", f"/channels/{channel.id}/messages", {"content": words})
    return status


async def test_a_call_breaks_before_or_after_it_was_carried_out(bare: Talker, ana: Person, general: Channel) -> None:
    bare.platform.faults.breaks(SEND)
    bare.platform.faults.breaks(SEND, after=True)
    statuses = [await _sends(bare, general, words) for words in ("before", "after", "well")]

    assert statuses == [500, 500, 200]
    assert [message.text for message in ana.sees(general)] == ["after", "well"]
    assert [call.fault for call in bare.platform.calls] == ["broken", "broken_after", ""]


@pytest.mark.parametrize("after", [False, True])
async def test_a_connection_breaks_and_the_caller_cannot_know(
    bare: Talker, ana: Person, general: Channel, after: bool
) -> None:
    bare.platform.faults.resets("POST /channels/*/messages", after=after)
    with pytest.raises(aiohttp.ClientError):
        await _sends(bare, general)

    assert (len(ana.sees(general)), bare.platform.calls[-1].status) == (int(after), 0)


async def test_a_fault_can_be_narrow_and_last_until_it_is_removed(bare: Talker, ana: Person, general: Channel) -> None:
    other = ana.home.channel("other")
    fault = bare.platform.faults.refuses(SEND, 50013, path=general.id, times=None)
    statuses = [await _sends(bare, channel) for channel in (general, other, general)]
    fault.remove()
    statuses.append(await _sends(bare, general))

    assert (statuses, fault.hits) == ([403, 200, 403, 200], 2)


async def test_a_call_can_be_slow(bare: Talker, general: Channel) -> None:
    bare.platform.faults.delays(SEND, 0.1)
    began = monotonic()
    status = await _sends(bare, general)

    assert (status, monotonic() - began >= 0.1) == (200, True)


@pytest.mark.parametrize(("scope", "counted", "elsewhere"), [("user", 1, 200), ("shared", 0, 200), ("global", 1, 429)])
async def test_a_limit_says_how_long_and_where(
    bare: Talker, general: Channel, scope: str, counted: int, elsewhere: int
) -> None:
    bare.platform.faults.limits(SEND, 30, scope=scope)
    status, said, headers = await bare.full("POST", f"/channels/{general.id}/messages", {"content": "x"})
    invalid = bare.platform.rates.invalid
    other, _said = await bare.call("GET", "/users/@me")

    assert (status, said["retry_after"], said["global"], headers["Retry-After"]) == (
        429,
        30,
        scope == "global",
        "30.000",
    )
    assert (headers["X-RateLimit-Scope"], "Via" in headers, invalid, other) == (scope, True, counted, elsewhere)


async def test_a_wait_that_is_not_heeded_is_noted(bare: Talker, general: Channel) -> None:
    bare.platform.faults.limits(SEND, 30)
    statuses = [await _sends(bare, general), await _sends(bare, general)]

    assert statuses == [429, 429]
    assert "not heeded" in bare.platform.violations[-1].details[0]


async def test_discord_py_waits_and_is_not_blamed(discord: Platform, ana: Person, general: Channel) -> None:
    discord.faults.limits(SEND, 0.05)
    discord.faults.limits(SEND, 0.05, scope="global")
    async with running(discord, Tiny(discord)) as bot:
        channel = bot.get_channel(int(general.id))
        assert isinstance(channel, library.TextChannel)
        await channel.send("At last.")

    assert [message.text for message in ana.sees(general)] == ["At last."]
    assert ([call.status for call in discord.calls if call.route == SEND], discord.violations) == ([429, 429, 200], [])


async def test_a_bucket_counts_by_channel_and_tells_what_is_left(bare: Talker, ana: Person, general: Channel) -> None:
    bare.platform.rates.limits(SEND, 2, 30.0)
    other = ana.home.channel("other")
    told = [
        await bare.full("POST", f"/channels/{channel.id}/messages", {"content": "x"})
        for channel in (general, general, general, other)
    ]

    assert [status for status, _said, _headers in told] == [200, 200, 429, 200]
    assert [headers["X-RateLimit-Remaining"] for _status, _said, headers in told] == ["1", "0", "0", "1"]
    assert {headers["X-RateLimit-Limit"] for _status, _said, headers in told} == {"2"}
    assert 29 < float(told[2][2]["Retry-After"]) <= 30
    assert bare.platform.rates.invalid == 1


async def test_the_bot_has_a_limit_of_its_own_that_interactions_do_not_count_for(bare: Talker) -> None:
    bare.platform.rates.per_second = 3
    statuses = [(await bare.call("GET", "/users/@me"))[0] for _ in range(4)]
    _status, said, headers = await bare.full("GET", "/users/@me")
    callback, _said = await bare.call("POST", "/interactions/1/token/callback", {"type": 5})

    assert (statuses, said["global"], headers["X-RateLimit-Scope"]) == ([200, 200, 200, 429], True, "global")
    assert callback == 404


async def test_an_answer_that_got_lost_may_be_tried_again_without_blame(discord: Platform, ana: Person) -> None:
    discord.faults.breaks("POST /interactions/*", after=True)
    async with running(discord, Tiny(discord)):
        seen = await ana.types("tea cup", kind="green")
        await discord.until(lambda: discord.calls[-1].code == 40060)

    assert (seen.text, len(ana.sees()), discord.violations) == ("cup is ready.", 1, [])


async def test_nobody_waits_for_a_bot_that_is_not_there(discord: Platform, ana: Person) -> None:
    async with talking(discord) as bare:
        await bare.call("PUT", f"/applications/{discord.application_id}/commands", COMMANDS)
    await discord.gateway.disconnected()

    with pytest.raises(AssertionError, match="no app is connected"):
        await ana.types("tea form")


async def test_a_bot_that_was_shut_down_could_still_come_back(discord: Platform, ana: Person) -> None:
    """The real discord.py closes its line with 4000, not 1000: Discord keeps the session for a while."""
    async with running(discord, Tiny(discord)):
        pass
    await ana.types("tea cup", kind="green", expect_answer=False)
    async with running(discord, Tiny(discord)):
        seen = await ana.types("tea cup", kind="green")

    assert (seen.text, len(ana.sees()), ana.exchanges[0].response) == ("cup is ready.", 1, 0)


async def test_whoever_gets_no_answer_says_so(discord: Platform, ana: Person) -> None:
    discord.answer_within = 0.05
    discord.faults.breaks("POST /interactions/*", times=None)
    async with running(discord, Tiny(discord)):
        with pytest.raises(AssertionError, match="Ana got no answer"):
            await ana.types("tea card")
