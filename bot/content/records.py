"""Makes a category, a question or a step out of a page."""

import re

from bot.content.page import Kind, Page
from bot.content.problem import quoted
from bot.content.values import (
    LONGEST_TITLE,
    PLACEHOLDERS,
    body,
    check_presence,
    choice,
    number,
    unknown,
    words,
)
from bot.model.question import Category, CategorySlug, Question, QuestionSlug, Shape, Slot
from bot.model.step import Phase, Step, StepSlug

GUIDE = tuple(f"S-{line:02}" for line in range(1, 48))
"""The lines of the guide that a step can name."""

LONGEST_NUDGE = 60
"""Words in the title and the body of a step: what a tired reader still takes in from a phone."""

LATEST_ORDER = 999
MOST_MINUTES = 120

SMALL_LETTERS = re.compile(r"(?=.{1,40}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
SMALL_LETTERS_RULE = 'Name this file with up to 40 small letters, digits and hyphens, like "look-around.md".'

CATEGORY = Kind("category", "categories", SMALL_LETTERS, SMALL_LETTERS_RULE, ("title", "order"))
QUESTION = Kind(
    "question",
    "questions",
    re.compile(r"Q[1-9][0-9]{0,3}"),
    'Name this file with a Q and a number, no zero first, like "Q31.md".',
    ("ask", "category", "shape"),
    ("slot", "rewrite", "follows", "hint"),
)
STEP = Kind(
    "step",
    "steps",
    SMALL_LETTERS,
    SMALL_LETTERS_RULE,
    ("title", "phase", "order", "minutes"),
    ("guide", "research"),
)
KINDS = (CATEGORY, QUESTION, STEP)


def category_of(page: Page) -> Category:
    """Return the category on *page*. What is wrong goes to the page; the record gets a stand-in."""
    check_presence(page)
    title = words(page, "title", LONGEST_TITLE)
    return Category(CategorySlug(page.slug), title, number(page, "order", LATEST_ORDER), body(page))


def question_of(page: Page) -> Question:
    check_presence(page)
    shape = choice(page, "shape", Shape.OPEN)
    return Question(
        slug=QuestionSlug(page.slug),
        text=words(page, "ask"),
        category=CategorySlug(words(page, "category")),
        shape=shape,
        slot=choice(page, "slot", Slot.ANY),
        why=body(page),
        rewrite=_rewrite(page, shape),
        follows=QuestionSlug(words(page, "follows")) or None,
        hint=words(page, "hint"),
    )


def _rewrite(page: Page, shape: Shape) -> str | None:
    """Complain of a rewrite beside an open question too: nobody would ever see it."""
    if shape is Shape.CLOSED and "rewrite" not in page.header:
        page.complain(page.line_of("shape"), 'A closed question needs a line "rewrite: ...".')
    elif shape is not Shape.CLOSED and shape == page.text_of("shape") and "rewrite" in page.header:
        page.complain(page.line_of("rewrite"), 'Only a closed question has a "rewrite:". Remove this line.')
    return words(page, "rewrite") or None


def step_of(page: Page) -> Step:
    check_presence(page)
    step = Step(
        slug=StepSlug(page.slug),
        title=words(page, "title", LONGEST_TITLE, PLACEHOLDERS),
        body=body(page, PLACEHOLDERS),
        phase=choice(page, "phase", Phase.STARTING),
        order=number(page, "order", LATEST_ORDER),
        minutes=number(page, "minutes", MOST_MINUTES),
        guide=_guide(page),
        is_research=_is_yes(page, "research"),
    )
    _check_nudge(page, step)
    return step


def _guide(page: Page) -> tuple[str, ...]:
    text = words(page, "guide")
    named = [part.strip() for part in text.split(",")] if text else []
    for at, line in enumerate(named):
        if line not in GUIDE:
            page.complain(page.line_of("guide"), f"{quoted(line)} is no line of the guide. {GUIDE_RULE}")
        elif line in named[:at]:
            page.complain(page.line_of("guide"), f"{line} is named twice. Name it once.")
    return tuple(named)


GUIDE_RULE = f'Use "{GUIDE[0]}" to "{GUIDE[-1]}", with a comma between two of them.'


def _is_yes(page: Page, key: str) -> bool:
    answer = words(page, key)
    if answer and answer not in ("yes", "no"):
        unknown(page, key, answer, ("yes", "no"))
    return answer == "yes"


def _check_nudge(page: Page, step: Step) -> None:
    count = len(step.title.split()) + len(step.body.split())
    if count > LONGEST_NUDGE:
        sentence = f"Title and body have {count} words together; a nudge has room for {LONGEST_NUDGE}."
        page.complain(page.body_line, sentence)
