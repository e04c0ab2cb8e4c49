"""Reaches Slack's Web API: one HTTP session for all workspaces, and a client for each token."""

from base64 import b64encode

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.record import record

TIMEOUT = 10
"""Seconds that one call may take; a claimed letter's lease is several times longer."""


@record
class Client:
    """The Web API as the bot of one workspace. *team* is the workspace that was asked for, also when the bot is
    installed for the whole organisation. *bot_id* is empty where Slack has not told it, *place* where it has not told
    what the workspace is called."""

    web: AsyncWebClient
    team: str
    enterprise: str
    bot_user: str
    bot_id: str
    is_enterprise: bool
    place: str = ""


class Api:
    """Makes clients that share a session: with one of its own for every call, slack_sdk is three times slower."""

    def __init__(self, url: str) -> None:
        self.url = url if url.endswith("/") else f"{url}/"
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    @property
    def session(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("the session is made by open()")
        return self._session

    def web(self, token: str | None = None) -> AsyncWebClient:
        """Return a client for *token*. It repeats nothing by itself: after a reset slack_sdk would post twice."""
        return AsyncWebClient(token=token, base_url=self.url, session=self.session, retry_handlers=[])

    async def access(self, client_id: str, client_secret: str, **told: str) -> AsyncSlackResponse:
        """Call `oauth.v2.access` as the app itself, with a code or a refresh token among *told*.

        slack_sdk's own method makes a `BasicAuth`, of which aiohttp 3.14 warns; this can go when that does.
        """
        proof = b64encode(f"{client_id}:{client_secret}".encode()).decode("ascii")
        headers = {"Authorization": f"Basic {proof}"}
        return await self.web().api_call("oauth.v2.access", data=told, headers=headers)
