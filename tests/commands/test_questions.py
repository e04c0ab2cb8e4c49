"""The bank of questions as people use it: looked up, drawn, explained, put in a plan, and added to."""

import pytest

from bot.content.library import load
from bot.desk.bot import Reply
from bot.model.people import Purpose
from bot.model.question import Shape
from bot.talk.fit import fit
from bot.talk.form import Dialog
from bot.talk.limits import PLATFORMS, Limits
from bot.talk.press import encode
from bot.talk.view import Card
from tests.world import World, button, buttons, errors, said, view

LIBRARY = load()
BAD = [
    "",
    " ",
    "x" * 10_000,
    "\u0000\u202egnol",
    "@everyone",
    "<!channel>",
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
]


def titles(reply: Reply) -> list[str]:
    return [element.title for element in view(reply).body if isinstance(element, Card)]


async def purposeful(world: World, purpose: Purpose, field: str = "") -> None:
    member = await world.member()
    async with world.store.unit(member.group, writes=True) as unit:
        await unit.members.introduce(member.id, purpose=purpose, field=field)


async def added(world: World, text: str, by: str = "ben") -> Reply:
    form = await world.say("question add", by)
    return await world.submit(form, by, text=text, category="salary")


async def test_without_a_word_a_few_questions_and_every_category_are_offered(world: World) -> None:
    seen = await world.say("questions")

    assert len(titles(seen)) == 5
    for category in LIBRARY.categories:
        assert category.title in said(seen)


@pytest.mark.parametrize("purpose", Purpose)
async def test_the_purpose_picks_what_is_offered_first_and_says_so(world: World, purpose: Purpose) -> None:
    await purposeful(world, purpose, "nursing")

    seen = await world.say("questions")

    assert "with nursing in mind, so these come first" in said(seen)
    assert len(set(titles(seen))) == 5


async def test_somebody_who_hunts_a_job_first_hears_about_hiring(world: World) -> None:
    await purposeful(world, Purpose.JOB_HUNT)

    seen = await world.say("questions")

    assert titles(seen)[0] == LIBRARY.questions_of(LIBRARY.categories[11].slug)[0].text


@pytest.mark.parametrize("category", LIBRARY.categories, ids=lambda category: category.slug)
async def test_each_category_shows_all_its_questions(world: World, category: object) -> None:
    match = next(one for one in LIBRARY.categories if one == category)

    seen = await world.choose(await world.say("questions"), match.title)

    assert titles(seen) == [question.text for question in LIBRARY.questions_of(match.slug)]


@pytest.mark.parametrize("words", ["salary", "Salary", "pay", "PAY range"])
async def test_a_word_finds_its_questions(world: World, words: str) -> None:
    seen = await world.say(f"questions {words}")

    assert "pay range" in titles(seen)[0]


async def test_words_that_nothing_has_lead_to_the_categories(world: World) -> None:
    seen = await world.say("questions zzzz")

    assert "No question has “zzzz” in it" in said(seen)
    assert "[Surprise me]" in said(seen)


@pytest.mark.parametrize("words", BAD)
async def test_odd_words_are_answered_kindly(world: World, words: str) -> None:
    seen = await world.say(f"questions {words}")

    assert "our fault" not in said(seen)


async def test_what_is_too_long_to_look_for_stays_in_the_form(world: World) -> None:
    seen = await world.say("questions " + "x" * 10_000)

    assert isinstance(seen, Dialog)
    assert seen.entries[0].value == "x" * 10_000
    assert "fit" in errors(seen)["words"]


@pytest.mark.parametrize("question", LIBRARY.questions, ids=lambda question: question.slug)
async def test_every_question_says_why_it_is_asked(world: World, question: object) -> None:
    asked = next(one for one in LIBRARY.questions if one == question)
    category = LIBRARY.category(asked.category)
    listed = await world.say(f"questions {category.slug if category else ''}")
    card = next(one for one in view(listed).body if isinstance(one, Card) and one.title == asked.text)

    seen = await world.bot.handle("questions why", card.buttons[0].press, world.actor())

    assert asked.why in said(seen)
    assert asked.hint in said(seen)
    assert (asked.rewrite or "") in said(seen)


