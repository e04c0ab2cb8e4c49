"""Streams news to an open page as server-sent events that can be taken up again after any interruption."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sse_starlette import ServerSentEvent

from adapters.web.chat import Message
from adapters.web.feed import era_of
from adapters.web.messages import show
from adapters.web.stage import Sight, Stage, Standing, sight_of
from bot.record import record

RETRY = 1_000
"""Milliseconds until a browser knocks again after the connection was lost."""


@record
class Bookmark:
    """How far a page has read: up to *revision* of *era*."""

    era: str
    revision: int

    def __str__(self) -> str:
        return f"{self.era}.{self.revision}"


@record
class Clockface:
    """What a page needs in order to show the time by itself."""

    offset: timedelta
    zone: str

    def is_like(self, other: "Clockface | None") -> bool:
        is_close = other is not None and abs(other.offset - self.offset) < timedelta(seconds=2)
        return is_close and other is not None and other.zone == self.zone

    def as_json(self) -> dict[str, Any]:
        return {"offset": round(self.offset.total_seconds() * 1000), "zone": self.zone}


def bookmark_of(text: str) -> Bookmark:
    """Return the bookmark that was written as `era.revision`; an unknown era makes the page load again."""
    era, _dot, revision = text.partition(".")
    return Bookmark(era, int(revision) if revision.isdecimal() else 0)


def clockface_of(sight: Sight) -> Clockface:
    return Clockface(sight.now - datetime.now(UTC), str(sight.zone))


async def news(stage: Stage, standing: Standing, mark: Bookmark) -> AsyncIterator[ServerSentEvent]:
    """Yield what happens after *mark*, for as long as the page listens."""
    told: Clockface | None = None
    with stage.feed.listening() as bell:
        while await era_of(stage.chat) in (mark.era, ""):  # none: a reset is on its way
            sight = await sight_of(stage, standing)
            if not clockface_of(sight).is_like(told):
                told = clockface_of(sight)
                yield ServerSentEvent(json.dumps(told.as_json()), event="clock", retry=RETRY)
            for message in await stage.chat.since(mark.revision, standing.person.id):
                mark = Bookmark(mark.era, message.revision)
                yield ServerSentEvent(json.dumps(_item(message, sight)), event="news", id=str(mark))
            await bell.wait()
    yield ServerSentEvent("{}", event="reset")


def _item(message: Message, sight: Sight) -> dict[str, Any]:
    """Return what this page hears of *message*: all of it, or of another room only that there is something."""
    if sight.standing.sees(message):
        return show(message, sight).as_json()
    return {"room": message.room, "revision": message.revision, "is_edit": message.edited_at is not None}
