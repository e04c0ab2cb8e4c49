"""Walks every method of every repository with the ids of another group: nothing of theirs is returned or changed."""

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any, get_type_hints

import pytest
from sqlalchemy.exc import IntegrityError

from bot.model.contact import AskState, Basis, Budget, Consent, Details, Scope, Sought
from bot.model.interview import Mark, Planned, StepMark
from bot.model.journey import State
from bot.model.outbox import Draft
from bot.model.people import Away, Inventory, Nudges, Purpose
from bot.model.question import CategorySlug, QuestionSlug
from bot.model.step import StepSlug
from bot.model.store import NewContact, Unit
from storage.database import Database
from storage.tables import metadata
from tests.storage.building import DAY, NOW
from tests.storage.stocked import SECRET, Stock, dump, stock

Case = Callable[[Stock], dict[str, Any]]
"""Given what the OTHER group has, returns the arguments of the call."""

AWAY = Away(date(2026, 1, 1), date(2026, 1, 2))
DETAILS = Details(f"eve.{SECRET['email']}")

CASES: dict[str, list[Case]] = {
    "groups.get": [lambda other: {}],
    "groups.change": [
        lambda other: {"name": "x", "office": "x", "breaks": (Away(date(2026, 1, 1), date(2026, 1, 2)),)}
    ],
    "members.get": [lambda other: {"member": other.member}],
    "members.lock": [lambda other: {"member": other.member}],
    "members.all": [lambda other: {}],
    "members.names": [lambda other: {"members": [other.member]}],
    "members.account": [lambda other: {"member": other.member}],
    "members.introduce": [lambda other: {"member": other.member, "purpose": Purpose.MAJOR, "field": "x"}],
    "members.set_organiser": [
        lambda other: {"member": other.member, "is_organiser": True},
        lambda other: {"member": other.member, "is_organiser": False},
    ],
    "members.set_nudges": [lambda other: {"member": other.member, "nudges": Nudges(is_on=True)}],
    "members.set_inventory": [lambda other: {"member": other.member, "inventory": Inventory("x")}],
    "members.forget": [lambda other: {"member": other.member}],
    "contacts.add": [lambda other: {"new": NewContact(other.member, "x", "", "", "", ""), "now": NOW}],
    "contacts.get": [
        lambda other: {"contact": other.card, "viewer": other.member},
        lambda other: {"contact": other.private, "viewer": other.member},
    ],
    "contacts.lock": [lambda other: {"contact": other.card, "viewer": other.member}],
    "contacts.of": [lambda other: {"steward": other.member}],
    "contacts.same_name": [lambda other: {"steward": other.member, "name": "Rosa of eve"}],
    "contacts.search": [
        lambda other: {"words": "rosa", "by": Sought.ANYTHING, "now": NOW, "before": other.card},
        lambda other: {"words": "eve", "by": Sought.ANYTHING, "now": NOW},
        lambda other: {"words": "", "by": Sought.ANYTHING, "now": NOW, "limit": 100},
    ],
    "contacts.count": [lambda other: {"now": NOW}],
    "contacts.describe": [lambda other: {"contact": other.card, "name": "x", "note": "x", "budget": Budget(9, 9, 9)}],
    "contacts.details": [lambda other: {"contact": other.card}],
    "contacts.shown": [lambda other: {"contact": other.card, "reader": other.member, "now": NOW}],
    "contacts.set_details": [lambda other: {"contact": other.card, "details": Details("x@example.org")}],
    "contacts.duplicate": [lambda other: {"details": DETAILS, "other_than": other.private, "now": NOW}],
    "contacts.lock_person": [lambda other: {"contact": other.card}],
    "contacts.is_suppressed": [lambda other: {"details": Details("stop-eve@example.org")}],
    "contacts.share": [
        lambda other: {
            "contact": other.private,
            "consent": Consent(Basis.OFFERED, Scope.DIRECT, date(2026, 1, 1), date(2027, 1, 1), other.member),
            "now": NOW,
        }
    ],
    "contacts.withdraw": [lambda other: {"contact": other.card, "now": NOW, "suppress": True}],
    "contacts.remove": [lambda other: {"contact": other.card}, lambda other: {"contact": other.private}],
    "asks.hold": [lambda other: {"contact": other.card, "seeker": other.member, "now": NOW, "ends_at": NOW + DAY}],
    "asks.get": [lambda other: {"ask": other.ask, "seeker": other.member}],
    "asks.set_state": [lambda other: {"ask": other.ask, "state": AskState.CLOSED, "now": NOW}],
    "asks.about": [lambda other: {"contact": other.card, "since": NOW - DAY}],
    "asks.about_each": [lambda other: {"contacts": [other.card], "since": NOW - DAY}],
    "asks.by": [lambda other: {"seeker": other.member}],
    "interviews.add": [
        lambda other: {
            "seeker": other.member,
            "who": "x",
            "organisation": "",
            "field": "",
            "goal": "",
            "minutes": 20,
            "now": NOW,
        }
    ],
    "interviews.get": [lambda other: {"interview": other.talk, "seeker": other.member}],
    "interviews.of": [lambda other: {"seeker": other.member}],
    "interviews.change": [lambda other: {"interview": other.talk, "goal": "x", "minutes": 99}],
    "interviews.move": [lambda other: {"interview": other.talk, "state": State.BOOKED, "now": NOW}],
    "interviews.remove": [lambda other: {"interview": other.talk}],
    "interviews.plan": [lambda other: {"interview": other.talk}],
    "interviews.set_plan": [lambda other: {"interview": other.talk, "plan": [Planned(QuestionSlug("Q9"))]}],
    "steps.mark": [
        lambda other: {"member": other.member, "mark": StepMark(other.talk, StepSlug("goal"), Mark.SKIPPED, NOW)},
        lambda other: {"member": other.member, "mark": StepMark(None, StepSlug("inventory"), Mark.SKIPPED, NOW)},
    ],
    "steps.of": [lambda other: {"member": other.member}],
    "questions.add": [
        lambda other: {"author": other.member, "text": "x", "category": CategorySlug("advice"), "now": NOW}
    ],
    "questions.all": [lambda other: {}],
    "questions.remove": [lambda other: {"question": other.question, "author": other.member}],
    "outbox.put": [lambda other: {"draft": Draft("due-eve", "card", "x", other.member, NOW)}],
    "outbox.move": [lambda other: {"key": "later-eve", "due_at": NOW}],
    "outbox.cancel": [lambda other: {"key": "later-eve"}],
    "outbox.live": [lambda other: {"member": other.member}],
    "outbox.posts": [lambda other: {"kind": "card", "about": str(other.card)}],
    "outbox.finish": [lambda other: {"letter": other.letter, "message": "171.9", "now": NOW}],
    "outbox.retry": [lambda other: {"letter": other.letter, "when": NOW, "why": "x", "is_in_doubt": True}],
    "outbox.bury": [lambda other: {"letter": other.letter, "why": "x", "now": NOW}],
    "outbox.dead": [lambda other: {}],
    "nudge_log.sent": [lambda other: {"member": other.member, "kinds": ["prep"], "now": NOW + DAY}],
    "nudge_log.answered": [lambda other: {"member": other.member, "kind": "prep", "now": NOW}],
    "nudge_log.ignored": [lambda other: {"member": other.member, "kind": "prep"}],
    "nudge_log.last_sent": [lambda other: {"member": other.member}],
    "replies.kept": [lambda other: {"key": "i-eve"}],
    "replies.begin": [lambda other: {"key": "i-eve", "member": other.member, "now": NOW}],
    "replies.keep": [lambda other: {"key": "i-eve", "answer": "x"}],
    "exports.everything": [lambda other: {"member": other.member}],
}


