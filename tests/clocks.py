"""Holds a clock that goes like a real one, from whatever moment a test begins at."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass
class Clock:
    """*started* is when it showed *first*."""

    first: datetime
    started: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.first + (datetime.now(UTC) - self.started)

    def to(self, moment: datetime) -> None:
        """Let it be *moment* now."""
        self.first += moment - self()

    def forward(self, **span: float) -> None:
        self.first += timedelta(**span)


@dataclass
class StillClock(Clock):
    """The same, but it moves only when told to."""

    def __call__(self) -> datetime:
        return self.first

    @property
    def now(self) -> datetime:
        return self.first
