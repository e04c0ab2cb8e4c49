"""Finds the conversation in which the bot writes to somebody directly. Slack is asked once for each person."""

import logging

from cachetools import LRUCache

from adapters.slack.access.clients import Client
from adapters.slack.access.tokens import PLATFORM
from adapters.slack.calls import Failed, call
from bot.model.installs import Lines
from bot.model.people import Account

log = logging.getLogger(__name__)

MOST = 50_000

LOST = "channel_not_found"
"""What Slack says of a direct conversation that is not the bot's any more, as after it was installed anew."""


class Directs:
    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._known: LRUCache[tuple[str, str], str] = LRUCache(MOST)

    async def channel(self, client: Client, team: str, user: str) -> str | Failed:
        """Return the id of the conversation with *user*: a message sent to a user's own id may land elsewhere."""
        if known := self._known.get((team, user)):
            return known
        if kept := await self._kept(Account(PLATFORM, team, user)):
            self._known[team, user] = kept
            return kept
        return await self.opened(client, team, user)

    async def opened(self, client: Client, team: str, user: str) -> str | Failed:
        """Have Slack open the conversation, whether or not one is known."""
        answer = await call(client.web.conversations_open(users=user))
        if isinstance(answer, Failed):
            return answer
        line = self._known[team, user] = str(answer["channel"]["id"])
        await self._keep(Account(PLATFORM, team, user), line)
        return line

    async def _kept(self, account: Account) -> str | None:
        try:
            return await self._lines.find(account)
        except Exception as error:  # the store is away: Slack knows it as well
            log.warning("a conversation was not looked up: %s", type(error).__name__)
            return None

    async def _keep(self, account: Account, line: str) -> None:
        try:
            await self._lines.keep(account, line)
        except Exception as error:  # it is only asked for again
            log.warning("a conversation was not remembered: %s", type(error).__name__)