async def test_a_follow_up_names_what_it_follows(world: World) -> None:
    listed = await world.say("questions problems")
    follow_up = next(q for q in LIBRARY.questions if q.follows and q.shape is Shape.OPEN)
    card = next(one for one in view(listed).body if isinstance(one, Card) and one.title == follow_up.text)

    seen = await world.bot.handle("questions why", card.buttons[0].press, world.actor())

    first = LIBRARY.question(follow_up.follows) if follow_up.follows else None
    assert first is not None
    assert first.text in said(seen)


async def test_surprises_do_not_repeat_at_once(world: World) -> None:
    seen = await world.say("questions surprise me")
    drawn = [said(seen).splitlines()[1]]

    for _i in range(15):
        seen = await world.press(seen, "Another one")
        drawn.append(said(seen).splitlines()[1])

    assert all(len(set(drawn[i : i + 8])) == 8 for i in range(len(drawn) - 8))
    assert len(encode(button(seen, "Another one").press)) <= 100


async def test_a_surprise_delivered_twice_is_the_same(world: World) -> None:
    seen, actor = await world.say("questions"), world.actor(key="once")

    first = await world.press(seen, "Surprise me", actor)
    second = await world.press(seen, "Surprise me", actor)

    assert first == second


async def test_a_question_goes_into_a_new_plan(world: World) -> None:
    seen = await world.say("questions salary")
    asked = titles(seen)[0]
    form = await world.press(await world.press(seen, "Put it in a plan"), "Plan a new talk")

    made = await world.submit(form, who="Maria", field="nursing", goal="Pay", minutes="20")

    assert said(made).splitlines()[1] == asked
    assert said(made).startswith("Asked at 0:13")


async def test_a_question_goes_into_a_plan_that_is_there(world: World) -> None:
    form = await world.press(await world.say("plan"), "Plan a talk")
    await world.submit(form, who="Maria", field="nursing", goal="Pay")
    which = await world.press(await world.say("questions lifestyle"), "Put it in a plan")

    made = await world.choose(which, "Maria")

    assert "evenings and at weekends" in said(made)
    assert said(made).startswith("Asked at")


async def test_a_question_of_ones_own_is_found_by_the_group(world: World) -> None:
    await added(world, "How do interns get paid here?")

    seen = await world.say("questions interns", by="ana")

    assert titles(seen) == ["How do interns get paid here?"]
    assert "from your group" in said(seen)


async def test_another_group_never_sees_it(world: World) -> None:
    await added(world, "How do interns get paid here?")

    seen = await world.say("questions interns", by=world.actor("ana", workspace="W2"))

    assert "interns get paid" not in said(seen)


async def test_a_closed_question_gets_a_rewrite_and_is_kept_until_one_chooses(world: World) -> None:
    offered = await added(world, "Do you like your pay?")

    assert "Yes or no would answer this" in said(offered)
    assert titles(await world.say("questions Do you like your pay?"))[0] == "Do you like your pay?"


async def test_the_rewrite_takes_the_place_of_the_closed_form(world: World) -> None:
    await world.press(await added(world, "Do you like your pay?"), "Use the rewrite")

    seen = titles(await world.say("questions salary"))

    assert "Do you like your pay?" not in seen
    assert len(seen) == 3


async def test_keep_mine_keeps_it(world: World) -> None:
    await world.press(await added(world, "Do you like your pay?"), "Keep mine")

    assert "Do you like your pay?" in titles(await world.say("questions salary"))


async def test_the_same_question_is_kept_once(world: World) -> None:
    await added(world, "How do interns get paid here?")

    again = await added(world, "how do interns get paid HERE?", by="ana")

    assert "has this question already" in said(again)
    assert len(titles(await world.say("questions salary"))) == 3


async def test_the_same_form_delivered_twice_adds_one(world: World) -> None:
    form, actor = await world.say("question add"), world.actor(key="once")

    first = await world.submit(form, actor, text="How is pay set?", category="salary")
    second = await world.submit(form, actor, text="How is pay set?", category="salary")

    assert first == second
    assert titles(await world.say("questions salary")).count("How is pay set?") == 1


async def test_a_question_typed_in_one_line_keeps_its_commas_and_is_sorted_after(world: World) -> None:
    seen = await world.say("question add How, in your view, is pay set?")

    sorted_ = await world.choose(seen, "Salary")

    assert "How, in your view, is pay set?" in said(sorted_)
    assert "How, in your view, is pay set?" in titles(await world.say("questions salary"))


