"""How the courier carries a letter: once, with patience but not for ever, and with the truth about earlier tries."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.outbox import Barrier, Later, Letter, LetterId, Never, Outcome, Sent, Spot, Unreachable
from bot.model.people import GroupId, MemberId
from bot.nudging import courier
from bot.nudging.patience import MAX_TRIES, PATIENCE
from bot.nudging.sender import stable_key
from bot.talk.view import View
from storage.database import Database
from tests.couriering import Killed, Office
from tests.world import MONDAY

HOUR = timedelta(hours=1)
CAREERS = Spot("test", "W1", "careers")


@pytest.fixture
def office(store: Database) -> Office:
    return Office(store)


def letters() -> st.SearchStrategy[Letter]:
    ids = st.integers(1, 2**63 - 1)
    return st.builds(_letter, ids, st.text(min_size=1))


def _letter(number: int, key: str) -> Letter:
    return Letter(LetterId(number), GroupId(1), key, "note", "", MemberId(1), MONDAY, 1)


@given(letters(), letters())
def test_every_letter_has_a_short_key_of_its_own(one: Letter, other: Letter) -> None:
    assert len(stable_key(one)) <= 25
    assert (stable_key(one) == stable_key(other)) == ((one.id, one.key) == (other.id, other.key))


async def test_every_try_of_a_letter_has_the_same_key(office: Office) -> None:
    await office.write("a", "b")
    office.platform.moods.extend(["busy", "take", "take"])

    await office.carry_for(hours=1)

    keys = {send.words: send.key for send in office.platform.sends}
    assert [send.key for send in office.platform.sends] == [keys["a"], keys["b"], keys["a"]]


@pytest.mark.parametrize(
    ("moods", "doubts"),
    [
        (["take"], [False]),
        (["busy", "freeze", "take"], [False, False, False]),
        (["cut before", "take"], [False, True]),
        (["cut after", "take"], [False, True]),
        (["unsure", "busy", "take"], [False, True, True]),
    ],
)
async def test_a_letter_is_in_doubt_once_a_try_may_have_been_accepted(
    office: Office, moods: list[str], doubts: list[bool]
) -> None:
    await office.write("a")
    office.platform.moods.extend(moods)

    await office.carry_for(hours=1)

    assert office.platform.tried("a") == doubts
    assert office.platform.shown == ["a"]


async def test_a_letter_whose_worker_was_killed_comes_back_in_doubt_and_is_shown_once(office: Office) -> None:
    await office.write("a")
    office.platform.moods.append("killed")
    with pytest.raises(Killed):
        await office.courier.round()

    office.clock.forward(minutes=1)
    await office.hire().round()

    assert office.platform.tried("a") == [False, True]
    assert office.platform.shown == ["a"]


@pytest.mark.parametrize(
    ("mood", "says", "end"),
    [
        ("take", View("a"), Sent("m1")),
        ("refuse", View("a"), Never("closed", Unreachable.CLOSED)),
        ("take", None, None),
    ],
)
async def test_a_kind_of_letter_is_told_how_each_ended(
    office: Office, mood: str, says: View | None, end: Outcome | None
) -> None:
    await office.write("a")
    office.platform.moods.append(mood)
    office.compose = lambda _about: says

    await office.carry()

    assert office.ends == [("a", end)]


async def test_an_edit_is_made_and_not_told_of(office: Office) -> None:
    await office.write("a", spot=CAREERS, edits="m1")

    await office.carry()

    assert office.platform.edits == ["a"]
    assert office.ends == []


@pytest.mark.parametrize("breaks", [1, 99])
async def test_a_bug_after_the_sending_sends_nothing_again(office: Office, breaks: int) -> None:
    faults = [ValueError("a bug")] * breaks

    def end(_about: str) -> None:
        if faults:
            raise faults.pop()

    office.end = end
    await office.write("a")

    await office.carry_for(hours=2)

    assert office.platform.tried("a") == [False]
    assert await office.live() == []
    assert office.ends == ([("a", Sent("m1"))] if breaks == 1 else [])


async def test_a_letter_that_cannot_be_composed_is_given_up_and_holds_up_no_other(office: Office) -> None:
    def compose(about: str) -> View:
        if about == "bad":
            raise ValueError("a bug")
        return View(about)

    office.compose = compose
    await office.write("bad", "good")

    await office.carry()
    first = list(office.platform.shown)
    await office.carry_for(hours=5)

    assert first == ["good"]
    assert [letter.key for letter in await office.dead()] == ["bad"]
    assert office.ends == [("good", Sent("m1")), ("bad", Never("ValueError"))]


async def test_errors_are_tried_again_only_so_often(office: Office) -> None:
    await office.write("a")
    office.platform.moods.extend(["cut before"] * 100)

    await office.carry_for(hours=5)

    assert len(office.platform.sends) == MAX_TRIES
    assert [letter.why for letter in await office.dead()] == ["ConnectionError"]


async def test_a_post_in_doubt_is_tried_again_while_platforms_know_it(office: Office) -> None:
    await office.write("a", spot=CAREERS)
    office.platform.moods.append("cut after")
    await office.carry()

    office.clock.forward(seconds=30)
    await office.carry()

    assert office.platform.tried("a") == [False, True]
    assert office.ends == [("a", Sent("m1"))]


@pytest.mark.parametrize("mood", ["cut after", "killed"])
async def test_a_post_in_doubt_for_longer_than_platforms_know_it_is_not_tried_again(office: Office, mood: str) -> None:
    await office.write("a", spot=CAREERS)
    office.platform.moods.append(mood)
    with suppress(Killed):
        await office.carry()

    office.clock.forward(minutes=3)
    await office.hire().round()

    assert office.platform.tried("a") == [False]
    assert office.ends == [("a", Never("unsure whether it arrived", barrier=Barrier.UNSURE))]


async def test_a_post_in_doubt_is_tried_again_at_any_time_where_the_platform_always_knows_it(office: Office) -> None:
    office.platform.knows_again = None
    await office.write("a", spot=CAREERS)
    office.platform.moods.append("cut after")
    await office.carry()

    office.clock.forward(minutes=30)
    await office.carry()

    assert office.platform.tried("a") == [False, True]
    assert office.ends == [("a", Sent("m1"))]


async def test_a_post_that_was_kept_for_long_before_it_was_in_doubt_is_tried_again(office: Office) -> None:
    await office.write("a", spot=CAREERS)
    office.platform.moods.extend(["busy", "cut after"])
    await office.carry()
    office.clock.forward(minutes=30)
    await office.carry()

    office.clock.forward(seconds=30)
    await office.carry()

    assert office.platform.tried("a") == [False, False, True]
    assert office.ends == [("a", Sent("m1"))]


async def test_a_post_in_doubt_whose_words_are_not_found_may_stand_there(office: Office) -> None:
    def fail(_about: str) -> View:
        raise LookupError

    await office.write("a", spot=CAREERS)
    office.platform.moods.append("cut after")
    await office.carry()
    office.compose = fail

    await office.carry_for(hours=5)

    assert office.ends == [("a", Never("LookupError", barrier=Barrier.UNSURE))]


@pytest.mark.parametrize("mood", ["busy", "freeze", "unsure"])
async def test_nothing_is_tried_for_ever(office: Office, mood: str) -> None:
    await office.write("a")
    office.platform.moods.extend([mood] * 1000)

    await office.carry_for(hours=71)
    before = await office.live()
    await office.carry_for(hours=2)

    assert before == ["a"]
    assert await office.live() == []
    assert [letter.key for letter in await office.dead()] == ["a"]


async def test_what_waited_while_nobody_worked_is_not_given_up_at_the_first_refusal(office: Office) -> None:
    await office.write("a")
    office.platform.moods.extend(["freeze", "busy", "take"])

    office.clock.forward(days=9)
    await office.carry_for(hours=1)

    assert office.platform.shown == ["a"]


async def test_a_letter_that_says_later_itself_has_failed_at_nothing(office: Office) -> None:
    await office.write("a")
    first = office.clock.now + PATIENCE + HOUR
    office.compose = lambda about: (
        View(about) if office.clock.now >= first else Later(office.clock.now + HOUR, "not yet")
    )
    office.platform.moods.extend(["busy", "cut before", "take"])

    await office.carry_for(days=4)

    assert office.platform.shown == ["a"]
    assert await office.dead() == []


async def test_letters_that_the_lease_has_no_time_for_are_given_back_untried(office: Office) -> None:
    keys = [f"{n:02}" for n in range(MAX_TRIES + 4)]
    await office.write(*keys)
    office.platform.lasts = timedelta(seconds=15)

    await office.courier.round()
    in_time = list(office.platform.shown)
    await office.carry()

    assert in_time == keys[:2]
    assert office.platform.shown == keys
    assert {send.is_in_doubt for send in office.platform.sends} == {False}


async def test_a_letter_whose_words_come_when_its_lease_is_over_is_left_to_the_next_worker(office: Office) -> None:
    def held_up(about: str) -> View:
        office.clock.forward(minutes=1)
        return View(about)

    await office.write("a")
    office.compose = held_up
    await office.courier.round()
    too_late = list(office.platform.shown)
    office.compose = View

    await office.hire().round()

    assert too_late == []
    assert office.platform.shown == ["a"]


async def test_a_try_that_was_given_back_does_not_count(office: Office) -> None:
    keys = [f"{n:02}" for n in range(MAX_TRIES + 4)]
    await office.write(*keys)
    office.platform.lasts = timedelta(seconds=25)
    office.platform.moods.extend([*["take"] * (len(keys) - 1), "cut before", "take"])

    await office.carry_for(hours=1)

    assert office.platform.shown == keys


async def test_a_send_that_never_ends_is_cut_off(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "LONGEST_SEND", timedelta(milliseconds=10))
    await office.write("a")
    await office.write("b", workspace="W2")
    office.platform.hang("W1")

    await office.carry()

    assert office.platform.shown == ["b"]
    assert await office.live() == ["a"]
