"""Holds all texts of one language: categories, questions and steps, ready to be looked up."""

from pathlib import Path

from bot.content.problem import ContentError
from bot.content.reading import read_folder
from bot.model.question import Category, CategorySlug, Question, QuestionSlug
from bot.model.step import Phase, Step, StepSlug
from bot.record import record

DEFAULT = Path(__file__).parent / "en"


@record
class Library:
    """Every item in its order: categories as a talk meets them, questions by number, steps by phase and day.

    Looking up a slug that is not (or no longer) there gives None.
    """

    categories: tuple[Category, ...]
    questions: tuple[Question, ...]
    steps: tuple[Step, ...]

    def category(self, slug: CategorySlug) -> Category | None:
        return next((category for category in self.categories if category.slug == slug), None)

    def question(self, slug: QuestionSlug) -> Question | None:
        return next((question for question in self.questions if question.slug == slug), None)

    def step(self, slug: StepSlug) -> Step | None:
        return next((step for step in self.steps if step.slug == slug), None)

    def questions_of(self, category: CategorySlug) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.category == category)

    def steps_of(self, phase: Phase) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.phase is phase)


def load(folder: Path = DEFAULT) -> Library:
    """Return the texts in *folder*. Raises ContentError with every problem if one of them is not right."""
    found = read_folder(folder)
    if found.problems:
        raise ContentError(found.problems)
    return Library(found.categories, found.questions, found.steps)
