"""Holds what a window remembers of where it was opened, so that its answer goes there: Slack itself does not say."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from adapters.slack.asked import Asked
from bot.record import record

LASTS = timedelta(minutes=28)
"""A response URL works for 30 minutes: https://docs.slack.dev/interactivity/handling-user-interaction"""


@record
class Origin:
    """*path* and *known* are those of the form in the window, if there is one; *revision* counts how often it came back
    changed. *url* answers in the conversation the window was opened from until *until* (seconds since 1970), empty for
    one that was opened from the dashboard; *is_own* and *is_direct* describe the message whose button opened it."""

    path: str = ""
    known: Mapping[str, str] | None = None
    revision: int = 0
    channel: str | None = None
    url: str = ""
    until: int = 0
    is_own: bool = False
    is_direct: bool = False

    @classmethod
    def of(cls, asked: Asked, now: datetime) -> "Origin":
        """Return where a window that *asked* leads to comes from."""
        until = int((now + LASTS).timestamp()) if asked.response_url else 0
        return cls(
            channel=asked.channel, url=asked.response_url, until=until, is_own=asked.is_own, is_direct=asked.is_direct
        )

    def answers(self, asked: Asked, now: datetime) -> Asked:
        """Return *asked*, which happened inside the window, with the place where its answer belongs."""
        url = self.url if now.timestamp() < self.until else ""
        return replace(
            asked, channel=self.channel, response_url=url, is_own=self.is_own,
            is_ephemeral=self.is_own and not self.is_direct,
        )  # fmt: skip

    def to_text(self) -> str:
        """Return this as a window's private metadata."""
        return json.dumps({name: value for name, value in _fields(self).items() if value}, separators=(",", ":"))


def from_text(text: str) -> Origin:
    """Return what `Origin.to_text` wrote; an origin of nothing for what another version of Askwell may have written."""
    try:
        return Origin(**json.loads(text)) if text else Origin()
    except (TypeError, ValueError):
        return Origin()


def _fields(origin: Origin) -> dict[str, Any]:
    return {name: getattr(origin, name) for name in Origin.__dataclass_fields__}
