"""Sees the strictness of the stand-in for Discord about messages bite, without a library that would hide it."""

import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.discord.platform import Channel, Person, Platform, serving
from tests.discord.platform.drafts import box, button, menu, row, text, v2
from tests.discord.platform.state import COMPONENTS_V2 as V2
from tests.discord.platform.state import EPHEMERAL, Json
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


@pytest.fixture
def general(ana: Person) -> Channel:
    return ana.home.channel("general")


@pytest.mark.parametrize(
    ("message", "where", "why"),
    [
        ({"content": "x" * 2_001}, "content", "2000 or fewer"),
        ({"content": "x" * 4_001}, "content", "too long"),
        ({"components": [text()]}, "components.0", "needs the flag"),
        ({"content": "x", "components": [row(button(str(n))) for n in range(6)]}, "components", "at most 5"),
        (v2(text(), content="x"), "content", "cannot be used"),
        (v2(text(), embeds=[{"title": "x"}]), "embeds", "cannot be used"),
        (v2(*[text()] * 41), "components", "is too long"),
        (v2(box(*[text()] * 40)), "components", "41 components"),
        (v2({"type": 9, "components": [text()], "accessory": button()}, *[text()] * 38), "components", "41 components"),
        (v2(text("x" * 2_001), text("x" * 2_000)), "components", "4001 characters"),
        (v2(row(button("a"), button("a"))), "components", "DUPLICATED"),
        (v2(text() | {"id": 1}, text() | {"id": 1}), "components", "DUPLICATED"),
        (v2(row(*[button(str(n)) for n in range(6)])), "components.0.components", "too long"),
        (v2(row(button(), menu())), "components.0", "one select"),
        (v2(row(button("x" * 101))), "components.0.components.0.custom_id", "too long"),
        (v2(row(button(label="x" * 81))), "components.0.components.0.label", "too long"),
        (v2(row(button(label=""))), "components.0.components.0", "label or an emoji"),
        (v2(row({"type": 2, "style": 1, "label": "x"})), "components.0.components.0", "custom_id"),
        (v2(row(button(style=5, url="https://example.org"))), "components.0.components.0", "no custom_id"),
        (v2(row({"type": 2, "style": 5, "label": "x", "url": "mailto:a@b"})), "components.0.components.0", "Scheme"),
        (v2(row(menu(values=tuple(map(str, range(26)))))), "components.0.components.0.options", "too long"),
        (v2(row(menu(values=("1", "1")))), "components.0.components.0", "DUPLICATED"),
        (v2(row(menu(max_values=3))), "components.0.components.0", "number of options"),
        (v2(row(menu(min_values=2))), "components.0.components.0", "above max_values"),
        (v2(box(box(text()))), "components.0.components.0", "type 17"),
        (v2({"type": 13, "file": {"url": "attachment://a.txt"}}), "components", "not among"),
        (v2({"type": 13, "file": {"url": "https://example.org/a"}}), "components.0", "attachment:// alone"),
        ({"content": "x", "flags": 1 << 7}, "flags", "cannot be set"),
        ({"content": "x", "flags": EPHEMERAL}, "flags", "ephemeral"),
        ({"content": "x", "nonce": "n" * 26}, "nonce", "not"),
        ({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}, "allowed_mentions", "exclusive"),
        ({"content": "x", "embeds": [{"description": "x" * 3_001}] * 2}, "embeds", "6002 characters"),
        ({"content": "x", "attachments": [{"id": 0}]}, "attachments", "no files"),
    ],
)  # fmt: skip
async def test_a_message_against_the_documents_is_refused_and_noted(
    bare: Talker, general: Channel, message: Json, where: str, why: str
) -> None:
    status, said = await bare.call("POST", f"/channels/{general.id}/messages", message)

    violation = bare.platform.violations[-1]
    assert (status, said["code"], violation.code) == (400, 50035, 50035)
    assert any(detail.startswith(f"{where}: ") and why in detail for detail in violation.details), violation.details
    place: Any = said["errors"]
    for step in where.split("."):
        place = place[step]
    assert place["_errors"]
    assert bare.platform.messages == []


@pytest.mark.parametrize("empty", [{}, {"content": ""}, {"flags": V2}])
async def test_nothing_cannot_be_said(bare: Talker, general: Channel, empty: Json) -> None:
    status, said = await bare.call("POST", f"/channels/{general.id}/messages", empty)

    assert (status, said["code"], bare.platform.violations[-1].code) == (400, 50006, 50006)


