"""Sees that the stand-in for Slack refuses what Slack's documents forbid."""

from collections.abc import AsyncIterator
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.platform import Person, Platform, Workspace, serving
from tests.slack.platform.hosting import over_http
from tests.slack.platform.state import Json
from tests.slack.platform.tiny import MANIFEST, button, form, plain, row, said, tea_app
from tests.world import StoppedClock


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
async def slack(clock: StoppedClock) -> AsyncIterator[Platform]:
    async with serving(deepcopy(MANIFEST), clock=clock) as platform:
        yield platform


@pytest.fixture
def north(slack: Platform) -> Workspace:
    return slack.workspace("north")


@pytest.fixture
def api(slack: Platform, north: Workspace) -> AsyncWebClient:
    return AsyncWebClient(slack.install(north), base_url=slack.api_url, retry_handlers=[])


async def refused(slack: Platform, api: AsyncWebClient, method: str, **args: Any) -> str:
    """Return the error that a call gets; "" if it is taken."""
    try:
        await api.api_call(method, json=args)
    except SlackApiError as error:
        return str(error.response["error"])
    return ""


def kinds(slack: Platform) -> list[str]:
    return [violation.kind for violation in slack.violations]


MENU: Json = {"type": "static_select", "options": [{"text": plain("One"), "value": "1"}]}
ENDLESS: Json = {"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}
WRONG: dict[str, list[Json]] = {
    "51 blocks": [{"type": "divider"}] * 51,
    "an unknown block": [{"type": "marquee"}],
    "an unknown field": [{"type": "divider", "colour": "red"}],
    "an empty text": [said("")],
    "a long text": [said("x" * 3001)],
    "characters beyond the first plane count twice": [said("\N{DEER}" * 1501)],
    "a section with nothing": [{"type": "section"}],
    "a long header": [{"type": "header", "text": plain("x" * 151)}],
    "a header that is mrkdwn": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
    "emoji in mrkdwn": [{"type": "section", "text": {"type": "mrkdwn", "text": "x", "emoji": False}}],
    "11 in a context": [{"type": "context", "elements": [plain("x")] * 11}],
    "26 buttons": [row(*(button("x", str(i)) for i in range(26)))],
    "a long label": [row(button("x" * 76, "1"))],
    "a long value": [row(button("x", "1") | {"value": "x" * 2001})],
    "a style that is none": [row(button("x", "1") | {"style": "warning"})],
    "the same action twice": [row(button("x", "1"), button("y", "1"))],
    "the same block id twice": [said("x") | {"block_id": "a"}, said("y") | {"block_id": "a"}],
    "a long block id": [said("x") | {"block_id": "x" * 256}],
    "a menu of 101": [row(MENU | {"options": [{"text": plain("x"), "value": str(i)} for i in range(101)]})],
    "a menu of nothing": [row(MENU | {"options": []})],
    "a long option": [row(MENU | {"options": [{"text": plain("x" * 76), "value": "1"}]})],
    "a long option's value": [row(MENU | {"options": [{"text": plain("x"), "value": "x" * 151}]})],
    "a choice that is no option": [row(MENU | {"initial_option": {"text": plain("Two"), "value": "2"}})],
    "eleven boxes": [row(MENU | {"type": "checkboxes", "options": MENU["options"] * 11})],
    "a text field outside an input": [row({"type": "plain_text_input"})],
    "a date that is none": [row({"type": "datepicker", "initial_date": "2026-02-30"})],
    "an image without words": [{"type": "image", "image_url": "https://example.org/a.png"}],
    "an alert in a message": [{"type": "alert", "text": plain("x")}],
    "a long confirmation": [
        row(
            button("x", "1")
            | {"confirm": {"title": plain("x" * 101), "text": plain("x"), "confirm": plain("x"), "deny": plain("x")}}
        )
    ],
    "empty rich text": [{"type": "rich_text", "elements": [ENDLESS]}],
    "a list of text": [{"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": []}]}],
    "a date without a token": [
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [{"type": "date", "timestamp": 1, "format": "today"}],
                }
            ],
        }
    ],
}


