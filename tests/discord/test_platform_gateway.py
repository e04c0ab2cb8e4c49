"""Tests every way to lose the stand-in's gateway, with the real discord.py and without it."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord as library
import pytest

from tests.discord.platform import Guild, Person, Platform, serving
from tests.discord.platform.session import MESSAGE_CONTENT
from tests.discord.platform.snowflakes import shard_of
from tests.discord.platform.talking import identity
from tests.discord.platform.tiny import Tiny, running


@pytest.fixture
async def discord() -> AsyncIterator[Platform]:
    async with serving() as found:
        yield found


@pytest.fixture
def north(discord: Platform) -> Guild:
    return discord.guild("North")


@pytest.fixture
def ana(north: Guild) -> Person:
    return north.user("Ana")


@pytest.fixture
async def bot(discord: Platform, ana: Person) -> AsyncIterator[Tiny]:
    async with running(discord, Tiny(discord)) as found:
        yield found


async def test_a_cut_line_is_resumed_and_nothing_is_lost_or_doubled(discord: Platform, ana: Person, bot: Tiny) -> None:
    discord.gateway.cut()
    await ana.types("tea cup", kind="one", expect_answer=False)
    await ana.types("tea cup", kind="two", expect_answer=False)
    first = await ana.answered(ana.exchanges[0])
    await ana.answered()

    assert first.text == "cup is ready."
    assert [data["options"][0]["options"][0]["value"] for data in bot.heard] == ["one", "two"]
    assert (discord.gateway.identified, discord.gateway.resumed, discord.violations) == (1, 1, [])


async def test_what_was_sent_into_a_dying_line_comes_again_after_resuming(
    discord: Platform, ana: Person, bot: Tiny
) -> None:
    discord.gateway.falls_silent()
    await ana.types("tea cup", kind="one", expect_answer=False)
    discord.gateway.cut()

    assert (await ana.answered()).text == "cup is ready."
    assert (len(bot.heard), bot.events) == (1, ["resumed"])


@pytest.mark.usefixtures("bot")
async def test_the_app_comes_back_when_asked_to(discord: Platform, ana: Person) -> None:
    discord.gateway.reconnect()
    await discord.until(lambda: discord.gateway.resumed == 1)
    resumed = await ana.types("tea cup", kind="green")
    discord.gateway.invalidate(resumable=True)
    await discord.until(lambda: discord.gateway.resumed == 2)
    again = await ana.types("tea cup", kind="green")

    assert resumed.text == again.text == "cup is ready."
    assert discord.gateway.identified == 1


@pytest.mark.usefixtures("bot")
async def test_an_invalid_session_makes_the_app_identify_anew(discord: Platform, ana: Person) -> None:
    discord.gateway.invalidate()
    await discord.until(lambda: discord.gateway.identified == 2)
    await discord.gateway.connected()
    seen = await ana.types("tea cup", kind="green")

    assert (seen.text, discord.gateway.resumed) == ("cup is ready.", 0)


async def test_a_line_that_dies_in_silence_is_given_up(discord: Platform, ana: Person) -> None:
    discord.gateway.heartbeat = 0.05
    async with running(discord, Tiny(discord, heartbeat_timeout=0.3)):
        discord.gateway.falls_silent()
        await discord.gateway.connected()
        seen = await ana.types("tea cup", kind="green")

    assert (seen.text, discord.gateway.resumed) == ("cup is ready.", 1)


@pytest.mark.parametrize("code", [4000, 4009])
@pytest.mark.usefixtures("bot")
async def test_the_app_comes_back_after_a_close_that_is_not_final(discord: Platform, ana: Person, code: int) -> None:
    discord.gateway.close(code)
    await discord.gateway.connected()

    assert (await ana.types("tea cup", kind="green")).text == "cup is ready."


async def test_a_privileged_intent_has_to_be_switched_on(discord: Platform) -> None:
    wanting = library.Intents(guilds=True, message_content=True)
    client = Tiny(discord, intents=wanting)
    with pytest.raises(library.PrivilegedIntentsRequired):
        await client.start(discord.token)
    await client.close()
    discord.gateway.enabled = MESSAGE_CONTENT
    async with running(discord, Tiny(discord, intents=wanting)):
        connections = discord.gateway.connections

    assert ([violation.code for violation in discord.violations], connections) == ([4014], 1)


async def test_joining_leaving_and_outages_of_guilds_are_told(discord: Platform, north: Guild, bot: Tiny) -> None:
    south = discord.guild("South")
    await discord.until(lambda: bot.events == ["join South"])
    north.goes_down()
    north.comes_back()
    south.removes_bot()
    await discord.until(lambda: len(bot.events) == 3)

    assert bot.events == ["join South", "down North", "remove South"]
    assert [guild.name for guild in bot.guilds] == ["North"]


async def test_without_the_intent_no_guild_is_told_but_interactions_are(discord: Platform, ana: Person) -> None:
    bot = Tiny(discord, intents=library.Intents.none())
    async with running(discord, bot):
        seen = await ana.types("tea cup", kind="green")

    assert (seen.text, [guild.name for guild in bot.guilds]) == ("cup is ready.", [""])


class Sharded(library.AutoShardedClient):
    """Answers with the shard that an interaction came by."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once."""

    async def on_interaction(self, interaction: library.Interaction) -> None:
        shard = interaction.guild.shard_id if interaction.guild else 0
        await interaction.response.send_message(f"By shard {shard}.")


