"""Holds the manifest against Slack's limits, and the scopes against what the adapter really calls."""

import ast
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

import adapters.slack
import bot.commands
from adapters.slack.manifest import callback_id, manifest
from adapters.slack.scopes import FREE_CALLS, FREE_EVENTS, ORGANISATION_EVENTS, SCOPES, scope_table
from bot.desk.registry import registry_of

REGISTRY = registry_of(bot.commands)
URL = "https://askwell.example.org"
SOCKET = manifest(REGISTRY, url=None)
SINGLE = manifest(REGISTRY, url=URL, is_single=True)
OAUTH = manifest(REGISTRY, url=URL)
ALL = pytest.mark.parametrize("made", [SOCKET, SINGLE, OAUTH], ids=["socket", "single", "oauth"])

CODE = Path(adapters.slack.__file__).parent


# Limits: https://docs.slack.dev/reference/app-manifest


@ALL
def test_how_askwell_presents_itself_fits(made: dict[str, Any]) -> None:
    shown = made["display_information"]

    assert 1 <= len(shown["name"]) <= 35
    assert 1 <= len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    assert re.fullmatch(r"#[0-9a-f]{6}", shown["background_color"])
    assert 1 <= len(made["features"]["bot_user"]["display_name"]) <= 80


@ALL
def test_the_slash_command_fits(made: dict[str, Any]) -> None:
    (command,) = made["features"]["slash_commands"]

    assert command["command"] == "/career"
    assert 1 <= len(command["description"]) <= 2000
    assert 1 <= len(command["usage_hint"]) <= 1000
    assert all(listed.path in command["usage_hint"] for listed in REGISTRY.listed)


@ALL
def test_every_shortcut_fits(made: dict[str, Any]) -> None:
    shortcuts = made["features"]["shortcuts"]

    assert 1 <= len(shortcuts) <= 10
    assert all(1 <= len(shortcut["name"]) <= 24 for shortcut in shortcuts)
    assert all(1 <= len(shortcut["description"]) <= 150 for shortcut in shortcuts)
    assert all(1 <= len(shortcut["callback_id"]) <= 255 for shortcut in shortcuts)


@ALL
def test_what_is_asked_for_is_within_the_numbers(made: dict[str, Any]) -> None:
    assert len(made["oauth_config"]["scopes"]["bot"]) <= 255
    assert len(made["settings"]["event_subscriptions"]["bot_events"]) <= 100
    assert all(len(url) <= 1000 for url in made["oauth_config"].get("redirect_urls", ()))


@ALL
def test_the_manifest_is_json_and_the_same_each_time(made: dict[str, Any]) -> None:
    written = json.dumps(made)

    assert json.loads(written) == made
    assert written in [
        json.dumps(manifest(REGISTRY, url=url, is_single=one)) for url in (None, URL) for one in (False, True)
    ]


# What it says


@ALL
def test_members_can_write_to_askwell_and_see_its_home(made: dict[str, Any]) -> None:
    home = made["features"]["app_home"]

    assert home == {
        "home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False,
    }  # fmt: skip


def test_a_shortcut_on_a_message_and_one_from_anywhere_are_offered() -> None:
    offered = {shortcut["name"]: shortcut for shortcut in SOCKET["features"]["shortcuts"]}

    assert offered["Save as contact"]["type"] == "message"
    assert offered["Plan an interview"]["type"] == "global"
    assert {one["callback_id"] for one in offered.values()} == {callback_id(one.path) for one in REGISTRY.shortcuts}


def test_by_socket_mode_nothing_needs_an_address() -> None:
    assert SOCKET["settings"]["socket_mode_enabled"]
    assert "http" not in json.dumps(SOCKET)


