"""The dashboard that answers `/career` alone."""

from datetime import UTC, datetime

import pytest

from bot.desk.bot import Reply
from bot.model.journey import TABLE, Event, State
from bot.talk.check import violations
from bot.talk.fit import fit
from bot.talk.limits import PLATFORMS, Limits
from bot.talk.view import Card, Press
from tests.commands.sharing import asked, several, shared
from tests.world import World, buttons, said, view

platforms = pytest.mark.parametrize("limits", PLATFORMS, ids=lambda limits: limits.name)


async def _plan(world: World, who: str = "Maria Santos", goal: str = "nights", by: str = "ben") -> Reply:
    values = {"who": who, "field": "nursing", "goal": goal, "organisation": "", "minutes": "25"}
    return await world.bot.handle("plan new", values, world.actor(by))


async def _tell(world: World, talk: int, *events: Event) -> None:
    for event in events:
        view(await world.bot.handle("interviews tell", Press("interviews tell", (str(talk), event, "yes")),
                                    world.actor()))  # fmt: skip


async def _book(world: World, talk: int, day: str = "2026-12-08", hour: str = "14:30") -> None:
    values = {"interview": str(talk), "day": day, "hour": hour}
    view(await world.bot.handle("interviews book", values, world.actor()))


async def _begin(world: World, *, is_on: bool = True) -> None:
    args = ("yes",) if is_on else ()
    await world.bot.handle("start finish", Press("start finish", args), world.actor())


def card(reply: Reply, title: str) -> list[str]:
    """Return the lines of the one card of *reply* whose title begins with *title*, its buttons included."""
    (found,) = [one for one in view(reply).body if isinstance(one, Card) and one.title.startswith(title)]
    return said(type(view(reply))("", (found,))).split("\n")[1:]


async def test_a_newcomer_gets_the_first_hello(world: World) -> None:
    assert said(await world.say("")) == said(await world.say("start"))


async def test_home_shows_what_is_next_and_where_talks_stand(world: World) -> None:
    await _begin(world)
    await _plan(world)

    home = await world.say("")

    assert card(home, "Next for you") == [
        "Write down what matters to you · For your talk with Maria Santos · 5 minutes", "[Open today's list]"
    ]  # fmt: skip
    assert card(home, "Your talks") == ["preparing: Maria Santos", "[All your talks]"]


async def test_talks_stand_by_state_in_the_order_of_their_life(world: World) -> None:
    await _begin(world)
    for who in ("Ana", "Ben", "Chloe", "Dana"):
        await _plan(world, who)
    await _tell(world, 1, Event.ASK)
    await _book(world, 2)
    await _book(world, 3, "2026-12-01")

    home = await world.say("home")

    assert card(home, "Your talks") == [
        "preparing: Dana",
        "asked, waiting for an answer: Ana",
        "booked: Chloe, 2026-12-01 06:30 UTC, Ben, 2026-12-08 06:30 UTC",
        "[All your talks]",
    ]


async def test_many_talks_of_one_state_are_counted(world: World) -> None:
    await _begin(world)
    for n in range(7):
        await _plan(world, f"P{n}")

    assert card(await world.say("home"), "Your talks")[0] == "preparing: P6, P5, P4, P3, 3 more"


async def test_holds_and_asks_stand_with_their_dates(world: World) -> None:
    await _begin(world)
    first, second = await several(world, 2)
    await world.press(await asked(world, first), "I wrote")
    await asked(world, second)

    lines = card(await world.say("home"), "Whom you are asking")

    assert lines == [
        "Person 1: your hold ends 2026-11-26 00:00 UTC.",
        "Person 0: you wrote on 2026-11-23 00:00 UTC; silence for a week is usual. Yours until 2026-12-21 00:00 UTC.",
        "[See your asks]",
    ]


async def test_home_says_what_a_talk_still_lacks_and_how_to_fill_it(world: World) -> None:
    await _begin(world)
    await _plan(world)

    lines = card(await world.say("home"), "Still missing for your talk with Maria Santos")

    assert lines[0] == "Nothing is looked up yet: the field, the organisation, the person."
    assert lines[1] == "Your introduction: who you are, in 30 seconds."
    assert lines[2].startswith("Its questions leave out: ")
    assert lines[3:] == ["[See the steps]", "[Write your introduction]", "[Add questions]"]


