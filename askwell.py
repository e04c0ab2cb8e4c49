"""Sets Askwell up in `.venv` beside this file, then runs it: `python3 askwell.py`, `python3 askwell.py test`.

It needs the standard library only, and old Pythons can parse it, so that they can say what is missing.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

if sys.version_info < (3, 11):
    sys.exit(
        f"Askwell needs Python 3.11 or newer; this is Python {sys.version_info[0]}.{sys.version_info[1]}.\n"
        "Start it again with a newer one, for example: python3.12 askwell.py"
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
MARK = VENV / "askwell-setup.json"  # says which set-ups are complete
LOG = VENV / "askwell-setup.log"
TO_RUN = ROOT / "requirements.lock"
TO_TEST = ROOT / "requirements-dev.lock"  # holds all of TO_RUN, in the same versions

# These would send packages elsewhere or mix others in. Where to fetch from stays the person's own choice.
ASTRAY = {"PYTHONHOME", "PYTHONPATH", "PIP_CONSTRAINT", "PIP_DRY_RUN", "PIP_PREFIX", "PIP_ROOT", "PIP_TARGET"}
NO_NETWORK = re.compile(
    "connection broken|ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|Max retries exceeded",
    re.IGNORECASE,
)
SECONDS_BETWEEN_LINES = 5


class SetupFailed(Exception):
    """Askwell cannot be set up; the message tells the person what to do."""


def main(words: list[str]) -> NoReturn:
    """Set up what *words* need, then become the program that carries them out."""
    os.chdir(ROOT)
    if words[:1] == ["test"]:
        set_up(TO_RUN, TO_TEST)
        hand_over(PYTHON, str(ROOT / ".ci" / "checks.py"), *words[1:])
    set_up(TO_RUN)
    hand_over(BIN / ("askwell.exe" if os.name == "nt" else "askwell"), *(words or ["run"]))


def hand_over(program: Path, *words: str) -> NoReturn:
    command = [str(program), *words]
    if os.name == "nt":  # there, exec would return to the prompt while the program still runs
        sys.exit(subprocess.call(command))
    os.execv(program, command)


def set_up(*locks: Path) -> None:
    """Make `.venv` hold the last of *locks*, which holds the others; at once if it does already."""
    wanted = [fingerprint(lock) for lock in locks]
    if wanted[-1] in complete():
        return
    with one_at_a_time():
        if wanted[-1] not in complete():  # another start may have done it while this one waited
            install(locks[-1], wanted)


def fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()


def complete() -> list[str]:
    """Return the fingerprints of complete set-ups; none if `.venv` was moved or copied here."""
    try:
        mark = json.loads(MARK.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return list(mark["complete"]) if mark["home"] == str(ROOT) and PYTHON.exists() else []


def write_mark(fingerprints: list[str]) -> None:
    MARK.write_text(json.dumps({"home": str(ROOT), "complete": fingerprints}), encoding="utf-8")


def install(lock: Path, fingerprints: list[str]) -> None:
    """Install *lock* and the project.

    Killed anywhere in here, it leaves a mark that makes the next start begin anew.
    """
    began = time.monotonic()
    say("Setting up Askwell in .venv. The first time, this takes about a minute.")
    if not can_be_added_to():
        make_venv()
    write_mark([])
    pip(f"Installing the packages of {lock.name}", "--require-hashes", "-r", str(lock))
    pip("Installing Askwell itself", "--no-build-isolation", "-e", str(ROOT))
    write_mark(fingerprints)
    say(f"Ready after {time.monotonic() - began:.0f} s.")


def can_be_added_to() -> bool:
    """Tell whether `.venv` was complete once, or was made by other hands, and still has a Python with pip."""
    return (bool(complete()) or not MARK.exists()) and has(PYTHON, "pip")


def has(python: Path, module: str) -> bool:
    """Tell whether this *python* starts, is new enough and finds *module*."""
    code = f"import sys, {module}; sys.exit(sys.version_info < (3, 11))"
    try:
        outcome = subprocess.run([python, "-c", code], capture_output=True, env=calm(), check=False)
    except OSError:
        return False
    return outcome.returncode == 0


def make_venv() -> None:
    """Make `.venv` anew; without pip where this Python has none to give."""
    discarded = ROOT / ".venv.discarded"
    shutil.rmtree(discarded, ignore_errors=True)
    if VENV.exists():
        VENV.rename(discarded)
    VENV.mkdir()
    write_mark([])
    shutil.rmtree(discarded, ignore_errors=True)
    if not has(outer_python(), "ensurepip"):  # Debian keeps it in a package of its own
        apt_install(venv_package())
    without = [] if has(outer_python(), "ensurepip") else ["--without-pip"]
    watch("Making .venv", [str(outer_python()), "-m", "venv", *without, str(VENV)])


def outer_python() -> Path:
    """Return the Python outside any virtual environment: this may run in the `.venv` that it replaces."""
    return Path(getattr(sys, "_base_executable", sys.executable))


def venv_package() -> str:
    return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def apt_install(package: str) -> bool:
    """Install a Debian package, and tell whether that was possible without asking anybody."""
    apt = shutil.which("apt-get")
    if os.name == "nt" or not apt or os.geteuid() != 0:
        return False
    try:
        watch(f"Asking for Debian's package {package}", [apt, "update", "-q"])
        watch(f"Installing Debian's package {package}", [apt, "install", "-q", "-y", package])
    except SetupFailed:
        return False
    return True


def pip(what: str, *words: str) -> None:
    """Run `pip install` with the pip of `.venv` or, where that has none, of the Python outside."""
    if has(PYTHON, "pip"):
        start = [str(PYTHON), "-m", "pip"]
    elif has(outer_python(), "pip"):
        start = [str(outer_python()), "-m", "pip", "--python", str(PYTHON)]
    else:
        raise SetupFailed(
            "This Python has neither ensurepip nor pip. On Debian or Ubuntu, run this, then start again:\n"
            f"  sudo apt install {venv_package()}"
        )
    watch(what, [*start, "install", "--no-deps", "--progress-bar", "off", *words])


def watch(what: str, command: list[str]) -> None:
    """Run *command* with its output in the log, showing every few seconds how far it is."""
    say(what)
    with LOG.open("wb") as log:
        # close_fds: children hold the set-up lock too, so a pip that outlives us keeps others waiting.
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=calm(), close_fds=False
        )
        try:
            code = wait_for(process)
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if code:
        raise SetupFailed(advice(LOG.read_text(encoding="utf-8", errors="replace")))


def wait_for(process: subprocess.Popen[bytes]) -> int:
    began = time.monotonic()
    while True:
        try:
            return process.wait(SECONDS_BETWEEN_LINES)
        except subprocess.TimeoutExpired:
            lines = LOG.read_text(encoding="utf-8", errors="replace").split("\n")
            latest = next((line.strip() for line in reversed(lines) if line.strip()), "...")
            say(f"  {time.monotonic() - began:.0f} s  {latest[:72]}")


def calm() -> dict[str, str]:
    """Return this environment with what installers need to work in `.venv` without asking questions."""
    kept = {name: value for name, value in os.environ.items() if name not in ASTRAY}
    quiet = {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return {**kept, **quiet, "DEBIAN_FRONTEND": "noninteractive"}


def advice(log: str) -> str:
    """Turn the output of a failed installer into what a person can do."""
    again = f"Starting again is safe. The whole log is in {LOG}."
    if NO_NETWORK.search(log[-3000:]):
        return f"The package index could not be reached. Check the network or the proxy. {again}"
    return "The last lines were:\n  {}\n{}".format("\n  ".join(log.strip().split("\n")[-12:]), again)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the set-up lock, which every program started meanwhile holds too."""
    with (ROOT / ".venv.lock").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        waited = 0
        while not locked(file.fileno()):
            if waited % SECONDS_BETWEEN_LINES == 0:
                say(f"Another start is setting Askwell up; waiting for it ({waited} s).")
            time.sleep(1)
            waited += 1
        yield


def locked(file: int) -> bool:
    """Try to lock an open file, and tell whether that worked; closing it unlocks it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def say(line: str) -> None:
    """Show a line of progress, apart from what Askwell itself prints."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
    except SetupFailed as problem:
        sys.exit(f"Askwell could not be set up. {problem}")
    except OSError as problem:
        sys.exit(f"Askwell could not be set up here. {problem.strerror}: {problem.filename}")
