"""Shows that the checker finds what is wrong with a text, says where, and lets the rest pass as typed."""

import re
import string
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.check import problems, report
from bot.content.library import DEFAULT, load
from bot.content.page import LARGEST
from bot.content.problem import ContentError, Problem
from bot.content.records import KINDS
from bot.model.question import Shape

SMALL = {
    "categories/background.md": "title: Background\norder: 1\n\nHow people got there.\n",
    "questions/Q1.md": "ask: Tell me how you began.\ncategory: background\nshape: open\n\nEasy to answer.\n",
    "questions/Q2.md": (
        "ask: Is it hard?\ncategory: background\nshape: closed\nrewrite: What is hard?\n\nGood to know.\n"
    ),
    "steps/begin.md": "title: Begin\nphase: preparing\norder: 1\nminutes: 5\n\nA first step.\n",
}
"""The least that is in order: each test changes one thing in it."""

Texts = Mapping[str, str | bytes | None]


def write(folder: Path, texts: Texts) -> Path:
    """Put the small content and then *texts* into *folder*; None leaves a file out."""
    for name, text in {**SMALL, **texts}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in problems(folder)]


# What is tolerated


def test_the_small_content_is_in_order(tmp_path: Path) -> None:
    assert told(write(tmp_path, {})) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeffask: Who?\ncategory: background\nshape: open\n\nWhy.\n", id="byte order mark"),
        pytest.param("ask: Who?\r\ncategory: background\r\nshape: open\r\n\r\nWhy.\r\n", id="Windows"),
        pytest.param("\n\nask: Who?\ncategory: background\nshape: open\n\nWhy.", id="empty lines around"),
        pytest.param("Ask : Who?\nCATEGORY:background\n shape:open\n  \n\n  Why.  \n", id="loose typing"),
    ],
)
def test_what_editors_do_to_a_file_is_tolerated(tmp_path: Path, text: str) -> None:
    question = load(write(tmp_path, {"questions/Q3.md": text})).questions[2]

    assert (question.text, question.category, question.shape, question.why) == (
        "Who?",
        "background",
        Shape.OPEN,
        "Why.",
    )


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_kept(tmp_path: Path) -> None:
    text = "title: B\norder: 2\n\nOne\n two.\n\n\nThree\nfour.\n"

    category = load(write(tmp_path, {"categories/b.md": text})).categories[1]

    assert category.about == "One two.\n\nThree four."


def test_files_that_file_managers_leave_behind_are_ignored(tmp_path: Path) -> None:
    write(tmp_path, {".DS_Store": b"\0\1", "questions/.DS_Store": b"\0", "steps/.begin.md.swp": b"\xff"})

    assert told(tmp_path) == []


AWKWARD = st.text(
    alphabet=st.one_of(
        st.sampled_from(":#'\"-|>&*!%@`,[]?\\~=<; "),
        st.sampled_from(string.ascii_letters + string.digits),
        st.characters(exclude_categories=("C", "Z"), exclude_characters="{}"),
    ),
    min_size=1,
    max_size=200,
).map(str.strip)


NOT_ONLY_WORDS = st.sampled_from(["yes", "1:30", "- no", "#1", "~", "'a': \"b\"", "null", "0x1", "&a", "1e3"])


@settings(deadline=None)  # it writes files, and a busy disk is no fault of the reader
@given(text=AWKWARD.filter(bool) | NOT_ONLY_WORDS)
def test_whatever_stands_after_the_colon_comes_out_exactly(text: str) -> None:
    with TemporaryDirectory() as name:
        folder = write(
            Path(name),
            {
                "questions/Q3.md": f"ask: {text}\ncategory: background\nshape: open\nhint: {text}\n\nWhy.\n",
                "questions/Q1.md": None,
                "questions/Q2.md": None,
            },
        )

        question = load(folder).questions[0]

    assert (question.text, question.hint) == (text, text)


# What is refused


QUESTION = "ask: Who?\ncategory: background\nshape: open\n"
STEP = "title: Read\nphase: preparing\norder: 2\nminutes: 5\n"

