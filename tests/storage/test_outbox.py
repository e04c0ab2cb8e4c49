"""Checks what happens to a letter between being written and being sent, or not."""

from datetime import datetime

from bot.model.outbox import Draft, Letter, Post, Spot
from bot.model.people import MemberId, Seat
from storage.database import Database
from tests.storage.building import DAY, HOUR, NOW, a_draft, a_seat

SPOT = Spot("slack", "T1", "C1")


async def _put(database: Database, seat: Seat, *drafts: Draft) -> None:
    async with database.unit(seat.group.id, writes=True) as unit:
        for draft in drafts:
            await unit.outbox.put(draft)


async def _claim(database: Database, at: datetime = NOW) -> Letter:
    (letter,) = await database.queue.claim(at, at + HOUR, 10)
    return letter


async def test_a_letter_is_claimed_as_it_was_written(database: Database) -> None:
    seat = await a_seat(database)
    await _put(database, seat, Draft("k1", "card", "12", seat.member.id, NOW - HOUR, SPOT, "171.2"))

    letter = await _claim(database)

    assert letter == Letter(letter.id, seat.group.id, "k1", "card", "12", seat.member.id, NOW - HOUR, 1, SPOT, "171.2")


async def test_a_second_letter_with_the_same_key_changes_nothing(database: Database) -> None:
    seat = await a_seat(database)
    first = a_draft(seat.member.id, "k1", NOW + DAY)
    await _put(database, seat, first, a_draft(seat.member.id, "k1", NOW))

    async with database.unit(seat.group.id, writes=False) as unit:
        assert await unit.outbox.live(seat.member.id) == (first,)


