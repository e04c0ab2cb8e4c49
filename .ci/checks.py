"""Runs every check and all tests, each of them even after one has failed, and closes with one line for each.

`python3 askwell.py test` starts it in the finished `.venv`; the words after `test` go to pytest.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from askwell import BIN, PYTHON, apt_install

WORKERS = str((os.cpu_count() or 1) + 2)
"""Processes for the tests: a test waits for half of its time, for a server, a browser or a pause that it measures. Each
gets neighbours to run, which share what is slow to start, and takes over from others at the end."""

CHECKS = {
    "ruff check": (BIN / "ruff", "check"),
    "ruff format": (BIN / "ruff", "format", "--check"),
    "mypy": (PYTHON, "-m", "mypy"),
    "lint-imports": (BIN / "lint-imports",),
    "askwell check": (BIN / "askwell", "check"),
    "pytest": (PYTHON, "-m", "pytest", "-n", WORKERS, "--dist", "worksteal"),
}
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
NO_BROWSER = (
    "The browser tests need Chromium or Chrome on the PATH, and there is none.\n"
    "On Debian: sudo apt install chromium. Elsewhere: install Chrome, then start again."
)


def main(words: list[str]) -> int:
    """Return the exit code: 0 if everything passed."""
    browser = find_browser()
    # Playwright drives that browser and must not fetch one of its own.
    os.environ.update(ASKWELL_TEST_BROWSER=browser or "", PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD="1")
    outcomes = [("browser", bool(browser), 0.0)]
    for name, (program, *fixed) in CHECKS.items():
        began = time.monotonic()
        passed = run(name, [program, *fixed, *(words if name == "pytest" else [])])
        outcomes.append((name, passed, time.monotonic() - began))
    return summary(outcomes)


def find_browser() -> str | None:
    """Return the path of a browser, installed first if that is needed and possible."""
    browser = installed_browser()
    if not browser and apt_install("chromium"):
        browser = installed_browser()
    if not browser:
        print(NO_BROWSER, file=sys.stderr)
    return browser


def installed_browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def run(name: str, command: list[str | Path]) -> bool:
    print(f"\n=== {name}", flush=True)
    return subprocess.run(command, check=False).returncode == 0


def summary(outcomes: list[tuple[str, bool, float]]) -> int:
    print("\n=== all checks")
    for name, passed, seconds in outcomes:
        print(f"{'passed' if passed else 'FAILED'}  {name:<14}{seconds:6.1f} s")
    return 0 if all(passed for _, passed, _ in outcomes) else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