@pytest.mark.parametrize("made", [SINGLE, OAUTH, manifest(REGISTRY, url=f"{URL}/")], ids=["single", "oauth", "slash"])
def test_by_http_slack_learns_where_everything_goes(made: dict[str, Any]) -> None:
    settings, at = made["settings"], f"{URL}/slack/events"

    assert not settings["socket_mode_enabled"]
    assert settings["event_subscriptions"]["request_url"] == at
    assert settings["interactivity"] == {"is_enabled": True, "request_url": at, "message_menu_options_url": at}
    assert made["features"]["slash_commands"][0]["url"] == at


def test_only_an_app_for_many_workspaces_has_oauth_and_tokens_that_run_out() -> None:
    flags = ("org_deploy_enabled", "token_rotation_enabled")

    assert [OAUTH["settings"][flag] for flag in flags] == [True, True]
    assert [made["settings"][flag] for made in (SOCKET, SINGLE) for flag in flags] == [False] * 4
    assert OAUTH["oauth_config"]["redirect_urls"] == [f"{URL}/slack/oauth_redirect"]
    assert not [made for made in (SOCKET, SINGLE) if "redirect_urls" in made["oauth_config"]]


# Scopes


def _calls(source: str) -> Iterator[str]:
    """Yield the Web API methods that *source* calls through slack_sdk."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr="api_call"), args=[ast.Constant(value=str(name)), *_]):
                yield name
            case ast.Attribute(attr="files_upload_v2"):
                yield from ("files.getUploadURLExternal", "files.completeUploadExternal")
            case ast.Attribute(attr=name) if _is_method(name):
                yield name.replace("_", ".")


def _is_method(name: str) -> bool:
    return "_" in name and name != "api_call" and inspect.iscoroutinefunction(getattr(AsyncWebClient, name, None))


def _called() -> set[str]:
    return {call for path in CODE.rglob("*.py") for call in _calls(path.read_text("utf-8"))}


def test_the_search_for_calls_finds_each_way_to_call() -> None:
    source = (
        "await web.chat_postMessage(a=1); x(web.users_info); web.api_call('oauth.v2.access'); web.files_upload_v2()"
    )
    files = {"files.getUploadURLExternal", "files.completeUploadExternal"}

    assert set(_calls(source)) == {"chat.postMessage", "users.info", "oauth.v2.access"} | files


def test_every_call_that_is_made_has_its_scope() -> None:
    covered = FREE_CALLS.union(*(scope.calls for scope in SCOPES))

    assert _called() - covered == set()


def test_no_scope_is_asked_for_without_a_use() -> None:
    unused = {call for scope in SCOPES for call in scope.calls} - _called()
    idle = [scope.name for scope in SCOPES if not scope.calls and not scope.events]

    assert unused == set()
    assert idle == ["commands"]  # it is for the slash command and the shortcuts


def test_the_scopes_are_these_and_no_others() -> None:
    assert SOCKET["oauth_config"]["scopes"]["bot"] == [
        "commands", "chat:write", "im:write", "im:history", "users:read", "files:write",
    ]  # fmt: skip


@ALL
def test_askwell_hears_what_it_acts_on_and_no_channel(made: dict[str, Any]) -> None:
    heard = made["settings"]["event_subscriptions"]["bot_events"]

    assert set(heard) - set(ORGANISATION_EVENTS) == {
        "app_home_opened", "app_uninstalled", "tokens_revoked", "message.im", "user_change",
    }  # fmt: skip
    assert not set(FREE_EVENTS) & {event for scope in SCOPES for event in scope.events}


@ALL
def test_only_an_app_for_organisations_hears_of_workspaces_that_come_and_go_in_one(made: dict[str, Any]) -> None:
    heard = made["settings"]["event_subscriptions"]["bot_events"]

    assert set(heard) & {"team_access_granted", "team_access_revoked"} == (
        set(ORGANISATION_EVENTS) if made["settings"]["org_deploy_enabled"] else set()
    )


def test_the_table_of_scopes_gives_each_its_reason() -> None:
    rows = scope_table().splitlines()

    assert len(rows) == 2 + len(SCOPES)
    assert all(f"`{scope.name}` | It may {scope.reason}." in row for scope, row in zip(SCOPES, rows[2:], strict=True))
