"""Shows that a letter reaches its room once, and that an edit changes it there."""

from bot.model.outbox import Never, Sent, Spot
from bot.model.people import Account
from bot.talk.view import Text, View
from tests.web.http import Client
from tests.web.serving import Playground

BEN = Account("web", "northside", "ben")
CAREERS = Spot("web", "northside", "careers")
LONG = View("Long", tuple(Text((f"Line {i}: " + "words " * 200,)) for i in range(100)))


async def test_a_letter_arrives_once_however_often_it_is_sent(demo: Playground, client: Client) -> None:
    first = await demo.sender.send(BEN, View("Morning, Ben"), "nudge:1", None)
    again = await demo.sender.send(BEN, View("Morning, Ben"), "nudge:1", None)
    room = await client.get("/at/northside/ben/direct")

    assert first == again
    assert room.text.count("Morning, Ben") == 1


async def test_a_letter_to_one_is_nowhere_else(demo: Playground, client: Client) -> None:
    await demo.sender.send(BEN, View("Morning, Ben"), "nudge:1", None)

    assert "Morning, Ben" not in (await client.get("/at/northside/ana/direct")).text
    assert "Morning, Ben" not in (await client.get("/at/northside/ben/careers")).text


async def test_a_letter_to_a_channel_is_for_everybody_and_can_be_changed(demo: Playground, client: Client) -> None:
    sent = await demo.sender.send(CAREERS, View("A card"), "card:1", None)
    assert isinstance(sent, Sent)
    await demo.sender.edit(CAREERS, sent.message, View("A card, withdrawn"), None)
    room = await client.get("/at/northside/ana/careers")

    assert "A card, withdrawn" in room.text
    assert "changed" in room.text


async def test_a_message_that_is_gone_cannot_be_changed(demo: Playground) -> None:
    assert isinstance(await demo.sender.edit(CAREERS, "999", View("Nobody"), None), Never)


async def test_a_long_letter_keeps_its_pages_when_it_is_sent_again(demo: Playground, client: Client) -> None:
    for _again in range(2):
        await demo.sender.send(BEN, LONG, "long:1", None)

    assert (await client.get("/at/northside/ben/direct")).text.count("Line 99:") == 1