def _methods() -> set[str]:
    """Return every method of every Protocol that a unit of work offers."""
    found = set()
    for name, prop in inspect.getmembers(Unit, lambda member: isinstance(member, property)):
        protocol = get_type_hints(prop.fget)["return"]
        found |= {f"{name}.{method}" for method in vars(protocol) if not method.startswith("_")}
    return found


def test_every_method_of_the_store_has_a_case() -> None:
    assert _methods() == set(CASES)


ABOUT_THE_GROUP = {"groups.get", "members.all", "contacts.search", "contacts.count", "questions.all", "outbox.dead"}
"""These answer about the whole group whatever they are asked; the others have nothing to say to another group's id."""


@pytest.mark.parametrize("method", CASES)
async def test_nothing_of_another_group_is_returned_or_changed(database: Database, method: str) -> None:
    other = await stock(database, "eve", "workspace of eve")
    own = await stock(database, "ana", "T1")
    before = _of(other, await dump(database))
    repository, name = method.split(".")

    for case in CASES[method]:
        try:
            async with database.unit(own.group, writes=True) as unit:
                answer = await getattr(getattr(unit, repository), name)(**case(other))
        except IntegrityError:
            answer = None  # a reference to another group's row cannot be written

        assert _is_their_own(answer) if method in ABOUT_THE_GROUP else _is_nothing(answer)
        after = await dump(database)
        assert _of(other, after) == before
        assert not _points_at(other, [row for rows in _of(own, after).values() for row in rows])


def _is_nothing(answer: Any) -> bool:
    if isinstance(answer, dict):
        return all(map(_is_nothing, answer.values()))
    return not answer or answer == Details()


def _is_their_own(answer: Any) -> bool:
    """Tell whether *answer* is about the group of ana, who shared one card, and not about eve's."""
    return answer == 1 if isinstance(answer, int) else "eve" not in repr(answer)


def _of(stocked: Stock, tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of that group."""
    return {
        name: [row for row in rows if row.get("id" if name == "groups" else "group_id") == stocked.group]
        for name, rows in tables.items()
    }


def _points_at(other: Stock, rows: list[dict[str, Any]]) -> bool:
    """Tell whether one of *rows* refers to the other group's member."""
    people = ("member_id", "steward_id", "seeker_id", "reader_id", "author_id", "recorded_by_id")
    return any(row.get(column) == other.member for row in rows for column in people)


async def test_the_stock_fills_every_table_that_belongs_to_a_group(database: Database) -> None:
    stocked = await stock(database, "ana", "T1")

    filled = {name for name, rows in _of(stocked, await dump(database)).items() if rows}

    assert filled == {table.name for table in metadata.sorted_tables if "group_id" in table.c} | {"groups"}
