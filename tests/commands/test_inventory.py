"""What a member writes down about themselves, once for all talks."""

from bot.desk.bot import Reply
from bot.talk.form import Dialog
from bot.talk.view import Press
from tests.world import World, button, said

FORM = Press("start about", is_form=True)


async def opened(world: World, by: str = "ben") -> Reply:
    return await world.bot.handle(FORM.path, FORM, world.actor(by))


async def test_what_was_written_stands_in_the_form_the_next_time(world: World) -> None:
    await world.submit(await opened(world), introduction="I study nursing.", skills="Listening")

    form = await opened(world)

    assert isinstance(form, Dialog)
    assert [entry.value for entry in form.entries] == ["I study nursing.", "", "", "Listening"]


async def test_the_brief_of_every_talk_says_it(world: World) -> None:
    await world.submit(await opened(world), introduction="I study nursing.")
    values = {"who": "Maria Santos", "field": "nursing", "goal": "nights", "organisation": "", "minutes": "25"}
    plan = await world.bot.handle("plan new", values, world.actor())

    brief = await world.press(plan, "Brief")

    assert "Who you are, in 30 seconds: I study nursing." in said(brief)


async def test_whoever_wrote_an_introduction_is_not_reminded_to_write_one(world: World) -> None:
    values = {"who": "Maria Santos", "field": "nursing", "goal": "nights", "organisation": "", "minutes": "25"}
    await world.bot.handle("plan new", values, world.actor())
    all_steps = button(await world.say("today"), "More steps").press
    before = await world.bot.handle(all_steps.path, all_steps, world.actor())

    await world.submit(await opened(world), introduction="I study nursing.")

    after = await world.bot.handle(all_steps.path, all_steps, world.actor())
    assert "Introduce yourself in 30 seconds" in said(before)
    assert "Introduce yourself in 30 seconds" not in said(after)


async def test_nobody_else_reads_it(world: World) -> None:
    await world.submit(await opened(world), introduction="I study nursing.")

    assert "nursing" not in said(await opened(world, "ana"))
