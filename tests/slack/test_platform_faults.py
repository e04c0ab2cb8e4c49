"""Sees that each fault of the stand-in for Slack is the one that it says it is."""

from collections.abc import AsyncIterator
from copy import deepcopy
from time import monotonic

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.platform import Platform, Workspace, serving
from tests.slack.platform.hosting import over_http
from tests.slack.platform.tiny import MANIFEST, tea_app
from tests.world import StoppedClock

POST = "chat.postMessage"


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
async def slack(clock: StoppedClock) -> AsyncIterator[Platform]:
    async with serving(deepcopy(MANIFEST), clock=clock) as platform:
        yield platform


@pytest.fixture
def north(slack: Platform) -> Workspace:
    workspace = slack.workspace("north")
    workspace.channel("careers")
    return workspace


async def post(slack: Platform, workspace: Workspace, token: str) -> str:
    """Post to the first channel; return "" or what went wrong."""
    api = AsyncWebClient(token, base_url=slack.api_url, retry_handlers=[])
    try:
        await api.chat_postMessage(channel=workspace.find(None).id, text="x")
    except SlackApiError as error:
        data = error.response.data
        return str(data["error"]) if isinstance(data, dict) else "?"
    except aiohttp.ClientConnectionError:
        return "reset"
    return ""


async def test_a_limit_freezes_one_method_of_one_workspace(
    slack: Platform, north: Workspace, clock: StoppedClock
) -> None:
    south = slack.workspace("south")
    south.channel("careers")
    token, other = slack.install(north), slack.install(south)
    slack.faults.limits(POST, 2, team=north.id)
    limited, elsewhere = await post(slack, north, token), await post(slack, south, other)
    hasty = await post(slack, north, token)
    clock.forward(seconds=2)
    patient = await post(slack, north, token)

    assert (limited, elsewhere, hasty, patient) == ("ratelimited", "", "ratelimited", "")
    assert [violation.kind for violation in slack.violations] == ["ignored_retry_after"]


async def test_a_limit_says_how_long(slack: Platform, north: Workspace) -> None:
    token = slack.install(north)
    slack.faults.limits("auth.test", 7)
    with pytest.raises(SlackApiError) as caught:
        await AsyncWebClient(token, base_url=slack.api_url, retry_handlers=[]).auth_test()

    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "7")


@pytest.mark.parametrize(("after", "arrived"), [(False, 0), (True, 1)])
async def test_a_reset_comes_before_or_after_the_message_is_kept(
    slack: Platform, north: Workspace, after: bool, arrived: int
) -> None:
    token = slack.install(north)
    slack.faults.resets(POST, after=after)

    assert (await post(slack, north, token), len(north.messages)) == ("reset", arrived)
    assert (await post(slack, north, token), len(north.messages)) == ("", arrived + 1)


@pytest.mark.parametrize(("after", "arrived"), [(False, 0), (True, 1)])
async def test_a_breakdown_comes_before_or_after_the_message_is_kept(
    slack: Platform, north: Workspace, after: bool, arrived: int
) -> None:
    token = slack.install(north)
    slack.faults.breaks(POST, after=after)

    assert (await post(slack, north, token) != "", len(north.messages)) == (True, arrived)


async def test_a_refusal_lasts_until_it_is_removed(slack: Platform, north: Workspace) -> None:
    token = slack.install(north)
    fault = slack.faults.refuses(POST, "account_inactive", times=None)
    refused = [await post(slack, north, token) for _ in range(2)]
    fault.remove()

    assert (refused, await post(slack, north, token), fault.hits) == (["account_inactive"] * 2, "", 2)
    assert [call.error for call in slack.calls] == ["account_inactive", "account_inactive", ""]
    assert slack.violations == []


async def test_a_delay_takes_its_time(slack: Platform, north: Workspace) -> None:
    token = slack.install(north)
    slack.faults.delays(POST, 0.2)
    started = monotonic()

    assert (await post(slack, north, token), monotonic() - started >= 0.2) == ("", True)


async def test_a_response_url_can_fail_too(slack: Platform, north: Workspace) -> None:
    ana = north.user("ana")
    async with over_http(slack, tea_app(slack, slack.install(north))):
        slack.faults.breaks("response_url")
        await ana.types("/tea soon", expect_answer=False)

    assert [(call.method, call.error) for call in slack.calls if call.method == "response_url"] == [
        ("response_url", "internal_error")
    ]