CASES: dict[str, tuple[Texts, list[str]]] = {
    "a missing line": (
        {"questions/Q3.md": "ask: Who?\ncategory: background\n\nWhy.\n"},
        ['questions/Q3.md:1: A question needs a line "shape: ...".'],
    ),
    "several missing lines": (
        {"steps/read.md": "title: Read\n\nWhy.\n"},
        [f'steps/read.md:1: A step needs a line "{key}: ...".' for key in ("phase", "order", "minutes")],
    ),
    "an empty value that is needed": (
        {"questions/Q3.md": "ask:\ncategory: background\nshape: open\n\nWhy.\n"},
        ['questions/Q3.md:1: Nothing stands after "ask:". Fill it in.'],
    ),
    "an empty value that is not needed": (
        {"questions/Q3.md": f"{QUESTION}hint:   \n\nWhy.\n"},
        ['questions/Q3.md:4: Nothing stands after "hint:". Fill it in or remove the line.'],
    ),
    "an empty number": (
        {"steps/read.md": "title: Read\nphase:\norder:\nminutes: 5\n\nWhy.\n"},
        [
            'steps/read.md:2: Nothing stands after "phase:". Fill it in.',
            'steps/read.md:3: Nothing stands after "order:". Fill it in.',
        ],
    ),
    "a key with a typing mistake": (
        {"questions/Q3.md": f"{QUESTION}hnit: Softly.\n\nWhy.\n"},
        ['questions/Q3.md:4: The key "hnit" is not known here. Did you mean "hint"?'],
    ),
    "a key of another kind": (
        {"categories/b.md": "title: B\norder: 2\nminutes: 5\n\nWhy.\n"},
        ['categories/b.md:3: The key "minutes" is not known here. A category has title and order.'],
    ),
    "a repeated key": (
        {"questions/Q3.md": f"{QUESTION}ask: Whom?\n\nWhy.\n"},
        ['questions/Q3.md:4: Line 1 says "ask" already. Keep one of the two lines.'],
    ),
    "a body without an empty line above": (
        {"questions/Q3.md": f"{QUESTION}This is why.\n"},
        [
            'questions/Q3.md:4: This line is not like "key: words". Put an empty line above the body.',
            "questions/Q3.md:4: The body is missing. Leave a line empty and write a sentence or two.",
        ],
    ),
    "a missing body": (
        {"questions/Q3.md": f"{QUESTION}\n\n"},
        [
            "questions/Q3.md:3: The body is missing. Leave a line empty and write a sentence or two.",
        ],
    ),
    "an empty line between header lines": (
        {"questions/Q3.md": "ask: Who?\n\ncategory: background\nshape: open\n\nWhy.\n"},
        [
            'questions/Q3.md:1: A question needs a line "category: ...".',
            'questions/Q3.md:1: A question needs a line "shape: ...".',
            'questions/Q3.md:3: Move the line "category: ..." above the first empty line.',
            'questions/Q3.md:4: Move the line "shape: ..." above the first empty line.',
        ],
    ),
    "marks in the body": (
        {"questions/Q3.md": f"{QUESTION}\n# Why\n\n- This is **why**.\nAnd so.\n1 > 0.\n"},
        [
            'questions/Q3.md:5: Write plain sentences: "#" would be shown as typed.',
            'questions/Q3.md:7: Write plain sentences: "-" would be shown as typed.',
        ],
    ),
    "a shape with a typing mistake": (
        {"questions/Q3.md": "ask: Who?\ncategory: background\nshape: clsoed\nrewrite: What?\n\nWhy.\n"},
        ['questions/Q3.md:3: "clsoed" is not known for "shape:". Did you mean "closed"?'],
    ),
    "a phase far from all": (
        {"steps/read.md": "title: Read\nphase: zzz\norder: 1\nminutes: 5\n\nWhy.\n"},
        [
            (
                'steps/read.md:2: "zzz" is not known for "phase:". '
                "Choose starting, finding, preparing, arranging, holding or following-up."
            ),
        ],
    ),
    "an unknown category": (
        {"questions/Q3.md": "ask: Who?\ncategory: backgroud\nshape: open\n\nWhy.\n"},
        ['questions/Q3.md:2: "backgroud" is not known for "category:". Did you mean "background"?'],
    ),
    "a closed question without an open form": (
        {"questions/Q14.md": "ask: Is it?\ncategory: background\nshape: closed\n\nWhy.\n"},
        ['questions/Q14.md:3: A closed question needs a line "rewrite: ...".'],
    ),
    "an open question with an open form": (
        {"questions/Q3.md": f"{QUESTION}rewrite: What?\n\nWhy.\n"},
        ['questions/Q3.md:4: Only a closed question has a "rewrite:". Remove this line.'],
    ),
    "a question after one that is not there": (
        {"questions/Q3.md": f"{QUESTION}follows: Q11\n\nWhy.\n"},
        ['questions/Q3.md:4: "Q11" is not known for "follows:". Choose Q1, Q2 or Q3.'],
    ),
    "a question after itself": (
        {"questions/Q3.md": f"{QUESTION}follows: Q3\n\nWhy.\n"},
        [
            "questions/Q3.md:4: The follows lines lead from here back to here. Remove one of them.",
        ],
    ),
    "questions that wait for each other": (
        {
            "questions/Q3.md": f"{QUESTION}follows: Q4\n\nWhy.\n",
            "questions/Q4.md": "ask: Whom?\ncategory: background\nshape: open\nfollows: Q3\n\nWhy.\n",
            "questions/Q5.md": "ask: Whose?\ncategory: background\nshape: open\nfollows: Q3\n\nWhy.\n",
        },
        [
            f"questions/{slug}.md:4: The follows lines lead from here back to here. Remove one of them."
            for slug in ("Q3", "Q4")
        ],
    ),
    "two openers": (
        {
            "questions/Q3.md": f"{QUESTION}slot: opener\n\nWhy.\n",
            "questions/Q4.md": "ask: Whom?\ncategory: background\nshape: open\nslot: opener\n\nWhy.\n",
        },
        ["questions/Q4.md:4: questions/Q3.md has this slot already, and only one question can have it."],
    ),
    "two late ones, and two last ones": (
        {
            f"questions/Q{at}.md": f"ask: Who{at}?\ncategory: background\nshape: open\nslot: {slot}\n\nWhy.\n"
            for at, slot in enumerate(["late", "late", "last", "last"], start=7)
        },
        ["questions/Q10.md:4: questions/Q9.md has this slot already, and only one question can have it."],
    ),
    "a copied question": (
        {"questions/Q3.md": "ask: is it HARD?\ncategory: background\nshape: open\n\nWhy.\n"},
        [
            (
                "questions/Q3.md:1: questions/Q2.md has the same words. "
                "Write others here, or remove one of the two files."
            ),
        ],
    ),
    "a step in the place of another": (
        {
            "steps/read.md": "title: Read\nphase: preparing\norder: 01\nminutes: 5\n\nWhy.\n",
            "steps/write.md": "title: Write\nphase: arranging\norder: 1\nminutes: 5\n\nWhy.\n",
        },
        ['steps/read.md:3: steps/begin.md has the same "order:". Choose another number for one of them.'],
    ),
    "a number in words": (
        {"steps/read.md": "title: Read\nphase: preparing\norder: 2\nminutes: five\n\nWhy.\n"},
        ['steps/read.md:4: Write "minutes:" as a whole number from 1 to 120, not "five".'],
    ),
    "numbers out of range": (
        {"steps/read.md": "title: Read\nphase: preparing\norder: 0\nminutes: 99999999999\n\nWhy.\n"},
        [
            'steps/read.md:3: Write "order:" as a whole number from 1 to 999, not "0".',
            'steps/read.md:4: Write "minutes:" as a whole number from 1 to 120, not "99999999999".',
        ],
    ),
    "digits of another script": (
        {"steps/read.md": "title: Read\nphase: preparing\norder: \u0663\nminutes: 5\n\nWhy.\n"},
        ['steps/read.md:3: Write "order:" as a whole number from 1 to 999, not "\u0663".'],
    ),
    "a placeholder with a typing mistake": (
        {"steps/read.md": f"{STEP}\nLook at\n{{organization}}.\n"},
        ['steps/read.md:7: "{organization}" cannot be filled in. Did you mean "{organisation}"?'],
    ),
    "a placeholder far from all": (
        {"steps/read.md": "title: Ask {0}\nphase: preparing\norder: 2\nminutes: 5\n\nWhy.\n"},
        ['steps/read.md:1: "{0}" cannot be filled in. Use {contact}, {organisation} or {field}.'],
    ),
    "half a placeholder": (
        {"steps/read.md": f"{STEP}\nLook at {{contact.\n"},
        ['steps/read.md:6: "{" cannot be filled in. Use {contact}, {organisation} or {field}.'],
    ),
    "a placeholder in a question": (
        {"questions/Q3.md": "ask: Who is {contact}?\ncategory: background\nshape: open\n\nWhy.\n"},
        ['questions/Q3.md:1: "{contact}" cannot be filled in. Write it out, without curly brackets.'],
    ),
    "lines that the guide has not": (
        {"steps/read.md": f"{STEP}guide: S-48, S-09,, S-09\n\nWhy.\n"},
        [
            (
                'steps/read.md:5: "S-48" is no line of the guide. '
                'Use "S-01" to "S-47", with a comma between two of them.'
            ),
            ('steps/read.md:5: "" is no line of the guide. Use "S-01" to "S-47", with a comma between two of them.'),
            "steps/read.md:5: S-09 is named twice. Name it once.",
        ],
    ),
    "an unclear yes": (
        {"steps/read.md": f"{STEP}research: true\n\nWhy.\n"},
        ['steps/read.md:5: "true" is not known for "research:". Choose yes or no.'],
    ),
    "a long question": (
        {"questions/Q3.md": f"ask: {'a' * 301}\ncategory: background\nshape: open\n\nWhy.\n"},
        ['questions/Q3.md:1: "ask:" is 301 characters long; 300 are allowed. Shorten it.'],
    ),
    "a long title": (
        {"categories/b.md": f"title: {'a' * 76}\norder: 2\n\nWhy.\n"},
        ['categories/b.md:1: "title:" is 76 characters long; 75 are allowed. Shorten it.'],
    ),
    "a long body": (
        {"questions/Q3.md": f"{QUESTION}\n\n{'a' * 300}\n{'a' * 300}\n"},
        ["questions/Q3.md:6: The body is 601 characters long; 600 are allowed. Shorten it."],
    ),
    "a step with too many words": (
        {"steps/read.md": f"{STEP}\n{'a ' * 60}\n"},
        ["steps/read.md:6: Title and body have 61 words together; a nudge has room for 60."],
    ),
    "a tab": (
        {"questions/Q3.md": "ask: Who?\ncategory:\tbackground\nshape: open\n\nWhy.\n"},
        ["questions/Q3.md:2: This line holds a tab. Use spaces instead."],
    ),
    "invisible characters": (
        {"questions/Q3.md": f"{QUESTION}\nWhy\x1b.\u202e\nSo.\r\n"},
        [
            "questions/Q3.md:5: This line holds an invisible character (U+001B). Type the line anew.",
            "questions/Q3.md:5: This line holds an invisible character (U+202E). Type the line anew.",
        ],
    ),
    "another encoding": (
        {"questions/Q3.md": f"{QUESTION}\nFine.\nCaf\xe9.\n".encode("latin-1")},
        ['questions/Q3.md:6: This line is not UTF-8 text. Save the file again with the encoding "UTF-8".'],
    ),
    "an empty file": (
        {"questions/Q3.md": " \n\n"},
        ['questions/Q3.md:1: This file is empty. Begin it with a line "ask: ...".'],
    ),
    "a large file": (
        {"questions/Q3.md": b"a" * (LARGEST + 1)},
        ["questions/Q3.md:1: This file is longer than 20,000 bytes. Is it really one of the texts?"],
    ),
    "a file name with a zero": (
        {"questions/Q03.md": f"{QUESTION}\nWhy.\n"},
        [
            'questions/Q03.md:1: Name this file with a Q and a number, no zero first, like "Q31.md".',
        ],
    ),
    "a file name with a capital": (
        {"steps/Read.md": f"{STEP}\nWhy.\n"},
        [
            ('steps/Read.md:1: Name this file with up to 40 small letters, digits and hyphens, like "look-around.md".'),
        ],
    ),
    "a stray file": (
        {"questions/notes.txt": "Remember the milk.\n"},
        [
            ('questions/notes.txt:1: Only files whose name ends in ".md" are read. Rename this one or take it away.'),
        ],
    ),
    "a stray folder": (
        {"questions/old/Q1.md": "ask: Who?\n"},
        ["questions/old: Folders in here are not read. Move the files up to questions."],
    ),
    "a file beside the folders": (
        {"Q1.md": "ask: Who?\n"},
        [
            "Q1.md: Nothing is read from here. Move it to categories, questions or steps, or take it away.",
        ],
    ),
    "an empty folder": (
        {"steps/begin.md": None},
        ["steps: This folder is empty. Put a step into it."],
    ),
}


