"""Holds the guide against what Askwell does: every line has what realises it, or the later part that it waits for."""

from dataclasses import dataclass

import pytest

import bot.commands
from bot.content.library import load
from bot.desk.registry import registry_of
from bot.model.question import Shape, Slot


@dataclass(frozen=True)
class Realised:
    """By these commands and these steps."""

    commands: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Later:
    """Partly by a step now; the rest waits for *part* of the journey."""

    part: str
    steps: tuple[str, ...] = ()


LINES: dict[str, Realised | Later] = {
    "S-01": Realised(commands=("start", "help")),
    "S-02": Realised(commands=("plan", "help")),
    "S-03": Realised(commands=("start", "start purpose")),
    "S-04": Realised(("today",), ("introduction", "what-matters", "rehearse")),
    "S-05": Realised(("plan",), ("introduction", "what-matters", "what-you-do-well", "your-link")),
    "S-06": Realised(("interviews",), ("research-field",)),
    "S-07": Realised(("plan", "questions"), ("aim", "question-list")),
    "S-08": Realised(("refer reach", "board look"), ("contact-wishes",)),
    "S-09": Realised(("today",), ("research-field", "research-organisation", "research-person")),
    "S-10": Realised(("today",), ("research-organisation", "research-person")),
    "S-11": Realised(("today",), ("printed-matter",)),
    "S-12": Later("rehearsing with a peer: practice pairs in the group", ("rehearse",)),
    "S-13": Realised(("today", "refer"), ("friends-and-family", "earlier-jobs", "ask-the-group")),
    "S-14": Realised(("today",), ("association-meeting",)),
    "S-15": Realised(("today",), ("local-bodies",)),
    "S-16": Realised(("today",), ("news-and-directories",)),
    "S-17": Realised(("today",), ("campus",)),
    "S-18": Later("arranging: drafts for e-mail and phone", ("request", "send")),
    "S-19": Later("arranging: the call a day after an agreement by e-mail", ("confirm",)),
    "S-20": Realised(("refer share", "board ask"), ("connection",)),
    "S-21": Later("arranging: the fixed sentence in every draft", ("request",)),
    "S-22": Later("arranging: the fixed sentence that a group may switch off", ("what-you-ask",)),
    "S-23": Later("arranging: the voicemail script and the call back", ("leave-a-message",)),
    "S-24": Realised(("plan",), ("what-you-ask",)),
    "S-25": Realised(("today",), ("phone-becomes-talk",)),
    "S-26": Later("holding: pocket mode with the top five questions", ("phone-becomes-talk",)),
    "S-27": Later("arranging: the two fields of an on-site visit", ("directions",)),
    "S-28": Later("holding: the clock of pocket mode", ("keep-to-the-time",)),
    "S-29": Later("holding: five or ten minutes more in pocket mode", ("keep-to-the-time",)),
    "S-30": Realised(("today",), ("dress",)),
    "S-31": Later("arranging: the time to leave by, from the travel time", ("leave-early",)),
    "S-32": Realised(("today",), ("kind-to-everyone",)),
    "S-33": Realised(("today",), ("first-words",)),
    "S-34": Realised(("check",), ("open-questions",)),
    "S-35": Later("following up: the place in the debrief", ("look-around",)),
    "S-36": Later("following up: your own answer in the debrief", ("would-you-work-there",)),
    "S-37": Later("following up: the debrief", ("how-it-went",)),
    "S-38": Later("following up: the debrief", ("how-it-went",)),
    "S-39": Later("following up: the debrief, question by question", ("what-you-learned",)),
    "S-40": Later("following up: gaps that go into the next plan", ("what-you-learned",)),
    "S-41": Later("following up: the debrief", ("another-view",)),
    "S-42": Later("following up: dated steps", ("next-things",)),
    "S-43": Later("following up: the thank-you draft", ("thank-you", "thank-the-sharer")),
    "S-44": Later("following up: what you decided, in the draft", ("what-you-decided", "keep-in-touch")),
    "S-45": Realised(("today",), ("resume-later",)),
    "S-46": Realised(("refer", "contacts"), ("notes", "new-names")),
    "S-47": Realised(("plan",), ("next-talk",)),
}
QUESTIONS = tuple(f"Q{n}" for n in range(1, 31))


def test_no_line_of_the_guide_is_missing() -> None:
    assert list(LINES) == [f"S-{n:02}" for n in range(1, 48)]


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_the_guide_is_realised_by_something_that_is_there(line: str) -> None:
    library, registry, told = load(), registry_of(bot.commands), LINES[line]

    steps = [library.step(slug) for slug in told.steps]  # type: ignore[arg-type]
    assert all(step is not None and line in step.guide for step in steps), told.steps
    match told:
        case Realised(commands):
            assert commands or steps
            assert [path for path in commands if path not in registry.commands] == []
        case Later(part):
            assert part


def test_every_question_of_the_guide_is_in_the_bank_with_what_is_special_about_it() -> None:
    library = load()

    assert tuple(question.slug for question in library.questions) == QUESTIONS
    assert [q.slug for q in library.questions if q.shape is Shape.CLOSED] == ["Q14", "Q19"]
    assert [q.slug for q in library.questions if q.shape is Shape.CONSENT] == ["Q27"]
    assert [q.slug for q in library.questions if q.slot is Slot.SECOND_LAST] == ["Q26"]
    assert [q.slug for q in library.questions if q.slot is Slot.LAST] == ["Q27"]
