"""Exchanges tokens before they run out, once for all processes: a refresh token works a single time."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from adapters.slack.access.api import Api
from adapters.slack.access.tokens import PLATFORM, is_valid, read, renewed
from adapters.slack.calls import Failed, call
from adapters.slack.errors import NotInstalled, OutOfReach
from bot.model.installs import Install, Installs

log = logging.getLogger(__name__)

CLAIM = timedelta(seconds=15)
"""How long one process may take for an exchange, longer than a call can last; after it another one may try."""

WAIT = 20.0
"""Seconds that another process is waited for when the old token has run out: a little more than a claim."""

POLL = 0.25
"""Seconds between two looks for what another process kept."""

SPENT = frozenset({"invalid_refresh_token", "token_revoked", "token_expired", "account_inactive", "app_uninstalled"})
"""Answers after which there is nothing left to exchange: https://docs.slack.dev/reference/methods/oauth.v2.access"""

TRIES = (0.0, 0.2, 1.0, 3.0)
"""Seconds before each try to keep new tokens: what is not kept now is lost, and the old ones are spent."""


class Renewal:
    """Exchanges tokens with the app's own id and secret."""

    def __init__(
        self, api: Api, installs: Installs, clock: Callable[[], datetime], client_id: str, client_secret: str
    ) -> None:
        self._api = api
        self._installs = installs
        self._clock = clock
        self._client_id = client_id
        self._client_secret = client_secret
        self._spent: dict[tuple[str, str], str] = {}

    def is_due(self, install: Install) -> bool:
        is_time = install.renew_at is not None and self._clock() >= install.renew_at
        return is_time and not self._cannot_be_exchanged(install)

    def is_over(self, install: Install) -> bool:
        """Tell whether these very tokens have run out and, as Slack has said already, will never be exchanged."""
        return self._cannot_be_exchanged(install) and not is_valid(install, self._clock())

    def _cannot_be_exchanged(self, install: Install) -> bool:
        return self._spent.get(_key(install)) == install.secrets

    async def fresh(self, install: Install) -> Install:
        """Return *install* with new tokens, whichever process gets them; with the old ones while these are valid and no
        others can be had. Raises `NotInstalled` when Slack takes them no more, and `OutOfReach`."""
        if await self._claims(install):
            return await self._exchanged(install)
        return install if is_valid(install, self._clock()) else await self._another_s(install)

    async def _claims(self, install: Install) -> bool:
        now = self._clock()
        return await self._installs.claim_renewal(install, now, now + CLAIM)

    async def _another_s(self, install: Install) -> Install:
        """Wait for the tokens that another process is getting, and take over when it never comes back."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + WAIT
        while loop.time() < ends:
            await asyncio.sleep(POLL)
            if (newer := await self._newer(install)) is not None:
                return newer
            if await self._claims(install):
                return await self._exchanged(install)
        raise OutOfReach("another process has not renewed the token")

    async def _newer(self, install: Install) -> Install | None:
        found = await self._installs.find(PLATFORM, *_key(install))
        if found is None:
            raise NotInstalled(_name(install))
        return found if found.secrets != install.secrets else None

    async def _exchanged(self, install: Install) -> Install:
        now = self._clock()
        told = {"grant_type": "refresh_token", "refresh_token": read(install).refresh_token}
        answer = await call(self._api.access(self._client_id, self._client_secret, **told))
        if isinstance(answer, Failed):
            return await self._not_exchanged(install, answer)
        fresh = renewed(install, answer, now)
        await self._keep(fresh)
        return fresh

    async def _not_exchanged(self, install: Install, failed: Failed) -> Install:
        if failed.code in SPENT:
            if (newer := await self._newer(install)) is not None:  # our claim had run out, and another got them
                return newer
            log.error("the token of %s cannot be renewed any more (%s): install again", _name(install), failed.code)
            self._spent[_key(install)] = install.secrets
            if self.is_over(install):
                raise NotInstalled(_name(install))
            return install  # it works until it runs out; meanwhile somebody may install anew
        log.warning("the token of %s was not renewed (%s); trying again", _name(install), failed.code)
        if is_valid(install, self._clock()):
            return install
        raise OutOfReach(failed.code)

    async def _keep(self, install: Install) -> None:
        for pause in TRIES[:-1]:
            await asyncio.sleep(pause)
            try:
                return await self._installs.keep(install)
            except Exception as error:
                log.warning("the new token of %s is not kept yet (%s)", _name(install), type(error).__name__)
        await asyncio.sleep(TRIES[-1])
        await self._installs.keep(install)


def _key(install: Install) -> tuple[str, str]:
    return install.organisation, install.workspace


def _name(install: Install) -> str:
    return install.workspace or install.organisation
