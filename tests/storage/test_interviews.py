"""Checks interviews with their plans, the marks on steps, the group's questions and the log of nudges."""

from dataclasses import replace

from bot.model.interview import Interview, InterviewId, Mark, OwnQuestion, Planned, StepMark
from bot.model.journey import State
from bot.model.people import Seat
from bot.model.question import CategorySlug, QuestionSlug
from bot.model.step import StepSlug
from storage.database import Database
from storage.unit import Unit
from tests.storage.building import DAY, HOUR, NOW, a_card, a_seat


async def _talk(unit: Unit, seat: Seat, who: str = "Rosa") -> InterviewId:
    return await unit.interviews.add(seat.member.id, who, "Harbour Hospital", "Nursing", "nights", 20, NOW)


def _plan(*slugs: str) -> list[Planned]:
    return [Planned(QuestionSlug(slug)) for slug in slugs]


async def test_an_interview_comes_back_as_it_was_begun(database: Database) -> None:
    ana, ben = await a_seat(database), await a_seat(database, "ben")
    async with database.unit(ana.group.id, writes=True) as unit:
        card = await a_card(unit, ben.member.id)
        talk = await unit.interviews.add(ana.member.id, "Rosa", "H", "Nursing", "nights", 25, NOW, contact=card)

        assert await unit.interviews.get(talk, ana.member.id) == Interview(
            talk, ana.member.id, "Rosa", "H", "Nursing", "nights", 25, State.IDEA, NOW, NOW, card
        )
        assert await unit.interviews.get(talk, ben.member.id) is None


