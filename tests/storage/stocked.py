"""Fills a group so that every table has rows of it, and dumps tables to compare."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.model.contact import AskId, ContactId, Details
from bot.model.interview import InterviewId, Mark, OwnQuestionId, Planned, StepMark
from bot.model.outbox import Draft, Letter, Spot
from bot.model.people import Account, GroupId, Inventory, MemberId, Seat
from bot.model.question import CategorySlug, QuestionSlug
from bot.model.step import StepSlug
from storage.database import Database
from storage.tables import metadata
from tests.storage.building import DAY, NOW, a_card, a_contact, a_draft, a_seat

SPOT = Spot("slack", "T1", "C1")
SECRET = {
    "email": "rosa@example.org",
    "phone": "+1 555 0100",
    "note": "owes me lunch",
    "reply": "Saved for you.",
    "draft": "Half of what I wanted to say",
}


@dataclass(frozen=True, slots=True)
class Stock:
    """What is in a group: its member, and one of everything of theirs."""

    seat: Seat
    card: ContactId
    private: ContactId
    ask: AskId
    talk: InterviewId
    question: OwnQuestionId
    letter: Letter
    dead: Letter

    @property
    def group(self) -> GroupId:
        return self.seat.group.id

    @property
    def member(self) -> MemberId:
        return self.seat.member.id

    @property
    def account(self) -> Account:
        return Account("slack", "T1", "ana")


async def stock(database: Database, user: str, workspace: str) -> Stock:
    """Give *user* one of everything, in a group of their own or in one that is there already."""
    seat = await a_seat(database, user, workspace)
    me = seat.member.id
    async with database.unit(seat.group.id, writes=True) as unit:
        card = await a_card(unit, me, f"Rosa of {user}")
        private = await unit.contacts.add(a_contact(me, f"Tom of {user}"), NOW)
        stopped = await a_card(unit, me, f"Stop of {user}")
        await unit.contacts.set_details(stopped, Details(f"stop-{user}@example.org"))
        await unit.contacts.withdraw(stopped, NOW, suppress=True)
        for contact in (card, private):
            await unit.contacts.describe(contact, note=SECRET["note"])
            await unit.contacts.set_details(contact, Details(f"{user}.{SECRET['email']}", SECRET["phone"]))
            await unit.contacts.shown(contact, me, NOW)
        ask = await unit.asks.hold(card, me, NOW, NOW + 3 * DAY)
        await unit.asks.hold(private, me, NOW, NOW + 3 * DAY)
        talk = await unit.interviews.add(me, f"Rosa of {user}", "", "Nursing", "", 20, NOW, contact=private)
        await unit.interviews.set_plan(talk, [Planned(QuestionSlug("Q1"), 0, "mine")])
        await unit.steps.mark(me, StepMark(talk, StepSlug("goal"), Mark.DONE, NOW))
        await unit.steps.mark(me, StepMark(None, StepSlug("inventory"), Mark.DONE, NOW))
        question = await unit.questions.add(me, f"What of {user}?", CategorySlug("advice"), NOW)
        await unit.members.set_inventory(me, Inventory("honesty", "music", "care", "I study nursing"))
        await unit.nudge_log.sent(me, ["prep"], NOW)
        await unit.replies.begin(f"i-{user}", me, NOW)
        await unit.replies.keep(f"i-{user}", SECRET["reply"])
        for key in ("dead", "posted", "due"):
            spot = SPOT if key == "posted" else None
            await unit.outbox.put(Draft(f"{key}-{user}", "card", str(card), me, NOW, spot))
        await unit.outbox.put(a_draft(me, f"later-{user}", NOW + 30 * DAY))
        await unit.outbox.put(Draft(f"edit-{user}", "card", str(card), me, NOW + 30 * DAY, SPOT, "171.2"))
    await database.drafts.keep(Account("slack", workspace, user), SECRET["draft"], NOW + DAY)
    claimed = {letter.key: letter for letter in await database.queue.claim(NOW, NOW + timedelta(minutes=1), 100)}
    async with database.unit(seat.group.id, writes=True) as unit:
        await unit.outbox.bury(claimed[f"dead-{user}"], "closed", NOW)
        await unit.outbox.finish(claimed[f"posted-{user}"], f"171.{user}", NOW)
        (dead, *_) = await unit.outbox.dead()
    letter = claimed[f"due-{user}"]
    return Stock(seat, card, private, ask, talk, question, letter, dead)


async def dump(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table."""
    async with database._engine.reading() as link:
        return {
            table.name: [dict(row._mapping) for row in await link.all(table.select(), {})]
            for table in metadata.sorted_tables
        }