@pytest.mark.parametrize("blocks", WRONG.values(), ids=WRONG.keys())
async def test_a_message_with_wrong_blocks_is_refused(
    slack: Platform, north: Workspace, api: AsyncWebClient, blocks: list[Json]
) -> None:
    channel = north.channel("careers")
    error = await refused(slack, api, "chat.postMessage", channel=channel.id, text="x", blocks=blocks)

    assert (error, kinds(slack)) == ("invalid_blocks", ["invalid_blocks"])
    assert north.messages == []


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": [said("x" * 2_900)] * 5}, "msg_blocks_too_long"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
        ({"text": "x", "metadata": {"event_type": "a", "event_payload": {"k": "x" * 8_000}}}, "metadata_too_large"),
        ({"text": "x", "channel": "#careers"}, "channel_not_found"),
        ({"text": "x", "channel": "U000000009"}, "channel_not_found"),
    ],
)
async def test_a_wrong_message_is_refused(
    slack: Platform, north: Workspace, api: AsyncWebClient, args: Json, error: str
) -> None:
    channel = north.channel("careers")

    assert await refused(slack, api, "chat.postMessage", **({"channel": channel.id} | args)) == error
    assert kinds(slack) == [error]


async def test_blocks_without_text_are_taken_and_noted(slack: Platform, north: Workspace, api: AsyncWebClient) -> None:
    channel = north.channel("careers")

    assert await refused(slack, api, "chat.postMessage", channel=channel.id, blocks=[said("x")]) == ""
    assert kinds(slack) == ["missing_text"]


async def test_an_edit_takes_4000_characters_of_text_and_only_own_messages(
    slack: Platform, north: Workspace, api: AsyncWebClient
) -> None:
    channel, ben = north.channel("careers"), north.user("ben")
    ben.says("hello", channel)
    own = await api.chat_postMessage(channel=channel.id, text="x")
    place = {"channel": channel.id, "ts": own["ts"]}

    assert await refused(slack, api, "chat.update", text="x" * 4_001, **place) == "msg_too_long"
    assert await refused(slack, api, "chat.update", **place | {"text": "x", "ts": north.messages[0].ts}) == (
        "cant_update_message"
    )
    assert await refused(slack, api, "chat.update", **place | {"text": "x", "ts": "1.000001"}) == "message_not_found"
    assert await refused(slack, api, "chat.update", text="y" * 4_000, **place) == ""


VIEWS: dict[str, tuple[Json, str]] = {
    "a long title": (form(title=plain("x" * 25)), "invalid_arguments"),
    "no submit": ({name: part for name, part in form().items() if name != "submit"}, "invalid_arguments"),
    "a long close": (form(close=plain("x" * 25)), "invalid_arguments"),
    "long private metadata": (form(private_metadata="x" * 3_001), "invalid_arguments"),
    "101 blocks": (form(blocks=[{"type": "divider"}] * 101), "invalid_arguments"),
    "too many bytes": (form(blocks=[said("x" * 3_000)] * 90), "view_too_large"),
    "a home view": ({"type": "home", "blocks": []}, "invalid_arguments"),
    "an unknown field": (form(colour="red"), "invalid_arguments"),
    "a markdown block": (form(blocks=[{"type": "markdown", "text": "x"}]), "invalid_arguments"),
    "an e-mail that is none": (
        form(
            blocks=[
                {
                    "type": "input",
                    "label": plain("x"),
                    "element": {"type": "email_text_input", "initial_value": "ana"},
                }
            ]
        ),
        "invalid_arguments",
    ),
}


@pytest.fixture
async def ana(slack: Platform, north: Workspace, api: AsyncWebClient) -> AsyncIterator[Person]:
    async with over_http(slack, tea_app(slack, str(api.token))):
        yield north.user("ana")


