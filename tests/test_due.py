"""What is next, for every member in every situation: nothing twice, nothing settled, the most urgent first."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.content.library import load
from bot.model.contact import Ask, AskId, AskState, ContactId
from bot.model.interview import Interview, InterviewId, Mark, StepMark
from bot.model.journey import State
from bot.model.people import GroupId, Member, MemberId, Nudges
from bot.model.step import Phase, StepSlug
from bot.nudging.due import AHEAD, due, nudged, threads
from bot.nudging.kinds import Kind, kind_of
from bot.nudging.situation import HAPPENED, Asked, Situation, is_open
from bot.nudging.stages import is_about_you

LIBRARY = load()
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
BEN = Member(MemberId(1), GroupId(1), "Ben", NOW, zone="Asia/Manila", field="nursing")

moments = st.integers(-200 * 24, 60 * 24).map(lambda hours: NOW + timedelta(hours=hours))
past = st.integers(0, 200 * 24).map(lambda hours: NOW - timedelta(hours=hours))
words = st.text(max_size=12)
interviews = st.lists(
    st.builds(
        Interview,
        id=st.integers(1, 5).map(InterviewId),
        seeker=st.just(BEN.id),
        who=words,
        organisation=words,
        field=words,
        goal=words,
        minutes=st.integers(10, 90),
        state=st.sampled_from(State),
        since=past,
        created_at=past,
        booked_at=st.none() | moments,
    ),
    max_size=4,
    unique_by=lambda interview: interview.id,
).map(tuple)
holds = st.lists(
    st.builds(
        Asked,
        st.builds(
            Ask,
            id=st.integers(1, 9).map(AskId),
            contact=st.integers(1, 9).map(ContactId),
            seeker=st.just(BEN.id),
            state=st.sampled_from(AskState),
            taken_at=past,
            ends_at=moments,
        ),
        words,
    ),
    max_size=3,
    unique_by=lambda asked: asked.ask.id,
).map(tuple)
slugs = st.sampled_from(
    [step.slug for step in LIBRARY.steps] + [HAPPENED] + [StepSlug(f"hold-{n}") for n in range(1, 10)]
)
marks = st.lists(
    st.builds(
        StepMark,
        interview=st.none() | st.integers(1, 5).map(InterviewId),
        step=slugs,
        mark=st.sampled_from(Mark),
        at=past,
        until=st.none() | moments,
    ),
    max_size=60,
    unique_by=lambda mark: (mark.interview, mark.step),
).map(tuple)
situations = st.builds(Situation, st.just(BEN), st.just(NOW), interviews, holds, marks)


def talk(state: State, number: int = 1, *, booked_at: datetime | None = None, since: datetime = NOW) -> Interview:
    return Interview(
        InterviewId(number), BEN.id, "Maria", "Example Hospital", "nursing", "nights", 25, state, since,
        NOW - timedelta(days=300), booked_at=booked_at,
    )  # fmt: skip


def hold(*, taken_at: datetime = NOW, state: AskState = AskState.HOLD) -> Asked:
    ask = Ask(AskId(7), ContactId(3), BEN.id, state, taken_at, taken_at + timedelta(hours=72))
    return Asked(ask, "Maria")


@given(situations)
def test_nothing_that_is_settled_or_put_off_is_due(situation: Situation) -> None:
    found = [item for thread in threads(situation, LIBRARY) for item in thread]

    kept = situation.mark_of
    assert all(is_open(kept.get(item.key), situation.now) for item in found)


@given(situations)
def test_nothing_is_due_twice(situation: Situation) -> None:
    keys = [item.key for thread in threads(situation, LIBRARY) for item in thread]

    assert len(keys) == len(set(keys))


@given(situations)
def test_the_order_does_not_depend_on_how_the_store_answers(situation: Situation) -> None:
    turned = Situation(BEN, NOW, situation.interviews[::-1], situation.asks[::-1], situation.marks[::-1])

    assert due(turned, LIBRARY) == due(situation, LIBRARY)


@given(situations)
def test_the_most_urgent_kind_comes_first(situation: Situation) -> None:
    ranks = [[*Kind].index(item.kind) for item in due(situation, LIBRARY)]

    assert ranks == sorted(ranks)


@given(situations)
def test_a_nudge_holds_at_most_one_step_of_preparing_for_each_talk(situation: Situation) -> None:
    items = nudged(situation, LIBRARY, TOMORROW)

    preparing = [item for item in items if item.kind is Kind.PREPARE]
    assert len(preparing) <= len(situation.interviews)
    assert len({item.interview for item in preparing}) == len(preparing)


@given(situations, st.frozensets(st.sampled_from(Kind)))
def test_a_stopped_kind_is_never_nudged(situation: Situation, stopped: frozenset[Kind]) -> None:
    ben = Member(BEN.id, BEN.group, BEN.name, NOW, zone=BEN.zone, nudges=Nudges(stopped=frozenset(stopped)))
    stopped_one = Situation(ben, NOW, situation.interviews, situation.asks, situation.marks)

    assert not {item.kind for item in nudged(stopped_one, LIBRARY, TOMORROW)} & stopped


@given(situations)
def test_nobody_is_sent_looking_for_people_while_something_else_is_going_on(situation: Situation) -> None:
    kinds = {item.kind for item in due(situation, LIBRARY)}
    is_planned = any(interview.state in AHEAD for interview in situation.interviews)

    assert Kind.FIND not in kinds or (kinds == {Kind.FIND} and not is_planned)


@given(situations)
def test_doing_what_is_due_always_comes_to_an_end(situation: Situation) -> None:
    steps = 0
    while found := due(situation, LIBRARY):
        done = [StepMark(*item.key, Mark.DONE, situation.now) for item in found]
        kept = dict(situation.mark_of) | {(mark.interview, mark.step): mark for mark in done}
        situation = Situation(BEN, NOW, situation.interviews, situation.asks, tuple(kept.values()))
        steps += 1

    assert steps <= len(LIBRARY.steps) * (len(situation.interviews) + 1)


@given(situations)
def test_every_title_and_body_is_filled(situation: Situation) -> None:
    plain = Situation(BEN, NOW, tuple(talk(one.state, one.id) for one in situation.interviews), (), situation.marks)
    found = [item for thread in threads(plain, LIBRARY) for item in thread]

    assert not [item for item in found if "{" in item.title + item.body]


def test_every_phase_has_a_kind() -> None:
    assert {kind_of(phase) for phase in Phase} == {*Kind} - {Kind.HOLD}


def test_a_talk_in_preparation_begins_with_the_first_step() -> None:
    items = due(Situation(BEN, NOW, (talk(State.PREPARING),)), LIBRARY)

    assert [item.step for item in items] == [LIBRARY.steps_of(Phase.PREPARING)[0].slug]


def test_steps_about_yourself_come_once_for_all_talks() -> None:
    situation = Situation(BEN, NOW, (talk(State.PREPARING, 1), talk(State.IDEA, 2)))
    found = [item for thread in threads(situation, LIBRARY) for item in thread]

    own = [step.slug for step in LIBRARY.steps if is_about_you(step)]
    assert own
    assert [item.key for item in found if item.step in own] == [(None, slug) for slug in own]


def test_names_fill_the_words_of_a_step() -> None:
    found = threads(Situation(BEN, NOW, (talk(State.PREPARING),)), LIBRARY)[0]

    titles = [item.title for item in found]
    assert "Look up Maria" in titles
    assert "Read up on nursing" in titles


def test_braces_in_a_name_stay_as_they_were_typed() -> None:
    odd = Interview(InterviewId(1), BEN.id, "{field} {x}", "", "", "", 25, State.PREPARING, NOW, NOW)

    titles = [item.title for item in threads(Situation(BEN, NOW, (odd,)), LIBRARY)[0]]

    assert "Look up {field} {x}" in titles


def test_a_hold_is_more_urgent_than_a_step() -> None:
    items = due(Situation(BEN, NOW, (talk(State.PREPARING),), (hold(),)), LIBRARY)

    assert [item.kind for item in items] == [Kind.HOLD, Kind.PREPARE]


def test_a_fresh_hold_is_on_the_list_and_not_yet_in_the_nudge() -> None:
    situation = Situation(BEN, NOW, (), (hold(taken_at=NOW - timedelta(hours=20)),))

    assert [item.kind for item in due(situation, LIBRARY)] == [Kind.HOLD]
    assert nudged(situation, LIBRARY, TOMORROW) == ()


def test_a_hold_speaks_up_after_two_days() -> None:
    situation = Situation(BEN, NOW, (), (hold(taken_at=NOW - timedelta(hours=48)),))

    assert [item.kind for item in nudged(situation, LIBRARY, NOW + timedelta(hours=1))] == [Kind.HOLD]


def test_a_hold_speaks_up_when_the_next_nudge_would_be_too_late() -> None:
    situation = Situation(BEN, NOW, (), (hold(taken_at=NOW - timedelta(hours=20)),))

    assert nudged(situation, LIBRARY, NOW + timedelta(days=3))


def test_a_hold_that_is_over_is_not_due() -> None:
    situation = Situation(BEN, NOW, (talk(State.ASKING),), (hold(taken_at=NOW - timedelta(hours=72)),))

    assert Kind.HOLD not in {item.kind for item in due(situation, LIBRARY)}


def test_after_a_sent_message_only_what_helps_while_waiting_is_due() -> None:
    found = threads(Situation(BEN, NOW, (talk(State.ASKING),)), LIBRARY)

    slugs = [item.step for thread in found for item in thread]
    assert slugs == ["leave-a-message", "phone-becomes-talk"]


def test_the_days_before_a_talk_begin_three_days_before_it() -> None:
    far, near = NOW + timedelta(days=5), NOW + timedelta(days=2)

    kinds = [
        {item.kind for item in threads(Situation(BEN, NOW, (talk(State.BOOKED, booked_at=at),)), LIBRARY)[0]}
        for at in (far, near)
    ]

    assert kinds == [{Kind.ARRANGE, Kind.PREPARE}, {Kind.ARRANGE, Kind.TALK, Kind.PREPARE}]


def test_once_the_booked_time_is_over_the_only_thing_due_is_whether_it_took_place() -> None:
    over = talk(State.BOOKED, booked_at=NOW - timedelta(hours=1))

    items = due(Situation(BEN, NOW, (over,)), LIBRARY)

    assert [(item.kind, item.step) for item in items] == [(Kind.TALK, HAPPENED)]


def test_keeping_in_touch_waits_for_months() -> None:
    held = talk(State.FOLLOWED_UP, since=NOW - timedelta(days=20))
    long_ago = talk(State.FOLLOWED_UP, since=NOW - timedelta(days=121))

    soon, later = ([item.step for item in threads(Situation(BEN, NOW, (one,)), LIBRARY)[0]] for one in (held, long_ago))

    assert "keep-in-touch" not in soon
    assert "keep-in-touch" in later


def test_thanks_that_were_said_are_not_asked_for() -> None:
    held, thanked = (
        [item.step for item in threads(Situation(BEN, NOW, (talk(state),)), LIBRARY)[0]]
        for state in (State.HELD, State.FOLLOWED_UP)
    )

    assert "thank-you" in held
    assert "thank-you" not in thanked


def test_without_any_talk_there_are_places_to_look() -> None:
    items = due(Situation(BEN, NOW), LIBRARY)

    assert [item.kind for item in items] == [Kind.FIND]