@pytest.mark.parametrize("nothing", ["?", "-", "2027"])
async def test_what_holds_no_words_does_not_get_into_the_bank(world: World, nothing: str) -> None:
    looked = await world.say(f"check {nothing}")

    asked = await world.say(f"question add {nothing}")

    assert "nothing to read" in errors(asked)["text"]
    assert [one.label for one in buttons(looked)] == ["Check another"]


async def test_only_its_author_can_delete_a_question(world: World) -> None:
    mine = await added(world, "How is pay set?")

    refused = await world.press(mine, "Delete it", by="ana")

    assert "not yours to change" in said(refused)


async def test_deleting_asks_first_and_then_it_is_gone(world: World) -> None:
    sure = await world.press(await added(world, "How is pay set?"), "Delete it")

    await world.press(sure, "Delete")

    assert "How is pay set?" not in titles(await world.say("questions salary"))


async def test_a_plan_keeps_a_question_that_its_author_deleted(world: World) -> None:
    mine = await added(world, "How is pay set?")
    form = await world.press(await world.press(mine, "Put it in a plan", by="ana"), "Plan a new talk", by="ana")
    made = await world.submit(form, by="ana", who="Maria", field="nursing", goal="Pay")
    await world.press(await world.press(mine, "Delete it"), "Delete")

    seen = await world.press(made, "Back to the plan", by="ana")

    assert "How is pay set?" in said(seen)


async def test_the_groups_question_that_is_taken_out_of_a_plan_is_out_at_once(world: World) -> None:
    form = await world.press(
        await world.press(await added(world, "How is pay set?"), "Put it in a plan"), "Plan a new talk"
    )
    seen = await world.submit(form, who="Maria", field="nursing", goal="Pay")

    gone = await world.press(seen, "Take it out")

    assert view(gone).title == "Taken out"
    assert "How is pay set?" not in said(await world.press(gone, "Back to the plan"))
    assert "How is pay set?" in titles(await world.say("questions salary"))


@pytest.mark.parametrize("text", ["@everyone", "<script>alert(1)</script>", "=HYPERLINK(1)", "<!channel> why?"])
async def test_what_was_typed_is_shown_as_it_was_typed(world: World, text: str) -> None:
    seen = await added(world, text)

    assert text in said(seen)


@pytest.mark.parametrize(("text", "left"), [("x" * 10_000, "x" * 10_000), ("why\u202e so?", "why so?"), ("", "")])
async def test_a_question_that_cannot_be_kept_stays_in_the_form(world: World, text: str, left: str) -> None:
    seen = await added(world, text)

    assert isinstance(seen, Dialog)
    assert errors(seen)["text"]
    assert seen.entries[0].value == left
    assert seen.entries[1].value == "salary"


async def test_long_lists_are_paged(world: World) -> None:
    for i in range(12):
        await added(world, f"What is true of pay number {i}?")
    first = await world.say("questions salary")

    second = await world.press(first, "More of them")

    assert len(titles(first)) == 10
    assert len(titles(second)) == 4
    assert titles(await world.press(second, "Back")) == titles(first)


async def test_a_closed_question_is_explained_with_its_open_form(world: World) -> None:
    seen = await world.say("check Do you like your job?")

    assert "Yes or no would answer this" in said(seen)
    assert "[Add it to the group's bank]" in said(seen)


async def test_an_open_question_is_told_so(world: World) -> None:
    seen = await world.say("check What do you like about your job?")

    assert "opens a talk" in said(seen)


async def test_a_checked_question_stands_in_the_form_that_adds_it(world: World) -> None:
    form = await world.press(await world.say("check What do you like about it?"), "Add it")

    assert isinstance(form, Dialog)
    assert form.entries[0].value == "What do you like about it?"


@pytest.mark.parametrize("limits", PLATFORMS, ids=lambda limits: limits.name)
@pytest.mark.parametrize("words", ["questions", "questions salary", "questions what", "questions surprise me"])
async def test_every_platform_can_show_it(world: World, limits: Limits, words: str) -> None:
    seen = view(await world.say(words))

    pages = fit(seen, limits)

    assert len(pages) <= 3
    assert all(len(encode(one.press)) <= 100 for one in buttons(seen))
