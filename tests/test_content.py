"""Shows that the texts that ship are complete, read well and can be looked up."""

import re

import pytest

from bot.content.check import problems, report
from bot.content.library import Library, load
from bot.content.records import GUIDE, LONGEST_NUDGE
from bot.content.values import PLACEHOLDERS
from bot.model.question import CategorySlug, QuestionSlug, Shape, Slot
from bot.model.step import Phase, StepSlug


@pytest.fixture(scope="module")
def library() -> Library:
    return load()


def test_the_texts_that_ship_are_in_order() -> None:
    assert report(problems()) == "The texts are in order."


def test_the_guide_has_fourteen_categories_and_thirty_questions(library: Library) -> None:
    guide = {f"Q{number}" for number in range(1, 31)}

    counts = [
        len(guide & {q.slug for q in library.questions_of(category.slug)}) for category in library.categories[:14]
    ]

    assert counts == [2, 2, 3, 1, 1, 2, 2, 4, 2, 2, 2, 2, 2, 3]


def test_questions_come_in_the_order_of_their_numbers(library: Library) -> None:
    slugs = [question.slug for question in library.questions]

    assert slugs[:30] == [f"Q{number}" for number in range(1, 31)]


def test_two_questions_of_the_guide_are_closed_and_one_asks_for_consent(library: Library) -> None:
    special = {q.slug: q.shape for q in library.questions[:30] if q.shape in (Shape.CLOSED, Shape.CONSENT)}

    assert special == {"Q14": Shape.CLOSED, "Q19": Shape.CLOSED, "Q27": Shape.CONSENT}


def test_a_talk_opens_easily_and_closes_with_referrals(library: Library) -> None:
    slots = {q.slug: q.slot for q in library.questions[:30] if q.slot is not Slot.ANY}

    assert slots == {
        "Q1": Slot.OPENER,
        "Q10": Slot.LATE,
        "Q11": Slot.LATE,
        "Q26": Slot.SECOND_LAST,
        "Q27": Slot.LAST,
        "Q30": Slot.LATE,
    }


def test_every_line_of_the_guide_that_asks_for_something_has_a_step(library: Library) -> None:
    named = {line for step in library.steps for line in step.guide}

    assert set(GUIDE) - named == {"S-01", "S-02", "S-03"}


def test_steps_come_by_phase_and_then_by_order(library: Library) -> None:
    phases = list(Phase)

    places = [(phases.index(step.phase), step.order) for step in library.steps]

    assert places == sorted(places)


def test_research_is_among_the_steps_of_preparing(library: Library) -> None:
    assert {step.phase for step in library.steps if step.is_research} == {Phase.PREPARING}


@pytest.mark.parametrize(
    "names",
    [("Maria", "Saint Anne Hospital", "nursing"), ("your contact", "their organisation", "their field")],
)
def test_a_step_is_short_whatever_is_filled_in(library: Library, names: tuple[str, str, str]) -> None:
    filling = dict(zip(PLACEHOLDERS, names, strict=True))

    texts = [f"{step.title}. {step.body}".format(**filling) for step in library.steps]

    assert [text for text in texts if len(text.split()) > LONGEST_NUDGE or re.search(r"[{}]", text)] == []


def test_no_sentence_begins_with_a_placeholder(library: Library) -> None:
    texts = [text for step in library.steps for text in (step.title, step.body)]

    assert [text for text in texts if re.search(r'(^|[.?:]"? )\{', text)] == []


UNWELCOME = re.compile(r"!|\b(just|simply|please note|don't forget)\b", re.IGNORECASE)


def test_the_texts_keep_the_voice(library: Library) -> None:
    texts = [text for q in library.questions for text in (q.text, q.why, q.hint, q.rewrite or "")]
    texts += [text for step in library.steps for text in (step.title, step.body)]
    texts += [text for category in library.categories for text in (category.title, category.about)]

    assert [text for text in texts if UNWELCOME.search(text)] == []


def test_looking_up_finds_what_is_there_and_none_otherwise(library: Library) -> None:
    question = library.question(QuestionSlug("Q14"))
    step = library.step(StepSlug("thank-you"))
    category = library.category(CategorySlug("salary"))

    assert (question and question.category) == "promotion"
    assert (step and step.phase) == Phase.FOLLOWING_UP
    assert (category and category.title) == "Salary"
    assert library.question(QuestionSlug("Q999")) is None
    assert library.step(StepSlug("gone")) is None
    assert library.category(CategorySlug("gone")) is None


def test_the_steps_of_all_phases_are_all_the_steps(library: Library) -> None:
    assert tuple(step for phase in Phase for step in library.steps_of(phase)) == library.steps
