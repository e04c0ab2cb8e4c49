"""A card that a channel did not take: who hears of it, what they can do, and that nothing is posted twice."""

import pytest

from bot.model.contact import ContactId
from bot.model.outbox import Barrier, Never, Outcome, Spot
from bot.model.people import Account
from bot.talk.view import Press
from tests.commands.sharing import fill, shared, withdraw
from tests.world import Delivery, World, buttons, said


def closed(world: World, barrier: Barrier | None) -> None:
    """Let channels take nothing, because of *barrier*."""

    def answer(to: Account | Spot, key: str) -> Outcome | None:
        return Never("no", barrier=barrier) if isinstance(to, Spot) else None

    world.mailbox.answer = answer


def opened(world: World) -> None:
    world.mailbox.answer = lambda to, key: None


async def refused(world: World, barrier: Barrier | None = Barrier.NOT_INVITED) -> Delivery:
    """Let Ana share Maria in a channel that does not take the card; returns what Ana hears."""
    closed(world, barrier)
    await shared(world, is_posted=True)
    (letter,) = await world.deliver()
    return letter


@pytest.mark.parametrize(
    ("barrier", "words"),
    [
        (Barrier.NOT_INVITED, "Ask who looks after it to let me in, then post it again."),
        (Barrier.ARCHIVED, "That channel is archived."),
        (Barrier.FORBIDDEN, "That channel lets only some people post."),
        (Barrier.UNSURE, "Look there, and if it is missing, post it again."),
        (None, "It could not be delivered"),
    ],
)
async def test_the_sharer_hears_what_to_do(world: World, barrier: Barrier | None, words: str) -> None:
    letter = await refused(world, barrier)

    assert letter.to == "ana"
    assert words in letter.text
    assert [one.label for one in buttons(letter.view)] == ["Post it again", "See the contact"]


async def test_a_channel_that_is_gone_is_not_offered_again(world: World) -> None:
    letter = await refused(world, Barrier.GONE)

    assert "You can share the card in another one." in letter.text
    assert [one.label for one in buttons(letter.view)] == ["See the contact"]


async def test_the_card_is_posted_again_where_it_belongs(world: World) -> None:
    letter = await refused(world)
    opened(world)

    answer = await world.press(letter.view, "Post it again", world.actor("ana", channel=None))
    (card,) = await world.deliver()

    assert "I am trying once more to post the card of Maria Santos." in said(answer)
    assert card.to == "careers"
    assert "Maria Santos" in card.text


async def test_pressing_twice_posts_one_card(world: World) -> None:
    letter = await refused(world)
    opened(world)

    await world.press(letter.view, "Post it again", "ana")
    await world.press(letter.view, "Post it again", "ana")

    assert [one.to for one in await world.deliver()] == ["careers"]


async def test_a_second_refusal_is_told_once_more_and_can_be_tried_again(world: World) -> None:
    first = await refused(world)
    await world.press(first.view, "Post it again", "ana")
    (second,) = await world.deliver()
    opened(world)

    await world.press(second.view, "Post it again", "ana")

    assert "I cannot see that channel." in second.text
    assert [one.to for one in await world.deliver()] == ["careers"]


async def test_a_card_that_was_taken_back_meanwhile_is_not_spoken_of(world: World) -> None:
    closed(world, Barrier.NOT_INVITED)
    contact = await shared(world, is_posted=True)
    await world.courier.round()

    await withdraw(world, contact)

    assert await world.deliver() == []


async def test_a_card_that_was_taken_back_is_not_posted_again(world: World) -> None:
    letter = await refused(world)
    await withdraw(world, await _only_contact(world))
    opened(world)

    answer = await world.press(letter.view, "Post it again", "ana")

    assert "only waits to be deleted" in said(answer)
    assert await world.deliver() == []


async def test_nobody_posts_the_card_of_somebody_else(world: World) -> None:
    letter = await refused(world)
    opened(world)

    answer = await world.press(letter.view, "Post it again", "ben")

    assert "no longer on your list" in said(answer)
    assert await world.deliver() == []


async def test_a_card_is_posted_from_its_own_workspace_only(world: World) -> None:
    letter = await refused(world)
    opened(world)
    press = buttons(letter.view)[0].press
    elsewhere = tuple("W2" if arg == "W1" else arg for arg in press.args)

    answer = await world.bot.handle(press.path, type(press)(press.path, elsewhere), world.actor("ana"))

    assert "That channel is in another place." in said(answer)
    assert await world.deliver() == []


async def test_a_card_that_cannot_be_redrawn_troubles_nobody(world: World) -> None:
    contact = await shared(world, is_posted=True)
    await world.deliver()

    async def edit(*_args: object) -> Outcome:
        return Never("gone", barrier=Barrier.GONE)

    world.mailbox.edit = edit  # type: ignore[assignment, method-assign]
    await withdraw(world, contact)

    assert await world.deliver() == []


async def _only_contact(world: World) -> ContactId:
    member = await world.member("ana")
    async with world.store.unit(member.group, writes=False) as unit:
        return (await unit.contacts.of(member.id))[0].id


async def test_a_card_in_a_channel_goes_when_what_the_contact_allowed_runs_out(world: World) -> None:
    await shared(world, is_posted=True)
    (post,) = await world.deliver()

    world.clock.forward(days=364)
    assert await world.deliver() == []
    world.clock.forward(days=1)
    (edited,) = await world.deliver()

    assert (edited.message, edited.is_edit, edited.text) == (post.message, True, "This card was taken back.")


async def test_a_card_in_a_channel_stays_when_the_contact_allows_it_for_another_year(world: World) -> None:
    contact = await shared(world, is_posted=True)
    await world.deliver()
    world.clock.forward(days=200)
    form = Press("refer share", (str(contact),), is_form=True)
    await world.press(await fill(world, form, "ana", basis="said-yes"), "Share on the board", "ana")
    await world.deliver()

    world.clock.forward(days=200)
    kept = await world.deliver()
    world.clock.forward(days=200)
    gone = await world.deliver()

    assert ["Maria Santos" in one.text for one in kept if one.to == "careers"] == [True]
    assert [one.text for one in gone if one.to == "careers"] == ["This card was taken back."]
