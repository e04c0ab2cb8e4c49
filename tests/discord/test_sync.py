"""Checks that Discord is told the commands when it does not know them, and else left alone."""

import copy
import json
from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
from aiohttp import web
from discord.http import HTTPClient, Route
from yarl import URL

import bot.commands
from adapters.discord.application import application_of, logged_in
from adapters.discord.commands import commands
from adapters.discord.sync import sync
from app.discord_sync import CHANGED, MISSING, NOTHING_THERE, REMOVED, UNCHANGED, invite, sync_commands
from app.settings import NotReady, Settings
from bot.desk.registry import registry_of
from tests.discord.platform import Guild, Platform, serving
from tests.hosting import a_listener

WANTED = commands(registry_of(bot.commands))


@pytest.fixture
async def platform() -> AsyncIterator[Platform]:
    async with serving() as found:
        yield found
        assert found.violations == []


@pytest.fixture
async def client(platform: Platform) -> AsyncIterator[discord.Client]:
    """Return a client that is logged in."""
    async with logged_in(platform.token) as found:
        yield found


@pytest.fixture
def northside(platform: Platform) -> Guild:
    return platform.guild("Northside")


async def _sync(client: discord.Client, wanted: list[dict[str, Any]] = WANTED, guild: Guild | None = None) -> bool:
    return await sync(client.http, application_of(client), wanted, int(guild.id) if guild else None)


def _puts(platform: Platform) -> int:
    return sum(call.route.startswith("PUT ") for call in platform.calls)


async def test_discord_is_told_once(platform: Platform, client: discord.Client) -> None:
    assert await _sync(client)
    assert not await _sync(client)

    assert _puts(platform) == 1
    assert [one["name"] for one in platform.commands[""]] == ["career", "career-organiser", "Save as contact"]


@pytest.mark.parametrize("change", ["description", "an option", "a choice", "a permission", "a context", "one less"])
async def test_discord_is_told_whatever_changed(platform: Platform, client: discord.Client, change: str) -> None:
    await _sync(client)
    fresh = copy.deepcopy(WANTED)
    board = next(option for option in fresh[0]["options"] if option["name"] == "board")
    match change:
        case "description":
            board["description"] = "Look around"
        case "an option":
            board["options"][0]["max_length"] = 41
        case "a choice":
            board["options"][1]["choices"][0]["name"] = "Everything"
        case "a permission":
            del fresh[1]["default_member_permissions"]
        case "a context":
            fresh[0]["contexts"] = [0]
        case _:
            fresh.pop()

    assert await _sync(client, fresh)
    assert not await _sync(client, fresh)


async def test_what_discord_adds_and_reorders_is_no_change(platform: Platform, client: discord.Client) -> None:
    await _sync(client)
    told = platform.commands[""]
    told.reverse()
    for one in told:
        one |= {"name_localizations": None, "description_localizations": None, "dm_permission": True, "handler": None}
        one["contexts"] = one["contexts"][::-1]
        for option in one["options"]:
            option |= {"name_localizations": None, "required": False, "brand_new": 1}

    assert not await _sync(client)


async def test_commands_of_one_server_and_of_all_do_not_touch_each_other(
    platform: Platform, client: discord.Client, northside: Guild
) -> None:
    await _sync(client)

    assert await _sync(client, WANTED[:1], northside)
    assert not await _sync(client, WANTED[:1], northside)

    assert [len(platform.commands[scope]) for scope in ("", northside.id)] == [3, 1]
    assert await _sync(client, WANTED[1:])
    assert [len(platform.commands[scope]) for scope in ("", northside.id)] == [2, 1]