@pytest.mark.parametrize(("view", "error"), VIEWS.values(), ids=VIEWS.keys())
async def test_a_wrong_window_is_refused(
    slack: Platform, api: AsyncWebClient, ana: Person, view: Json, error: str
) -> None:
    await ana.types("/tea")
    trigger = str(ana.last.payload["trigger_id"])

    assert await refused(slack, api, "views.open", trigger_id=trigger, view=view) == error
    assert kinds(slack) == [error]


async def test_a_trigger_opens_one_window_within_three_seconds(
    slack: Platform, api: AsyncWebClient, ana: Person, clock: StoppedClock
) -> None:
    await ana.types("/tea form")
    used = str(ana.last.payload["trigger_id"])
    await ana.closes()
    await ana.types("/tea")
    late = str(ana.last.payload["trigger_id"])
    clock.forward(seconds=3.1)

    assert await refused(slack, api, "views.open", trigger_id=used, view=form()) == "exchanged_trigger_id"
    assert await refused(slack, api, "views.open", trigger_id=late, view=form()) == "expired_trigger_id"
    assert await refused(slack, api, "views.open", trigger_id="none", view=form()) == "invalid_trigger_id"
    assert len(slack.violations) == 3


async def test_a_window_is_updated_by_its_hash_and_three_lie_over_each_other(
    slack: Platform, api: AsyncWebClient, ana: Person
) -> None:
    await ana.types("/tea form")
    window = north_window(ana)
    fresh = await api.views_update(view_id=window.id, hash=window.hash, view=form(external_id="one"))
    stack = ana.workspace.modals[ana.id]
    stack += [window, window]
    trigger = ana._trigger(window).id

    assert fresh["view"]["hash"] == window.hash
    assert await refused(slack, api, "views.update", view_id=window.id, hash="old", view=form()) == "hash_conflict"
    assert await refused(slack, api, "views.update", view_id="V0", view=form()) == "not_found"
    assert await refused(slack, api, "views.push", trigger_id=trigger, view=form()) == "push_limit_reached"


def north_window(person: Person) -> Any:
    return person.workspace.modals[person.id][-1]


async def test_what_was_typed_survives_only_where_both_ids_stay(api: AsyncWebClient, ana: Person) -> None:
    await ana.types("/tea form")
    await ana.fills({"Your name": "Ana", "Cups": "3"})
    changed = deepcopy(form())
    changed["blocks"][3]["block_id"] = "cups~1"
    await api.views_update(view_id=north_window(ana).id, view=changed)
    values = north_window(ana).values

    assert (values["name", "v"]["value"], values["cups~1", "v"]["value"]) == ("Ana", None)


async def test_a_response_url_works_five_times_in_thirty_minutes(
    slack: Platform, ana: Person, clock: StoppedClock
) -> None:
    async def post(url: str) -> tuple[int, str]:
        async with slack.session.post(url, json={"text": "x"}) as response:
            return response.status, await response.text()

    await ana.types("/tea")
    first = ana.last.payload["response_url"]
    answers = [await post(first) for _ in range(6)]
    await ana.types("/tea")
    second = ana.last.payload["response_url"]
    clock.forward(minutes=30, seconds=1)

    assert answers == [(200, "ok")] * 5 + [(404, "used_url")]
    assert await post(second) == (404, "expired_url")
    assert kinds(slack) == ["used_url", "expired_url"]


async def test_a_method_needs_its_scope_and_must_exist(slack: Platform, north: Workspace, api: AsyncWebClient) -> None:
    channel = north.channel("careers")

    assert await refused(slack, api, "conversations.history", channel=channel.id) == "missing_scope"
    assert await refused(slack, api, "chat.shout", channel=channel.id) == "unknown_method"
    assert [(v.kind, v.details[0]) for v in slack.violations] == [
        ("missing_scope", "channels:history"),
        ("unknown_method", "chat.shout"),
    ]


