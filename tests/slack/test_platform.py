"""Tries the stand-in for Slack with the real libraries: it works, and each strictness bites."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import Response

from tests.hosting import listening
from tests.slack.platform import NotAllowed, Person, Platform, Workspace, serving
from tests.slack.platform.hosting import over_http, over_socket
from tests.slack.platform.tiny import MANIFEST, tea_app


@pytest.fixture
async def slack() -> AsyncIterator[Platform]:
    async with serving(MANIFEST | {"settings": dict(MANIFEST["settings"])}) as platform:
        yield platform


@pytest.fixture
def north(slack: Platform) -> Workspace:
    return slack.workspace("north")


@pytest.fixture(params=["http", "socket"])
async def ana(slack: Platform, north: Workspace, request: pytest.FixtureRequest) -> AsyncIterator[Person]:
    """Return somebody whose workspace has the tea app, over each transport."""
    app = tea_app(slack, slack.install(north))
    async with over_http(slack, app) if request.param == "http" else over_socket(slack, app):
        yield north.user("ana", tz="America/New_York", admin=True)


async def test_a_command_is_answered_in_its_acknowledgement(ana: Person, slack: Platform) -> None:
    seen = await ana.types("/tea")

    assert (seen.kind, seen.text) == ("ephemeral", "Tea is ready.")
    assert ana.last.answers == [seen]
    assert slack.violations == []


async def test_a_command_is_answered_through_its_response_url(ana: Person, slack: Platform) -> None:
    seen = await ana.types("/tea soon")

    assert (seen.kind, seen.text, slack.violations) == ("ephemeral", "Here it is.", [])


async def test_a_press_replaces_the_message_it_is_in(ana: Person) -> None:
    await ana.types("/tea cups of A & B")
    seen = await ana.presses("Po")

    assert [message.text for message in ana.sees()] == [seen.text] == ["Poured."]


async def test_nobody_else_sees_a_private_answer(ana: Person, north: Workspace) -> None:
    ben = north.user("ben")
    await ana.types("/tea")

    assert ben.sees() == []


async def test_a_form_is_filled_in_sent_and_answered_in_its_window(ana: Person, slack: Platform) -> None:
    opened = await ana.types("/tea form")
    seen = await ana.submits({"Your name": "Ana", "kind": "green", "Town": "Lag", "Cups": "3"})

    assert opened.fields == ["Your name", "Kind", "Town", "Cups"]
    assert (seen.kind, "Tea for Ana in lagos" in seen.text) == ("modal", True)
    assert slack.violations == []


async def test_errors_stand_beside_their_fields_and_what_was_typed_stays(ana: Person) -> None:
    await ana.types("/tea form")
    seen = await ana.submits({"Your name": "Nobody", "Cups": "3"})
    mended = await ana.submits({"Your name": "Ana"})

    assert seen.errors == {"Your name": "Who is it for?"}
    assert "Tea for Ana" in mended.text
    assert ana.last.payload["view"]["state"]["values"]["cups"]["v"] == {"type": "number_input", "value": "3"}


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({}, "required"),
        ({"Your name": "x" * 21}, "do not fit"),
        ({"Your name": "Ana", "Cups": "10"}, "out of bounds"),
        ({"Your name": "Ana", "Cups": "many"}, "not a number"),
        ({"Your name": "Ana", "Kind": "blue"}, "no option"),
        ({"Your name": "Ana", "Town": "Quito"}, "no option"),
        ({"Your nom": "Ana"}, "no field"),
    ],
)
async def test_the_client_refuses_what_slack_would_not_send(ana: Person, answers: dict[str, Any], why: str) -> None:
    await ana.types("/tea form")

    with pytest.raises(NotAllowed, match=why):
        await ana.submits(answers)


async def test_behind_a_modal_nothing_can_be_pressed(ana: Person) -> None:
    await ana.types("/tea cups of tea")
    await ana.types("/tea form")

    with pytest.raises(AssertionError):
        await ana.presses("Pour")
    await ana.closes()
    assert (await ana.presses("Pour")).text == "Poured."


async def test_the_home_tab_is_published_and_its_buttons_open_windows(ana: Person, slack: Platform) -> None:
    home = await ana.opens_home()
    seen = await ana.presses("Brew")

    assert (home.kind, home.labels) == ("home", ["Brew"])
    assert (seen.kind, seen.title, slack.violations) == ("modal", "Tea", [])


async def test_a_word_in_the_direct_messages_is_heard_once(ana: Person, slack: Platform) -> None:
    seen = await ana.writes("hello")
    await slack.quiet()

    assert seen.text == "You said hello"
    assert [message.text for message in ana.dms] == ["hello", "You said hello"]


async def test_shortcuts_open_windows_and_read_messages(ana: Person, slack: Platform) -> None:
    ana.says("Write to maria@example.org & ask")
    kept = await ana.message_shortcut("Keep", "maria")
    opened = await ana.shortcut("Make tea")

    assert kept.text == "Kept: Write to maria@example.org & ask"
    assert (opened.kind, slack.violations) == ("modal", [])


async def test_the_same_press_can_be_delivered_twice(ana: Person) -> None:
    await ana.types("/tea")
    await ana.again()

    assert len(ana.last.answers) == 2


async def test_a_late_acknowledgement_is_noted_and_not_shown(slack: Platform, north: Workspace) -> None:
    slack.patience = 0.2
    app = tea_app(slack, slack.install(north))
    ana = north.user("ana")
    async with over_http(slack, app):
        await ana.types("/tea late", expect_answer=False)

    assert [violation.kind for violation in slack.violations] == ["operation_timeout"]
    assert ana.sees() == []


# Socket Mode


async def test_an_app_comes_back_after_each_way_of_losing_it(slack: Platform, north: Workspace) -> None:
    ana = north.user("ana")
    async with over_socket(slack, tea_app(slack, slack.install(north))):
        await slack.socket.refresh()
        refreshed = await ana.types("/tea")
        slack.socket.cut()
        await slack.socket.disconnected()
        cut = await ana.types("/tea")

    assert refreshed.text == cut.text == "Tea is ready."


async def test_an_address_for_socket_mode_works_once(slack: Platform, north: Workspace) -> None:
    slack.install(north)
    link = slack.socket.new_link()
    first = await slack.session.ws_connect(link)
    hello = await first.receive_json()
    await first.close()
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await slack.session.ws_connect(link)

    assert hello["type"] == "hello"
    assert [violation.kind for violation in slack.violations] == ["invalid_ticket"]


async def test_what_is_not_acknowledged_is_sent_again_to_another_connection(slack: Platform, north: Workspace) -> None:
    slack.install(north)
    ana, socket = north.user("ana"), slack.over_socket()
    lines = [await slack.session.ws_connect(socket.new_link()) for _ in range(2)]
    assert [(await line.receive_json())["type"] for line in lines] == ["hello", "hello"]
    typing = asyncio.ensure_future(ana.types("/tea", expect_answer=False))
    readers = [asyncio.ensure_future(line.receive_json()) for line in lines]
    first, _ = await asyncio.wait(readers, return_when=asyncio.FIRST_COMPLETED)
    hit = readers.index(next(iter(first)))
    await lines[hit].close()
    envelope = await readers[1 - hit]
    await lines[1 - hit].send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "Once"}})
    await typing
    await lines[1 - hit].close()

    assert envelope["envelope_id"] == (next(iter(first)).result())["envelope_id"]
    assert [message.text for message in ana.sees()] == ["Once"]


async def test_only_ten_connections_are_let_in(slack: Platform, north: Workspace) -> None:
    slack.install(north)
    lines = [await slack.session.ws_connect(slack.socket.new_link()) for _ in range(11)]
    said = [(await line.receive_json())["type"] for line in lines]
    for line in lines:
        await line.close()

    assert said == ["hello"] * 10 + ["disconnect"]


# HTTP


async def test_a_bad_or_old_signature_gets_nowhere(slack: Platform, north: Workspace) -> None:
    body, kind = f"command=%2Ftea&team_id={north.id}", "application/x-www-form-urlencoded"
    async with over_http(slack, tea_app(slack, slack.install(north))) as transport:
        forged = await transport.send(body, kind, secret="other")
        old = await transport.send(body, kind, age=301)
        good = await transport.send(body, kind)
        is_verified = await transport.verify_url()

    assert (forged.status, old.status, good.status, is_verified) == (401, 401, 200, True)


async def test_an_event_that_is_not_taken_comes_again_with_its_reason(slack: Platform, north: Workspace) -> None:
    seen: list[tuple[str | None, str | None]] = []

    async def take(scope: Any, receive: Any, send: Any) -> None:
        headers = Request(scope).headers
        seen.append((headers.get("x-slack-retry-num"), headers.get("x-slack-retry-reason")))
        await Response(status_code=500 if len(seen) < 3 else 200)(scope, receive, send)

    slack.install(north)
    async with listening(take) as url:
        slack.over_http(url, retries=(0, 0, 0))
        await north.user("ana").opens_home(expect_answer=False)

    assert seen == [(None, None), ("1", "http_error"), ("2", "http_error")]
    assert slack.violations == []


async def test_an_acknowledgement_that_slack_does_not_know_is_noted(slack: Platform, north: Workspace) -> None:
    async def take(scope: Any, receive: Any, send: Any) -> None:
        await Response('{"text": "Done"}', media_type="application/json")(scope, receive, send)

    slack.install(north)
    async with listening(take) as url:
        slack.over_http(url)
        await north.user("ana").shortcut("Make tea", expect_answer=False)

    assert [violation.kind for violation in slack.violations] == ["invalid_ack"]
