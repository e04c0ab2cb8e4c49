"""Shows that an open page hears of everything that it may see, exactly as long as it may, also after a break."""

from adapters.web.chat import ASKWELL, direct_room
from bot.talk.view import View
from bot.talk.wire import to_text
from tests.web.http import Client, events
from tests.web.serving import Playground

ANA = "/at/northside/ana/careers"
BEN = "/at/northside/ben/careers"


async def _bookmark(demo: Playground) -> str:
    """Return where a page stands that has read everything."""
    return f"{await demo.database.chat.setting('era')}.{await demo.database.chat.revision()}"


async def test_news_reach_other_pages(demo: Playground, client: Client) -> None:
    async with events(demo.url, f"{BEN}/events?after={await _bookmark(demo)}") as heard:
        clock = await anext(heard)
        await client.say("Hello Ben")
        news = await anext(heard)

    assert (clock.name, clock.data["zone"]) == ("clock", "Asia/Manila")
    assert news.name == "news"
    assert "Hello Ben" in news.data["html"]


async def test_a_page_takes_up_where_it_stopped(demo: Playground, client: Client) -> None:
    start = await _bookmark(demo)
    await client.say("first")
    between = await _bookmark(demo)
    await client.say("second")
    async with events(demo.url, f"{BEN}/events?after={start}", last=between) as heard:
        assert (await anext(heard)).name == "clock"
        news = await anext(heard)

    assert "second" in news.data["html"]
    assert news.id == await _bookmark(demo)


async def test_private_words_stay_with_their_reader(demo: Playground, client: Client) -> None:
    async with events(demo.url, f"{BEN}/events?after={await _bookmark(demo)}") as heard:
        assert (await anext(heard)).name == "clock"
        await client.say("/career help")
        await client.say("after that")
        news = await anext(heard)

    assert "after that" in news.data["html"]


async def test_of_another_room_a_page_hears_only_that_there_is_something(demo: Playground) -> None:
    room = direct_room("northside", "ben")
    async with events(demo.url, f"{ANA}/events?after={await _bookmark(demo)}") as heard:
        assert (await anext(heard)).name == "clock"
        body = to_text(View("For Ben alone"))
        message = await demo.database.chat.add("dm", room, ASKWELL, body, None, demo.clock.now())
        news = await anext(heard)

    assert news.data == {"room": room, "revision": message.revision, "is_edit": False}


async def test_a_moved_clock_is_told(demo: Playground, client: Client) -> None:
    async with events(demo.url, f"{BEN}/events?after={await _bookmark(demo)}") as heard:
        before = await anext(heard)
        await client.post(f"{ANA}/clock", {"to": "hour"})
        after = await anext(heard)

    assert after.name == "clock"
    assert 3_590_000 < after.data["offset"] - before.data["offset"] < 3_610_000


async def test_a_page_from_before_a_reset_is_told_to_load_again(demo: Playground) -> None:
    async with events(demo.url, f"{ANA}/events?after=long-ago.7") as heard:
        assert (await anext(heard)).name == "reset"
