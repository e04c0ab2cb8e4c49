"""The timed plan: what fits is asked, what does not is parked, and nothing is lost."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.library import load
from bot.model.question import CategorySlug, Question, QuestionSlug, Shape, Slot
from bot.model.timed_plan import LONGEST, SHORTEST, Entry, TimedPlan, build, room_for


def ask(
    slug: str,
    category: str = "work",
    slot: Slot = Slot.ANY,
    follows: str | None = None,
    shape: Shape = Shape.OPEN,
) -> Question:
    base = None if follows is None else QuestionSlug(follows)
    return Question(QuestionSlug(slug), f"What about {slug}?", CategorySlug(category), shape, slot, follows=base)


BANK = (
    ask("start", "background", Slot.OPENER),
    ask("school", "background"),
    ask("day", "work"),
    ask("trouble", "problems"),
    ask("cure", "problems", follows="trouble"),
    ask("pay", "salary", Slot.LATE),
    ask("joy", "rewards"),
    ask("who-else", "referrals", Slot.SECOND_LAST),
    ask("your-name", "referrals", Slot.LAST, shape=Shape.CONSENT),
    ask("trend", "industry"),
)


def slugs(*names: str) -> tuple[QuestionSlug, ...]:
    return tuple(map(QuestionSlug, names))


def names(entries: Sequence[Entry] | Sequence[Question]) -> list[str]:
    return [entry.question.slug if isinstance(entry, Entry) else entry.slug for entry in entries]


def everything(plan: TimedPlan) -> list[str]:
    return names(plan.asked) + names(plan.closing) + names(plan.parked)


@st.composite
def banks(draw: st.DrawFn) -> list[Question]:
    all_names = [f"Q{number}" for number in range(draw(st.integers(0, 14)))]
    return [
        ask(
            name,
            draw(st.sampled_from(["work", "money", "people"])),
            draw(st.sampled_from(Slot)),
            draw(st.none() | st.sampled_from([*all_names, "gone"])),
            draw(st.sampled_from(Shape)),
        )
        for name in all_names
    ]


any_slugs = st.lists(st.sampled_from(slugs(*(f"Q{number}" for number in range(16)))), max_size=10)
lengths = st.integers(SHORTEST, LONGEST)


@pytest.mark.parametrize(("minutes", "room"), [(10, 1), (20, 5), (25, 6), (30, 8), (45, 14), (90, 30)])
def test_the_minutes_decide_how_many_questions_fit(minutes: int, room: int) -> None:
    assert room_for(minutes) == room


@pytest.mark.parametrize("minutes", [-5, 0, 9, 91])
def test_no_talk_is_planned_that_is_too_short_or_too_long(minutes: int) -> None:
    with pytest.raises(ValueError, match="10 to 90 minutes"):
        build(BANK, minutes)


@given(banks(), lengths, st.frozensets(st.sampled_from(slugs("Q1", "Q2", "Q3"))), any_slugs, any_slugs, any_slugs)
def test_every_question_is_asked_closes_or_is_parked_and_only_once(
    bank: list[Question],
    minutes: int,
    starred: frozenset[QuestionSlug],
    carried: list[QuestionSlug],
    picked: list[QuestionSlug],
    parked: list[QuestionSlug],
) -> None:
    plan = build(bank, minutes, starred, carried, picked, frozenset(parked))

    assert sorted(everything(plan)) == sorted(names(bank))
    assert len(plan.asked) <= room_for(minutes)
    assert not set(parked) & set(names(plan.asked) + names(plan.closing))


@given(banks(), lengths, any_slugs)
def test_the_clock_runs_through_without_gap_or_overlap(
    bank: list[Question], minutes: int, carried: list[QuestionSlug]
) -> None:
    plan = build(bank, minutes, carried=carried)

    now = float(plan.opens)
    for entry in plan.asked:
        assert entry.starts_at == now
        now += entry.minutes
    assert now <= minutes - plan.closes
    assert sum(entry.minutes for entry in plan.closing) in {0, plan.closes}


@given(banks(), lengths)
def test_no_follow_up_is_asked_on_its_own(bank: list[Question], minutes: int) -> None:
    asked = [entry.question for entry in build(bank, minutes).asked]

    for place, question in enumerate(asked):
        assert question.follows is None or question.follows in names(asked[:place])


@given(banks(), lengths, any_slugs)
def test_the_members_own_order_is_kept(bank: list[Question], minutes: int, picked: list[QuestionSlug]) -> None:
    plan = build(bank, minutes, picked=picked)

    closers = (Slot.SECOND_LAST, Slot.LAST)
    talk = [question.slug for question in bank if question.slot not in closers]
    own = [slug for slug in dict.fromkeys(picked) if slug in talk]
    expected = own[: room_for(minutes)]
    assert names(plan.asked)[: len(expected)] == expected


def test_an_easy_opener_then_gaps_then_stars_then_one_of_each_category() -> None:
    plan = build(BANK, 20, starred={QuestionSlug("school")}, carried=slugs("trend"))

    assert names(plan.asked) == ["start", "trend", "school", "day", "trouble"]


def test_whom_else_to_talk_to_and_the_use_of_a_name_always_come_last() -> None:
    plan = build(BANK, 20, picked=slugs("your-name", "joy", "who-else"))

    assert names(plan.closing) == ["who-else", "your-name"]
    assert [(entry.starts_at, entry.minutes) for entry in plan.closing] == [(16, 2), (18, 2)]
    assert names(plan.asked)[0] == "joy"


def test_one_question_has_all_four_closing_minutes() -> None:
    plan = build(BANK, 20, parked=set(slugs("your-name")))

    assert [(entry.starts_at, entry.minutes) for entry in plan.closing] == [(16, 4)]


def test_money_comes_after_the_rest() -> None:
    plan = build(BANK, 30, starred={QuestionSlug("pay")})

    assert names(plan.asked)[-1] == "pay"


def test_a_follow_up_stays_behind_what_it_follows() -> None:
    plan = build(BANK, 30, starred={QuestionSlug("cure")})

    assert names(plan.asked) == ["start", "school", "day", "trouble", "cure", "joy", "trend", "pay"]


def test_a_follow_up_that_the_member_starred_is_asked_without_the_other() -> None:
    plan = build(BANK, 20, starred={QuestionSlug("cure")}, parked=set(slugs("trouble")))

    assert "cure" in names(plan.asked)


def test_a_follow_up_is_parked_with_what_it_follows() -> None:
    plan = build(BANK, 45, parked=set(slugs("trouble")))

    assert names(plan.parked) == ["cure", "trouble"]


def test_the_member_who_orders_needs_no_opener() -> None:
    plan = build(BANK, 10, picked=slugs("pay"))

    assert names(plan.asked) == ["pay"]


def test_what_the_member_put_aside_stays_there_even_when_picked() -> None:
    plan = build(BANK, 30, picked=slugs("joy", "day"), parked=set(slugs("joy")))

    assert names(plan.asked)[0] == "day"
    assert names(plan.parked)[-1] == "joy"


def test_an_open_question_is_taken_before_a_closed_one() -> None:
    bank = [ask("high", "promotion", shape=Shape.CLOSED), ask("move", "promotion"), ask("day", "work")]

    plan = build(bank, 12)

    assert names(plan.asked) == ["move", "day"]
    assert names(plan.parked) == ["high"]


def test_the_plan_says_which_categories_it_leaves_out() -> None:
    plan = build(BANK, 15)

    assert names(plan.asked) == ["start", "day", "trouble"]
    assert plan.left_out == ("salary", "rewards", "industry")


def test_parked_questions_wait_in_the_order_in_which_they_are_worth_asking() -> None:
    plan = build(BANK, 10, starred={QuestionSlug("joy")}, carried=slugs("trend"), parked=set(slugs("school")))

    assert names(plan.parked) == ["trend", "joy", "day", "trouble", "pay", "cure", "school"]


def test_questions_that_are_gone_are_passed_over() -> None:
    plan = build(BANK, 20, {QuestionSlug("gone")}, slugs("gone"), slugs("gone", "day", "day"))

    assert names(plan.asked)[0] == "day"


def test_two_questions_cannot_share_a_slug() -> None:
    with pytest.raises(ValueError, match="share a slug"):
        build([ask("day"), ask("day")], 20)


def test_no_questions_make_an_empty_plan() -> None:
    plan = build([], 25)

    assert (plan.asked, plan.closing, plan.parked, plan.left_out) == ((), (), (), ())


def test_the_shipped_bank_makes_a_talk_of_25_minutes() -> None:
    bank = load().questions

    plan = build(bank, 25)

    assert names(plan.asked)[0] == "Q1"
    assert names(plan.closing) == ["Q26", "Q27"]
    assert (len(plan.asked), len(plan.parked)) == (6, len(bank) - 8)
    assert len({entry.question.category for entry in plan.asked}) == 6