async def test_the_largest_message_that_is_allowed_is_taken(bare: Talker, general: Channel) -> None:
    largest = v2(*[text("x" * 105)] * 38, row(menu(values=tuple(map(str, range(25))))))
    status, said = await bare.call("POST", f"/channels/{general.id}/messages", largest)

    assert (status, len(said["components"]), bare.platform.violations) == (200, 39, [])


async def test_a_message_of_components_stays_one(bare: Talker, general: Channel) -> None:
    _status, sent = await bare.call("POST", f"/channels/{general.id}/messages", v2(text()))
    place = f"/channels/{general.id}/messages/{sent['id']}"
    good, mended = await bare.call("PATCH", place, {"components": [text("Better")]})
    bad, refusal = await bare.call("PATCH", place, {"content": "Plain"})

    assert (good, mended["components"][0]["content"], mended["flags"]) == (200, "Better", V2)
    assert (bad, refusal["code"]) == (400, 50035)
    assert mended["edited_timestamp"]


async def test_a_file_has_to_be_shown_by_a_component(bare: Talker, ana: Person, general: Channel) -> None:
    def form(*parts: Json) -> aiohttp.FormData:
        data = aiohttp.FormData(quote_fields=False)
        data.add_field("payload_json", json.dumps(v2(*parts, attachments=[{"id": 0, "filename": "a.txt"}])))
        data.add_field("files[0]", b"words", filename="a.txt")
        return data

    place = f"/channels/{general.id}/messages"
    hidden, _said, _headers = await bare.full("POST", place, data=form(text()))
    file = {"type": 13, "file": {"url": "attachment://a.txt"}}
    status, shown, _headers = await bare.full("POST", place, data=form(file))
    same, _said = await bare.call("PATCH", f"{place}/{shown['id']}", {"components": [text(), file]})
    async with bare.session.get(shown["attachments"][0]["url"]) as response:
        content = await response.read()

    assert (hidden, status, same, content) == (400, 200, 200, b"words")
    assert shown["components"][0]["name"] == "a.txt"
    assert ana.sees(general)[0].text == "Hello\n[a.txt]"


async def test_a_file_may_not_be_too_large(bare: Talker, general: Channel) -> None:
    data = aiohttp.FormData(quote_fields=False)
    data.add_field("payload_json", '{"content": "x"}')
    data.add_field("files[0]", io.BytesIO(bytes(10 * 1024 * 1024 + 1)), filename="a.txt")
    status, said, _headers = await bare.full("POST", f"/channels/{general.id}/messages", data=data)

    assert (status, said["code"]) == (413, 40005)


async def test_what_is_no_json_is_refused(bare: Talker, general: Channel) -> None:
    place = f"/channels/{general.id}/messages"
    plain, _said, _headers = await bare.full("POST", place, data="content=x")
    async with bare.session.post(
        f"{bare.platform.api_url}{place}", data="{", headers={"Content-Type": "application/json"}
    ) as response:
        said = await response.json()

    assert (plain, said["code"]) == (400, 50109)


async def test_the_same_nonce_sends_one_message(bare: Talker, general: Channel) -> None:
    place, other = f"/channels/{general.id}/messages", general.guild
    once = {"content": "x", "nonce": "key", "enforce_nonce": True}
    first = await bare.call("POST", place, once)
    second = await bare.call("POST", place, once | {"content": "y"})
    await bare.call("POST", place, {"content": "x", "nonce": "key"})
    room = bare.platform.guilds[other].channel("other")
    await bare.call("POST", f"/channels/{room.id}/messages", once)

    assert first == second
    assert len(bare.platform.messages) == 3


@pytest.mark.parametrize(
    ("allowed", "pinged"),
    [
        (None, ["ana", "ben", "everyone"]),
        ({"parse": []}, []),
        ({"parse": ["users"]}, ["ana", "ben"]),
        ({"parse": [], "users": ["ben"]}, ["ben"]),
        ({"parse": ["everyone"]}, ["everyone"]),
    ],
)
async def test_mentions_notify_only_whom_they_may(
    bare: Talker, ana: Person, general: Channel, allowed: Json | None, pinged: list[str]
) -> None:
    ids = {"ana": ana.id, "ben": ana.home.user("Ben").id, "everyone": "everyone"}
    if allowed and "users" in allowed:
        allowed = allowed | {"users": [ids[name] for name in allowed["users"]]}
    message = v2(text(f"<@{ids['ana']}> <@{ids['ben']}> @everyone"))
    message |= {} if allowed is None else {"allowed_mentions": allowed}
    await bare.call("POST", f"/channels/{general.id}/messages", message)

    assert list(ana.sees(general)[0].pings) == [ids[name] for name in pinged]
