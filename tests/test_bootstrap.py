"""Shows that `python3 askwell.py` finds what it needs, and what it says and does before it has anything."""

import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import askwell

ROOT = askwell.ROOT
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = [askwell.TO_RUN, askwell.TO_TEST]


def locked(lock: Path) -> dict[str, str]:
    """Return the version of each package in *lock*."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


def needed(group: str) -> list[Requirement]:
    """Return what the project needs to run, and what *group* adds to it."""
    added = [line for line in PROJECT["dependency-groups"][group] if isinstance(line, str)]
    return [Requirement(line) for line in [*PROJECT["project"]["dependencies"], *added]]


@pytest.mark.parametrize(("lock", "group"), [(askwell.TO_RUN, "build"), (askwell.TO_TEST, "dev")])
def test_the_lock_files_hold_what_the_project_asks_for(lock: Path, group: str) -> None:
    versions = locked(lock)

    for wanted in needed(group):
        assert wanted.specifier.contains(versions[canonicalize_name(wanted.name)])


def test_whoever_tests_has_what_whoever_runs_has() -> None:
    assert locked(askwell.TO_RUN).items() <= locked(askwell.TO_TEST).items()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_the_lock_files_name_no_place_to_fetch_from(lock: Path) -> None:
    package = r"[a-z0-9-]+==[^ /]+( ;[^/]+)? \\"
    known = re.compile(rf"{package}|    --hash=sha256:[0-9a-f]{{64}}( \\)?| *#(?!.*//).*")

    strange = [line for line in lock.read_text(encoding="utf-8").splitlines() if not known.fullmatch(line)]

    assert strange == []


def test_an_old_python_can_read_the_bootstrap() -> None:
    ast.parse((ROOT / "askwell.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_says_what_is_missing() -> None:
    as_if_old = "import sys, runpy; sys.version_info = (3, 8); runpy.run_path('askwell.py', run_name='__main__')"

    outcome = subprocess.run([sys.executable, "-c", as_if_old], cwd=ROOT, capture_output=True, text=True)

    assert outcome.returncode == 1
    assert outcome.stderr.startswith("Askwell needs Python 3.11 or newer; this is Python 3.8.")


def test_a_missing_network_is_said_in_words() -> None:
    log = "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(...)': /simple/x/"

    assert askwell.advice(log).startswith("The package index could not be reached.")


def test_another_failure_shows_the_end_of_the_log() -> None:
    said = askwell.advice("many lines\n" * 50 + "ERROR: No space left on device\n")

    assert "ERROR: No space left on device" in said
    assert said.count("\n") < 15
    assert "Starting again is safe." in said


@pytest.fixture
def set_up_before(tmp_path: Path) -> Path:
    """Return a folder in which Askwell is set up; its `askwell` repeats the words that it is given."""
    home = tmp_path / "a folder"
    programs = home / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("askwell.py", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, home)
    (programs / "python").symlink_to(sys.executable)
    (programs / "askwell").write_text('#!/bin/sh\necho "$PWD: $*"\n')
    (programs / "askwell").chmod(0o755)
    write_mark(home)
    return home


def write_mark(home: Path) -> None:
    content = (home / "requirements.lock").read_bytes() + (home / "pyproject.toml").read_bytes()
    mark = {"home": str(home), "complete": [hashlib.sha256(content).hexdigest()]}
    (home / ".venv" / "askwell-setup.json").write_text(json.dumps(mark))


posix = pytest.mark.skipif(os.name == "nt", reason="its stand-in for askwell is a shell script")


@posix
@pytest.mark.parametrize(("words", "passed_on"), [([], "run"), (["check", "--all it"], "check --all it")])
def test_a_second_start_goes_straight_to_askwell(set_up_before: Path, words: list[str], passed_on: str) -> None:
    start = [sys.executable, str(set_up_before / "askwell.py"), *words]

    outcome = subprocess.run(start, cwd="/", capture_output=True, text=True)

    assert (outcome.stdout, outcome.stderr) == (f"{set_up_before}: {passed_on}\n", "")


@posix
@pytest.mark.parametrize("changed", ["pyproject.toml", "requirements.lock"])
def test_a_set_up_is_complete_until_the_project_changes(set_up_before: Path, changed: str) -> None:
    with (set_up_before / changed).open("a") as file:
        file.write("# changed\n")

    assert not is_complete(set_up_before)


@posix
def test_a_set_up_does_not_move_with_its_folder(set_up_before: Path) -> None:
    moved = set_up_before.rename(set_up_before.with_name("elsewhere"))

    assert not is_complete(moved)


@posix
def test_a_set_up_ends_with_the_python_it_was_made_with(set_up_before: Path) -> None:
    python = set_up_before / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")

    assert not is_complete(set_up_before)


def is_complete(home: Path) -> bool:
    """Ask the bootstrap in *home*."""
    ask = "import askwell as a; print(a.fingerprint(a.TO_RUN) in a.complete())"
    answer = subprocess.run([sys.executable, "-c", ask], cwd=home, capture_output=True, text=True, check=True)
    return answer.stdout == "True\n"


@pytest.mark.parametrize("line", (ROOT / "Procfile").read_text(encoding="utf-8").splitlines())
def test_the_procfile_names_commands_that_exist(line: str) -> None:
    program, command = line.split(": ")[1].split()
    ask = [sys.executable, "-c", "from app.cli import main; main()", command, "--help"]

    outcome = subprocess.run(ask, cwd=ROOT, capture_output=True, text=True)

    assert program == "askwell"
    assert outcome.returncode == 0


def test_bot_needs_python_alone() -> None:
    """The contract in pyproject.toml names the packages it forbids; this knows the rest."""
    at_home = {"bot", *sys.stdlib_module_names}

    strangers = [
        (path.relative_to(ROOT), name)
        for path in (ROOT / "bot").rglob("*.py")
        for name in imported(path)
        if name.partition(".")[0] not in at_home
    ]

    assert strangers == []


def imported(path: Path) -> Iterator[str]:
    """Name every module that a file imports, at its top or later."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.ImportFrom(module=str(name)):
                yield name
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case _:
                pass
