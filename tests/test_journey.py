"""The journey of an interview: one table, and nothing beside it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.journey import (
    EVENT_WORDS,
    STATE_WORDS,
    TABLE,
    Event,
    IllegalMove,
    State,
    after,
    as_markdown,
    label,
    possible,
    state_words,
)

LEGAL = [(state, event, to) for state, moves in TABLE.items() for event, to in moves.items()]
ILLEGAL = [(state, event) for state in State for event in Event if event not in TABLE[state]]
BEFORE_THE_TALK = set(State) - {State.HELD, State.FOLLOWED_UP, State.IN_TOUCH, State.CLOSED}


def walk(state: State, events: list[Event]) -> list[State]:
    """Follow *events* from *state*; an illegal one leaves the interview where it stands."""
    stops = [state]
    for event in events:
        try:
            stops.append(after(stops[-1], event))
        except IllegalMove:
            stops.append(stops[-1])
    return stops


@pytest.mark.parametrize(("state", "event", "to"), LEGAL)
def test_each_move_of_the_table_is_made(state: State, event: Event, to: State) -> None:
    assert after(state, event) is to


@pytest.mark.parametrize(("state", "event"), ILLEGAL)
def test_any_other_move_is_refused_and_says_what_is_possible(state: State, event: Event) -> None:
    with pytest.raises(IllegalMove) as refusal:
        after(state, event)

    assert (refusal.value.state, refusal.value.event) == (state, event)
    assert all(label(move) in str(refusal.value) for move in possible(state))


@given(st.sampled_from(State), st.lists(st.sampled_from(Event), max_size=40))
def test_whatever_happens_an_interview_moves_only_by_the_table(start: State, events: list[Event]) -> None:
    stops = walk(start, events)

    assert all(
        to is here or TABLE[here].get(event) is to for here, event, to in zip(stops, events, stops[1:], strict=False)
    )


@given(st.lists(st.sampled_from(Event), max_size=40))
def test_what_the_contact_stopped_stays_stopped(events: list[Event]) -> None:
    assert set(walk(State.CLOSED, events)) == {State.CLOSED}


@pytest.mark.parametrize("state", [state for state in State if state is not State.CLOSED])
def test_a_contact_can_stop_it_at_any_time(state: State) -> None:
    assert after(state, Event.CLOSE) is State.CLOSED


@pytest.mark.parametrize("state", sorted(BEFORE_THE_TALK))
def test_no_talk_is_out_of_reach_before_it_was_held(state: State) -> None:
    seen, todo = {state}, [state]
    while todo:
        fresh = set(TABLE[todo.pop()].values()) - seen
        seen |= fresh
        todo += fresh

    assert State.IN_TOUCH in seen


def test_the_long_way_round_leads_from_an_idea_to_staying_in_touch() -> None:
    way = [Event.PREPARE, Event.ASK, Event.GO_SILENT, Event.ASK_AGAIN, Event.BOOK, Event.MOVE, Event.REBOOK]

    stops = walk(State.IDEA, [*way, Event.HOLD, Event.FOLLOW_UP, Event.TOUCH, Event.TOUCH])

    assert [str(stop) for stop in stops] == [
        "idea", "preparing", "asking", "silent", "asking", "booked", "moved", "booked", "held", "followed-up",
        "in-touch", "in-touch",
    ]  # fmt: skip


def test_a_call_that_becomes_the_interview_needs_no_booking() -> None:
    assert after(State.ASKING, Event.HOLD) is State.HELD


def test_a_talk_that_was_held_cannot_be_unheld() -> None:
    assert not {State.IDEA, State.BOOKED, State.CANCELLED} & set(TABLE[State.HELD].values())


def test_each_state_and_each_event_has_words_of_its_own() -> None:
    assert (len(set(STATE_WORDS.values())), len(set(EVENT_WORDS.values()))) == (len(State), len(Event))
    assert all(map(state_words, State))
    assert set(TABLE) == set(State)


def test_a_refusal_is_a_sentence_with_a_next_step() -> None:
    with pytest.raises(IllegalMove) as refusal:
        after(State.HELD, Event.BOOK)

    assert str(refusal.value) == (
        "“They said yes” does not fit here: this talk stands at “held”. "
        "What fits now: “I thanked them” and “They asked us to stop”."
    )


def test_the_page_about_the_journey_is_drawn_from_the_table() -> None:
    page = Path(__file__).parent.parent / "docs" / "journey.md"

    assert page.read_text(encoding="utf-8") == as_markdown()