@pytest.fixture
async def taciturn(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[HTTPClient]:
    """Return a way to a Discord that leaves out other languages unless it is asked for them, as Discord does."""
    there: list[dict[str, Any]] = []

    async def get(request: web.Request) -> web.Response:
        is_whole = request.query.get("with_localizations") == "true"
        known = [{k: v for k, v in one.items() if is_whole or "localizations" not in k} for one in there]
        return web.Response(body=json.dumps(known).encode(), content_type="application/json")

    async def put(request: web.Request) -> web.Response:
        there[:] = await request.json()
        return await get(request)

    site = web.Application()
    site.add_routes([web.get("/{rest:.*}", get), web.put("/{rest:.*}", put)])
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{runner.addresses[0][1]}")
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.http.static_login("token")
        yield client.http
    await runner.cleanup()


async def test_other_languages_are_compared_too(taciturn: HTTPClient) -> None:
    wanted = [WANTED[2] | {"name_localizations": {"de": "Als Kontakt sichern"}}]

    assert await sync(taciturn, 1, wanted)
    assert not await sync(taciturn, 1, wanted)
    assert await sync(taciturn, 1, [WANTED[2]])


# The command line


def _settings(token: str) -> Settings:
    return Settings.model_validate({"DISCORD_TOKEN": token})


async def test_the_command_says_what_it_did(platform: Platform, northside: Guild) -> None:
    settings = _settings(platform.token)

    assert await sync_commands(settings, None) == CHANGED
    assert await sync_commands(settings, None) == UNCHANGED
    assert await sync_commands(settings, int(northside.id)) == CHANGED


async def test_what_one_server_was_told_can_be_taken_back(platform: Platform, northside: Guild) -> None:
    settings, guild = _settings(platform.token), int(northside.id)
    await sync_commands(settings, None)
    await sync_commands(settings, guild)

    assert await sync_commands(settings, guild, is_removal=True) == REMOVED
    assert await sync_commands(settings, guild, is_removal=True) == NOTHING_THERE
    assert (platform.commands[northside.id], len(platform.commands[""])) == ([], 3)


async def test_before_any_server_has_the_bot_the_next_step_is_to_invite_it(platform: Platform) -> None:
    said, step = (await sync_commands(_settings(platform.token), None)).splitlines()

    assert said == CHANGED
    assert step.startswith("Next, add Askwell to your server: https://discord.com/oauth2/authorize?")


async def test_the_invitation_asks_to_see_and_write_and_for_nothing_else(platform: Platform) -> None:
    address = URL(await invite(_settings(platform.token)))

    assert address.query["client_id"] == platform.application_id
    assert set(address.query["scope"].split()) == {"bot", "applications.commands"}
    may = {name for name, is_given in discord.Permissions(int(address.query["permissions"])) if is_given}
    assert may == {"read_messages", "send_messages", "send_messages_in_threads", "attach_files"}
    assert address.origin() == URL("https://discord.com")


@pytest.mark.parametrize("token", ["", "  "])
async def test_without_a_token_one_is_asked_for(token: str) -> None:
    with pytest.raises(NotReady, match="set DISCORD_TOKEN") as told:
        await invite(_settings(token))

    assert str(told.value) == MISSING


async def test_a_wrong_token_is_said_and_not_shown(platform: Platform) -> None:
    with pytest.raises(NotReady, match="does not know the token") as told:
        await sync_commands(_settings("not-the-token"), None)

    assert "not-the-token" not in str(told.value)


@pytest.mark.parametrize(("code", "said"), [(50001, "discord invite"), (30034, "error 30034")])
async def test_what_discord_refuses_is_one_sentence(platform: Platform, northside: Guild, code: int, said: str) -> None:
    platform.faults.refuses("GET /applications/{application_id}/guilds/{guild_id}/commands", code)

    with pytest.raises(NotReady, match=said):
        await sync_commands(_settings(platform.token), int(northside.id))


async def test_a_discord_that_cannot_be_reached_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    listener, url = a_listener()
    listener.close()
    monkeypatch.setattr(Route, "BASE", url)

    with pytest.raises(NotReady, match="cannot be reached"):
        await invite(_settings("token"))
