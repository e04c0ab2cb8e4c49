"""Says how long a letter that does not get through is tried, and which workspace is left alone meanwhile."""

from datetime import datetime, timedelta
from random import Random

from bot.model.outbox import Barrier, Later, Letter, LetterId, Never, Spot
from bot.model.people import Account

MAX_TRIES = 12
"""Errors of one letter: with the waits between them about an hour. What fails so often is a fault of ours."""

LONGEST_WAIT = timedelta(hours=1)

PATIENCE = timedelta(days=3)
"""From the first time that something keeps a letter: longer than a weekend on which nobody mends a workspace's access.
What is older has been overtaken by the next nudge, or is better said anew by whoever wanted it said."""

MOST_REMEMBERED = 10_000
"""Letters whose errors are counted; beyond that, those that erred longest ago are as good as new."""


class Patience:
    """Remembers, for this process, what went wrong. A start forgets it, which is kind and harmless: `PATIENCE` counts
    by what the store knows."""

    def __init__(self) -> None:
        self._errors: dict[LetterId, int] = {}
        self._frozen: dict[tuple[str, str], datetime] = {}

    def after_error(self, letter: Letter, why: str, now: datetime, *, is_in_doubt: bool) -> Later | Never:
        """Return when *letter* is tried again after an error: later each time, and at an odd moment."""
        errors = self._errors.pop(letter.id, 0) + 1
        if errors >= MAX_TRIES:
            return _given_up(letter, why, is_in_doubt=is_in_doubt)
        self._remember(letter, errors)
        wait = min(LONGEST_WAIT, timedelta(seconds=2**errors))
        chance = Random(f"{letter.key}:{errors}")  # noqa: S311 - spreads retries, guards nothing
        return self.kept(letter, Later(now + wait * chance.uniform(0.5, 1.0), why, is_in_doubt), now)

    def kept(self, letter: Letter, later: Later, now: datetime) -> Later | Never:
        """Return *later*, or that *letter* is given up: something has kept it for too long."""
        if letter.why and now - letter.due_at > PATIENCE:
            return _given_up(letter, later.why, is_in_doubt=later.is_in_doubt)
        return later

    def freeze(self, to: Account | Spot, until: datetime) -> None:
        """Leave the workspace of *to* alone until *until*, or longer if that was asked before."""
        place = (to.platform, to.workspace)
        self._frozen[place] = max(until, self._frozen.get(place, until))

    def frozen_until(self, to: Account | Spot, now: datetime) -> datetime | None:
        """Return when the workspace of *to* may be written to again, `None` when it may be now."""
        place = (to.platform, to.workspace)
        until = self._frozen.get(place)
        if until is not None and until <= now:
            del self._frozen[place]
            return None
        return until

    def _remember(self, letter: Letter, errors: int) -> None:
        if len(self._errors) >= MOST_REMEMBERED:
            del self._errors[next(iter(self._errors))]
        self._errors[letter.id] = errors


def _given_up(letter: Letter, why: str, *, is_in_doubt: bool) -> Never:
    is_unsure = letter.spot is not None and (letter.is_in_doubt or is_in_doubt)
    return Never(why, barrier=Barrier.UNSURE if is_unsure else None)
