"""Lets a test make Discord fail: which call, how, and how often."""

from dataclasses import dataclass, field
from enum import Enum, auto
from fnmatch import fnmatchcase
from time import monotonic

from tests.discord.platform.rates import is_free


class How(Enum):
    """What goes wrong."""

    LIMITED = auto()
    BROKEN = auto()
    BROKEN_AFTER = auto()
    """500 although the call was carried out."""
    RESET = auto()
    RESET_AFTER = auto()
    """The connection breaks although the call was carried out."""
    SLOW = auto()
    REFUSED = auto()


@dataclass(slots=True, eq=False)
class Fault:
    """One thing that goes wrong *left* times more, or always if None. *hits* tells how often it has."""

    how: How
    route: str
    path: str = ""
    left: int | None = 1
    code: int = 0
    seconds: float = 0
    scope: str = "user"
    hits: int = 0

    def remove(self) -> None:
        self.left = 0

    def fits(self, route: str, path: str) -> bool:
        return self.left != 0 and fnmatchcase(route, self.route) and self.path in path

    def take(self) -> None:
        self.hits += 1
        if self.left is not None:
            self.left -= 1


@dataclass(slots=True)
class Faults:
    """The faults to come. *route* is one of the official document, or a pattern for some: "POST /channels/*/messages".

    *path* narrows it to addresses that contain it, such as a channel's id; *times* None: for ever.
    """

    _all: list[Fault] = field(default_factory=list)
    _frozen: list[tuple[Fault, float]] = field(default_factory=list)

    def limits(
        self, route: str, retry_after: float = 0.05, *, path: str = "", times: int | None = 1, scope: str = "user"
    ) -> Fault:
        """Answer 429: for the route, or with *scope* "global" or "shared". Calls before *retry_after* are noted."""
        return self._add(Fault(How.LIMITED, route, path, times, seconds=retry_after, scope=scope))

    def breaks(self, route: str, *, after: bool = False, path: str = "", times: int | None = 1) -> Fault:
        """Answer 500, before or *after* the call was carried out."""
        return self._add(Fault(How.BROKEN_AFTER if after else How.BROKEN, route, path, times))

    def resets(self, route: str, *, after: bool = False, path: str = "", times: int | None = 1) -> Fault:
        """Break the connection, before or *after* the call was carried out."""
        return self._add(Fault(How.RESET_AFTER if after else How.RESET, route, path, times))

    def delays(self, route: str, seconds: float = 3, *, path: str = "", times: int | None = 1) -> Fault:
        """Take the call *seconds* (of real time) late."""
        return self._add(Fault(How.SLOW, route, path, times, seconds=seconds))

    def refuses(self, route: str, code: int, *, path: str = "", times: int | None = 1) -> Fault:
        """Answer with one of Discord's error codes and do nothing."""
        return self._add(Fault(How.REFUSED, route, path, times, code=code))

    def take(self, route: str, path: str) -> Fault | None:
        """Return the oldest fault that befalls this call, and count it."""
        found = next((fault for fault in self._all if fault.fits(route, path)), None)
        if found:
            found.take()
        return found

    def freeze(self, fault: Fault) -> None:
        """Begin the time in which calls like the one that *fault* befell are not to be made."""
        self._frozen.append((fault, monotonic() + fault.seconds))

    def frozen_for(self, route: str, path: str) -> tuple[float, str]:
        """Return for how many seconds such calls are not to be made yet, and the scope that says so."""
        now = monotonic()
        self._frozen = [(fault, until) for fault, until in self._frozen if until > now]
        waits = [(until - now, fault.scope) for fault, until in self._frozen if _covers(fault, route, path)]
        return max(waits, default=(0.0, ""))

    def _add(self, fault: Fault) -> Fault:
        self._all.append(fault)
        return fault


def _covers(fault: Fault, route: str, path: str) -> bool:
    is_everywhere = fault.scope == "global" and not is_free(route)
    return is_everywhere or (fnmatchcase(route, fault.route) and fault.path in path)
