"""The open-question checker: what opens a talk, what closes it, and how to ask instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.library import load
from bot.model.opening_rules import ALTERNATIVES, RULES
from bot.model.openness import WHY, WIDER, Kind, check
from bot.model.question import Shape

OPEN = [
    "What does your week look like?",
    "How did you come to this work?",
    "Why did you leave teaching?",
    "Which projects do you remember best?",
    "Where do you hope to be in three years?",
    "In what ways has the field changed?",
    "With your background in mind, how would you begin today?",
    "When you began, what surprised you?",
    "Thinking of last year, what was hardest",
    "Tell me how you began.",
    "Please describe your team.",
    "Could you tell me about your day?",
    "Would you describe your team?",
    "Can you walk me through a project?",
    "Could you please explain how that works?",
    "Would you mind telling me how you got in?",
    "May I ask what people earn at the start?",
    "Would you be willing to share how you got in?",
    "I'd love to hear how you began.",
    "Is it hard? What makes it so?",
    "How much do you travel, and what is that like?",
]

CONSENT = [
    "May I use your name when I write to them?",
    "May I have your permission to mention you?",
    "So, may I quote you?",
    "Sorry, but can I stay in touch with you?",
    "Is it all right if I mention you?",
    "Would you mind if I took notes?",
    "Would you be willing to talk again?",
]

SHORT = [
    "How many people do this?",
    "How long did it take?",
    "Who decides?",
    "When did you begin?",
    "How old is the firm?",
]

REWRITES = {
    # is, are
    "Is turnover high?": "How high is turnover, and what makes it so?",
    "So, is it hard to get in?": "How hard is it to get in, and what makes it so?",
    "Isn't it boring?": "How boring is it, and what makes it so?",
    "Is it a good idea to specialise?": "How good an idea is it to specialise, and what makes it so?",
    "Is experience important?": "How important is experience, and what else counts?",
    "Is a degree required?": "How important is a degree, and what else counts?",
    "Is it possible to work part-time?": "What does it take to work part-time?",
    "Is this what you expected?": "In what ways is this what you expected, and in what ways not?",
    "Are there opportunities to grow?": "What opportunities to grow are there?",
    "Is there a clear path upwards?": "How clear is the path upwards, and what makes it so?",
    "Is there anything you would do differently?": "What would you do differently?",
    "And is there anyone else I should talk to?": "Who else should I talk to?",
    "Am I too old for this?": "How old is too old for this, and what makes it so?",
    # do, does, did
    "Do you like your job?": "What do you like about your job, and what less?",
    "Well, do you travel a lot?": "How much do you travel, and what is that like?",
    "In your job, do you travel a lot?": "How much do you travel, and what is that like?",
    "In your job do you travel a lot?": "How much do you travel, and what is that like?",
    "Do people leave early often?": "How often do people leave early, and what is that like?",
    "Do you find it hard to switch off?": "How hard do you find it to switch off, and what makes it so?",
    "Do you think machines will change your work?": "How do you think machines will change your work?",
    "Do you have any advice for me?": "What advice do you have for me?",
    "Do you have a mentor?": "What difference does it make to have a mentor, or not?",
    "Do you have to work weekends?": "When do you have to work weekends, and why?",
    "Does the job involve travel?": "What travel does the job involve?",
    "Does the company sponsor visas?": "When does the company sponsor visas, and when not?",
    "When you began, did you study law?": "What led you to study law?",
    # the others
    "Would you choose this career again?": "What would make you choose this career again, and what would not?",
    "Would you say the work is stressful?": "How stressful would you say the work is, and what makes it so?",
    "Should I learn to code?": "How would you decide whether to learn to code?",
    "Can I begin without a degree?": "How can I begin without a degree?",
    "Will that change your work?": "How much will that change your work, and why?",
    "Have you ever thought about leaving?": "What are your thoughts on leaving?",
    "Also, has the field changed?": "How has the field changed?",
    # requests that hide a closed question
    "Can you tell me if the pay is good?": "How good is the pay, and what makes it so?",
    "Tell me, do you like it?": "What do you like about it, and what less?",
    # a choice of answers
    "Do you work alone or in a team?": "When do you work alone, and when in a team?",
    "Is it better to specialise or to stay general?": "When is it better to specialise, and when to stay general?",
    "Are they announced online, in the press, at fairs, etc.?": "How are they announced?",
    "Remote or office?": "How would you weigh them up: remote or office?",
    # tags and statements with a mark
    "You like it here, right?": "What do you like about it here, and what less?",
    "It's stressful, isn't it?": "How stressful is it, and what makes it so?",
    "They pay well, don’t they?": "How well do they pay, and what does it depend on?",
    "So you studied law?": "How did it come about that you studied law?",
    # topics
    "Turnover high?": "What can you tell me about turnover high?",
    "Any advice for me?": "What advice for me can you share?",
    "Your typical day": "What can you tell me about your typical day?",
}


@pytest.mark.parametrize("question", OPEN)
def test_an_open_question_is_left_alone(question: str) -> None:
    verdict = check(question)

    assert (verdict.is_open, verdict.rewrite, verdict.kind) == (True, "", Kind.OPEN)


@pytest.mark.parametrize("question", CONSENT)
def test_a_question_for_permission_may_be_answered_with_yes(question: str) -> None:
    verdict = check(question)

    assert (verdict.is_open, verdict.is_exempt, verdict.shape) == (True, True, Shape.CONSENT)
    assert "permission" in verdict.why


@pytest.mark.parametrize("question", SHORT)
def test_a_question_for_a_number_or_a_name_is_told_how_to_hear_more(question: str) -> None:
    verdict = check(question)

    assert (verdict.is_open, verdict.shape) == (True, Shape.SHORT)
    assert "To hear more, add “and " in verdict.why


@pytest.mark.parametrize(("question", "rewrite"), REWRITES.items())
def test_a_closed_question_gets_an_open_one(question: str, rewrite: str) -> None:
    verdict = check(question)

    assert (verdict.rewrite, verdict.is_open, verdict.shape) == (rewrite, False, Shape.CLOSED)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Is it hard?", Kind.YES_NO),
        ("is it hard", Kind.YES_NO),
        ("- **Is it hard ?!**", Kind.YES_NO),
        ("Does it matter, or not?", Kind.YES_NO),
        ("Do you have any tips or tricks?", Kind.YES_NO),
        ("I read about the merger. Is it over?", Kind.YES_NO),
        ("Do you know Dr. Smith from the U.S. Army?", Kind.YES_NO),
        ("What do you like? Is it the people?", Kind.YES_NO),
        ("Is it a desk job or a field job?", Kind.CHOICE),
        ("It is hard, isn't it?", Kind.TAG),
        ("It is hard, right?", Kind.TAG),
        ("I like nursing.", Kind.STATEMENT),
        ("", Kind.EMPTY),
        (" \n?! ", Kind.EMPTY),
        ("¿Te gusta tu trabajo?", Kind.FOREIGN),
        ("Est-ce que vous aimez ce travail ?", Kind.FOREIGN),
        ("Haben Sie viel Stress?", Kind.FOREIGN),
        ("Was machen Sie?", Kind.FOREIGN),
        ("Paano kayo nagsimula?", Kind.FOREIGN),
        ("好きですか", Kind.FOREIGN),
    ],
)
def test_each_kind_of_text_is_told_apart(question: str, kind: Kind) -> None:
    assert check(question).kind is kind


def test_another_language_is_not_judged_and_the_member_hears_so() -> None:
    verdict = check("¿Te gusta tu trabajo?")

    assert (verdict.is_open, verdict.rewrite) == (True, "")
    assert "English questions only" in verdict.why


def test_what_is_no_question_is_told_how_to_begin() -> None:
    assert "Begin with what, how or why" in check("I like nursing.").why


def test_the_shipped_bank_has_two_closed_questions_and_one_for_permission() -> None:
    shapes = {question.slug: check(question.text).shape for question in load().questions}

    assert [slug for slug, shape in shapes.items() if shape is Shape.CLOSED] == ["Q14", "Q19"]
    assert [slug for slug, shape in shapes.items() if shape is Shape.CONSENT] == ["Q27"]


def test_the_rewrites_of_the_shipped_bank_are_open() -> None:
    rewrites = [question.rewrite for question in load().questions if question.rewrite]

    assert all(check(rewrite).is_open for rewrite in rewrites)


WORDS = (
    "is are do does did can could would will have has should may might was were am isn't don't you I we they it there "
    "anything anyone like think that hard good a the job work or not and , so well if tell me when what how right? "
    "your name often a lot need to have been long better than worth ? ."
)
texts = st.text(max_size=200) | st.lists(st.sampled_from(WORDS.split()), max_size=60).map(" ".join)


@given(texts)
def test_whatever_is_closed_comes_with_an_open_rewrite(text: str) -> None:
    verdict = check(text)

    assert verdict.why
    assert bool(verdict.rewrite) == (not verdict.is_open and verdict.kind is not Kind.EMPTY)
    assert check(verdict.rewrite).is_open or not verdict.rewrite


@pytest.mark.parametrize(
    "piece",
    ["is ", "so, ", "Do you like ", "a", "?", "Dr. A ", "if ", ", is it", "n't ", "¿", "is it, ", "or ", "I'd "],
)
def test_ten_thousand_characters_are_no_trouble(piece: str) -> None:
    text = (piece * 10_000)[:10_000]

    assert len(check(text).rewrite) < 500


def test_every_kind_and_every_short_word_has_its_sentence() -> None:
    assert set(WHY) == set(Kind) - {Kind.SHORT}
    assert len(set(WHY.values()) | set(WIDER.values())) == len(WHY) + len(WIDER)


def test_no_rule_is_written_twice() -> None:
    for rules in (RULES, ALTERNATIVES):
        assert len({pattern for pattern, _ in rules}) == len(rules)
