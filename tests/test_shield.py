"""Tests that a contact is never asked more often than allowed, and that the date we name is the true one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.model.contact import ASK_LASTS, Ask, AskId, AskState, Budget, ContactId
from bot.model.people import MemberId
from bot.model.shield import (
    HOLD_LASTS,
    MOST_PER_SEEKER,
    Free,
    Reason,
    Resting,
    TooManyOpen,
    Verdict,
    Yours,
    rest_of,
    since,
    verdict,
)

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
BLINK = timedelta(microseconds=1)
DAY = timedelta(days=1)
MARIA, DAVID = ContactId(1), ContactId(2)
ANA, BEN, CARLA = MemberId(1), MemberId(2), MemberId(3)
USUAL = Budget()
ENDS = [AskState.SENT, AskState.RELEASED, AskState.CLOSED]


def hold(number: int, seeker: MemberId, at: datetime, contact: ContactId = MARIA) -> Ask:
    return Ask(AskId(number), contact, seeker, AskState.HOLD, at, at + HOLD_LASTS)


def sent(number: int, seeker: MemberId, at: datetime, state: AskState = AskState.SENT) -> Ask:
    return replace(hold(number, seeker, at), state=state, sent_at=at)


def test_a_contact_nobody_asked_is_free() -> None:
    assert rest_of(USUAL, (), MONDAY) == Free()


def test_a_hold_keeps_others_away_until_it_ends() -> None:
    about = (hold(1, BEN, MONDAY),)

    assert rest_of(USUAL, about, MONDAY + HOLD_LASTS - BLINK) == Resting(MONDAY + HOLD_LASTS, Reason.OPEN)
    assert rest_of(USUAL, about, MONDAY + HOLD_LASTS) == Free()


def test_a_hold_that_was_let_go_costs_nothing() -> None:
    about = (replace(hold(1, BEN, MONDAY), state=AskState.RELEASED),)

    assert rest_of(USUAL, about, MONDAY + BLINK) == Free()


def test_a_message_gives_the_contact_two_weeks_of_rest_after_the_ask_is_over() -> None:
    about = (sent(1, BEN, MONDAY, AskState.CLOSED),)

    assert rest_of(USUAL, about, MONDAY + DAY) == Resting(MONDAY + 14 * DAY, Reason.GAP)
    assert rest_of(USUAL, about, MONDAY + 14 * DAY) == Free()


def test_a_sent_ask_that_nobody_closes_ends_by_itself() -> None:
    about = (sent(1, BEN, MONDAY),)

    assert rest_of(USUAL, about, MONDAY + DAY) == Resting(MONDAY + ASK_LASTS, Reason.OPEN)
    assert rest_of(USUAL, about, MONDAY + ASK_LASTS) == Free()


def test_four_messages_in_ninety_days_are_enough() -> None:
    about = tuple(sent(n, BEN, MONDAY + 15 * n * DAY, AskState.CLOSED) for n in range(4))

    assert rest_of(USUAL, about, MONDAY + 60 * DAY) == Resting(MONDAY + 90 * DAY, Reason.QUARTER)


def test_a_hold_counts_as_a_message_that_may_go_out_any_moment() -> None:
    two_at_once = Budget(max_open_asks=2, min_gap_days=14)

    rest = rest_of(two_at_once, (hold(1, BEN, MONDAY),), MONDAY)

    assert rest == Resting(MONDAY + HOLD_LASTS, Reason.GAP)


def test_without_a_gap_as_many_may_ask_at_once_as_the_budget_says() -> None:
    two_at_once = Budget(max_open_asks=2, min_gap_days=0)

    assert rest_of(two_at_once, (hold(1, BEN, MONDAY),), MONDAY) == Free()
    assert isinstance(rest_of(two_at_once, (hold(1, BEN, MONDAY), hold(2, ANA, MONDAY)), MONDAY), Resting)


def test_who_asks_again_sees_their_own_ask() -> None:
    mine = hold(1, BEN, MONDAY)

    assert verdict(BEN, USUAL, (mine,), (mine,), MONDAY + DAY) == Yours(mine)


def test_a_seeker_with_three_open_asks_waits_for_the_first_of_them_to_end() -> None:
    own = tuple(hold(n, BEN, MONDAY + n * DAY, DAVID) for n in range(MOST_PER_SEEKER))

    now = MONDAY + 2 * DAY

    assert verdict(BEN, USUAL, (), own, now) == TooManyOpen(MONDAY + HOLD_LASTS)
    assert verdict(BEN, USUAL, (), own[1:], now) == Free()


def test_a_resting_contact_is_named_before_the_seekers_own_asks() -> None:
    own = tuple(hold(n, BEN, MONDAY, DAVID) for n in range(MOST_PER_SEEKER))

    assert isinstance(verdict(BEN, USUAL, (hold(9, ANA, MONDAY),), own, MONDAY), Resting)


class Board(RuleBasedStateMachine):
    """Two contacts and four seekers who take, send, let go and close asks while time passes."""

    seekers = st.sampled_from([MemberId(n) for n in range(1, 5)])
    contacts = st.sampled_from([MARIA, DAVID])
    stranger = MemberId(99)

    @initialize(budget=st.builds(Budget, st.integers(1, 3), st.sampled_from([0, 1, 14, 40, 120]), st.integers(1, 5)))
    def open_board(self, budget: Budget) -> None:
        self.budget = budget
        self.now = MONDAY
        self.asks: list[Ask] = []

    @rule(seeker=seekers, contact=contacts)
    def take(self, seeker: MemberId, contact: ContactId) -> None:
        if self.answer(seeker, contact) == Free():
            self.asks.append(hold(len(self.asks), seeker, self.now, contact))

    @rule(which=st.integers(0, 50), state=st.sampled_from(ENDS))
    def end(self, which: int, state: AskState) -> None:
        live = [i for i, ask in enumerate(self.asks) if ask.is_open(self.now)]
        if live:
            i = live[which % len(live)]
            sent_at = self.asks[i].sent_at or (self.now if state is AskState.SENT else None)
            self.asks[i] = replace(self.asks[i], state=state, sent_at=sent_at)

    @rule(hours=st.integers(1, 100) | st.integers(300, 2_500))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @precondition(lambda self: isinstance(self.rest(MARIA), Resting))
    @rule()
    def wait_for_the_date(self) -> None:
        rest = self.rest(MARIA)
        assert isinstance(rest, Resting)
        self.now = rest.until

    @invariant()
    def open_asks_stay_within_the_budget(self) -> None:
        for contact in (MARIA, DAVID):
            open_now = [ask for ask in self.about(contact) if ask.is_open(self.now)]
            assert len(open_now) <= self.budget.max_open_asks

    @invariant()
    def messages_keep_their_distance_and_their_number(self) -> None:
        for contact in (MARIA, DAVID):
            times = sorted(ask.sent_at for ask in self.about(contact) if ask.sent_at)
            gaps = [later - earlier for earlier, later in pairwise(times)]
            assert all(gap >= self.budget.min_gap_days * DAY for gap in gaps)
            most = self.budget.max_per_90d
            spans = [later - earlier for earlier, later in zip(times, times[most:], strict=False)]
            assert all(span >= 90 * DAY for span in spans)

    @invariant()
    def no_seeker_has_more_than_three(self) -> None:
        for seeker in {ask.seeker for ask in self.asks}:
            own = [ask for ask in self.asks if ask.seeker == seeker and ask.is_open(self.now)]
            assert len(own) <= MOST_PER_SEEKER

    @invariant()
    def the_date_is_the_first_that_is_free(self) -> None:
        for contact in (MARIA, DAVID):
            rest = self.rest(contact)
            if isinstance(rest, Resting):
                assert self.answer(self.stranger, contact, rest.until) == Free()
                assert isinstance(self.answer(self.stranger, contact, rest.until - BLINK), Resting)

    @invariant()
    def older_asks_than_since_do_not_matter(self) -> None:
        start = since(self.now, [self.budget])
        recent = [ask for ask in self.about(MARIA) if ask.taken_at > start or ask.is_open(self.now)]
        assert rest_of(self.budget, recent, self.now) == self.rest(MARIA)

    def about(self, contact: ContactId) -> list[Ask]:
        return [ask for ask in getattr(self, "asks", []) if ask.contact == contact]

    def rest(self, contact: ContactId) -> Free | Resting:
        return rest_of(self.budget, self.about(contact), self.now)

    def answer(self, seeker: MemberId, contact: ContactId, at: datetime | None = None) -> Verdict:
        own = [ask for ask in self.asks if ask.seeker == seeker]
        return verdict(seeker, self.budget, self.about(contact), own, at or self.now)


class TestBoard(Board.TestCase):  # type: ignore[misc, valid-type]
    settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