async def test_guilds_spread_over_shards_and_direct_messages_go_to_the_first(discord: Platform) -> None:
    discord.shards = 2
    near = far = discord.guild("North")
    while shard_of(far.id, 2) == shard_of(near.id, 2):
        far = discord.guild("South")
    ana = near.user("Ana")
    far.add(ana)
    async with running(discord, Sharded(intents=library.Intents(guilds=True), guild_ready_timeout=0.0)) as client:
        seen = [(await ana.types("tea form", channel=guild.first_channel())).text for guild in (near, far)]
        in_dm = await ana.types("tea form", channel="dm")

    assert (client.shard_count, discord.gateway.identified) == (2, 2)
    assert seen == [f"By shard {shard_of(guild.id, 2)}." for guild in (near, far)]
    assert in_dm.text == "By shard 0."


# Without a library


async def _closed_with(discord: Platform, *frames: Any, query: str = "?v=10") -> int | None:
    """Send frames to the gateway and return the code that it closes with."""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{discord.gateway_url}{query}") as socket,
    ):
        for frame in frames:
            await socket.send_json(frame)
        async for _message in socket:
            pass
        return socket.close_code


async def test_the_gateway_closes_with_the_documented_codes(discord: Platform) -> None:
    me = identity(discord)
    heartbeat = {"op": 1, "d": None}
    codes = [
        await _closed_with(discord, {"op": 2, "d": me | {"token": "wrong"}}),
        await _closed_with(discord, {"op": 8, "d": {}}),
        await _closed_with(discord, {"op": 2, "d": me}, {"op": 2, "d": me}),
        await _closed_with(discord, {"op": 2, "d": me | {"shard": [2, 2]}}),
        await _closed_with(discord, {"op": 2, "d": me}, query="?v=6"),
        await _closed_with(discord, {"op": 2, "d": me | {"intents": 1 << 30}}),
        await _closed_with(discord, {"op": 2, "d": me | {"intents": 1 << 15}}),
        await _closed_with(discord, {"op": 2, "d": me | {"more": "x" * 5_000}}),
        await _closed_with(discord, *[heartbeat] * 121),
    ]

    assert codes == [4004, 4003, 4005, 4010, 4012, 4013, 4014, 4002, 4008]
    assert [violation.code for violation in discord.violations] == codes


async def test_what_cannot_be_resumed_is_called_invalid(discord: Platform) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{discord.gateway_url}?v=10") as socket:
        await socket.send_json({"op": 6, "d": {"token": discord.token, "session_id": "1", "seq": 1}})
        hello, refusal = await socket.receive_json(), await socket.receive_json()

    assert (hello["op"], refusal) == (10, {"op": 9, "d": False})


async def test_a_session_that_was_closed_in_good_order_is_over(discord: Platform) -> None:
    async with aiohttp.ClientSession() as session:
        first = await session.ws_connect(f"{discord.gateway_url}?v=10")
        await first.send_json({"op": 2, "d": identity(discord)})
        await discord.gateway.connected()
        await first.close(code=1000)
        await discord.gateway.disconnected()

    assert discord.gateway.sessions == {}