async def test_an_interview_changes_only_what_is_given(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        talk = await _talk(unit, ana)
        before = await unit.interviews.get(talk, ana.member.id)
        assert before is not None

        await unit.interviews.change(talk, goal="shifts", minutes=30, booked_at=NOW + DAY)
        await unit.interviews.change(talk, who="Rosa Diaz", organisation="", field="Care", relates="my aunt nurses")
        await unit.interviews.change(talk)
        await unit.interviews.move(talk, State.BOOKED, NOW + HOUR)

        assert await unit.interviews.get(talk, ana.member.id) == replace(
            before, goal="shifts", minutes=30, booked_at=NOW + DAY, who="Rosa Diaz", organisation="", field="Care",
            relates="my aunt nurses", state=State.BOOKED, since=NOW + HOUR,
        )  # fmt: skip


async def test_a_seekers_interviews_come_newest_first(database: Database) -> None:
    ana, ben = await a_seat(database), await a_seat(database, "ben")
    async with database.unit(ana.group.id, writes=True) as unit:
        first, _, third = await _talk(unit, ana), await _talk(unit, ben), await _talk(unit, ana)

        assert [talk.id for talk in await unit.interviews.of(ana.member.id)] == [third, first]


async def test_a_plan_keeps_its_order_and_every_mark(database: Database) -> None:
    ana = await a_seat(database)
    plan = (
        Planned(QuestionSlug("Q9"), 1, "In your words?", is_starred=True),
        Planned(QuestionSlug("Q1"), None, "", is_parked=True),
        Planned(QuestionSlug("own-3"), 0),
    )
    async with database.unit(ana.group.id, writes=True) as unit:
        talk, other = await _talk(unit, ana), await _talk(unit, ana)
        await unit.interviews.set_plan(talk, _plan("Q5", "Q6"))
        await unit.interviews.set_plan(other, _plan("Q7"))

        await unit.interviews.set_plan(talk, plan)

        assert await unit.interviews.plan(talk) == plan
        assert await unit.interviews.plan(other) == tuple(_plan("Q7"))
        await unit.interviews.set_plan(talk, [])
        assert await unit.interviews.plan(talk) == ()


async def test_the_plan_of_an_unknown_interview_is_not_kept(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        await unit.interviews.set_plan(InterviewId(99), _plan("Q1"))

        assert await unit.interviews.plan(InterviewId(99)) == ()


async def test_a_removed_interview_takes_its_plan_and_marks_along(database: Database) -> None:
    ana = await a_seat(database)
    async with database.unit(ana.group.id, writes=True) as unit:
        talk = await _talk(unit, ana)
        await unit.interviews.set_plan(talk, _plan("Q1"))
        await unit.steps.mark(ana.member.id, StepMark(talk, StepSlug("goal"), Mark.DONE, NOW))
        await unit.steps.mark(ana.member.id, StepMark(None, StepSlug("inventory"), Mark.DONE, NOW))

        await unit.interviews.remove(talk)

        assert await unit.interviews.of(ana.member.id) == ()
        assert await unit.interviews.plan(talk) == ()
        assert [mark.step for mark in await unit.steps.of(ana.member.id)] == ["inventory"]


async def test_a_mark_replaces_the_earlier_one_for_the_same_step_and_interview(database: Database) -> None:
    ana, ben = await a_seat(database), await a_seat(database, "ben")
    async with database.unit(ana.group.id, writes=True) as unit:
        talk, other = await _talk(unit, ana), await _talk(unit, ana)
        marks = [StepMark(about, StepSlug("goal"), Mark.SNOOZED, NOW, NOW + DAY) for about in (None, talk, other)]
        for mark in marks:
            await unit.steps.mark(ana.member.id, mark)
        done = [StepMark(about, StepSlug("goal"), Mark.DONE, NOW + HOUR) for about in (None, talk)]

        for mark in done:
            await unit.steps.mark(ana.member.id, mark)

        assert await unit.steps.of(ana.member.id) == (marks[2], *done)
        assert await unit.steps.of(ben.member.id) == ()


async def test_own_questions_belong_to_their_author(database: Database) -> None:
    ana, ben = await a_seat(database), await a_seat(database, "ben")
    async with database.unit(ana.group.id, writes=True) as unit:
        first = await unit.questions.add(ana.member.id, "What surprised you?", CategorySlug("advice"), NOW)
        second = await unit.questions.add(ben.member.id, "Who decides?", CategorySlug("work"), NOW)

        assert await unit.questions.all() == (
            OwnQuestion(first, ana.member.id, "What surprised you?", CategorySlug("advice"), NOW),
            OwnQuestion(second, ben.member.id, "Who decides?", CategorySlug("work"), NOW),
        )
        assert not await unit.questions.remove(first, ben.member.id)
        assert await unit.questions.remove(first, ana.member.id)
        assert not await unit.questions.remove(first, ana.member.id)
        assert len(await unit.questions.all()) == 1


async def test_ignored_nudges_count_up_until_one_is_acted_on(database: Database) -> None:
    ana, ben = await a_seat(database), await a_seat(database, "ben")
    async with database.unit(ana.group.id, writes=True) as unit:
        log = unit.nudge_log
        assert await log.last_sent(ana.member.id) is None
        assert await log.ignored(ana.member.id, "prep") == 0
        for day in range(3):
            await log.sent(ana.member.id, ["prep", "thanks"][: 1 + day % 2], NOW + day * DAY)

        assert await log.ignored(ana.member.id, "prep") == 3
        assert await log.ignored(ana.member.id, "thanks") == 1
        assert await log.last_sent(ana.member.id) == NOW + 2 * DAY
        assert await log.last_sent(ben.member.id) is None

        await log.answered(ana.member.id, "prep", NOW + 3 * DAY)
        assert await log.ignored(ana.member.id, "prep") == 0
        assert await log.ignored(ana.member.id, "thanks") == 1
        await log.sent(ana.member.id, ["prep"], NOW + 4 * DAY)
        assert await log.ignored(ana.member.id, "prep") == 1
        await log.sent(ana.member.id, [], NOW + 5 * DAY)
        assert await log.last_sent(ana.member.id) == NOW + 4 * DAY
