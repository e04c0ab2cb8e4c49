"""The dashboard that answers `/career` alone."""

from bot.talk.view import Press
from tests.world import World, buttons, said


async def _plan(world: World, who: str = "Maria Santos") -> None:
    values = {"who": who, "field": "nursing", "goal": "nights", "organisation": "", "minutes": "25"}
    await world.bot.handle("plan new", values, world.actor())


async def _begin(world: World, *, is_on: bool = True) -> None:
    args = ("yes",) if is_on else ()
    await world.bot.handle("start finish", Press("start finish", args), world.actor())


async def test_a_newcomer_gets_the_first_hello(world: World) -> None:
    assert said(await world.say("")) == said(await world.say("start"))


async def test_home_shows_what_is_next_and_where_talks_stand(world: World) -> None:
    await _begin(world)
    await _plan(world)

    words = said(await world.say(""))

    assert "Next for you\n- Write down what matters to you · For your talk with Maria Santos · 5 minutes" in words
    assert "Your talks\nMaria Santos: preparing" in words


async def test_home_says_when_the_next_nudge_comes(world: World) -> None:
    await _begin(world)

    assert "Next nudge: 2026-11-23 01:00 UTC, if something is due. They come on weekdays at 9:00." in said(
        await world.say("home")
    )


async def test_home_says_that_nudges_are_off(world: World) -> None:
    await _begin(world, is_on=False)

    assert "Nudges are off." in said(await world.say("home"))


async def test_home_has_a_door_to_everything_people_do_most(world: World) -> None:
    await _begin(world)

    labels = [one.label for one in buttons(await world.say("home"))]

    assert labels == ["Today", "Plans", "Questions", "Board", "Share a contact", "Nudges", "Everything else"]


async def test_home_of_one_member_shows_nothing_of_another(world: World) -> None:
    await _begin(world)
    await _plan(world)
    await world.bot.handle("start finish", Press("start finish"), world.actor("chloe"))

    assert "Maria" not in said(await world.say("home", "chloe"))


async def test_talks_that_are_over_stay_off_the_dashboard(world: World) -> None:
    await _begin(world)
    await _plan(world)
    await world.bot.handle("interviews tell", Press("interviews tell", ("1", "let-go")), world.actor())

    assert "Maria" not in said(await world.say("home"))