@pytest.mark.parametrize(("texts", "expected"), CASES.values(), ids=CASES.keys())
def test_each_mistake_is_told_with_file_line_and_what_to_do(tmp_path: Path, texts: Texts, expected: list[str]) -> None:
    assert told(write(tmp_path, texts)) == expected


def test_a_missing_folder_is_told_once(tmp_path: Path) -> None:
    write(tmp_path, {"categories/background.md": None})
    (tmp_path / "categories").rmdir()

    assert told(tmp_path) == ["categories: Make this folder, with a file for each category."]


def test_content_that_is_nowhere_is_told(tmp_path: Path) -> None:
    assert told(tmp_path / "nowhere") == [f"{tmp_path}/nowhere: There is no such folder."]


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    write(tmp_path, {})
    (tmp_path / "questions/Q3.md").symlink_to(tmp_path / "gone")

    assert told(tmp_path) == [
        "questions/Q3.md:1: This file cannot be opened (No such file or directory). Look at its permissions.",
    ]


def test_all_problems_of_all_files_are_told_in_one_go_and_in_order(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "questions/Q10.md": "ask: Who?\ncategory: x\nshape: x\n\nWhy.\n",
            "questions/Q3.md": b"\xff",
            "categories/background.md": "title: B\n\nWhy.\n",
        },
    )

    assert [(problem.file, problem.line) for problem in problems(tmp_path)] == [
        ("categories/background.md", 1),
        ("questions/Q3.md", 1),
        ("questions/Q10.md", 2),
        ("questions/Q10.md", 3),
    ]


