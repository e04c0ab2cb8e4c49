"""The bank of questions as commands see it: the guide's and the group's own, found by slug, category or words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from bot.content.library import Library
from bot.desk.context import Context
from bot.model.interview import OwnQuestion, OwnQuestionId
from bot.model.openness import check
from bot.model.people import Purpose
from bot.model.question import Category, CategorySlug, Question, QuestionSlug
from bot.talk.view import Option
from bot.talk.words import N_, _

OWN = "own-"
"""How the slug of a question from the group's own bank begins; its id follows."""

FIRST: dict[Purpose, tuple[str, ...]] = {
    Purpose.MAJOR: ("background", "work-environment", "rewards", "advice", "demand"),
    Purpose.CAREER: ("work-environment", "problems", "rewards", "lifestyle", "potential"),
    Purpose.CHANGE: ("background", "demand", "hiring", "advice", "rewards"),
    Purpose.JOB_HUNT: ("hiring", "job-market", "promotion", "industry", "demand"),
}
"""The categories that help most with each purpose."""

AIMS: dict[Purpose, str] = {
    Purpose.MAJOR: N_("choosing what to study"),
    Purpose.CAREER: N_("deciding on a career"),
    Purpose.CHANGE: N_("changing direction"),
    Purpose.JOB_HUNT: N_("looking for a job"),
}


def first_for(purpose: Purpose | None, library: Library) -> tuple[Question, ...]:
    """Return the guide's questions, those that help most with *purpose* first, else in the order of the bank."""
    order = FIRST[purpose] if purpose else ()
    return tuple(sorted(library.questions, key=lambda q: _rank(order, q.category)))


def _rank(order: Sequence[str], category: CategorySlug) -> int:
    return order.index(category) if category in order else len(order)


def as_question(own: OwnQuestion) -> Question:
    """Return a question of the group's own bank as one like any other; see `checked` for its shape."""
    return Question(slug_of(own.id), own.text, own.category)


def checked(question: Question) -> Question:
    """Return a question that no adviser has sorted with its shape and, where it is closed, its rewrite."""
    verdict = check(question.text)
    return replace(question, shape=verdict.shape, rewrite=verdict.rewrite or None)


def slug_of(own: OwnQuestionId) -> QuestionSlug:
    return QuestionSlug(f"{OWN}{own}")


def own_id(slug: QuestionSlug) -> OwnQuestionId | None:
    """Return the id behind a slug of the group's own bank, `None` for any other."""
    digits = slug.removeprefix(OWN)
    return OwnQuestionId(int(digits)) if slug != digits and re.fullmatch(r"[0-9]{1,18}", digits) else None


async def find(ctx: Context, slug: QuestionSlug) -> Question | None:
    """Return the question of that slug, of the guide or of the group."""
    known = ctx.library.question(slug)
    if known is not None or own_id(slug) is None:
        return known
    return next((checked(own) for own in await own_questions(ctx) if own.slug == slug), None)


async def own_questions(ctx: Context) -> tuple[Question, ...]:
    """Return the group's own questions."""
    return tuple(as_question(own) for own in await ctx.store.questions.all())


def category_named(words: str, library: Library) -> Category | None:
    """Return the category whose slug or title *words* are."""
    wanted = words.casefold()
    names = ((category, {category.slug, category.title.casefold()}) for category in library.categories)
    return next((category for category, some in names if wanted in some), None)


def matching(words: str, questions: Iterable[Question], library: Library) -> tuple[Question, ...]:
    """Return the questions in which most of *words* begin a word; those that say it themselves first.

    The category and the reason to ask count too: "money" is nowhere in a question about pay.
    """
    wanted = _words(words)
    scored = [(_score(wanted, question, library), question) for question in questions]
    best = max((score[0] for score, _question in scored), default=0)
    hits = [(score, question) for score, question in scored if score[0] == best and best]
    return tuple(question for _score, question in sorted(hits, key=lambda hit: -hit[0][1]))


def _score(wanted: frozenset[str], question: Question, library: Library) -> tuple[int, int]:
    """Return how many of *wanted* are found anywhere around the question, and how many in what is asked."""
    category = library.category(question.category)
    vocabulary = _of_guide if own_id(question.slug) is None else _vocabulary
    asked, around = vocabulary(question, category.title if category else "")
    return _found(wanted, asked | around), _found(wanted, asked)


def _vocabulary(question: Question, title: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of what is asked, and those around it."""
    asked = _words(f"{question.text} {question.rewrite or ''}")
    return asked, _words(f"{question.why} {question.hint} {title}")


_of_guide = lru_cache(maxsize=500)(_vocabulary)
"""The same for the guide's questions, which never change. What members wrote is not kept in memory."""


def _found(wanted: frozenset[str], words: frozenset[str]) -> int:
    return sum(any(word.startswith(one) for word in words) for one in wanted)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def category_options(library: Library) -> tuple[Option, ...]:
    """Return the categories as options."""
    return tuple(Option(category.slug, category.title) for category in library.categories)


def category_title(slug: CategorySlug, library: Library) -> str:
    category = library.category(slug)
    return category.title if category else _("Without a category")
