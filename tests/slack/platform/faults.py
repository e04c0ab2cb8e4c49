"""Lets a test make Slack fail: which call, how, and how often."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto


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
    """One thing that goes wrong *left* times more, or always if None. *hits* tells how often it has. The next *spared*
    calls go well all the same."""

    how: How
    method: str
    team: str = ""
    left: int | None = 1
    code: str = ""
    seconds: float = 0
    hits: int = 0
    spared: int = 0

    def remove(self) -> None:
        self.left = 0

    def fits(self, method: str, team: str) -> bool:
        return self.left != 0 and self.method in {method, "*"} and self.team in {"", team}

    def take(self) -> None:
        self.hits += 1
        if self.left is not None:
            self.left -= 1


@dataclass(slots=True)
class Faults:
    """The faults to come. *method* is a Web API method, "response_url", "upload", "link" (a new Socket Mode connection,
    which is then refused) or "*"; *times* None: for ever."""

    _all: list[Fault] = field(default_factory=list)
    _frozen: dict[tuple[str, str], datetime] = field(default_factory=dict)

    def limits(self, method: str, retry_after: int = 1, *, times: int | None = 1, team: str = "") -> Fault:
        """Answer 429 with Retry-After: *retry_after* seconds; calls before that time are a violation."""
        return self._add(Fault(How.LIMITED, method, team, times, seconds=retry_after))

    def breaks(self, method: str, *, after: bool = False, times: int | None = 1, team: str = "") -> Fault:
        """Answer 500, before or *after* the call was carried out."""
        return self._add(Fault(How.BROKEN_AFTER if after else How.BROKEN, method, team, times))

    def resets(self, method: str, *, after: bool = False, times: int | None = 1, team: str = "") -> Fault:
        """Break the connection, before or *after* the call was carried out."""
        return self._add(Fault(How.RESET_AFTER if after else How.RESET, method, team, times))

    def delays(self, method: str, seconds: float = 3, *, times: int | None = 1, team: str = "") -> Fault:
        """Answer *seconds* (of real time) late."""
        return self._add(Fault(How.SLOW, method, team, times, seconds=seconds))

    def refuses(self, method: str, code: str, *, times: int | None = 1, team: str = "") -> Fault:
        """Answer `{"ok": false, "error": code}` and do nothing."""
        return self._add(Fault(How.REFUSED, method, team, times, code=code))

    def take(self, method: str, team: str) -> Fault | None:
        """Return the oldest fault that befalls this call, and count it."""
        found = next((fault for fault in self._all if fault.fits(method, team)), None)
        if found and found.spared:
            found.spared -= 1
            return None
        if found:
            found.take()
        return found

    def freeze(self, method: str, team: str, until: datetime) -> None:
        self._frozen[method, team] = until

    def frozen_for(self, method: str, team: str, now: datetime) -> timedelta:
        """Return how long calls of *method* by *team* still have to wait; zero or less when they may be made."""
        return self._frozen.get((method, team), now) - now

    def _add(self, fault: Fault) -> Fault:
        self._all.append(fault)
        return fault
