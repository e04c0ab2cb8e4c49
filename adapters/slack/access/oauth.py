"""Installs Askwell in a workspace or an organisation by OAuth: there to Slack, and back with a code.

slack_bolt's own flow is not used: it writes the code into the log when Slack refuses it, and its pages name errors.
"""

import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urljoin

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from adapters.slack import paths
from adapters.slack.access import oauth_pages as pages
from adapters.slack.access.clients import Clients
from adapters.slack.access.tokens import PLATFORM, installed, read
from adapters.slack.calls import Failed, call
from adapters.slack.scopes import SCOPES
from bot.model.installs import Install, Installs

log = logging.getLogger(__name__)

COOKIE = "askwell-install"
LASTS = timedelta(minutes=10)
"""How long somebody may take on Slack's side."""

USED = frozenset({"invalid_code", "code_already_used"})
MISMATCH = frozenset({
    "bad_client_secret", "bad_redirect_uri", "invalid_client_id", "invalid_redirect_uri",
    "oauth_authorization_url_mismatch",
})  # fmt: skip
"""Slack's answers to a code: https://docs.slack.dev/reference/methods/oauth.v2.access"""


def routes(
    clients: Clients,
    installs: Installs,
    *,
    client_id: str,
    client_secret: str,
    clock: Callable[[], datetime],
    done: Callable[[str, str], Awaitable[None]],
    url: str | None = None,
) -> list[Route]:
    """Return the pages. *done* is told the workspace and the organisation after each installation; the workspace is
    empty when it was made for the whole organisation.

    *url* is where browsers reach Askwell. Without it Slack sends people back to the only address in the manifest.
    """
    flow = _Flow(clients, installs, client_id, client_secret, clock, done, url.rstrip("/") if url else None)
    return [
        Route(paths.INSTALL, flow.invite),
        Route(paths.START, flow.start),
        Route(paths.REDIRECT, flow.finish),
    ]


class _Flow:
    def __init__(
        self,
        clients: Clients,
        installs: Installs,
        client_id: str,
        client_secret: str,
        clock: Callable[[], datetime],
        done: Callable[[str, str], Awaitable[None]],
        url: str | None,
    ) -> None:
        self._clients = clients
        self._installs = installs
        self._client_id = client_id
        self._client_secret = client_secret
        self._clock = clock
        self._done = done
        self._url = url

    async def invite(self, request: Request) -> Response:
        """Show what Askwell asks for, and not Slack's page at once: whoever decides should read it in our words, and a
        preview of the link must not begin an installation."""
        return pages.drawn(pages.invitation())

    async def start(self, request: Request) -> Response:
        state = secrets.token_urlsafe(32)
        await self._installs.add_state(state, self._clock() + LASTS)
        answer = RedirectResponse(self._authorize(state), 302, {"cache-control": "no-store"})
        is_secure = (self._url or str(request.url)).startswith("https:")
        answer.set_cookie(
            COOKIE, state, max_age=int(LASTS.total_seconds()), path="/slack", secure=is_secure, httponly=True,
            samesite="lax",
        )  # fmt: skip
        return answer

    async def finish(self, request: Request) -> Response:
        answer = pages.drawn(await self._finished(request))
        answer.delete_cookie(COOKIE, path="/slack")
        return answer

    def _authorize(self, state: str) -> str:
        asked = {"client_id": self._client_id, "scope": ",".join(scope.name for scope in SCOPES), "state": state}
        page = urljoin(self._clients.api.url, "../oauth/v2/authorize")
        return f"{page}?{urlencode(asked | self._back())}"

    def _back(self) -> dict[str, str]:
        return {"redirect_uri": self._url + paths.REDIRECT} if self._url else {}

    async def _finished(self, request: Request) -> pages.Page:
        told = request.query_params
        if not await self._is_ours(told.get("state", ""), request.cookies.get(COOKIE, "")):
            return pages.run_out()
        if "code" not in told:
            return pages.declined() if told.get("error") == "access_denied" else pages.not_now()
        now = self._clock()
        told_slack = {"code": told["code"]} | self._back()
        answer = await call(self._clients.api.access(self._client_id, self._client_secret, **told_slack))
        return _not_taken(answer) if isinstance(answer, Failed) else await self._taken(answer, now)

    async def _is_ours(self, state: str, cookie: str) -> bool:
        """Tell whether this browser began, a short while ago, and has not been back yet."""
        is_same = bool(state) and hmac.compare_digest(state.encode(errors="replace"), cookie.encode())
        return is_same and await self._installs.take_state(state, self._clock())

    async def _taken(self, answer: dict[str, Any], now: datetime) -> pages.Page:
        try:
            install = installed(answer, await self._bot_id(answer), now)
        except (KeyError, TypeError):
            log.error("Slack gave no bot token: has the app in Slack a bot user?")
            return pages.not_set_up()
        try:
            await self._keep(install)
        except Exception as error:
            log.error("an installation could not be kept (%s)", type(error).__name__)
            return pages.our_fault()
        return pages.welcome(install.name, self._way_back(install), is_whole=not install.workspace)

    async def _bot_id(self, answer: dict[str, Any]) -> str:
        """Return what `oauth.v2.access` leaves out; empty when Slack does not say it either."""
        who = await call(self._clients.api.web(answer["access_token"]).auth_test())
        return "" if isinstance(who, Failed) else str(who.get("bot_id") or "")

    async def _keep(self, install: Install) -> None:
        await self._installs.keep(install)
        if install.organisation and install.workspace:
            await self._installs.belongs(PLATFORM, install.organisation, install.workspace)
        await self._clients.forget(install.workspace, install.organisation)
        await self._done(install.workspace, install.organisation)

    def _way_back(self, install: Install) -> str:
        """https://docs.slack.dev/interactivity/deep-linking#app-redirect"""
        to = {"app": read(install).app_id} | ({"team": install.workspace} if install.workspace else {})
        return f"{urljoin(self._clients.api.url, '../app_redirect')}?{urlencode(to)}"


def _not_taken(failed: Failed) -> pages.Page:
    if failed.code in USED:
        return pages.used()
    log.warning("Slack did not take the code of an installation (%s)", failed.code)
    return pages.not_set_up() if failed.code in MISMATCH else pages.not_now()
