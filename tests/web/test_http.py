"""Shows what the playground answers over HTTP: to its own pages, to other people, and to strangers."""

import json

import pytest

from adapters.web.acts import MOST
from storage.database import Database
from tests.web import demo_commands
from tests.web.http import Client
from tests.web.serving import Playground, serving

ANA = "/at/northside/ana/careers"
BEN = "/at/northside/ben/careers"
ANA_DIRECT = "/at/northside/ana/direct"


def words(answer: object) -> str:
    """Return everything that an answer shows."""
    return json.dumps(answer)


async def test_the_first_page_is_a_room(client: Client) -> None:
    home = await client.get("/")
    room = await client.get(home.headers["location"])

    assert (home.status, room.status) == (303, 200)
    assert "Ana Reyes" in room.text


@pytest.mark.parametrize("path", ["/at/northside/nobody/careers", "/at/moon/ana/careers", "/at/northside/ana/moon"])
async def test_people_and_rooms_that_are_not_there_are_not_found(client: Client, path: str) -> None:
    assert (await client.get(path)).status == 404


async def test_words_in_a_channel_reach_everybody_and_the_bot_stays_silent(client: Client) -> None:
    answer = await client.say("Hello all")
    seen = await client.get(BEN)

    assert len(answer["messages"]) == 1
    assert "Hello all" in seen.text


async def test_words_to_askwell_get_a_hint(client: Client) -> None:
    answer = await client.say("Good morning", ANA_DIRECT)

    assert "I only read what begins with /career" in words(answer)


async def test_an_answer_is_seen_by_the_one_who_asked_and_nobody_else(client: Client) -> None:
    answer = await client.say("/career help")

    assert "Only you see this" in words(answer)
    assert "Everything" in (await client.get(ANA)).text
    assert "show all</li>" not in (await client.get(BEN)).text


async def test_what_a_command_posts_is_seen_by_everybody(client: Client) -> None:
    await client.say("/career shout Good morning")

    assert "Good morning" in (await client.get(BEN)).text


async def test_direct_messages_are_for_one(client: Client) -> None:
    await client.say("/career help", ANA_DIRECT)

    assert "show all</li>" in (await client.get(ANA_DIRECT)).text
    assert "show all</li>" not in (await client.get("/at/northside/ben/direct")).text


async def test_the_same_interaction_twice_changes_nothing_twice(client: Client) -> None:
    first = await client.say("/career shout Once", key="the-same-key")
    again = await client.say("/career shout Once", key="the-same-key")

    assert first == again
    assert (await client.get(BEN)).text.count(">Once<") == 1


async def test_an_answer_takes_the_place_of_a_private_message(client: Client) -> None:
    shown = (await client.say("/career show all"))["messages"][-1]
    press = {"press": "count|4", "message": shown["id"]}
    answer = (await client.post(f"{ANA}/press", press)).json

    assert answer["messages"][0]["id"] == shown["id"]
    assert "Counted to 4" in answer["messages"][0]["html"]


async def test_an_answer_never_takes_the_place_of_what_everybody_sees(client: Client) -> None:
    shown = (await client.say("/career shout Hear this"))["messages"][-1]
    press = {"press": "count|4", "message": shown["id"]}
    answer = (await client.post(f"{BEN}/press", press)).json

    assert answer["messages"][0]["id"] != shown["id"]
    assert "Hear this" in (await client.get(ANA)).text


async def test_nobody_changes_a_message_that_they_cannot_see(client: Client) -> None:
    shown = (await client.say("/career show all"))["messages"][-1]
    await client.post(f"{BEN}/press", {"press": "count|4", "message": shown["id"]})

    assert "Every element" in (await client.get(ANA)).text


async def test_choosing_from_a_menu_adds_the_choice(client: Client) -> None:
    press = {"press": "count", "chosen": "7", "message": 1}
    answer = (await client.post(f"{ANA}/press", press)).json

    assert "Counted to 7" in words(answer)


async def test_a_missing_argument_opens_the_form_and_what_was_typed_comes_back(client: Client) -> None:
    opened = await client.say("/career ask words")
    values = {"name": "", "email": "no <b>address", "note": "kept"}
    answer = (await client.post(f"{ANA}/submit", {"path": "ask words", "values": values})).json

    assert 'data-path="ask words"' in opened["dialog"]
    assert "This one is needed." in answer["dialog"]
    assert 'value="no &lt;b&gt;address"' in answer["dialog"]
    assert "kept</textarea>" in answer["dialog"]


async def test_a_form_that_was_understood_gets_an_answer(client: Client) -> None:
    answer = (await client.post(f"{ANA}/submit", {"path": "ask words", "values": {"name": "Maria"}})).json

    assert answer["dialog"] is None
    assert "Thank you for the words" in words(answer)


async def test_a_field_suggests(client: Client) -> None:
    found = (await client.get(f"{ANA}/suggest?path=ask+words&name=town&typed=man")).json

    assert [option["value"] for option in found] == ["Manila", "Manchester"]


