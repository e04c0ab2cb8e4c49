"""Delivers through Socket Mode: envelopes to any one of the app's connections, until it is acknowledged."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.slack.platform.sight import Ack
from tests.slack.platform.state import Json

if TYPE_CHECKING:
    from tests.slack.platform.server import Platform

MOST = 10
"""Connections of one app: https://docs.slack.dev/apis/events-api/using-socket-mode"""


@dataclass(slots=True, eq=False)
class _Line:
    """One connection. *closed* is set when it has ended, however that came."""

    socket: web.WebSocketResponse
    request: web.Request
    closed: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class SocketTransport:
    """*tries* is how often an envelope is sent in all when its connection ends, or an event is not acknowledged."""

    platform: "Platform"
    tries: int = 2
    _links: set[str] = field(default_factory=set)
    _lines: list[_Line] = field(default_factory=list)
    _acks: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _turn: int = 0

    @property
    def connections(self) -> int:
        return len(self._lines)

    async def connected(self, number: int = 1) -> None:
        """Wait until the app has *number* connections."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self._lines) >= number)

    async def disconnected(self) -> None:
        """Wait until the app has no connection."""
        async with self._changed:
            await self._changed.wait_for(lambda: not self._lines)

    async def until(self, comes: Callable[[], bool]) -> None:
        """Wait until *comes()* is true; it is asked whenever a connection is made or ends."""
        async with asyncio.timeout(self.platform.answer_within), self._changed:
            await self._changed.wait_for(comes)

    def new_link(self) -> str:
        ticket = self.platform.secret("ticket")
        self._links.add(ticket)
        return f"{self.platform.url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={self.platform.app_id}"

    async def command(self, fields: Json) -> Ack:
        return await self._deliver("slash_commands", fields, takes_body=True)

    async def interactive(self, payload: Json) -> Ack:
        takes_body = payload["type"] in {"view_submission", "block_suggestion"}
        return await self._deliver("interactive", payload, takes_body=takes_body)

    async def event(self, payload: Json) -> Ack:
        return await self._deliver("events_api", payload, takes_body=False)

    async def warn(self) -> None:
        """Tell every connection that it will end soon."""
        await self._say_goodbye("warning")

    async def refresh(self) -> None:
        """End every connection and ask for new ones, as Slack does every few hours."""
        await self._say_goodbye("refresh_requested")
        for line in list(self._lines):
            await line.socket.close()

    async def disable(self) -> None:
        """Switch Socket Mode off for the app."""
        self.platform.manifest["settings"]["socket_mode_enabled"] = False
        await self._say_goodbye("link_disabled")
        for line in list(self._lines):
            await line.socket.close()

    def cut(self, number: int | None = None) -> None:
        """Break the first *number* connections, or all, without a word."""
        for line in self._lines[:number]:
            if line.request.transport is not None:
                line.request.transport.abort()

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._links:
            self.platform.note("invalid_ticket", "socket", "each address from apps.connections.open works once")
            return web.Response(status=403)
        self._links.remove(ticket)
        if self.platform.faults.take("link", ""):
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self._lines) >= MOST:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            self.platform.note("too_many_websockets", "socket")
            await socket.close()
            return socket
        await self._held(_Line(socket, request))
        return socket

    async def close(self) -> None:
        for line in list(self._lines):
            await line.socket.close()

    async def _held(self, line: _Line) -> None:
        hello = {"type": "hello", "num_connections": len(self._lines) + 1}
        hello |= {"connection_info": {"app_id": self.platform.app_id}}
        await line.socket.send_json(hello | {"debug_info": {"host": "loopback", "approximate_connection_time": 18060}})
        await self._change(lambda: self._lines.append(line))
        try:
            async for message in line.socket:
                if message.type is WSMsgType.TEXT:
                    self._heard(message.data)
        finally:
            line.closed.set()
            await self._change(lambda: self._lines.remove(line))

    async def _change(self, change: Any) -> None:
        async with self._changed:
            change()
            self._changed.notify_all()

    def _heard(self, text: str) -> None:
        try:
            said = json.loads(text)
            waiting = self._acks.get(said["envelope_id"])
        except (ValueError, TypeError, KeyError):
            return self.platform.note("invalid_ack", "socket", "an acknowledgement is JSON with an envelope_id")
        if waiting is not None and not waiting.done():
            waiting.set_result(said.get("payload"))
        elif said["envelope_id"] not in self._known:
            self.platform.note("unknown_envelope", "socket")

    async def _deliver(self, kind: str, payload: Json, *, takes_body: bool) -> Ack:
        name = self.platform.secret("envelope")
        self._known.add(name)
        started, ack = monotonic(), Ack(0, None, 0)
        for attempt in range(self.tries):
            envelope = {"envelope_id": name, "type": kind, "payload": payload, "accepts_response_payload": takes_body}
            if kind == "events_api":
                envelope |= {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
            ack = await self._try(name, envelope, started)
            if ack.is_good or (ack.is_late and kind != "events_api"):
                break
        if ack.body and not takes_body:
            self.platform.note("invalid_ack", kind, "this kind takes no payload in the acknowledgement")
        return ack

    async def _try(self, name: str, envelope: Json, started: float) -> Ack:
        """Send an envelope to one connection, and wait for its acknowledgement through any."""
        self._acks[name] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(self.platform.patience):
                await self.connected()
                line = self._next()
                await line.socket.send_json(envelope)
                return await self._acked(self._acks[name], line, started)
        except TimeoutError:
            return Ack(0, None, monotonic() - started, is_late=True)
        except ConnectionError:
            return Ack(0, None, monotonic() - started)
        finally:
            del self._acks[name]

    async def _acked(self, ack: "asyncio.Future[Any]", line: _Line, started: float) -> Ack:
        gone = asyncio.ensure_future(line.closed.wait())
        try:
            await asyncio.wait({ack, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
        if ack.done():
            return Ack(200, ack.result(), monotonic() - started)
        return Ack(0, None, monotonic() - started)

    def _next(self) -> _Line:
        self._turn += 1
        return self._lines[self._turn % len(self._lines)]

    async def _say_goodbye(self, reason: str) -> None:
        for line in list(self._lines):
            await line.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "loopback"}})
