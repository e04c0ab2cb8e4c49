"""Serves the one workspace, or the one organisation, that a token from the settings belongs to."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.access.api import Api, Client
from adapters.slack.calls import Failed, call
from adapters.slack.errors import CannotStart, NotInstalled, OutOfReach

log = logging.getLogger(__name__)

COPY_IT = "Copy it again from OAuth & Permissions in the settings of your Slack app: it begins with xoxb-."

REFUSED = {
    "invalid_auth": f"Slack does not know the token in SLACK_BOT_TOKEN. {COPY_IT}",
    "not_authed": f"SLACK_BOT_TOKEN is empty. {COPY_IT}",
    "token_revoked": (
        "The token in SLACK_BOT_TOKEN was revoked. Install the app in your workspace again, and set the new token."
    ),
    "account_inactive": (
        "The token in SLACK_BOT_TOKEN belongs to an app or a workspace that is no longer there. "
        "Install the app again, and set the new token."
    ),
    "token_expired": (
        "The token in SLACK_BOT_TOKEN has run out, because the app has token rotation on. "
        "Set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET instead, or make the app anew from the manifest for one workspace."
    ),
    "not_allowed_token_type": f"SLACK_BOT_TOKEN holds a token of another kind. {COPY_IT}",
}
"""What Slack says of a token that no waiting will mend: https://docs.slack.dev/reference/methods/auth.test"""

NOT_A_BOT = f"SLACK_BOT_TOKEN holds a person's token and not a bot's. {COPY_IT}"

PAUSE = timedelta(seconds=2)
"""How long Slack is left alone after it could not be asked."""

MEND = timedelta(minutes=1)
"""How long a token that Slack refused is not shown to it again."""


class Single:
    """Asks Slack once whose token it is. Nothing else is installed as far as this Askwell knows."""

    def __init__(self, api: Api, token: str, clock: Callable[[], datetime]) -> None:
        self._api = api
        self._token = token
        self._clock = clock
        self._home: Client | None = None
        self._asking = asyncio.Lock()
        self._not_before: datetime | None = None
        self._refusal = ""
        self._why = ""

    async def open(self) -> None:
        """Find out whose token it is. Raises `CannotStart` when Slack refuses it; when Slack cannot be reached, the
        next `of` asks again."""
        await self._ask()
        if self._refusal:
            raise CannotStart(self._refusal)
        if self._home is None:
            log.warning("Slack cannot be asked about the bot token (%s); trying again when it is needed", self._why)

    async def close(self) -> None:
        """Nothing is under way that would have to end."""

    async def of(self, team: str, enterprise: str) -> Client:
        """Return the client for *team*. Raises `NotInstalled` or `OutOfReach`."""
        home = self._home or await self._met()
        if home.is_enterprise:
            if enterprise not in {"", home.enterprise}:
                raise NotInstalled(team)
            return Client(home.web, team, home.enterprise, home.bot_user, home.bot_id, is_enterprise=True)
        if team != home.team:
            raise NotInstalled(team)
        return home

    def forget(self, team: str, enterprise: str) -> None:
        """Ask Slack again before the token is used."""
        self._home = None

    async def _met(self) -> Client:
        async with self._asking:
            if self._home is None and (self._not_before is None or self._clock() >= self._not_before):
                await self._ask()
            if self._home is not None:
                return self._home
            if self._refusal:
                raise NotInstalled
            raise OutOfReach(self._why)

    async def _ask(self) -> None:
        web = self._api.web(self._token)
        answer = await call(web.auth_test())
        self._home, self._refusal, self._why = None, "", ""
        if not isinstance(answer, Failed):
            if answer.get("bot_id"):
                self._home = _client(web, answer)
            else:
                self._refuse(NOT_A_BOT)
        elif answer.code in REFUSED:
            self._refuse(REFUSED[answer.code])
        else:
            self._why = answer.code
            self._not_before = self._clock() + (timedelta(seconds=answer.wait) if answer.wait else PAUSE)

    def _refuse(self, sentence: str) -> None:
        self._refusal = sentence
        self._not_before = self._clock() + MEND


def _client(web: AsyncWebClient, answer: Mapping[str, Any]) -> Client:
    is_enterprise = bool(answer.get("is_enterprise_install"))
    return Client(
        web,
        answer["team_id"],
        answer.get("enterprise_id") or "",
        answer["user_id"],
        answer["bot_id"],
        is_enterprise=is_enterprise,
        place="" if is_enterprise else str(answer.get("team") or ""),
    )
