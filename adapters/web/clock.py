"""Holds the playground's clock: it goes like a real one and can be moved forward, and it remembers that."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from adapters.web.chat import Chat
from bot.nudging.hours import instant
from bot.talk.errors import BadInput
from bot.talk.words import _

SETTING = "clock"
FARTHEST = timedelta(days=366 * 2)
NINE = time(9)


class PlaygroundClock(Protocol):
    """The moment that it is in the playground, aware UTC."""

    def now(self) -> datetime: ...

    async def move_to(self, moment: datetime) -> None:
        """Let it be *moment* now. Raises `BadInput` for one that has passed or is years ahead."""

    async def restart(self) -> None:
        """Go back to real time. Only safe together with forgetting everything that happened later."""


class MovableClock:
    """Real time and an offset that is kept in *chat*. *wake* is called after each move, so that what has become due is
    delivered at once. Call `load` before use."""

    def __init__(
        self, chat: Chat, wake: Callable[[], None], real: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._chat = chat
        self._wake = wake
        self.real = real
        self._offset = timedelta()

    async def load(self) -> None:
        """Take up the offset that was kept."""
        self._offset = timedelta(seconds=float(await self._chat.setting(SETTING) or 0))

    def now(self) -> datetime:
        return self.real() + self._offset

    async def move_to(self, moment: datetime) -> None:
        if moment <= self.now():
            raise BadInput(_("That moment has passed. Time moves forward only; Reset goes back to real time."))
        if moment > self.real() + FARTHEST:
            raise BadInput(_("That is more than two years ahead. Choose a moment that is closer."))
        await self._shift(moment - self.real())

    async def restart(self) -> None:
        await self._shift(timedelta())

    async def _shift(self, offset: timedelta) -> None:
        await self._chat.set_setting(SETTING, str(offset.total_seconds()))
        self._offset = offset
        self._wake()


def moment_of(wish: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment for `hour` (in an hour), `tomorrow`, `monday` (both at 9:00) or a local `2026-12-08T09:00`.

    Raises `BadInput` for anything else.
    """
    today = now.astimezone(zone).date()
    match wish:
        case "hour":
            return now + timedelta(hours=1)
        case "tomorrow":
            return instant(today + timedelta(days=1), NINE, zone)
        case "monday":
            return instant(today + timedelta(days=7 - today.weekday()), NINE, zone)
        case _:
            return _typed(wish, zone)


def _typed(wish: str, zone: ZoneInfo) -> datetime:
    try:
        local = datetime.fromisoformat(wish)
        return instant(local.date(), local.time(), zone)
    except (ValueError, OverflowError):
        raise BadInput(_("Choose a day and a time, such as 8 December at 9:00.")) from None
