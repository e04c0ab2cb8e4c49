"""What somebody hears who writes to the bot as to a person."""

from tests.world import World, buttons


async def test_who_writes_to_the_bot_hears_how_to_call_it(world: World) -> None:
    await world.bot.handle("heard", "", world.actor(channel=None))

    (letter,) = await world.deliver()

    assert letter.to == "ben"
    assert "I only read what begins with /career" in letter.text
    assert [one.label for one in buttons(letter.view)] == ["Where things stand", "See what I can do"]


async def test_the_same_message_brought_twice_is_answered_once(world: World) -> None:
    once = world.actor(channel=None, key="Ev1")
    await world.bot.handle("heard", "", once)
    first = await world.deliver()

    await world.bot.handle("heard", "", once)

    assert len(first) == 1
    assert await world.deliver() == []


async def test_several_lines_at_once_get_one_answer(world: World) -> None:
    for _line in range(3):
        await world.bot.handle("heard", "", world.actor(channel=None))

    assert len(await world.deliver()) == 1


async def test_a_later_message_is_answered_again(world: World) -> None:
    await world.bot.handle("heard", "", world.actor(channel=None))
    await world.deliver()
    world.clock.forward(hours=3)

    await world.bot.handle("heard", "", world.actor(channel=None))

    assert len(await world.deliver()) == 1
