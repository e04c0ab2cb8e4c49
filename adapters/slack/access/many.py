"""Serves every workspace that installed the bot, each with its own token, which is renewed in time."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from adapters.slack.access.api import Api, Client
from adapters.slack.access.renewal import Renewal
from adapters.slack.access.tokens import PLATFORM, read
from adapters.slack.errors import NotInstalled
from bot.model.installs import Install, Installs
from bot.record import record

KEPT = timedelta(seconds=30)
"""How long an install is believed without a look at the database: another process may have renewed or dropped it."""

PATIENCE = 1.0
"""Seconds that a new token is waited for while the old one still works: a command has to be answered within three."""

Key = tuple[str, str]
"""The organisation and the workspace as they were asked for; the organisation may be unknown."""


@record
class Known:
    """A client, believed until *look_at*, whose token runs out at *expires_at*, or never."""

    client: Client
    look_at: datetime
    expires_at: datetime | None


class Many:
    """Looks installs up, keeps them in memory for a short while, and has them renewed by *renewal*."""

    def __init__(self, api: Api, installs: Installs, clock: Callable[[], datetime], renewal: Renewal) -> None:
        self._api = api
        self._installs = installs
        self._clock = clock
        self._renewal = renewal
        self._known: dict[Key, Known] = {}
        self._looking: dict[Key, asyncio.Task[Client]] = {}
        self._noted: set[Key] = set()

    async def open(self) -> None:
        """Nothing has to be known before the first workspace asks."""

    async def close(self) -> None:
        """Let exchanges that are under way end: what Slack has given out must be kept."""
        await asyncio.gather(*self._looking.values(), return_exceptions=True)

    async def of(self, team: str, enterprise: str) -> Client:
        """Return the client for *team*. Raises `NotInstalled` or `OutOfReach`."""
        known = self._known.get((enterprise, team))
        if known is not None and self._clock() < known.look_at:
            return known.client
        return await self._looked_up((enterprise, team))

    def forget(self, team: str, enterprise: str) -> None:
        """Look again before the next use. Without a *team*, for every workspace of the organisation."""
        for key, known in tuple(self._known.items()):
            if key[1] == team or (not team and enterprise in {key[0], known.client.enterprise}):
                del self._known[key]

    async def _looked_up(self, key: Key) -> Client:
        """Join or start the one look at *key*. It goes on when whoever asked goes away: a refresh token that was sent
        is spent, so the answer must not get lost."""
        task = self._looking.get(key) or self._start(key)
        await asyncio.wait({task}, timeout=PATIENCE)
        if not task.done() and (client := self._usable(key)):
            return client
        await asyncio.wait({task})
        return task.result()

    def _start(self, key: Key) -> asyncio.Task[Client]:
        task = asyncio.create_task(self._look(key))
        self._looking[key] = task
        task.add_done_callback(lambda done: self._end(key, done))
        return task

    def _end(self, key: Key, task: asyncio.Task[Client]) -> None:
        del self._looking[key]
        if not task.cancelled() and isinstance(task.exception(), NotInstalled):
            self._known.pop(key, None)

    def _usable(self, key: Key) -> Client | None:
        known = self._known.get(key)
        is_valid = known is not None and (known.expires_at is None or self._clock() < known.expires_at)
        return known.client if known is not None and is_valid else None

    async def _look(self, key: Key) -> Client:
        install = await self._found(key)
        if not self._renewal.is_due(install):
            return self._remember(key, install, self._clock() + KEPT)
        self._remember(key, install, self._clock())  # for those who cannot wait for the new one
        install = await self._renewal.fresh(install)
        return self._remember(key, install, self._clock() + KEPT)

    async def _found(self, key: Key) -> Install:
        enterprise, team = key
        install = await self._installs.find(PLATFORM, enterprise, team)
        if install is None or self._renewal.is_over(install):
            raise NotInstalled(team or enterprise)
        if all(key) and key not in self._noted:
            await self._installs.belongs(PLATFORM, enterprise, team)
            self._noted.add(key)
        return install

    def _remember(self, key: Key, install: Install, look_at: datetime) -> Client:
        tokens, now = read(install), self._clock()
        client = Client(
            self._api.web(tokens.bot_token),
            key[1],
            install.organisation,
            tokens.bot_user_id,
            tokens.bot_id,
            is_enterprise=not install.workspace,
            place=install.name if install.workspace else "",
        )
        turns = [moment for moment in (install.renew_at, tokens.expires_at) if moment is not None and moment > now]
        self._known[key] = Known(client, min([look_at, *turns]), tokens.expires_at)
        return client
