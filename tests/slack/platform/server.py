"""Puts the parts of the stand-in for Slack together, and serves it on a free port of this computer."""

import asyncio
import itertools
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from tests.slack.platform.doorkeeper import Doorkeeper
from tests.slack.platform.events import send_event
from tests.slack.platform.faults import Faults
from tests.slack.platform.over_http import HttpTransport
from tests.slack.platform.over_socket import SocketTransport
from tests.slack.platform.state import Call, Grant, Hook, Json, Trigger, Upload, Violation
from tests.slack.platform.transport import Transport
from tests.slack.platform.workspace import Workspace


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True, eq=False)
class Platform:
    """Slack, with one app of *manifest*.

    *clock* is Slack's: tokens, triggers and addresses for answers run out by it. *patience* are the seconds in which a
    request has to be acknowledged, in real time. *answer_within* is how long a person in a test waits for an answer.
    *waiting* holds the callback ids of modals that only say that the answer is being made.
    """

    manifest: Json
    session: aiohttp.ClientSession
    clock: Callable[[], datetime] = now
    patience: float = 3.0
    answer_within: float = 10.0
    waiting: frozenset[str] = frozenset({"waiting"})
    url: str = ""
    app_id: str = "A0ASKWELL"
    client_id: str = "1111.2222"
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    app_token: str = field(default_factory=lambda: f"xapp-1-{secrets.token_hex(16)}")
    consent: Workspace | None = None
    """Whose administrator allows the app on Slack's own page; None: they cancel."""
    consents_for_all: bool = False
    names_own_home: bool = False
    """Whether a press in a shared channel names the workspace of whoever pressed, and not the one with the app."""
    transport: Transport | None = None
    workspaces: dict[str, Workspace] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    socket: SocketTransport = field(init=False)
    doorkeeper: Doorkeeper = field(init=False)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.socket, self.doorkeeper = SocketTransport(self), Doorkeeper(self)

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    # Building a world

    def workspace(self, name: str, enterprise: str = "") -> Workspace:
        """Return a new workspace; *enterprise* is the id of its organisation, if it has one."""
        workspace = Workspace(self, self.new_id("T"), name, enterprise)
        self.workspaces[workspace.id] = workspace
        return workspace

    def install(self, workspace: Workspace, manifest: Json | None = None) -> str:
        """Install the app, with *manifest* if it has changed, and return its bot token."""
        self.manifest = self.manifest if manifest is None else manifest
        return self.doorkeeper.grant(workspace).token

    def install_for_all(self, enterprise: str) -> str:
        """Install the app for a whole organisation that has a workspace, and return its bot token."""
        workspace = next(w for w in self.workspaces.values() if w.enterprise == enterprise)
        return self.doorkeeper.grant(workspace, for_all=True).token

    async def uninstall(self, workspace: Workspace) -> None:
        """Take the app away and tell it so; its tokens work no longer."""
        lost = [g for g in self.grants.values() if g.team == workspace.id and not g.is_revoked]
        for grant in lost:
            grant.is_revoked = True
        revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [grant.bot_user for grant in lost]}}
        await send_event(workspace, "tokens_revoked", revoked)
        await send_event(workspace, "app_uninstalled", {"type": "app_uninstalled"})

    async def take_out(self, *some: Workspace) -> None:
        """Take workspaces out of the installation of their organisation; its token reaches them no longer."""
        await self._reach("team_access_revoked", some, is_in_reach=False)

    async def let_in(self, *some: Workspace) -> None:
        """Let the installation of their organisation reach workspaces."""
        await self._reach("team_access_granted", some, is_in_reach=True)

    async def _reach(self, name: str, some: tuple[Workspace, ...], *, is_in_reach: bool) -> None:
        for workspace in some:
            workspace.is_in_reach = is_in_reach
        await send_event(some[0], name, {"type": name, "team_ids": [workspace.id for workspace in some]})

    def over_http(self, url: str, *, retries: tuple[float, ...] = (0.0,)) -> HttpTransport:
        """Send everything to the app at *url* from now on."""
        self.transport = transport = HttpTransport(self, url, retries)
        return transport

    def over_socket(self) -> SocketTransport:
        """Send everything through Socket Mode from now on."""
        self.transport = self.socket
        return self.socket

    # What the parts need

    def note(self, kind: str, where: str, *details: str) -> None:
        """Note a violation."""
        self.violations.append(Violation(kind, where, details))

    def grant_of(self, team: str) -> Grant | None:
        """Return the latest grant that reaches a workspace, a revoked one too."""
        enterprise = self.workspaces[team].enterprise
        fitting = (g for g in self.grants.values() if g.team == team or (not g.team and g.enterprise == enterprise))
        return next(reversed(list(fitting)), None)

    def installed_team(self, workspace: Workspace) -> str | None:
        """Return the workspace of the installation, None if it is one for a whole organisation."""
        grant = self.grant_of(workspace.id)
        return workspace.id if grant is None else grant.team or None

    def bot_user(self, team: str) -> str:
        grant = self.grant_of(team)
        return grant.bot_user if grant else ""

    def bot_id(self, team: str) -> str:
        grant = self.grant_of(team)
        return grant.bot_id if grant else ""

    def hook_url(self, hook: Hook, kind: str) -> str:
        return f"{self.url}/{kind}/{hook.team}/{hook.id}"

    def new_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):09d}"

    def new_hash(self) -> str:
        return f"{int(self.clock().timestamp())}.{next(self._numbers)}"

    def next_order(self) -> int:
        return next(self._numbers)

    def stamp(self) -> str:
        """Return a new `ts`: never the same twice, and growing while the clock does."""
        return f"{int(self.clock().timestamp())}.{next(self._numbers):06d}"

    def secret(self, prefix: str) -> str:
        return f"{prefix}-{next(self._numbers)}-{secrets.token_hex(8)}"

    def real_now(self) -> datetime:
        """Return the time of this computer, which is what the app compares a signature with."""
        return now()

    def offset(self, zone: str) -> int:
        """Return the seconds that *zone* is ahead of UTC."""
        ahead = self.clock().astimezone(ZoneInfo(zone)).utcoffset()
        return int(ahead.total_seconds()) if ahead else 0

    def named(self, blocks: list[Json]) -> list[Json]:
        """Return *blocks* with an id for each block and element that has none, as Slack gives them."""
        return [self._named(block) for block in blocks]

    def _named(self, block: Json) -> Json:
        named = {"block_id": secrets.token_hex(3), **block}
        for part in ("accessory", "element"):
            if part in named:
                named[part] = {"action_id": secrets.token_hex(3), **named[part]}
        if named["type"] == "actions":
            named["elements"] = [{"action_id": secrets.token_hex(3), **element} for element in named["elements"]]
        return named

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something of Slack's own in the background."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def quiet(self) -> None:
        """Wait until the app has taken every event that was on its way."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.socket.close()
