"""Members who leave, change and come back, and workspaces that take the bot away and bring it back."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk.comings import GRACE
from bot.model.contact import AskState, Standing
from bot.model.outbox import Never, Outcome, Spot, Unreachable
from bot.model.people import Account
from bot.talk.view import Press
from storage.database import Database
from tests.commands.sharing import DAVID, asked, asks_of, contact_of, shared, written_down
from tests.world import MONDAY, World, said

ANA, BEN, EVE = (Account("test", "W1", user) for user in ("ana", "ben", "eve"))


async def nudged(world: World, by: str = "ben") -> None:
    """Let *by* say yes to nudges and plan a talk, so that something is due."""
    await world.bot.handle("start finish", Press("start finish", ("yes",)), world.actor(by))
    values = {"who": "Maria Santos", "field": "nursing", "goal": "nights", "organisation": "", "minutes": "25"}
    await world.bot.handle("plan new", values, world.actor(by))


async def kinds_waiting(world: World, user: str = "ben") -> list[str]:
    seat = await world.store.known(Account("test", "W1", user))
    assert seat is not None
    async with world.store.unit(seat.group.id, writes=False) as unit:
        return [draft.kind for draft in await unit.outbox.live(seat.member.id)]


async def unreachable(world: World, user: str = "ben") -> str:
    seat = await world.store.known(Account("test", "W1", user))
    assert seat is not None
    return seat.member.nudges.unreachable


async def test_the_cards_of_somebody_who_left_leave_the_board_and_the_channel(world: World) -> None:
    contact = await shared(world, is_posted=True)
    (posted,) = await world.deliver()

    assert await world.bot.left(ANA)

    (edited,) = await world.deliver()
    assert (edited.message, edited.is_edit, edited.text) == (posted.message, True, "This card was taken back.")
    assert "Maria" not in said(await world.say("board"))
    found = await contact_of(world, contact)
    assert found is not None
    assert found.standing is Standing.WITHDRAWN


async def test_others_may_share_the_same_contact_again(world: World) -> None:
    await shared(world)
    await world.bot.left(ANA)

    await shared(world, by="dana")

    assert "Maria" in said(await world.say("board"))


async def test_who_asked_for_their_contacts_is_free_to_ask_somebody_else(world: World) -> None:
    await asked(world, await shared(world))

    await world.bot.left(ANA)

    (ask,) = await asks_of(world)
    assert ask.state is AskState.CLOSED


async def test_the_asks_of_somebody_who_left_are_free_for_others(world: World) -> None:
    held, written = await shared(world), await shared(world, DAVID)
    await asked(world, held)
    await world.press(await asked(world, written), "I wrote")

    await world.bot.left(BEN)

    assert {ask.contact: ask.state for ask in await asks_of(world)} == {
        held: AskState.RELEASED,
        written: AskState.CLOSED,
    }
    assert "is yours until" in said(await asked(world, held, by="dana"))


async def test_what_only_they_can_see_stays(world: World) -> None:
    await written_down(world)

    await world.bot.left(ANA)

    assert "Maria Santos" in said(await world.say("contacts", "ana"))


async def test_somebody_who_left_is_sent_nothing_more(world: World) -> None:
    await nudged(world)

    await world.bot.left(BEN)

    world.clock.forward(days=3)
    assert await kinds_waiting(world) == []
    assert await unreachable(world) == Unreachable.GONE
    assert await world.deliver() == []


async def test_leaving_told_twice_changes_nothing_more(world: World) -> None:
    await nudged(world)
    await shared(world, by="ben", is_posted=True)
    await world.deliver()
    await world.bot.left(BEN)
    await world.deliver()

    assert await world.bot.left(BEN)

    assert await world.deliver() == []
    assert await kinds_waiting(world) == []


async def test_of_somebody_never_seen_nothing_is_made(world: World) -> None:
    await world.say("home")

    assert await world.bot.left(EVE)
    assert await world.bot.came_back(EVE)
    assert await world.bot.changed(world.actor("eve"))

    assert await world.store.known(EVE) is None


async def test_who_comes_back_is_nudged_again(world: World) -> None:
    await nudged(world)
    await world.bot.left(BEN)

    await world.bot.came_back(BEN)

    world.clock.forward(hours=1)
    (nudge,) = await world.deliver()
    assert nudge.to == "ben"
    assert await unreachable(world) == ""


async def test_who_uses_the_bot_again_is_nudged_again(world: World) -> None:
    await nudged(world)
    await world.bot.left(BEN)

    answer = await world.say("board")

    assert "while your account was away" in said(answer)
    assert await kinds_waiting(world) == ["nudge"]


async def test_news_of_somebody_who_was_away_brings_them_back(world: World) -> None:
    await nudged(world)
    await world.bot.left(BEN)

    await world.bot.changed(world.actor("ben"))

    assert await kinds_waiting(world) == ["nudge"]


async def test_closed_messages_stay_closed_until_their_owner_says_so(world: World) -> None:
    await nudged(world)

    def answer(to: Account | Spot, key: str) -> Outcome:
        return Never("closed", Unreachable.CLOSED)

    world.mailbox.answer = answer
    world.clock.forward(hours=1)
    await world.deliver()

    await world.bot.came_back(BEN)

    assert await unreachable(world) == Unreachable.CLOSED


async def test_a_new_name_is_kept(world: World) -> None:
    await world.say("home")

    await world.bot.changed(replace(world.actor("ben"), name="Benedict"))

    seat = await world.store.known(BEN)
    assert seat is not None
    assert seat.member.name == "Benedict"


async def test_who_travels_is_nudged_at_their_hour_there(world: World) -> None:
    await nudged(world)

    await world.bot.changed(world.actor("ben", zone="Europe/London"))

    world.clock.forward(hours=1)
    assert await world.deliver() == []
    world.clock.forward(hours=8)
    (nudge,) = await world.deliver()
    assert nudge.to == "ben"


async def test_a_workspace_that_brings_the_bot_back_in_time_finds_everything(world: World) -> None:
    await nudged(world)
    await shared(world)
    await world.bot.removed("test", "W1")
    world.clock.forward(days=6)

    assert await world.bot.restored("test", "W1")

    assert "Maria" in said(await world.say("board"))
    assert await kinds_waiting(world) == ["nudge"]


async def test_while_the_bot_is_away_nothing_is_sent(world: World) -> None:
    await nudged(world)

    assert await world.bot.removed("test", "W1")

    world.clock.forward(days=1)
    assert await world.deliver() == []


async def test_members_of_a_group_that_came_back_are_nudged_once_they_are_met(world: World) -> None:
    await nudged(world)
    await world.bot.removed("test", "W1")
    world.clock.forward(days=1)

    await world.say("board")

    world.clock.forward(days=1, hours=1)
    (nudge,) = await world.deliver()
    assert nudge.to == "ben"


async def test_a_member_is_looked_after_once_a_day(world: World) -> None:
    await nudged(world)
    await world.say("board")
    seat = await world.store.known(BEN)
    assert seat is not None
    async with world.store.unit(seat.group.id, writes=True) as unit:
        for draft in await unit.outbox.live(seat.member.id):
            await unit.outbox.cancel(draft.key)

    await world.say("board")
    same_day = await kinds_waiting(world)
    world.clock.forward(days=1)
    await world.say("board")

    assert same_day == []
    assert await kinds_waiting(world) == ["nudge"]


async def test_a_group_ends_a_week_after_the_bot_was_taken_away(world: World, store: Database) -> None:
    await shared(world)
    await world.bot.removed("test", "W1")

    await store.prune(MONDAY + GRACE - timedelta(hours=1))
    before = await store.known(ANA)
    await store.prune(MONDAY + GRACE + timedelta(hours=1))

    assert before is not None
    assert await store.known(ANA) is None


async def test_a_failure_of_ours_is_told_to_the_caller_and_names_nobody(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await nudged(world)

    async def failing(*_args: object) -> None:
        raise ConnectionError("ben could not be found")

    world.store.known = failing  # type: ignore[method-assign, assignment]
    with caplog.at_level(logging.ERROR):
        done = await world.bot.left(BEN)

    assert not done
    assert "ConnectionError" in caplog.text
    assert "ben could" not in caplog.text


async def test_whoever_leaves_is_no_organiser_any_more(world: World) -> None:
    await world.say("group", world.actor("ben", is_admin=True))
    ana = await world.member("ana")
    async with world.store.unit(ana.group, writes=True) as unit:
        await unit.members.set_organiser(ana.id, is_organiser=True)

    await world.bot.left(Account("test", "W1", "ana"))

    assert not (await world.member("ana")).is_organiser
