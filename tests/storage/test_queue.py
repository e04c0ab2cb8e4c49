"""Checks the queue: nothing is lost, and nothing is claimed twice within a lease, whatever workers do to letters."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Coroutine
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Executable, text
from sqlalchemy.dialects import sqlite

from bot.model.outbox import Letter
from bot.model.people import Seat
from storage.database import Database
from storage.queue import _CLAIM, _CLAIM_ELSEWHERE, _NEXT, _NEXT_ELSEWHERE
from tests.databases import KEY
from tests.storage.building import HOUR, NOW, a_draft, a_seat

T = TypeVar("T")
LEASE = timedelta(minutes=1)
KEYS = st.sampled_from(["k1", "k2", "k3", "k4"])
MINUTES = st.integers(-3, 5).map(lambda minutes: timedelta(minutes=minutes))


async def test_only_what_is_due_is_claimed_and_the_oldest_first(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        for key, hours in (("late", -1), ("now", 0), ("soon", 1), ("older", -2)):
            await unit.outbox.put(a_draft(seat.member.id, key, NOW + hours * HOUR))

    first = await database.queue.claim(NOW, NOW + LEASE, 2)
    second = await database.queue.claim(NOW, NOW + LEASE, 2)

    assert [letter.key for letter in first] == ["older", "late"]
    assert [letter.key for letter in second] == ["now"]
    assert await database.queue.claim(NOW, NOW + LEASE, 2) == ()
    assert await database.queue.next_due() == NOW + LEASE


async def test_an_empty_queue_has_nothing_due(database: Database) -> None:
    assert await database.queue.claim(NOW, NOW + LEASE, 10) == ()
    assert await database.queue.next_due() is None


async def test_an_idle_worker_keeps_nobody_from_writing(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True):
        assert await database.queue.claim(NOW, NOW + LEASE, 10) == ()


async def test_many_workers_share_the_letters_without_a_double(database: Database, database_url: str) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        for n in range(60):
            await unit.outbox.put(a_draft(seat.member.id, f"k{n}"))

    async with await Database.open(database_url, KEY) as other:  # another process, as far as both can tell
        workers = [database, other] * 3
        claims = await asyncio.gather(*(each.queue.claim(NOW, NOW + LEASE, 10) for each in workers))
        rest = await database.queue.claim(NOW, NOW + LEASE, 100)

    keys = Counter(letter.key for claim in [*claims, rest] for letter in claim)
    assert keys == Counter({f"k{n}": 1 for n in range(60)})


async def test_the_letters_of_a_group_that_has_to_wait_are_left_where_they_are(database: Database) -> None:
    busy, free = await a_seat(database), await a_seat(database, "eve", "T2")
    for seat, key in ((busy, "first"), (free, "second"), (busy, "third")):
        async with database.unit(seat.group.id, writes=True) as unit:
            await unit.outbox.put(a_draft(seat.member.id, key))

    letters = await database.queue.claim(NOW, NOW + LEASE, 1, without=[busy.group.id])

    assert [letter.key for letter in letters] == ["second"]
    assert await database.queue.claim(NOW, NOW + LEASE, 10, without={busy.group.id, free.group.id}) == ()
    rest = await database.queue.claim(NOW, NOW + LEASE, 10)
    assert [(letter.key, letter.tries, letter.is_in_doubt) for letter in rest] == [
        ("first", 1, False),
        ("third", 1, False),
    ]


async def test_a_worker_whose_groups_all_have_to_wait_keeps_nobody_from_writing(database: Database) -> None:
    seat = await a_seat(database)
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.outbox.put(a_draft(seat.member.id))

    async with database.unit(seat.group.id, writes=True):
        assert await database.queue.claim(NOW, NOW + LEASE, 10, without=[seat.group.id]) == ()


@pytest.mark.parametrize("statement", [_CLAIM, _NEXT, _CLAIM_ELSEWHERE, _NEXT_ELSEWHERE])
def test_a_look_at_the_queue_is_a_look_at_its_index(sqlite_url: str, statement: Executable) -> None:
    compiled = str(statement.compile(dialect=sqlite.dialect()))  # type: ignore[attr-defined]
    compiled = compiled.replace("__[POSTCOMPILE_without]", "?, ?")
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        values = (0,) * compiled.count("?")
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {compiled}", values)]

    assert any("letters_live_ix" in line for line in plan)
    assert not any("SCAN letters" in line and "INDEX" not in line for line in plan)


@dataclass
class Known:
    """What the model knows of one letter: when it may be claimed next, and by which try it was claimed last."""

    wake_at: datetime
    tries: int = 0
    leased_until: datetime | None = None
    is_in_doubt: bool = False
    state: str = "live"


class QueueMachine(RuleBasedStateMachine):
    """Lets workers claim, finish, fail, crash (claim and never answer) and lose their lease, while people move and
    take back letters, and compares every answer with a model that is ten lines long."""

    url = ""
    claimed = Bundle[Letter]("claimed")

    @initialize()
    def begin(self) -> None:
        self.runner = asyncio.Runner()
        self.now = NOW
        self.known: dict[str, Known] = {}
        self.ids: dict[str, int] = {}
        self.database = self.run(Database.open(self.url, KEY))
        self.run(self.database.reset())
        self.seat: Seat = self.run(a_seat(self.database))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.run(self.database.close())
            self.runner.close()

    @rule(wait=st.integers(0, 90))
    def time_passes(self, wait: int) -> None:
        self.now += timedelta(seconds=wait)

    @rule(key=KEYS, wait=MINUTES)
    def somebody_writes(self, key: str, wait: timedelta) -> None:
        self.run(self._put(key, self.now + wait))
        self.known.setdefault(key, Known(self.now + wait))

    @rule(key=KEYS, wait=MINUTES)
    def somebody_moves(self, key: str, wait: timedelta) -> None:
        known, at = self.known.get(key), self.now + wait
        is_live = known is not None and known.state == "live"

        assert self.run(self._move(key, at)) == is_live

        if known is not None and is_live:
            known.wake_at = max(at, known.leased_until or at)

    @rule(key=KEYS)
    def somebody_takes_back(self, key: str) -> None:
        self.run(self._cancel(key))
        if key in self.known and self.known[key].state == "live":
            del self.known[key], self.ids[key]

    @rule(target=claimed, limit=st.integers(1, 3))
    def a_worker_claims(self, limit: int) -> Any:
        due = sorted(
            (known.wake_at, self.ids[key], key)
            for key, known in self.known.items()
            if known.state == "live" and known.wake_at <= self.now
        )

        letters = self.run(self.database.queue.claim(self.now, self.now + LEASE, limit))

        assert sorted(letter.key for letter in letters) == sorted(key for _, _, key in due[:limit])
        for letter in letters:
            known = self.known[letter.key]
            known.tries += 1
            known.is_in_doubt = known.is_in_doubt or known.leased_until is not None
            known.wake_at = known.leased_until = self.now + LEASE
            assert (letter.tries, letter.is_in_doubt) == (known.tries, known.is_in_doubt)
        return multiple(*letters)

    @rule(letter=consumes(claimed))
    def it_arrives(self, letter: Letter) -> None:
        is_live = self._is_live(letter)

        assert self.run(self._finish(letter)) == is_live

        if is_live:
            self.known[letter.key].state = "done"

    @rule(letter=consumes(claimed), wait=MINUTES, may_have_arrived=st.booleans())
    def it_is_to_be_tried_again(self, letter: Letter, wait: timedelta, may_have_arrived: bool) -> None:
        self.run(self._retry(letter, self.now + wait, may_have_arrived))
        if self._has_say(letter):
            known = self.known[letter.key]
            known.wake_at, known.leased_until = self.now + wait, None
            known.is_in_doubt = known.is_in_doubt or may_have_arrived

    @rule(letter=consumes(claimed))
    def it_is_given_up(self, letter: Letter) -> None:
        self.run(self._bury(letter))
        if self._has_say(letter):
            self.known[letter.key].state = "dead"

    @rule(letter=consumes(claimed))
    def its_worker_crashes(self, letter: Letter) -> None:
        """Nobody answers for the letter: it comes back by itself."""

    @invariant()
    def the_next_due_is_the_first_of_what_lives(self) -> None:
        if hasattr(self, "database"):
            live = [known.wake_at for known in self.known.values() if known.state == "live"]
            assert self.run(self.database.queue.next_due()) == min(live, default=None)

    @invariant()
    def nothing_is_lost(self) -> None:
        if hasattr(self, "database"):
            live = {key for key, known in self.known.items() if known.state == "live"}
            assert {draft.key for draft in self.run(self._live())} == live

    def _is_live(self, letter: Letter) -> bool:
        return self.ids.get(letter.key) == letter.id and self.known[letter.key].state == "live"

    def _has_say(self, letter: Letter) -> bool:
        return self._is_live(letter) and self.known[letter.key].tries == letter.tries

    async def _put(self, key: str, at: datetime) -> None:
        async with self.database.unit(self.seat.group.id, writes=True) as unit:
            await unit.outbox.put(a_draft(self.seat.member.id, key, at))
        async with self.database._engine.reading() as link:
            rows = await link.all(text("SELECT key, id FROM letters"), {})
        self.ids = {row.key: row.id for row in rows}

    async def _move(self, key: str, at: datetime) -> bool:
        async with self.database.unit(self.seat.group.id, writes=True) as unit:
            return await unit.outbox.move(key, at)

    async def _cancel(self, key: str) -> None:
        async with self.database.unit(self.seat.group.id, writes=True) as unit:
            await unit.outbox.cancel(key)

    async def _finish(self, letter: Letter) -> bool:
        async with self.database.unit(self.seat.group.id, writes=True) as unit:
            return await unit.outbox.finish(letter, "m1", self.now)

    async def _retry(self, letter: Letter, when: datetime, may_have_arrived: bool) -> None:
        async with self.database.unit(self.seat.group.id, writes=True) as unit:
            await unit.outbox.retry(letter, when, "busy", is_in_doubt=may_have_arrived)

    async def _bury(self, letter: Letter) -> None:
        async with self.database.unit(self.seat.group.id, writes=True) as unit:
            await unit.outbox.bury(letter, "closed", self.now)

    async def _live(self) -> Any:
        async with self.database.unit(self.seat.group.id, writes=False) as unit:
            return await unit.outbox.live(self.seat.member.id)


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_no_letter_is_lost_or_claimed_twice_whatever_happens(database_url: str) -> None:
    class Machine(QueueMachine):
        url = database_url

    is_sqlite = database_url.startswith("sqlite")
    run_state_machine_as_test(
        Machine, settings=settings(max_examples=60 if is_sqlite else 12, stateful_step_count=40, deadline=None)
    )