async def test_a_letter_that_was_sent_is_never_written_again(database: Database) -> None:
    seat = await a_seat(database)
    await _put(database, seat, a_draft(seat.member.id))
    letter = await _claim(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        assert await unit.outbox.finish(letter, "m1", NOW)
        assert not await unit.outbox.finish(letter, "m1", NOW)

    await _put(database, seat, a_draft(seat.member.id))

    assert await database.queue.next_due() is None


async def test_a_letter_that_was_taken_back_may_be_written_again(database: Database) -> None:
    seat = await a_seat(database)
    later = a_draft(seat.member.id, "k1", NOW + DAY)
    await _put(database, seat, a_draft(seat.member.id, "k1"))
    letter = await _claim(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.outbox.cancel("k1")
        await unit.outbox.put(later)

        assert not await unit.outbox.finish(letter, "m1", NOW)
        assert await unit.outbox.live(seat.member.id) == (later,)


async def test_what_waits_for_a_member_is_their_direct_messages_in_order(database: Database) -> None:
    seat, ben = await a_seat(database), await a_seat(database, "ben")
    drafts = [a_draft(seat.member.id, f"k{n}", NOW + n * HOUR) for n in (2, 0, 1)]
    in_a_channel = a_draft(seat.member.id, "c", NOW, SPOT)
    await _put(database, seat, *drafts, in_a_channel, a_draft(ben.member.id, "b"))

    async with database.unit(seat.group.id, writes=False) as unit:
        assert await unit.outbox.live(seat.member.id) == (drafts[1], drafts[2], drafts[0])


async def test_a_letter_can_be_moved_until_it_is_sent(database: Database) -> None:
    seat = await a_seat(database)
    await _put(database, seat, a_draft(seat.member.id, "k1", NOW + HOUR))
    async with database.unit(seat.group.id, writes=True) as unit:
        assert await unit.outbox.move("k1", NOW + DAY)
        assert not await unit.outbox.move("k2", NOW + DAY)
    assert await database.queue.next_due() == NOW + DAY
    letter = await _claim(database, NOW + DAY)
    assert letter.due_at == NOW + DAY

    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.outbox.finish(letter, "m1", NOW)
        assert not await unit.outbox.move("k1", NOW + 2 * DAY)


async def test_moving_a_letter_that_is_being_sent_does_not_hand_it_to_somebody_else(database: Database) -> None:
    seat = await a_seat(database)
    await _put(database, seat, a_draft(seat.member.id, "k1"))
    await _claim(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        assert await unit.outbox.move("k1", NOW - HOUR)

    assert await database.queue.claim(NOW, NOW + HOUR, 10) == ()
    again = await _claim(database, NOW + HOUR)
    assert (again.due_at, again.tries) == (NOW - HOUR, 2)


async def test_a_letter_to_try_again_keeps_the_time_it_was_meant_for(database: Database) -> None:
    seat = await a_seat(database)
    await _put(database, seat, a_draft(seat.member.id))
    letter = await _claim(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.outbox.retry(letter, NOW + DAY, "too many requests")

    assert await database.queue.next_due() == NOW + DAY
    again = await _claim(database, NOW + DAY)
    assert (again.due_at, again.tries, again.why) == (NOW, 2, "too many requests")


async def test_who_lost_the_lease_has_lost_their_say(database: Database) -> None:
    seat = await a_seat(database)
    await _put(database, seat, a_draft(seat.member.id))
    slow = await _claim(database)
    await _claim(database, NOW + HOUR)
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.outbox.retry(slow, NOW, "slow")
        await unit.outbox.bury(slow, "slow", NOW)

        assert await unit.outbox.dead() == ()
    assert await database.queue.next_due() == NOW + 2 * HOUR


async def test_a_letter_that_was_turned_away_is_not_in_doubt(database: Database) -> None:
    seat = await a_seat(database)
    await _put(database, seat, a_draft(seat.member.id))
    first = await _claim(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.outbox.retry(first, NOW, "too many requests")

    assert not first.is_in_doubt
    assert not (await _claim(database)).is_in_doubt


async def test_a_letter_whose_worker_never_came_back_is_in_doubt(database: Database) -> None:
    seat = await a_seat(database)
    await _put(database, seat, a_draft(seat.member.id))
    await _claim(database)

    assert (await _claim(database, NOW + HOUR)).is_in_doubt


async def test_a_letter_that_may_have_arrived_is_in_doubt_from_then_on(database: Database) -> None:
    seat = await a_seat(database)
    await _put(database, seat, a_draft(seat.member.id))
    cut_off = await _claim(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.outbox.retry(cut_off, NOW, "cut off", is_in_doubt=True)
    doubtful = await _claim(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.outbox.retry(doubtful, NOW, "too many requests")

    assert doubtful.is_in_doubt
    assert (await _claim(database)).is_in_doubt


async def test_letters_that_were_given_up_come_newest_first(database: Database) -> None:
    seat = await a_seat(database)
    await _put(database, seat, *(a_draft(seat.member.id, f"k{n}") for n in range(3)))
    letters = await database.queue.claim(NOW, NOW + HOUR, 10)
    async with database.unit(seat.group.id, writes=True) as unit:
        for hours, letter in zip((1, 3, 2), letters, strict=True):
            await unit.outbox.bury(letter, "direct messages are closed", NOW + hours * HOUR)

        dead = await unit.outbox.dead(limit=2)

    assert [letter.id for letter in dead] == [letters[1].id, letters[2].id]
    assert dead[0].why == "direct messages are closed"
    assert await database.queue.next_due() is None


async def test_a_message_in_a_channel_is_remembered_once(database: Database) -> None:
    seat = await a_seat(database)
    await _put(database, seat, Draft("k1", "card", "12", seat.member.id, NOW, SPOT), a_draft(seat.member.id, "k2"))
    post, direct = await database.queue.claim(NOW, NOW + HOUR, 10)
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.outbox.finish(post, "171.2", NOW)
        await unit.outbox.finish(post, "171.2", NOW)
        await unit.outbox.finish(direct, "171.3", NOW)

        assert await unit.outbox.posts("card", "12") == (Post("card", "12", SPOT, "171.2"),)
        assert await unit.outbox.posts("nudge", "7") == ()


async def test_nothing_is_remembered_of_a_message_that_was_not_sent(database: Database) -> None:
    seat = await a_seat(database)
    await _put(database, seat, Draft("k1", "card", "12", seat.member.id, NOW, SPOT))
    letter = await _claim(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        assert await unit.outbox.finish(letter, None, NOW)
        assert await unit.outbox.posts("card", "12") == ()


async def test_a_letter_of_nobody_goes_to_a_channel(database: Database) -> None:
    seat = await a_seat(database)
    nobody = MemberId(0)
    await _put(database, seat, Draft("k1", "card", "12", nobody, NOW, SPOT, "171.2"))

    assert (await _claim(database)).member == nobody


async def test_another_groups_letter_cannot_be_finished(database: Database) -> None:
    seat, other = await a_seat(database), await a_seat(database, "eve", "T2")
    await _put(database, seat, Draft("k1", "card", "12", seat.member.id, NOW, SPOT))
    letter = await _claim(database)
    async with database.unit(other.group.id, writes=True) as unit:
        assert not await unit.outbox.finish(letter, "171.2", NOW)
        assert await unit.outbox.posts("card", "12") == ()


async def test_two_groups_may_use_the_same_key(database: Database) -> None:
    seat, other = await a_seat(database), await a_seat(database, "eve", "T2")
    await _put(database, seat, a_draft(seat.member.id, "question-of-the-day"))
    await _put(database, other, a_draft(other.member.id, "question-of-the-day"))

    letters = await database.queue.claim(NOW, NOW + HOUR, 10)

    assert {letter.group for letter in letters} == {seat.group.id, other.group.id}
