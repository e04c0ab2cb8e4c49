"""Says what becomes of what Slack delivers twice: it is done once, and answered once."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.passing import count, days
from tests.slack.acts import TUESDAY, ask, plan, share, start
from tests.slack.club import Club, Way
from tests.slack.faulty import calls, faulty_club
from tests.slack.platform import Person
from tests.slack.platform.events import wrapped
from tests.slack.platform.over_http import HttpTransport


@pytest.fixture
async def the_club(store: Database, way: Way, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Club]:
    async with faulty_club(store, way, caplog) as found:
        yield found


@pytest.fixture
async def by_http(store: Database, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Club]:
    async with faulty_club(store, "http", caplog) as found:
        yield found


def ways_in(club: Club) -> HttpTransport:
    """Return the way from Slack to a club by HTTP."""
    assert isinstance(club.slack.transport, HttpTransport)
    return club.slack.transport


async def test_the_whole_story_delivered_twice_happens_once(the_club: Club) -> None:
    home = the_club.home
    ana, ben = home.user("Ana", tz="America/New_York"), home.user("Ben", tz="Asia/Manila")
    careers = home.channel("careers")
    twice(ana)
    twice(ben)

    await share(ana, careers)
    await the_club.deliver()
    await start(ben, careers)
    await ask(ben, careers)
    await plan(ben)
    await the_club.deliver()
    the_club.clock.to(TUESDAY)
    await the_club.deliver()
    await ben.presses("Done", within="dm")
    await the_club.service.settled()

    contacts = await ana.types("/career contacts", "dm")
    talks = await ben.types("/career interviews", "dm")
    assert count("Shared by Ana", (seen.text for seen in ana.sees(careers) if seen.kind == "message")) == 1
    assert contacts.text.count("Maria Santos") == 1
    assert talks.labels.count("Open") <= 1
    assert count("Morning, Ben", (seen.text for seen in ben.dms)) == 1
    assert calls(the_club, "views.open") == 4, "one for each form: who, how to reach, what they allow; and his field"


def twice(person: Person) -> None:
    """Let Slack deliver everything that *person* does a second time."""
    does = person.does

    async def done_twice(*args: object, **more: object) -> object:
        seen = await does(*args, **more)  # type: ignore[arg-type]
        before = len(person.last.answers)
        ack = await person.again()
        assert ack.is_good
        assert len(person.last.answers) - before <= 1
        return seen

    person.does = done_twice  # type: ignore[method-assign, assignment]


async def test_a_press_delivered_twice_is_answered_once(the_club: Club) -> None:
    ben = the_club.home.user("Ben")
    await ben.types("/career refer Maria, nurse, Nursing")
    await ben.types("/career contacts")
    await ben.presses("Open")
    answers = len(ben.last.answers)
    ack = await ben.again()
    await the_club.service.settled()

    assert ack.is_good
    assert len(ben.last.answers) == answers == 1


async def test_a_form_delivered_twice_writes_one_contact_down(the_club: Club) -> None:
    ben = the_club.home.user("Ben")
    await ben.types("/career refer")
    await ben.submits({"Their name": "Maria", "What they do": "Nurse", "Field": "Nursing"})
    await ben.again()
    await the_club.service.settled()
    listed = await ben.types("/career contacts")

    assert listed.text.count("Maria") == 1
    assert count("Saved. So far only you see Maria.", (seen.text for seen in ben.sees())) == 1


async def test_words_to_the_bot_delivered_twice_get_one_answer(the_club: Club) -> None:
    ben = the_club.home.user("Ben")
    await ben.writes("hello", expect_answer=False)
    await ben.again()
    await the_club.deliver()
    await ben.again()
    await the_club.deliver()

    assert count("I only read what begins with /career", (seen.text for seen in ben.dms)) == 1


async def test_news_of_somebody_who_left_may_come_twice(by_http: Club) -> None:
    ben = by_http.home.user("Ben", tz="Asia/Manila")
    await start(ben)
    body = wrapped(by_http.home, {"type": "user_change", "user": {"id": ben.id, "deleted": True}})
    ack = await ways_in(by_http).event(body)
    again = await ways_in(by_http).event(body)
    by_http.clock.to(TUESDAY)
    await days(by_http, 2)

    assert (ack.status, again.status) == (200, 200)
    assert ben.dms == []