async def test_a_talk_without_a_goal_lacks_that_first(world: World) -> None:
    await _begin(world)
    contact = await shared(world)
    await world.bot.handle("plan with", Press("plan with", (str(contact),)), world.actor())

    home = await world.say("home")
    form = await world.press(home, "Write your goal")
    await world.submit(form, goal="What nights are like", field="Nursing")

    assert card(home, "Still missing")[0] == "A goal: what do you want to know afterwards?"
    assert "A goal:" not in said(await world.say("home"))


async def test_a_gap_that_is_filled_is_gone(world: World) -> None:
    await _begin(world)
    await _plan(world)
    form = await world.press(await world.say("home"), "Write your introduction")
    await world.submit(form, introduction="I study nursing.")
    mark = Press("today mark", ("1", "research-field", "done"))
    await world.bot.handle(mark.path, mark, world.actor())

    words = said(await world.say("home"))

    assert "Your introduction" not in words
    assert "Nothing is looked up yet" not in words
    assert "Its questions leave out" in words


async def test_the_talk_that_comes_first_lacks_first(world: World) -> None:
    await _begin(world)
    for who in ("Ana", "Ben", "Chloe"):
        await _plan(world, who)
    await _book(world, 1)

    titles = [one.title for one in view(await world.say("home")).body if isinstance(one, Card)]

    assert [title for title in titles if title.startswith("Still missing")] == [
        "Still missing for your talk with Ana", "Still missing for your talk with Chloe"
    ]  # fmt: skip


async def test_talks_that_are_over_lack_nothing(world: World) -> None:
    await _begin(world)
    await _plan(world)
    await _tell(world, 1, Event.HOLD)

    assert "Still missing" not in said(await world.say("home"))


async def test_home_says_when_the_next_nudge_comes_and_what_it_is_about(world: World) -> None:
    await _begin(world)
    await _plan(world)

    assert (
        "Next nudge: 2026-11-23 01:00 UTC, about “Write down what matters to you”. They come on weekdays at 9:00."
        in said(await world.say("home"))
    )


async def test_home_says_that_nudges_are_off(world: World) -> None:
    await _begin(world, is_on=False)

    assert "Nudges are off." in said(await world.say("home"))


async def test_home_has_a_door_to_everything_people_do_most(world: World) -> None:
    await _begin(world)

    labels = [one.label for one in buttons(await world.say("home"))]

    assert labels == [
        "Open today's list", "Plans", "Board", "Share a contact", "Contacts", "Questions", "Nudges", "Everything else"
    ]  # fmt: skip


async def test_home_of_one_member_shows_nothing_of_another(world: World) -> None:
    await _begin(world)
    await _plan(world)
    await world.bot.handle("start finish", Press("start finish"), world.actor("chloe"))

    assert "Maria" not in said(await world.say("home", "chloe"))


async def test_talks_that_are_over_stay_off_the_dashboard(world: World) -> None:
    await _begin(world)
    await _plan(world)
    await _tell(world, 1, Event.LET_GO)

    assert "Maria" not in said(await world.say("home"))


@platforms
async def test_home_of_a_usual_member_is_one_message(world: World, limits: Limits) -> None:
    await _begin(world)
    for who in ("Maria Santos", "David Cruz", "Grace Lim", "Omar Weiss"):
        await _plan(world, who, "What a day is like, and what people wish they had known before they began")
    await _tell(world, 1, Event.ASK)
    await _book(world, 2)
    for contact in await several(world, 2):
        await asked(world, contact)

    pages = fit(view(await world.say("home")), limits)

    assert [violations(page, limits) for page in pages] == [[]]


@platforms
async def test_home_of_a_long_life_fits_too(world: World, limits: Limits) -> None:
    await _begin(world)
    await _live_long(world)

    home = view(await world.say("home"))
    pages = fit(home, limits)

    assert [fault for page in pages for fault in violations(page, limits)] == []
    assert len(pages) <= 3
    assert f"{30 - 4} more" in said(home)


async def _live_long(world: World) -> None:
    """Give Ben thirty talks with long names in every state there is, and as many asks as he may have."""
    member = await world.member()
    now = datetime(2026, 11, 1, tzinfo=UTC)
    async with world.store.unit(member.group, writes=True) as unit:
        for n in range(30 * len(TABLE)):
            who = f"{n} Maria-Esperanza *Villanueva* <Santos> & Associates, Department"[:80]
            talk = await unit.interviews.add(member.id, who, "x" * 120, "Nursing", "", 90, now)
            await unit.interviews.change(talk, booked_at=datetime(2027, 1, 1, tzinfo=UTC))
            await unit.interviews.move(talk, [*State][n % len(State)], now)
    for contact in await several(world, 3):
        await asked(world, contact)
