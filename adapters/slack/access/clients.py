"""Gives the Web API client of each workspace, from one token in the settings or from what was installed by OAuth."""

from collections.abc import Callable
from datetime import datetime

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.access.api import Api, Client
from adapters.slack.access.many import Many
from adapters.slack.access.renewal import Renewal
from adapters.slack.access.single import Single
from adapters.slack.errors import CannotStart
from bot.model.installs import Installs

__all__ = ["Client", "Clients"]


class Clients:
    """All ways to Slack's Web API share one session, made by `open` and ended by `close`."""

    def __init__(
        self,
        api_url: str,
        *,
        clock: Callable[[], datetime],
        token: str | None = None,
        installs: Installs | None = None,
        client_id: str = "",
        client_secret: str = "",
    ) -> None:
        """A *token* serves alone, whatever is installed besides. Without one, *installs* and the app's id and secret
        are needed."""
        self.api = Api(api_url)
        self._source: Single | Many
        if token is not None:
            self._source = Single(self.api, token.strip(), clock)
        elif installs is not None:
            renewal = Renewal(self.api, installs, clock, client_id, client_secret)
            self._source = Many(self.api, installs, clock, renewal)
        else:
            raise ValueError("a token or the installs are needed")

    @property
    def session(self) -> aiohttp.ClientSession:
        """The shared session, for answers to a response_url and for uploads."""
        return self.api.session

    @property
    def api_url(self) -> str:
        """The address of Slack's API, ending in a slash."""
        return self.api.url

    def bare(self) -> AsyncWebClient:
        """Return a client without a token, for calls that need none or bring their own."""
        return self.api.web()

    async def open(self) -> None:
        """Make the session. Raises `CannotStart` when Slack refuses the one token."""
        await self.api.open()
        try:
            await self._source.open()
        except CannotStart:
            await self.api.close()
            raise

    async def close(self) -> None:
        await self._source.close()
        await self.api.close()

    async def of(self, team: str, enterprise: str = "") -> Client:
        """Return the client for *team*. Raises `NotInstalled` when it has no bot, and `OutOfReach` when there is no
        working token just now and trying again later is worth it."""
        return await self._source.of(team, enterprise)

    async def forget(self, team: str, enterprise: str = "") -> None:
        """Look at the token again before its next use, as after `token_revoked`. Without a *team*, for the whole
        organisation."""
        self._source.forget(team, enterprise)
