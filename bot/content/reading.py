"""Reads a whole content folder in one pass, for the library and for the checker alike."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.content import rules
from bot.content.page import Page
from bot.content.problem import Problem, printable
from bot.content.records import KINDS, category_of, question_of, step_of
from bot.content.shelf import natural, pages_of, strays
from bot.model.question import Category, Question
from bot.model.step import Phase, Step
from bot.record import record

PHASES = tuple(Phase)


@record
class Found:
    """What a folder holds, in order. With any problem, the records are stand-ins that nobody should use."""

    categories: tuple[Category, ...] = ()
    questions: tuple[Question, ...] = ()
    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_folder(folder: Path) -> Found:
    """Return every item in *folder*, and every problem, sorted by file and line."""
    if not folder.is_dir():
        return Found(problems=(Problem(printable(str(folder)), 0, "There is no such folder."),))
    problems = list(strays(folder, KINDS))
    categories, questions, steps = (pages_of(kind, folder, problems) for kind in KINDS)
    found = Found(_categories(categories), _questions(questions), _steps(steps))
    _compare(categories, questions, steps)
    problems += [problem for page in (*categories, *questions, *steps) for problem in page.problems]
    return replace(found, problems=tuple(sorted(problems, key=_by_place)))


def _by_place(problem: Problem) -> tuple[list[str | int], int]:
    return natural(problem.file), problem.line


def _categories(pages: Sequence[Page]) -> tuple[Category, ...]:
    return tuple(sorted(map(category_of, _readable(pages)), key=lambda category: category.order))


def _questions(pages: Sequence[Page]) -> tuple[Question, ...]:
    """Keep the order of the pages, which is that of their numbers."""
    return tuple(map(question_of, _readable(pages)))


def _steps(pages: Sequence[Page]) -> tuple[Step, ...]:
    steps = map(step_of, _readable(pages))
    return tuple(sorted(steps, key=lambda step: (PHASES.index(step.phase), step.order)))


def _readable(pages: Sequence[Page]) -> list[Page]:
    """Leave out pages that say nothing: one complaint of each is enough."""
    return [page for page in pages if page.is_readable]


def _compare(categories: Sequence[Page], questions: Sequence[Page], steps: Sequence[Page]) -> None:
    rules.check_titles(categories, "title")
    rules.check_titles(questions, "ask")
    rules.check_titles(steps, "title")
    rules.check_orders(categories)
    rules.check_orders(steps, within="phase")
    rules.check_named(questions, "category", [page.slug for page in categories])
    rules.check_named(questions, "follows", [page.slug for page in questions])
    rules.check_follows(questions)
    rules.check_slots(questions)
