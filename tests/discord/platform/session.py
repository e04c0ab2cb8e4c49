"""Holds one session of the gateway: what was sent in it, so that it can be resumed, and the line that it is on."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from aiohttp import web

from tests.discord.platform.snowflakes import shard_of
from tests.discord.platform.state import Json

GUILDS, MEMBERS, PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = MEMBERS | PRESENCES | MESSAGE_CONTENT
KNOWN = (1 << 26) - 1

SENDS, SENDS_IN = 120, 60.0  # https://docs.discord.com/developers/events/gateway#rate-limiting


@dataclass(slots=True, eq=False)
class Line:
    """One websocket. What is put on it goes out in order; *is_silent* is one that has died without a word."""

    socket: web.WebSocketResponse
    request: web.Request
    session: "Session | None" = None
    is_silent: bool = False
    is_ready: bool = False
    is_ended: bool = False
    """Whether it was Discord that closed it."""
    _out: "asyncio.Queue[str | int]" = field(default_factory=asyncio.Queue)
    _received: deque[float] = field(default_factory=deque)

    def put(self, frame: Json) -> None:
        self._out.put_nowait(json.dumps(frame))

    def close(self, code: int) -> None:
        """Close with *code*, after all that was put on the line before."""
        self.is_ended = True
        self._out.put_nowait(code)

    def cut(self) -> None:
        """Break the connection without a word."""
        if self.request.transport is not None:
            self.request.transport.abort()

    def is_too_fast(self) -> bool:
        """Count one more frame from the app, and tell whether that was too many."""
        now = monotonic()
        self._received.append(now)
        while self._received[0] < now - SENDS_IN:
            self._received.popleft()
        return len(self._received) > SENDS

    async def send_all(self) -> None:
        """Send what is put on the line, until it is closed or breaks."""
        while isinstance(frame := await self._out.get(), str):
            if not self.is_silent:
                try:
                    await self.socket.send_str(frame)
                except ConnectionError:
                    return
        await self.socket.close(code=frame)


@dataclass(slots=True, eq=False)
class Session:
    """What one IDENTIFY began. *sent* are all its events, by their sequence number from 1 on."""

    id: str
    shard: int
    shards: int
    intents: int
    sent: list[Json] = field(default_factory=list)
    line: Line | None = None

    def hears(self, guild: str, intent: int) -> bool:
        """Tell whether an event of *guild* (or "") that needs *intent* (or 0) reaches this session."""
        return shard_of(guild, self.shards) == self.shard and self.intents & intent == intent

    def tell(self, event: str, data: Any) -> None:
        """Send an event, or keep it until the session is resumed."""
        frame = {"op": 0, "t": event, "s": len(self.sent) + 1, "d": data}
        self.sent.append(frame)
        if self.line:
            self.line.put(frame)

    def replay(self, after: int) -> None:
        """Send again all that came *after* a sequence number."""
        assert self.line is not None
        for frame in self.sent[after:]:
            self.line.put(frame)