async def test_typed_markup_is_never_markup(client: Client) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    answer = await client.say(evil)
    shouted = await client.say(f"/career shout {evil[:50]}")
    room = await client.get(ANA)

    drawn = [message["html"] for message in (*answer["messages"], *shouted["messages"])]
    assert "<script>" not in "".join(drawn) + room.text
    assert "<img" not in room.text
    assert "&lt;script&gt;alert(1)" in (await client.get(BEN)).text


async def test_a_link_to_a_script_is_only_words(client: Client) -> None:
    answer = await client.say("/career show all")

    assert "a trap (javascript:alert(1))" in words(answer)
    assert 'href=\\"javascript' not in words(answer)


async def test_characters_that_no_database_keeps_do_no_harm(client: Client) -> None:
    answer = await client.say("zero \x00 and half \ud800.")

    assert "zero \ufffd and half ?." in answer["messages"][0]["html"]


async def test_too_many_words_come_back(client: Client) -> None:
    answer = await client.say("x" * (MOST + 1))

    assert "Say it in parts" in answer["error"]


async def test_what_does_not_fit_into_one_message_goes_on_in_the_next(client: Client) -> None:
    _said, *pages = (await client.say("/career long"))["messages"]

    assert len(pages) > 1
    assert "Line 99" in pages[-1]["html"]


async def test_older_messages_come_when_they_are_asked_for(client: Client) -> None:
    messages = [(await client.say(f"number {i}"))["messages"][0] for i in range(3)]
    found = (await client.get(f"{ANA}/earlier?before={messages[2]['id']}")).json

    assert [one["id"] for one in found["messages"]][-2:] == [messages[0]["id"], messages[1]["id"]]
    assert found["has_more"] is False


async def test_a_file_is_saved_as_it_is_and_only_by_its_reader(client: Client) -> None:
    shown = (await client.say("/career show all"))["messages"][-1]
    own = await client.get(f"{ANA}/file/{shown['id']}/8")
    other = await client.get(f"{BEN}/file/{shown['id']}/8")

    assert own.text.startswith("1. What is a usual day like?")
    assert own.headers["content-disposition"] == 'attachment; filename="plan.txt"'
    assert "sandbox" in own.headers["content-security-policy"]
    assert other.status == 404


async def test_a_file_can_be_printed(client: Client) -> None:
    shown = (await client.say("/career show all"))["messages"][-1]
    paper = await client.get(f"{ANA}/file/{shown['id']}/8/print")

    assert "&lt;script&gt;" in paper.text


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"not json", {}, 400),
        (b"[]", {}, 400),
        (b"{}", {"content_type": "text/plain"}, 415),
        (b" " * 2_000_001, {}, 413),
        (b'{"key": "short"}', {}, 400),
    ],
)
async def test_what_no_page_sends_is_refused(client: Client, body: bytes, headers: dict[str, str], status: int) -> None:
    assert (await client.post(f"{ANA}/say", body, **headers)).status == status


async def test_time_moves_by_the_clock_of_whoever_moves_it(demo: Playground, client: Client) -> None:
    answer = await client.post(f"{BEN}/clock", {"to": "2032-01-05T09:00"})

    assert "more than two years ahead" in answer.json["error"]
    await client.post(f"{BEN}/clock", {"to": "tomorrow"})
    assert demo.clock.now().strftime("%H:%M") == "01:00"


async def test_a_repeated_move_of_the_clock_moves_it_once(demo: Playground, client: Client) -> None:
    before = demo.clock.now()
    for _again in range(2):
        await client.post(f"{ANA}/clock", {"to": "hour", "key": "the-same-key"})

    assert 3600 <= (demo.clock.now() - before).total_seconds() < 3700


async def test_time_does_not_go_back(client: Client) -> None:
    answer = await client.post(f"{ANA}/clock", {"to": "2020-01-05T09:00"})

    assert "Time moves forward only" in answer.json["error"]


async def test_a_reset_forgets_everything_and_happens_once(demo: Playground, client: Client) -> None:
    await client.say("soon forgotten")
    await client.post(f"{ANA}/clock", {"to": "tomorrow"})
    era = await demo.database.chat.setting("era")
    await client.post("/reset", {"era": era})
    after = await demo.database.chat.setting("era")
    await client.post("/reset", {"era": era})

    assert "soon forgotten" not in (await client.get(ANA)).text
    assert await demo.database.chat.setting("era") == after != era
    assert abs((demo.clock.now() - demo.clock.real()).total_seconds()) < 1


async def test_what_was_said_and_the_clock_outlive_a_restart(store: Database) -> None:
    async with serving(store, demo_commands) as first:
        await Client(first.url).say("still here")
        await Client(first.url).post(f"{ANA}/clock", {"to": "tomorrow"})
        moment = first.clock.now()
    async with serving(store, demo_commands) as second:
        room = await Client(second.url).get(BEN)

    assert "still here" in room.text
    assert second.clock.now() >= moment
