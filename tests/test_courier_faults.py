"""Lets everything happen to letters that can: whatever it is, none is lost, and none is shown or told of twice."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.model.outbox import Later, Never, Sent
from bot.talk.view import View
from storage.database import Database
from tests.couriering import Killed, Office
from tests.world import KEYS

T = TypeVar("T")
WORKSPACES = ("W1", "W2")
MOODS = ("take", "refuse", "busy", "freeze", "cut before", "cut after", "unsure", "killed")


class Faults(RuleBasedStateMachine):
    """Two workspaces get letters on a platform of changing moods, by couriers that may be killed after a send."""

    url = ""

    @initialize()
    def begin(self) -> None:
        self.runner = asyncio.Runner()
        self.database = self.run(Database.open(self.url, KEYS))
        self.run(self.database.reset())
        self.office = Office(self.database, compose=self._says)
        self.where: dict[str, str] = {}
        self.is_quiet = False

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    @rule(workspace=st.sampled_from(WORKSPACES))
    def somebody_writes(self, workspace: str) -> None:
        key = f"k{len(self.where)}"
        self.where[key] = workspace
        self.run(self.office.write(key, workspace=workspace))

    @rule(is_quiet=st.booleans())
    def letters_ask_for_another_time(self, is_quiet: bool) -> None:
        self.is_quiet = is_quiet

    @rule(minutes=st.integers(0, 180))
    def time_passes(self, minutes: int) -> None:
        self.office.clock.forward(minutes=minutes)

    @rule(moods=st.lists(st.sampled_from(MOODS), max_size=8), lasts=st.integers(0, 25))
    def the_courier_goes_round(self, moods: list[str], lasts: int) -> None:
        self.office.platform.moods.extend(moods)
        self.office.platform.lasts = timedelta(seconds=lasts)
        try:
            self.run(self.office.courier.round())
        except Killed:
            self.office.courier = self.office.hire()
        self.office.platform.moods.clear()

    @rule(steps=st.integers(1, 30))
    def the_courier_works_and_is_stopped(self, steps: int) -> None:
        self.run(self._work(steps))

    @invariant()
    def nothing_is_shown_or_told_of_twice(self) -> None:
        if hasattr(self, "office"):
            assert max(Counter(self.office.platform.shown).values(), default=0) <= 1
            assert max(Counter(key for key, _end in self.office.ends).values(), default=0) <= 1

    @invariant()
    def nothing_is_lost(self) -> None:
        if hasattr(self, "office"):
            live = [key for workspace in WORKSPACES for key in self.run(self.office.live(workspace))]
            assert sorted([*live, *(key for key, _end in self.office.ends)]) == sorted(self.where)

    def teardown(self) -> None:
        if not hasattr(self, "office"):
            return
        self.is_quiet = False
        self.run(self.office.carry_for(hours=2))
        shown, ends = self.office.platform.shown, self.office.ends
        self.run(self.database.close())
        self.runner.close()

        assert {key for key, _end in ends} == set(self.where)
        assert all(key in shown for key, end in ends if isinstance(end, Sent))
        assert all(isinstance(end, Sent | Never) for _key, end in ends)

    def _says(self, about: str) -> View | Later | None:
        return Later(self.office.clock.now + timedelta(minutes=30), "it is night") if self.is_quiet else View(about)

    async def _work(self, steps: int) -> None:
        work = asyncio.create_task(self.office.courier.run(asyncio.Event(), pause=0))
        for _step in range(steps):
            await asyncio.sleep(0)
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work


def test_no_letter_is_lost_or_doubled_whatever_happens(sqlite_url: str) -> None:
    class Machine(Faults):
        url = sqlite_url

    run_state_machine_as_test(Machine, settings=settings(max_examples=60, stateful_step_count=30, deadline=None))