def test_loading_refuses_with_every_problem_of_the_checker(tmp_path: Path) -> None:
    write(tmp_path, {"questions/Q3.md": "ask: Who?\n", "steps/read.md": "hello"})

    with pytest.raises(ContentError) as refusal:
        load(tmp_path)

    assert list(refusal.value.problems) == problems(tmp_path)
    assert str(refusal.value).splitlines() == told(tmp_path)


def test_the_report_counts_what_is_to_be_put_right() -> None:
    found = [Problem("steps/a.md", 1, "One."), Problem("steps/a.md", 3, "Two.")]

    assert report(found) == "steps/a.md:1: One.\nsteps/a.md:3: Two.\n2 things to put right in 1 place."


def test_a_terminal_is_never_sent_what_a_file_hides(tmp_path: Path) -> None:
    hidden = {
        "questions/Q\x1b[2J.md": "ask: Who?",
        "questions/Q3.md": f"{QUESTION}follows: \x1b[2J\n\nWhy.\n",
    }

    sentences = told(write(tmp_path, hidden))

    assert sentences
    assert all(sentence.isprintable() for sentence in sentences)


def lines_of(data: bytes) -> int:
    return data.count(b"\n") + 1


FRAGMENTS = (
    b"ask: Who?|category: background|category: x|shape: closed|shape: open|rewrite: What?|slot: last|hint:|"
    b"follows: Q1|follows: Q3|order: 1|title: a|phase: holding|minutes: 1|||Why.|: |# {contact}|\t|\r|\xff|"
    b"\xef\xbb\xbf"
).split(b"|")
NEARLY_CONTENT = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map(b"\n".join)