async def test_the_world_may_be_in_the_way_and_that_is_no_violation(
    slack: Platform, north: Workspace, api: AsyncWebClient
) -> None:
    closed, away, ben = north.channel("old"), north.channel("far", has_bot=False), north.user("ben")
    closed.is_archived, ben.user.is_deleted = True, True
    gone, direct = north.user("cai"), north.user("dana")
    north.is_messages_tab_on = False
    opened = await api.conversations_open(users=direct.id)

    assert await refused(slack, api, "chat.postMessage", channel=closed.id, text="x") == "is_archived"
    assert await refused(slack, api, "chat.postMessage", channel=away.id, text="x") == "not_in_channel"
    assert await refused(slack, api, "chat.postMessage", channel="C999", text="x") == "channel_not_found"
    assert await refused(slack, api, "conversations.open", users=ben.id) == "user_disabled"
    assert await refused(slack, api, "conversations.open", users="U999") == "user_not_found"
    dm = opened["channel"]["id"]
    assert await refused(slack, api, "chat.postMessage", channel=dm, text="x") == "messages_tab_disabled"
    assert (gone.dms, slack.violations) == ([], [])


async def test_two_workspaces_never_see_each_other(slack: Platform, north: Workspace, api: AsyncWebClient) -> None:
    south = slack.workspace("south")
    slack.install(south)
    channel, ben = south.channel("careers"), south.user("ben")

    assert await refused(slack, api, "chat.postMessage", channel=channel.id, text="x") == "channel_not_found"
    assert await refused(slack, api, "conversations.open", users=ben.id) == "user_not_found"


async def test_tokens_end_and_are_renewed_once(slack: Platform, north: Workspace, clock: StoppedClock) -> None:
    slack.manifest["settings"]["token_rotation_enabled"], slack.consent = True, north
    api = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    who = {"client_id": slack.client_id, "client_secret": slack.client_secret}
    code = slack.doorkeeper.code("")
    given = await api.api_call("oauth.v2.access", data=who | {"code": code})
    clock.now += timedelta(hours=12)
    expired = await refused(slack, AsyncWebClient(given["access_token"], base_url=slack.api_url), "auth.test")
    again = {"grant_type": "refresh_token", "refresh_token": str(given["refresh_token"])}
    fresh = await api.api_call("oauth.v2.access", data=who | again)
    with pytest.raises(SlackApiError, match="invalid_refresh_token"):
        await api.api_call("oauth.v2.access", data=who | again)
    with pytest.raises(SlackApiError, match="code_already_used"):
        await api.api_call("oauth.v2.access", data=who | {"code": code})

    assert (expired, given["expires_in"]) == ("token_expired", 43_200)
    assert await refused(slack, AsyncWebClient(fresh["access_token"], base_url=slack.api_url), "auth.test") == ""
    assert kinds(slack) == ["invalid_refresh_token"]


async def test_a_file_needs_its_bytes_and_reaches_the_conversation(
    slack: Platform, north: Workspace, api: AsyncWebClient
) -> None:
    ben = north.user("ben")
    dm = (await api.conversations_open(users=ben.id))["channel"]["id"]
    await api.files_upload_v2(channel=dm, filename="mine.csv", title="Mine", content="a,b", alt_txt="Your data")
    started = await api.files_getUploadURLExternal(filename="x", length=3)

    assert ben.dms[-1].files[0]["title"] == "Mine"
    unsent = await refused(slack, api, "files.completeUploadExternal", files=[{"id": started["file_id"]}])
    assert (unsent, kinds(slack)) == ("file_not_found", ["file_not_found"])


async def test_metadata_is_told_only_to_who_asks(slack: Platform, north: Workspace, api: AsyncWebClient) -> None:
    dm = (await api.conversations_open(users=north.user("ben").id))["channel"]["id"]
    mark = {"event_type": "letter", "event_payload": {"key": "1"}}
    await api.chat_postMessage(channel=dm, text="x", metadata=mark)

    quiet = await api.conversations_history(channel=dm)
    told = await api.conversations_history(channel=dm, include_all_metadata=True)
    assert ("metadata" in quiet["messages"][0], told["messages"][0]["metadata"]) == (False, mark)
