"""Tests what the stand-in for Discord says of what is not there, or closed to the bot."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.discord.platform import Channel, Person, Platform, serving
from tests.discord.platform.drafts import box, button, menu, row, text, v2
from tests.discord.platform.exchange import Exchange
from tests.discord.platform.schemas import problems_of_answer
from tests.discord.platform.session import DIRECT_MESSAGES, GUILD_MESSAGES
from tests.discord.platform.state import EPHEMERAL
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


async def _asked(bare: Talker, ana: Person) -> Exchange:
    await ana.types("tea form", expect_answer=False)
    return ana.last


async def test_without_the_right_token_nothing_is_told(bare: Talker) -> None:
    status, said = await bare.call("GET", "/users/@me", token="wrong")

    assert (status, said, bare.platform.rates.invalid) == (401, {"message": "401: Unauthorized", "code": 0}, 1)


async def test_a_route_that_is_not_offered_is_noted(bare: Talker) -> None:
    status, _said = await bare.call("POST", "/channels/1/typing")

    assert (status, bare.platform.violations[-1].code) == (404, 404)


async def test_what_does_not_exist_has_its_own_code(bare: Talker, ana: Person, general: Channel) -> None:
    stranger = bare.platform.guild("South").user("Cy")
    gone = ana.home.user("Gone")
    gone.deletes_account()
    asked = [
        ("GET", "/channels/1"),
        ("GET", "/guilds/1"),
        ("GET", f"/guilds/{ana.home.id}/members/{stranger.id}"),
        ("GET", f"/channels/{general.id}/messages/1"),
        ("GET", f"/users/{gone.id}"),
        ("GET", f"/webhooks/{bare.platform.application_id}/token/messages/@original"),
    ]
    codes = [(await bare.call(method, path))[1]["code"] for method, path in asked]

    assert codes == [10003, 10004, 10007, 10008, 10013, 10015]
    assert bare.platform.violations == []


async def test_channels_can_be_closed_to_the_bot(bare: Talker, ana: Person) -> None:
    hidden, quiet = ana.home.channel("hidden", bot_sees=False), ana.home.channel("quiet", bot_sends=False)
    places = [f"/channels/{channel.id}/messages" for channel in (hidden, quiet)]
    codes = [(await bare.call("POST", place, {"content": "x"}))[1]["code"] for place in places]
    ana.home.removes_bot()
    _status, outside = await bare.call("GET", f"/guilds/{ana.home.id}")
    _status, inside = await bare.call("GET", f"/channels/{quiet.id}")

    assert (codes, outside["code"], inside["code"]) == ([50001, 50013], 10004, 50001)
    assert bare.platform.rates.invalid == 3


async def test_only_its_own_messages_can_be_edited_by_the_bot(bare: Talker, ana: Person, general: Channel) -> None:
    said = ana.says("Mine", general)
    status, refusal = await bare.call("PATCH", f"/channels/{general.id}/messages/{said.id}", {"content": "Yours"})

    assert (status, refusal["code"]) == (403, 50005)


async def test_private_answers_are_out_of_reach_for_the_channel(bare: Talker, ana: Person) -> None:
    exchange = await _asked(bare, ana)
    await bare.responds(exchange, 4, {"content": "Psst", "flags": EPHEMERAL})
    place = f"/channels/{exchange.channel.id}/messages/{ana.sees()[0].id}"
    by_channel, _said = await bare.call("PATCH", place, {"content": "Louder"})
    by_token, _said = await bare.call("PATCH", bare.hook(exchange, "/messages/@original"), {"content": "Louder"})
    gone, _said = await bare.call("DELETE", bare.hook(exchange, "/messages/@original"))
    after, said = await bare.call("GET", bare.hook(exchange, "/messages/@original"))

    assert (by_channel, by_token, gone, after, said["code"]) == (404, 200, 204, 404, 10008)


# What is there, in the shapes of the official document


@pytest.mark.parametrize(
    ("route", "path"),
    [
        ("GET /users/@me", "/users/@me"),
        ("GET /oauth2/applications/@me", "/oauth2/applications/@me"),
        ("GET /gateway/bot", "/gateway/bot"),
        ("GET /applications/{application_id}/commands", "/applications/{app}/commands"),
        ("GET /guilds/{guild_id}", "/guilds/{guild}"),
        ("GET /guilds/{guild_id}/channels", "/guilds/{guild}/channels"),
        ("GET /guilds/{guild_id}/members/{user_id}", "/guilds/{guild}/members/{user}"),
        ("GET /users/{user_id}", "/users/{user}"),
        ("GET /channels/{channel_id}", "/channels/{channel}"),
        ("GET /channels/{channel_id}", "/channels/{dm}"),
        ("GET /channels/{channel_id}/messages", "/channels/{channel}/messages"),
    ],
)
async def test_answers_have_the_shape_of_the_official_document(
    bare: Talker, ana: Person, general: Channel, route: str, path: str
) -> None:
    parts = [box(text(), row(button()), row(menu())), {"type": 14}]
    await bare.call("POST", f"/channels/{general.id}/messages", v2(*parts))
    ana.says("Hello", general)
    ids = {"app": bare.platform.application_id, "guild": ana.home.id, "channel": general.id, "user": ana.id}
    status, said = await bare.call("GET", path.format(**ids, dm=ana.place("dm").id))

    assert (status, problems_of_answer(route, said)) == (200, {})


async def test_what_is_told_of_an_answer_has_the_shape_of_the_official_document(bare: Talker, ana: Person) -> None:
    exchange = await _asked(bare, ana)
    status, said = await bare.responds(exchange, 4, v2(text()), "?with_response=1")

    route = "POST /interactions/{interaction_id}/{interaction_token}/callback"
    assert (status, problems_of_answer(route, said)) == (200, {})
    assert said["resource"]["message"]["interaction_metadata"]["user"]["id"] == ana.id


# Direct messages


async def _dm(bare: Talker, person: Person) -> str:
    status, channel = await bare.call("POST", "/users/@me/channels", {"recipient_id": int(person.id)})
    assert status == 200
    return f"/channels/{channel['id']}/messages"


async def test_a_direct_message_arrives(bare: Talker, ana: Person) -> None:
    place = await _dm(bare, ana)
    await bare.call("POST", place, {"content": "Morning, Ana."})

    assert await _dm(bare, ana) == place
    assert [message.text for message in ana.dms] == ["Morning, Ana."]


async def test_closed_direct_messages_are_found_on_sending_alone(bare: Talker, ana: Person) -> None:
    place = await _dm(bare, ana)
    ana.closes_dms()
    status, closed = await bare.call("POST", place, {"content": "x"})
    ana.opens_dms()
    again, _said = await bare.call("POST", place, {"content": "x"})
    ana.blocks_bot()
    _status, blocked = await bare.call("POST", place, {"content": "x"})

    assert (status, closed["code"], again, blocked["code"]) == (403, 50007, 200, 50007)
    assert (bare.platform.rates.invalid, bare.platform.violations) == (2, [])


async def test_whoever_shares_no_guild_with_the_bot_gets_nothing(bare: Talker, ana: Person) -> None:
    place = await _dm(bare, ana)
    ana.leaves()
    status, said = await bare.call("POST", place, {"content": "x"})
    member, gone = await bare.call("GET", f"/guilds/{ana.home.id}/members/{ana.id}")

    assert (status, said["code"], member, gone["code"]) == (403, 50278, 404, 10007)


async def test_accounts_can_be_unknown_or_gone(bare: Talker, ana: Person) -> None:
    _status, unknown = await bare.call("POST", "/users/@me/channels", {"recipient_id": "1"})
    place = await _dm(bare, ana)
    ana.deletes_account()
    _status, deleted = await bare.call("POST", "/users/@me/channels", {"recipient_id": ana.id})
    _status, sent = await bare.call("POST", place, {"content": "x"})
    _status, itself = await bare.call("POST", "/users/@me/channels", {"recipient_id": bare.platform.bot.id})

    assert [one["code"] for one in (unknown, deleted, sent, itself)] == [10013, 10013, 50007, 50007]


async def test_direct_messages_cannot_be_opened_too_fast(bare: Talker, ana: Person) -> None:
    bare.platform.new_dms = (2, timedelta(minutes=10))
    people = [ana, ana.home.user("Ben"), ana.home.user("Cy")]
    answers = [await bare.call("POST", "/users/@me/channels", {"recipient_id": person.id}) for person in people]
    again = await bare.call("POST", "/users/@me/channels", {"recipient_id": ana.id})

    assert [status for status, _said in answers] == [200, 200, 400]
    assert (answers[-1][1]["code"], again[0]) == (40003, 200)


# What people write


async def test_what_people_write_reaches_the_app_only_with_its_intent(bare: Talker, ana: Person) -> None:
    session = next(iter(bare.platform.gateway.sessions.values()))
    ana.says("Secret")
    before = len(session.sent)
    session.intents |= GUILD_MESSAGES | DIRECT_MESSAGES
    ana.says("Private")
    ana.says("To you", "dm")

    heard = [(frame["t"], frame["d"]["content"]) for frame in session.sent[before:]]
    assert heard == [("MESSAGE_CREATE", ""), ("MESSAGE_CREATE", "To you")]
    assert "MESSAGE_CREATE" not in {frame["t"] for frame in session.sent[:before]}
