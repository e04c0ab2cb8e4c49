"""Sees that the stand-in for Slack knows strangers, organisations, departures, and the page of its OAuth."""

import json
from collections.abc import AsyncIterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import Response

from tests.hosting import listening
from tests.slack.platform import Platform, serving
from tests.slack.platform.state import Json
from tests.slack.platform.tiny import MANIFEST, button, row


@dataclass
class Ear:
    """An app that only keeps what it hears."""

    heard: list[Json] = field(default_factory=list)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body = (await Request(scope, receive).body()).decode()
        fields = {name: values[0] for name, values in parse_qs(body).items()}
        self.heard.append(json.loads(body if body.startswith("{") else fields.get("payload") or json.dumps(fields)))
        await Response()(scope, receive, send)


@pytest.fixture
async def slack() -> AsyncIterator[Platform]:
    async with serving(deepcopy(MANIFEST)) as platform:
        yield platform


@pytest.fixture
async def ear(slack: Platform) -> AsyncIterator[Ear]:
    ear = Ear()
    async with listening(ear) as url:
        slack.over_http(url)
        yield ear


async def test_a_stranger_presses_as_somebody_of_another_workspace(slack: Platform, ear: Ear) -> None:
    north, south = slack.workspace("north"), slack.workspace("south")
    api = AsyncWebClient(slack.install(north), base_url=slack.api_url)
    sam, channel = north.user("sam", home=south), north.channel("shared")
    await api.chat_postMessage(channel=channel.id, text="x", blocks=[row(button("Take", "take"))])
    await sam.presses("Take", expect_answer=False)
    with pytest.raises(AssertionError, match="only for people of the organisation"):
        await sam.types("/tea")
    told = await api.users_info(user=sam.id, include_locale=True)

    assert (ear.heard[0]["team"]["id"], ear.heard[0]["user"]["team_id"]) == (north.id, south.id)
    assert (told["user"]["is_stranger"], "locale" in told["user"]) == (True, False)


async def test_an_installation_for_all_has_no_workspace_of_its_own(slack: Platform, ear: Ear) -> None:
    north = slack.workspace("north", enterprise="E1")
    slack.install_for_all("E1")
    ana = north.user("ana")
    await ana.types("/tea", expect_answer=False)
    await ana.shortcut("Make tea", expect_answer=False)
    await ana.opens_home(expect_answer=False)
    command, shortcut, event = ear.heard

    assert (command["team_id"], command["enterprise_id"], command["is_enterprise_install"]) == (north.id, "E1", "true")
    assert (shortcut["team"], shortcut["enterprise"]["id"], shortcut["user"]["team_id"]) == (None, "E1", north.id)
    assert event["authorizations"][0]["is_enterprise_install"] is True


async def test_the_app_hears_that_it_was_removed_and_that_somebody_changed(slack: Platform, ear: Ear) -> None:
    north = slack.workspace("north")
    slack.install(north)
    ana = north.user("ana")
    await ana.changes(tz="Asia/Tokyo", is_deleted=False)
    await slack.uninstall(north)
    events = [body["event"] for body in ear.heard]

    assert [event["type"] for event in events] == ["user_change", "tokens_revoked", "app_uninstalled"]
    assert (events[0]["user"]["tz"], events[0]["user"]["tz_offset"]) == ("Asia/Tokyo", 32_400)
    assert all(grant.is_revoked for grant in slack.grants.values())


async def test_the_app_hears_which_workspaces_its_organisation_takes_out_and_lets_in(slack: Platform, ear: Ear) -> None:
    north, south = slack.workspace("north", enterprise="E1"), slack.workspace("south", enterprise="E1")
    api = AsyncWebClient(slack.install_for_all("E1"), base_url=slack.api_url)
    ana, ben = north.user("ana"), south.user("ben")
    await slack.take_out(north)
    with pytest.raises(SlackApiError, match="team_access_not_granted"):
        await api.users_info(user=ana.id)
    assert (await api.users_info(user=ben.id))["ok"]
    await slack.let_in(north)
    assert (await api.users_info(user=ana.id))["ok"]
    taken, given = ear.heard

    assert (taken["team_id"], taken["enterprise_id"], taken["event"]["team_ids"]) == (None, "E1", [north.id])
    assert (taken["event"]["type"], given["event"]["type"]) == ("team_access_revoked", "team_access_granted")
    assert taken["authorizations"][0]["is_enterprise_install"] is True


async def test_an_event_without_its_scope_is_not_sent(slack: Platform, ear: Ear) -> None:
    north = slack.workspace("north")
    slack.manifest["oauth_config"]["scopes"]["bot"].remove("im:history")
    slack.install(north)

    with pytest.raises(AssertionError, match="does not subscribe"):
        await north.user("ana").writes("hello", expect_answer=False)
    assert ear.heard == []


async def test_the_page_that_asks_for_permission_gives_a_code_or_an_error(slack: Platform) -> None:
    slack.consent = slack.workspace("north")
    back = MANIFEST["oauth_config"]["redirect_urls"][0]
    asked = {"client_id": slack.client_id, "scope": "commands", "redirect_uri": back, "state": "s"}
    page = f"{slack.url}/oauth/v2/authorize"
    async with slack.session.get(page, params=asked, allow_redirects=False) as response:
        given = parse_qs(urlsplit(response.headers["Location"]).query)
    slack.consent = None
    async with slack.session.get(page, params=asked, allow_redirects=False) as response:
        denied = parse_qs(urlsplit(response.headers["Location"]).query)
    async with slack.session.get(page, params=asked | {"scope": "admin"}) as response:
        wrong = await response.text()

    assert (sorted(given), given["state"]) == (["code", "state"], ["s"])
    assert (denied, wrong) == ({"error": ["access_denied"], "state": ["s"]}, "invalid_scope")
    assert [violation.kind for violation in slack.violations] == ["invalid_scope"]
