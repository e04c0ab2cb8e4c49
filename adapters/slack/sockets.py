"""Holds several Socket Mode connections open, so that one of them is always there while another is renewed."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calls import Failed, call
from adapters.slack.errors import CannotStart

log = logging.getLogger(__name__)

CONNECTIONS = 2
"""Slack allows ten: https://docs.slack.dev/apis/events-api/using-socket-mode"""

PING = 5.0
"""Seconds between pings. A link that answers none for four of them is renewed."""

TRY = 0.9
"""The part of that time within which a connection has to be made: slack_sdk tries the same address again after it."""

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0
"""Seconds between two tries to get a connection, the first and the longest; each is twice the one before."""

REFUSED = frozenset({"invalid_auth", "not_authed", "token_revoked", "account_inactive", "not_allowed_token_type"})
SENTENCE = (
    "Slack does not know the token in SLACK_APP_TOKEN. Make one under Basic Information, App-Level Tokens, with the "
    "scope connections:write; it begins with xapp-."
)
OFF = frozenset({"link_disabled", "socket_mode_disabled", "access_denied"})
SWITCHED_OFF = (
    "Socket Mode is switched off for this Slack app. Switch it on in the app's settings under Socket Mode, or set "
    "SLACK_SIGNING_SECRET instead of SLACK_APP_TOKEN."
)


class Sockets:
    """*ping* are the seconds between pings; a connection that is not made in that time gets a new address."""

    def __init__(
        self, app: AsyncApp, token: str, web: AsyncWebClient, *, connections: int = CONNECTIONS, ping: float = PING
    ) -> None:
        self._app = app
        self._token = token
        self._web = web
        self._connections = connections
        self._ping = ping
        self._asking = asyncio.Lock()
        self._pause = FIRST_PAUSE

    @staticmethod
    async def check(token: str, web: AsyncWebClient) -> None:
        """Raise `CannotStart` if Slack does not let *token* in. When it cannot be reached, that is for later."""
        answer = await call(web.apps_connections_open(app_token=token))
        if isinstance(answer, Failed) and (sentence := _sentence(answer)):
            raise CannotStart(sentence)

    async def run(self) -> None:
        """Stay connected until cancelled. Each connection comes back by itself after it was cut."""
        links = [self._link() for _i in range(self._connections)]
        try:
            await asyncio.gather(*(link.connect() for link in links))
            log.info("connected to Slack %d times", len(links))
            await asyncio.Event().wait()
        finally:
            await asyncio.gather(*(link.close() for link in links), return_exceptions=True)  # type: ignore[no-untyped-call]

    def _link(self) -> "_Link":
        link = _Link(self._app, self._token, self._web, self._ping, self._address)
        link.socket_mode_request_listeners.append(self._take)
        return link

    async def _take(self, link: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        began = time.time()
        await send_async_response(link, request, await run_async_bolt_app(self._app, request), began)

    async def _address(self) -> str:
        """Return the address of a new connection, however long that takes. One asks for all, and ever more rarely."""
        async with self._asking:
            while isinstance(answer := await call(self._web.apps_connections_open(app_token=self._token)), Failed):
                pause = max(self._pause, answer.wait or 0)
                log.warning("Slack gives no connection (%s), next try in %.0f s", answer.code, pause)
                if sentence := _sentence(answer):
                    log.error("%s", sentence)
                self._pause = min(2 * self._pause, LONGEST_PAUSE)
                await asyncio.sleep(pause)
            self._pause = FIRST_PAUSE
        return str(answer["url"])


class _Link(SocketModeClient):
    """One connection. slack_sdk's own asks for an address every few seconds, for ever, also after a plain no; and it
    tries an address that failed again and again, although each works once. This can go when that does."""

    def __init__(
        self, app: AsyncApp, token: str, web: AsyncWebClient, ping: float, address: Callable[[], Awaitable[str]]
    ) -> None:
        super().__init__(token, app.logger, web, ping_interval=ping)
        self._address = address

    async def issue_new_wss_url(self) -> str:
        return await self._address()

    async def connect(self) -> None:
        while not self.closed:
            self.wss_uri = self.wss_uri or await self._address()
            try:
                async with asyncio.timeout(TRY * self.ping_interval):
                    return await super().connect()  # type: ignore[no-untyped-call, no-any-return]
            except TimeoutError:
                log.warning("a connection to Slack was not made in time, trying another")
                self.wss_uri = None


def _sentence(failed: Failed) -> str:
    """Return what whoever runs Askwell has to do about *failed*, empty when it may pass by itself."""
    if failed.code in REFUSED:
        return SENTENCE
    return SWITCHED_OFF if failed.code in OFF else ""