@pytest.mark.parametrize("name", ["categories/x.md", "questions/Q3.md", "steps/x.md"])
@settings(deadline=None)
@given(data=st.binary(max_size=200) | NEARLY_CONTENT)
def test_any_bytes_are_told_with_file_and_line_or_load(name: str, data: bytes) -> None:
    with TemporaryDirectory() as folder:
        found = problems(write(Path(folder), {name: data}))

        if not found:
            load(Path(folder))
    assert all(problem.file == name and 1 <= problem.line <= lines_of(data) for problem in found)


# What authors are told


def readme() -> str:
    return (DEFAULT.parent / "README.md").read_text(encoding="utf-8")


def test_the_authors_page_names_every_header_line() -> None:
    page = readme()

    assert [key for kind in KINDS for key in kind.keys if f"`{key}:" not in page] == []


def bare(sentence: str) -> str:
    """Return *sentence* without what differs from file to file: quoted words and numbers."""
    return re.sub(r"[0-9]+", "0", re.sub(r'"[^"]*"', '"', sentence))


def explained() -> list[str]:
    """Return each message that the authors' page explains, without the dots that stand for a name."""
    table = readme().partition("| Message |")[2]
    rows = re.findall(r"^\| (.+?) \| ", table, re.MULTILINE)
    return [bare(row).removeprefix("... ").removesuffix(" ...").rstrip(".") for row in rows]


@pytest.mark.parametrize("message", explained())
def test_the_authors_page_explains_only_messages_that_exist(message: str) -> None:
    sentences = [bare(sentence) for _, expected in CASES.values() for sentence in expected]

    assert [sentence for sentence in sentences if message in sentence] != []
