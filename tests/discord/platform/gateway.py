"""Holds Discord's gateway: websockets with sessions that can be resumed, and every way to lose them."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.discord.platform import described
from tests.discord.platform.session import GUILDS, KNOWN, MESSAGE_CONTENT, PRIVILEGED, Line, Session
from tests.discord.platform.state import Json, Violation

if TYPE_CHECKING:
    from tests.discord.platform.guild import Guild
    from tests.discord.platform.server import Platform

HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 1, 2, 6, 7, 9, 10, 11
LONGEST = 4096  # bytes of one frame: https://docs.discord.com/developers/events/gateway#sending-events


FATAL = frozenset({4004, 4010, 4011, 4012, 4013, 4014})
"""Codes after which an app may not come back as it is:
https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway"""


class _Closing(Exception):
    """The line has to be closed with a code."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code, self.why = code, why


@dataclass(slots=True, eq=False)
class Gateway:
    """*heartbeat* are the seconds that the app is told; *enabled* the privileged intents that are switched on.

    *identified* and *resumed* count what the app did.
    """

    platform: "Platform"
    heartbeat: float = 41.25
    enabled: int = 0
    identified: int = 0
    resumed: int = 0
    is_away: bool = False
    """Whether nobody gets a connection for now; *turned_away* counts who asked for one."""
    turned_away: int = 0
    shut_out: int = 0
    """The fatal code with which every connection was closed; whoever comes back hears it again, as at Discord."""
    sessions: dict[str, Session] = field(default_factory=dict)
    _lines: list[Line] = field(default_factory=list)

    # For tests

    @property
    def connections(self) -> int:
        """How many lines have said READY or RESUMED and are up."""
        return sum(line.is_ready for line in self._lines)

    async def connected(self, number: int = 1) -> None:
        """Wait until the app has *number* working connections."""
        await self.platform.until(lambda: self.connections >= number)

    async def disconnected(self) -> None:
        """Wait until the app has no connection."""
        await self.platform.until(lambda: not self._lines)

    def cut(self) -> None:
        """Break every connection without a word; the sessions can be resumed."""
        for line in list(self._lines):
            self._drop(line)
            line.cut()

    def reconnect(self) -> None:
        """Ask every connection to come back and resume (op 7)."""
        self._say({"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Call every session invalid (op 9); unless *resumable*, the app has to identify anew."""
        if not resumable:
            self.sessions.clear()
        self._say({"op": INVALID, "d": resumable})

    def close(self, code: int) -> None:
        """Close every connection with *code*, such as 4000; one that is fatal ends the sessions, too."""
        if code in FATAL:
            self.shut_out = code
            self.sessions.clear()
        for line in list(self._lines):
            self._drop(line)
            line.close(code)

    def falls_silent(self) -> None:
        """Let every connection die without closing: no acknowledgement of heartbeats, no event."""
        for line in self._lines:
            line.is_silent, line.is_ready = True, False
            if line.session:
                line.session.line = None

    # For the platform

    def dispatch(self, event: str, data: Any, guild: str = "", intent: int = 0) -> int:
        """Send an event to the sessions that hear it, and return how many those are."""
        hearing = [session for session in self.sessions.values() if session.hears(guild, intent)]
        for session in hearing:
            session.tell(event, data)
        return len(hearing)

    def sends_message(self, data: Json, guild: str, intent: int) -> None:
        """Tell of a message that a person wrote; its words only to sessions that may read them."""
        for session in self.sessions.values():
            if session.hears(guild, intent):
                may_read = not guild or session.intents & MESSAGE_CONTENT
                session.tell("MESSAGE_CREATE", data if may_read else data | {"content": "", "components": []})

    async def take(self, request: web.Request) -> web.WebSocketResponse:
        """Hold one connection."""
        if self.is_away:
            self.turned_away += 1
            self.platform.bell.ring()
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        line = Line(socket, request)
        self._lines.append(line)
        sending = asyncio.create_task(line.send_all())
        try:
            await self._held(line)
        finally:
            self._drop(line)
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
        return socket

    async def stop(self) -> None:
        for line in list(self._lines):
            line.close(1001)
            self._drop(line)

    # One connection

    async def _held(self, line: Line) -> None:
        if line.request.query.get("v") != "10":
            self._refuse(line, _Closing(4012, "API version 10 is asked for"))
        line.put({"op": HELLO, "d": {"heartbeat_interval": int(self.heartbeat * 1000)}})
        async for message in line.socket:
            if message.type is WSMsgType.TEXT:
                try:
                    self._heard(line, message.data)
                except _Closing as closing:
                    self._refuse(line, closing)
        if line.socket.close_code in {1000, 1001} and line.session and not line.is_ended:
            self.sessions.pop(line.session.id, None)

    def _refuse(self, line: Line, closing: _Closing) -> None:
        self.platform.violations.append(Violation(closing.code, "gateway", (closing.why,)))
        line.close(closing.code)

    def _heard(self, line: Line, text: str) -> None:
        if len(text.encode()) > LONGEST:
            raise _Closing(4002, f"a frame has at most {LONGEST} bytes")
        if line.is_too_fast():
            raise _Closing(4008, "more than 120 frames in 60 seconds")
        frame = json.loads(text)
        if self.shut_out and frame["op"] in {IDENTIFY, RESUME}:
            line.close(self.shut_out)
            return
        match frame["op"]:
            case op if op == HEARTBEAT:
                line.put({"op": ACK})
            case op if op == IDENTIFY:
                self._identify(line, frame["d"])
            case op if op == RESUME:
                self._resume(line, frame["d"])
            case _ if line.session is None:
                raise _Closing(4003, "nothing may be sent before IDENTIFY")
            case _:
                pass  # what else an app may send (its presence, requests for members) changes nothing here

    def _identify(self, line: Line, data: Json) -> None:
        self._known(data)
        if line.session is not None:
            raise _Closing(4005, "this connection has identified before")
        self.identified += 1
        shard, shards = data.get("shard", (0, 1))
        if not 0 <= shard < shards:
            raise _Closing(4010, f"there is no shard {shard} of {shards}")
        session = Session(self.platform.new_id(), shard, shards, self._allowed(data.get("intents")), line=line)
        self.sessions[session.id] = line.session = session
        self._welcome(session)
        self._is_up(line)

    def _known(self, data: Json) -> None:
        if data.get("token", "").removeprefix("Bot ") != self.platform.token:
            raise _Closing(4004, "the token is not known")

    def _allowed(self, intents: Any) -> int:
        if not isinstance(intents, int) or intents & ~KNOWN:
            raise _Closing(4013, f"intents {intents!r} are not valid")
        if intents & PRIVILEGED & ~self.enabled:
            raise _Closing(4014, "a privileged intent is not switched on")
        return intents

    def _welcome(self, session: Session) -> None:
        guilds = [g for g in self.platform.guilds.values() if g.has_bot and session.hears(g.id, 0)]
        session.tell("READY", described.ready(self.platform, session, guilds))
        if session.intents & GUILDS:
            for guild in guilds:
                session.tell("GUILD_CREATE", self._arrived(guild))

    def _arrived(self, guild: "Guild") -> Json:
        return described.guild(guild) | described.inside_guild(guild) | {"unavailable": False}

    def _resume(self, line: Line, data: Json) -> None:
        self._known(data)
        session, after = self.sessions.get(data.get("session_id", "")), data.get("seq")
        if session is None:
            line.put({"op": INVALID, "d": False})
            return
        if not isinstance(after, int) or after > len(session.sent):
            raise _Closing(4007, f"there is no event {after!r}")
        self.resumed += 1
        session.line, line.session = line, session
        session.replay(after)
        session.tell("RESUMED", {})
        self._is_up(line)

    def _is_up(self, line: Line) -> None:
        line.is_ready = True
        self.platform.bell.ring()

    def _drop(self, line: Line) -> None:
        line.is_ready = False
        if line in self._lines:
            self._lines.remove(line)
        if line.session and line.session.line is line:
            line.session.line = None
        self.platform.bell.ring()

    def _say(self, frame: Json) -> None:
        """Say something for which the app has to come back; until then its sessions are without a line."""
        for line in list(self._lines):
            line.put(frame)
            line.is_ready = False
            if line.session:
                line.session.line = None
