"""Plans as people make them: what fits is asked, what does not is parked, and no change loses a question."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.talks.bank import first_for
from bot.commands.talks.brief import WIDTH
from bot.commands.talks.planning import (
    MINE,
    NO_CATEGORY,
    Change,
    Plan,
    Rows,
    changed,
    made,
    next_mine,
    put_in,
    reworded,
)
from bot.content.library import load
from bot.desk.bot import Reply
from bot.model.contact import Basis, Consent, ContactId, Details, Scope
from bot.model.interview import Interview, InterviewId, Planned
from bot.model.journey import State
from bot.model.people import MemberId, Purpose
from bot.model.question import Question, QuestionSlug
from bot.model.store import NewContact
from bot.model.timed_plan import LONGEST, SHORTEST, room_for
from bot.talk.fit import fit
from bot.talk.form import Dialog
from bot.talk.limits import DISCORD, PLATFORMS, Limits
from bot.talk.press import encode
from bot.talk.view import Attachment, Bullets, plain
from tests.world import MONDAY, World, buttons, errors, said, view

LIBRARY = load()
BANK = LIBRARY.questions
SLUGS = tuple(question.slug for question in BANK)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
TALK = Interview(
    InterviewId(1), MemberId(1), "Maria", "", "nursing", "Nights", 20, State.PREPARING, NOW, NOW
)  # fmt: skip


def a_plan(rows: Rows = (), minutes: int = 20) -> Plan:
    return made(replace(TALK, minutes=minutes), rows, BANK)


def everything(plan: Plan) -> list[str]:
    timed = plan.timed
    entries = [entry.question.slug for entry in (*timed.asked, *timed.closing)]
    return [*entries, *(question.slug for question in timed.parked)]


def after(plan: Plan, slug: str, *changes: Change) -> Plan:
    for change in changes:
        plan = a_plan(changed(plan, QuestionSlug(slug), change), plan.interview.minutes)
    return plan


def with_own(plan: Plan, text: str) -> Plan:
    """Return *plan* with one more question that only it knows."""
    slug = next_mine(plan)
    known = made(plan.interview, plan.rows, [*plan.originals, Question(slug, text, NO_CATEGORY)])
    return a_plan(put_in(known, Planned(slug, wording=text)), plan.interview.minutes)


moves = st.tuples(st.sampled_from(SLUGS), st.sampled_from(Change))
sequences = st.lists(moves | st.integers(SHORTEST, LONGEST) | st.just("own") | st.sampled_from(SLUGS), max_size=25)


@given(sequences)
def test_no_sequence_of_changes_loses_a_question(steps: list[tuple[QuestionSlug, Change] | int | str]) -> None:
    plan, own = a_plan(), 0
    for step in steps:
        match step:
            case (slug, change):
                plan = a_plan(changed(plan, QuestionSlug(slug), change), plan.interview.minutes)
            case int():
                plan = a_plan(plan.rows, step)
            case "own":
                plan, own = with_own(plan, f"What about {own}?"), own + 1
            case slug:
                plan = a_plan(reworded(plan, QuestionSlug(slug), "Why?"), plan.interview.minutes)

    found = everything(plan)
    assert sorted(found) == sorted([*SLUGS, *(f"{MINE}{i + 1}" for i in range(own))])
    assert len(plan.timed.asked) <= room_for(plan.interview.minutes)
    assert len({row.question for row in plan.rows}) == len(plan.rows)


@given(sequences, st.sampled_from(SLUGS))
def test_what_is_put_in_is_asked_unless_every_place_has_a_star(
    steps: list[tuple[QuestionSlug, Change] | int | str], slug: QuestionSlug
) -> None:
    plan = a_plan()
    for step in steps:
        if isinstance(step, tuple):
            plan = after(plan, step[0], step[1])

    plan = after(plan, slug, Change.PUT)

    stars = [one for one in plan.order if plan.row(one).is_starred]
    assert plan.entry(slug) is not None or len(stars) == len(plan.order)


@given(sequences, st.sampled_from(SLUGS))
def test_a_star_keeps_its_seat_when_the_talk_gets_shorter(
    steps: list[tuple[QuestionSlug, Change] | int | str], slug: QuestionSlug
) -> None:
    plan = a_plan(minutes=45)
    for step in steps:
        if isinstance(step, tuple) and step[1] is not Change.STAR:  # more stars than seats cannot all be asked
            plan = after(plan, step[0], step[1])

    plan = a_plan(after(plan, slug, Change.STAR).rows, 20)

    assert plan.entry(slug) is not None


@pytest.mark.parametrize(("change", "order"), [(Change.UP, "BACDE"), (Change.DOWN, "ACBDE"), (Change.TOP, "BACDE")])
def test_the_second_question_moves_as_told(change: Change, order: str) -> None:
    plan = a_plan()
    names = dict(zip("ABCDE", plan.order, strict=True))

    moved = after(plan, names["B"], change)

    assert list(moved.order) == [names[letter] for letter in order]


def test_the_first_cannot_move_up_nor_the_last_down() -> None:
    plan = a_plan()

    assert after(plan, plan.order[0], Change.UP).order == plan.order
    assert after(plan, plan.order[-1], Change.DOWN).order == plan.order


def test_what_left_a_shorter_talk_comes_back_with_the_minutes() -> None:
    long = after(a_plan(minutes=30), SLUGS[2], Change.TOP)

    short = a_plan(long.rows, 20)

    assert a_plan(short.rows, 30).order == long.order


def test_a_full_plan_parks_its_last_question_without_a_star_for_a_new_one() -> None:
    plan = a_plan()
    last = plan.order[-1]
    new = next(question.slug for question in plan.timed.parked)

    plan = after(plan, new, Change.PUT)

    assert plan.entry(new) is not None
    assert last in {question.slug for question in plan.set_aside}


def test_parked_and_put_back_keeps_star_and_words() -> None:
    plan = a_plan(reworded(after(a_plan(), "Q3", Change.STAR), QuestionSlug("Q3"), "Tell me about your day."))

    plan = after(plan, "Q3", Change.PARK, Change.PUT)

    entry = plan.entry(QuestionSlug("Q3"))
    assert entry is not None
    assert entry.question.text == "Tell me about your day."
    assert plan.row(QuestionSlug("Q3")).is_starred


@pytest.mark.parametrize("purpose", [None, *Purpose])
def test_the_purpose_orders_the_bank_and_leaves_nothing_out(purpose: Purpose | None) -> None:
    assert sorted(q.slug for q in first_for(purpose, LIBRARY)) == sorted(SLUGS)


async def planned(world: World, by: str = "ben", **typed: str) -> Reply:
    """Return the screen of a new plan."""
    form = await world.say("plan", by)
    form = await world.press(form, "Plan another" if "Plan another" in said(form) else "Plan a talk", by)
    return await world.submit(form, by, **{"who": "Maria Santos", "field": "nursing", "goal": "Nights", **typed})


async def test_without_a_talk_the_plan_begins_with_a_form(world: World) -> None:
    form = await world.press(await world.say("plan"), "Plan a talk")

    assert isinstance(form, Dialog)
    assert [entry.name for entry in form.entries] == ["who", "field", "goal", "organisation", "minutes"]


async def test_the_field_of_interest_stands_in_the_form(world: World) -> None:
    member = await world.member()
    async with world.store.unit(member.group, writes=True) as unit:
        await unit.members.introduce(member.id, field="music")

    form = await world.press(await world.say("plan"), "Plan a talk")

    assert isinstance(form, Dialog)
    assert form.entries[1].value == "music"


@pytest.mark.parametrize(("minutes", "asked", "closes"), [("20", 5, "0:16"), ("25", 6, "0:21"), ("30", 8, "0:26")])
async def test_the_timetable_opens_asks_and_closes_on_time(world: World, minutes: str, asked: int, closes: str) -> None:
    seen = await planned(world, minutes=minutes)

    table = next(element for element in view(seen).body if isinstance(element, Bullets))
    assert plain(table.items[0]).startswith("0:00 Open")
    assert plain(table.items[1]).startswith("0:02 Tell me the story")
    assert plain(table.items[asked + 1]).startswith(f"{closes} Close (4 min): What other kinds of people")
    assert plain(table.items[asked + 2]).endswith(
        "May I mention your name when I get in touch with the people you suggested?"
    )
    assert len(table.items) == asked + 3


async def test_the_plan_names_goal_minutes_what_is_parked_and_what_it_leaves_out(world: World) -> None:
    seen = said(await planned(world, minutes="20"))

    assert "Goal: Nights" in seen
    assert "Minutes: 20" in seen
    assert "Parked, for later" in seen
    assert "more of the bank" in seen
    assert "This plan leaves out: Salary, Potential" in seen


async def test_several_plans_are_listed_to_choose(world: World) -> None:
    await planned(world)
    await planned(world, who="Jo Reyes")

    seen = await world.say("plan")

    assert "Maria Santos" in said(seen)
    assert "Jo Reyes" in said(seen)
    assert "[Plan another]" in said(seen)


async def test_a_name_after_the_command_opens_that_plan_or_begins_it(world: World) -> None:
    await planned(world)

    known, new = await world.say("plan maria"), await world.say("plan Jo Reyes")

    assert "[Open]" in said(known)
    form = await world.press(new, "Plan a talk with Jo Reyes")
    assert isinstance(form, Dialog)
    assert form.entries[0].value == "Jo Reyes"


async def test_minutes_change_with_one_press(world: World) -> None:
    seen = await world.press(await planned(world, minutes="20"), "30 min")

    assert "Minutes: 30" in said(seen)
    assert "0:26 Close" in said(seen)


@pytest.mark.parametrize("minutes", ["9", "91", "-5", "twenty", "2.5", "999999999"])
async def test_odd_minutes_are_asked_again_beside_the_field(world: World, minutes: str) -> None:
    form = await planned(world, minutes=minutes)

    assert "from 10 to 90" in errors(form)["minutes"]
    assert said(form).count("Maria Santos") == 1


async def test_a_question_can_be_reworded_and_the_first_words_stay_visible(world: World) -> None:
    screen = await planned(world)
    one = await world.choose(screen, "0:05")
    first = said(one).splitlines()[1]

    changed = await world.submit(await world.press(one, "Reword"), text="What did you do yesterday?")

    assert said(changed).splitlines()[1] == "What did you do yesterday?"
    assert f"Before you changed it: “{first}”" in said(changed)
    assert said(await world.press(changed, "Back to the first words")).splitlines()[1] == first


async def test_a_closed_wording_is_kept_and_an_open_one_offered(world: World) -> None:
    one = await world.choose(await planned(world), "0:05")
    closed = await world.submit(await world.press(one, "Reword"), text="Do you like your job?")

    better = await world.press(closed, "Use the rewrite")

    assert "Yes or no would answer this" in said(closed)
    assert said(closed).splitlines()[1] == "Do you like your job?"
    assert "Yes or no would answer this" not in said(better)


async def test_the_question_of_consent_is_no_closed_question(world: World) -> None:
    one = await world.choose(await planned(world), "0:23")

    assert "May I mention your name" in said(one)
    assert "Yes or no" not in said(one)


async def test_a_parked_question_stands_under_parked_and_comes_back(world: World) -> None:
    screen = await planned(world)
    one = await world.choose(screen, "0:05")
    words = said(one).splitlines()[1]

    parked = await world.press(one, "Park")

    plan = said(await world.press(parked, "Back to the plan"))
    assert plan.index("Parked, for later") < plan.index(words)
    assert said(await world.press(parked, "Put it in")).startswith("Asked at")


async def test_a_star_is_said_in_words(world: World) -> None:
    one = await world.choose(await planned(world), "0:05")

    starred = await world.press(one, "Star it")

    assert "(starred)" in said(await world.press(starred, "Back to the plan"))
    assert "(starred)" not in said(await world.press(starred, "Take the star off"))


async def test_the_last_moves_to_the_top(world: World) -> None:
    one = await world.choose(await planned(world, minutes="20"), "0:13")

    moved = await world.press(one, "To the top")

    assert said(moved).startswith("Asked at 0:02")


async def test_questions_are_added_by_category_and_of_ones_own(world: World) -> None:
    screen = await planned(world, minutes="20")
    salary = await world.choose(await world.press(screen, "Add questions"), "Salary")
    added = await world.choose(salary, "What is a usual pay range")
    form = await world.press(await world.press(screen, "Add questions"), "Write my own")

    own = await world.submit(form, text="What do night shifts cost you?")

    assert said(added).startswith("Asked at 0:13")
    assert "What do night shifts cost you?" in said(own).splitlines()[1]
    assert said(own).startswith("Asked at")


async def test_ones_own_question_can_be_taken_out_again(world: World) -> None:
    form = await world.press(await world.press(await planned(world), "Add questions"), "Write my own")
    own = await world.submit(form, text="What do night shifts cost you?")

    gone = await world.press(own, "Take it out")

    assert "night shifts" not in said(await world.press(gone, "Back to the plan"))


async def test_a_private_question_is_not_in_the_bank(world: World) -> None:
    form = await world.press(await world.press(await planned(world), "Add questions"), "Write my own")
    await world.submit(form, text="What do zebras cost you?")

    assert "zebras" not in said(await world.say("questions cost", by="ana"))


async def test_a_change_delivered_twice_changes_once(world: World) -> None:
    one, actor = await world.choose(await planned(world, minutes="20"), "0:13"), world.actor(key="once")

    first = await world.press(one, "Move up", actor)
    second = await world.press(one, "Move up", actor)

    assert first == second
    assert said(first).startswith("Asked at 0:10")


async def test_how_one_relates_to_the_field_stands_in_plan_and_print(world: World) -> None:
    screen = await planned(world)

    seen = await world.submit(await world.press(screen, "You and this field"), relates="I volunteer in a ward")

    assert "You and this field: I volunteer in a ward" in said(seen)
    assert "I volunteer in a ward" in printed(await world.press(seen, "Brief"))


def printed(reply: Reply) -> str:
    return next(element.content for element in view(reply).body if isinstance(element, Attachment))


async def test_the_page_to_print_has_everything_and_fits(world: World) -> None:
    page = printed(await world.press(await planned(world, organisation="Example Hospital"), "Brief"))

    lines = page.splitlines()
    assert "Maria Santos, Example Hospital" in lines[0]
    assert "Goal: Nights" in page
    assert "0:21  What other kinds of people" in page
    assert "You ask for 25 minutes" in page
    assert page.count("." * WIDTH) >= 8
    assert len(lines) <= 60
    assert max(map(len, lines)) <= WIDTH


async def carded(world: World, by: str = "ana") -> ContactId:
    """Return a contact that *by* shared with the group."""
    member, day = await world.member(by), MONDAY.date()
    async with world.store.unit(member.group, writes=True) as unit:
        new = NewContact(member.id, "Maria Santos", "Nurse manager", "Example Hospital", "nursing", "Manila")
        contact = await unit.contacts.add(new, MONDAY)
        await unit.contacts.set_details(contact, Details("maria@example.org", "+63 2 5550 100"))
        await unit.contacts.describe(contact, link="https://example.org/maria")
        consent = Consent(Basis.SAID_YES, Scope.DIRECT, day, day.replace(year=2027), member.id)
        await unit.contacts.share(contact, consent, MONDAY)
    return contact


async def start(world: World, contact: ContactId, by: str = "ben") -> Reply:
    return await world.bot.handle("plan with", {"contact": str(contact)}, world.actor(by))


async def test_a_card_begins_a_plan_with_what_is_known(world: World) -> None:
    seen = await start(world, await carded(world))

    assert "Plan: Maria Santos" in said(seen)
    assert "Organisation: Example Hospital" in said(seen)
    assert "[Write your goal]" in said(seen)


async def test_the_same_card_opens_the_plan_that_is_there(world: World) -> None:
    contact = await carded(world)
    await start(world, contact)

    await start(world, contact)

    assert said(await world.say("plan")).count("Maria Santos") == 1


async def test_the_brief_shows_the_public_page_and_no_details(world: World) -> None:
    brief = await world.press(await start(world, await carded(world)), "Brief")

    assert "https://example.org/maria" in said(brief)
    assert "maria@example.org" not in said(brief)
    assert "5550" not in said(brief)


async def test_a_private_contact_of_somebody_else_begins_no_plan(world: World) -> None:
    member = await world.member("ana")
    async with world.store.unit(member.group, writes=True) as unit:
        contact = await unit.contacts.add(NewContact(member.id, "Zed Quill", "x", "", "", ""), MONDAY)

    seen = await start(world, contact)

    assert "Zed Quill" not in said(seen)
    assert "cannot be asked any more" in said(seen)


async def test_a_plan_says_when_its_contact_left_the_board(world: World) -> None:
    contact = await carded(world)
    await start(world, contact)
    member = await world.member("ana")
    async with world.store.unit(member.group, writes=True) as unit:
        await unit.contacts.withdraw(contact, MONDAY, suppress=True)

    seen = await world.press(await world.say("plan"), "Open")

    assert "Please do not write to them" in said(seen)


async def test_nobody_opens_or_changes_somebody_elses_plan(world: World) -> None:
    screen = await planned(world, who="Zed Quill")

    for one in buttons(screen):
        seen = await world.bot.handle(one.press.path, one.press, world.actor("ana"))
        assert "Zed Quill" not in said(seen)
        assert "our fault" not in said(seen)


@pytest.mark.parametrize(
    "text", ["@everyone", "<!channel>", "<script>alert(1)</script>", "=HYPERLINK(1)", "*bold* _x_", "{who} {0}"]
)
async def test_what_was_typed_is_shown_as_it_was_typed(world: World, text: str) -> None:
    seen = await planned(world, who=text, goal=text, organisation=text)

    assert said(seen).count(text) == 3


@pytest.mark.parametrize(("text", "left"), [("x" * 10_000, "x" * 10_000), ("Ma\u202eria\u0000", "Maria"), ("", "")])
async def test_what_cannot_be_kept_stays_in_the_form(world: World, text: str, left: str) -> None:
    form = await planned(world, who=text)

    assert isinstance(form, Dialog)
    assert errors(form)["who"]
    assert form.entries[0].value == left
    assert form.entries[2].value == "Nights"


@pytest.mark.parametrize("limits", PLATFORMS, ids=lambda limits: limits.name)
async def test_every_platform_can_show_a_plan_and_each_of_its_screens(world: World, limits: Limits) -> None:
    screen = await planned(world, who="M" * 80, goal="g" * 300, organisation="o" * 120, minutes="90")
    more = await world.press(screen, "Add questions")
    seen = [screen, more, await world.choose(more, "Promotion"), await world.choose(screen, "0:02")]

    for one in seen:
        assert all(page.body for page in fit(view(one), limits))
        assert all(len(encode(press.press)) <= 100 for press in buttons(one))


async def test_a_usual_plan_is_one_message_on_the_narrowest_platform(world: World) -> None:
    screen = await planned(world, organisation="Example Hospital", minutes="30")

    assert len(fit(view(screen), DISCORD)) == 1


async def test_many_plans_are_paged(world: World) -> None:
    for i in range(12):
        await planned(world, who=f"Person {i}")
    first = await world.say("plan")

    second = await world.press(first, "More of them")

    assert said(first).count("[Open]") == 10
    assert said(second).count("[Open]") == 2
