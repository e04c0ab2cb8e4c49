"""Runs Slack and Discord in one process, as `askwell run` does with both tokens: two groups, and nothing mixed."""

import asyncio
from pathlib import Path

import pytest

import bot.commands
from adapters.discord.commands import commands
from adapters.discord.sync import sync
from adapters.slack.manifest import manifest
from app.discord import discord_service
from app.house import opened
from app.platforms import Platforms
from app.settings import Settings
from bot.desk.registry import registry_of
from tests.discord import acts as in_discord
from tests.discord.platform import serving as serving_discord
from tests.hosting import listening
from tests.slack import acts as in_slack
from tests.slack.platform import serving as serving_slack


async def test_slack_and_discord_at_once_are_two_groups_and_nothing_is_mixed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    registry = registry_of(bot.commands)
    told = manifest(registry, url="https://askwell.example.org", is_single=True)
    async with serving_slack(told) as slack, serving_discord() as discord:
        club, guild = slack.workspace("Northside"), discord.guild("Southside")
        settings = Settings.model_validate({
            "ASKWELL_DATA_DIR": tmp_path, "SLACK_BOT_TOKEN": slack.install(club),
            "SLACK_SIGNING_SECRET": slack.signing_secret, "SLACK_API_URL": slack.api_url,
            "DISCORD_TOKEN": discord.token,
        })  # fmt: skip
        async with opened(settings) as house, listening(house.pages(settings)) as url:
            assert isinstance(house, Platforms)
            slack.over_http(f"{url}/slack/events")
            running = asyncio.create_task(house.run())
            courier = house.parts.courier(house.senders)
            await discord.gateway.connected()
            client = discord_service(settings, house.parts).client
            await client.login(discord.token)
            await sync(client.http, int(discord.application_id), commands(registry), None)
            await client.close()
            ana, ben = club.user("Ana", tz="Asia/Manila"), guild.user("Ben")
            here, there = club.channel("careers"), guild.channel("careers")

            await asyncio.gather(in_slack.share(ana, here, "Maria Santos"), in_discord.share(ben, there, "Omar Weiss"))
            while await courier.round():
                continue
            in_club, in_guild = await asyncio.gather(
                ana.types("/career board", here), ben.types("career board", channel=there)
            )

            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
    assert ["Maria Santos" in seen.text for seen in ana.sees(here) if seen.kind == "message"] == [True]
    assert ["Omar Weiss" in seen.text for seen in ben.sees(there) if seen.kind == "message"] == [True]
    assert ("Maria Santos" in in_club.text, "Omar Weiss" in in_club.text) == (True, False)
    assert ("Maria Santos" in in_guild.text, "Omar Weiss" in in_guild.text) == (False, True)
    assert slack.violations == []
    assert discord.violations == []
