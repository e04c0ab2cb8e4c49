"""Delivers letters from the outbox to Slack: each once, to direct messages and channels."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeAlias

from adapters.slack import paper
from adapters.slack.access.clients import Client, Clients
from adapters.slack.calls import Failed, call
from adapters.slack.directs import LOST, Directs
from adapters.slack.drawing.blocks import Drawn, Pen
from adapters.slack.drawing.words import escape, typed
from adapters.slack.errors import NotInstalled, OutOfReach
from adapters.slack.homes import Homes
from adapters.slack.marked import payload_of, write, written
from adapters.slack.outcomes import PAUSE, STALE, of_edit, to_channel, to_person
from adapters.slack.uploads import upload
from bot.model.outbox import Barrier, Later, Never, Outcome, Sent, Spot
from bot.model.people import Account, Member
from bot.talk.cut import shorten
from bot.talk.limits import SLACK
from bot.talk.view import View

log = logging.getLogger(__name__)

SHORT = 3_900
"""Characters of the plain words of an edited message. Slack refuses more than 4,000 there, unlike in a new one; the
blocks carry all of them: https://docs.slack.dev/reference/methods/chat.update"""

Sending: TypeAlias = Callable[[Client, str], Awaitable[Outcome]]
"""Sends with a client to the channel or conversation of this id."""


class SlackSender:
    """A `Sender` for the platform `slack`."""

    knows_again = None

    def __init__(self, clients: Clients, directs: Directs, homes: Homes, clock: Callable[[], datetime]) -> None:
        self._clients = clients
        self._directs = directs
        self._homes = homes
        self._clock = clock

    async def send(
        self, to: Account | Spot, view: View, key: str, reader: Member | None, *, is_in_doubt: bool = False
    ) -> Outcome:
        if isinstance(to, Spot) and is_in_doubt:
            return Never("unsure whether it arrived", barrier=Barrier.UNSURE)

        async def sending(client: Client, channel: str) -> Outcome:
            there = await written(client, channel) if is_in_doubt else {}
            if isinstance(there, Failed):
                return to_person(there, self._clock())
            return await self._post(client, to, channel, view, key, reader, there)

        return await self._as_bot(to, sending)

    async def edit(self, to: Account | Spot, message: str, view: View, reader: Member | None) -> Outcome:
        first, *rest = paper.pages(view, _pen(to, reader))
        if rest:
            log.warning("an edited message has %d pages more than before", len(rest))

        async def sending(client: Client, channel: str) -> Outcome:
            answer = await call(client.web.chat_update(channel=channel, ts=message, **as_edit(first)))
            return of_edit(answer, self._clock()) if isinstance(answer, Failed) else Sent(message)

        return await self._as_bot(to, sending)

    async def _as_bot(self, to: Account | Spot, sending: Sending) -> Outcome:
        """Do *sending* with the token that is known; once more if Slack refuses it and there is a newer one by now."""
        client = await self._client(to.workspace)
        if not isinstance(client, Client):
            return client
        outcome = await self._in_channel(client, to, sending)
        if isinstance(outcome, Sent) or outcome.why not in STALE or _is_begun(outcome):
            return outcome
        await self._clients.forget(to.workspace)
        fresh = await self._client(to.workspace)
        if isinstance(fresh, Client) and fresh.web.token != client.web.token:
            return await self._in_channel(fresh, to, sending)
        return outcome

    async def _in_channel(self, client: Client, to: Account | Spot, sending: Sending) -> Outcome:
        """Do *sending* in the channel, or the conversation that is known; in a new one if that is gone."""
        if isinstance(to, Spot):
            return await sending(client, to.channel)
        channel = await self._directs.channel(client, to.workspace, to.user)
        if isinstance(channel, Failed):
            return to_person(channel, self._clock())
        outcome = await sending(client, channel)
        if isinstance(outcome, Sent) or outcome.why != LOST:
            return outcome
        fresh = await self._directs.opened(client, to.workspace, to.user)
        return await sending(client, fresh) if isinstance(fresh, str) and fresh != channel else outcome

    async def _client(self, workspace: str) -> Client | Never | Later:
        try:
            return await self._clients.of(workspace)
        except NotInstalled:
            return Never("not installed there")
        except OutOfReach:
            return Later(self._clock() + PAUSE, "no working token just now", freezes=True)

    async def _post(
        self, client: Client, to: Account | Spot, channel: str, view: View, key: str, reader: Member | None,
        there: dict[str, str],
    ) -> Outcome:  # fmt: skip
        """Post the pages of *view*, without those that are *there* already. Returns the first page's outcome."""
        first = ""
        for i, page in enumerate(paper.pages(view, _pen(to, reader))):
            name = key if i == 0 else f"{key}#{i + 1}"
            sent = there.get(name) or await write(client, channel, page, name)
            if isinstance(sent, Failed):
                return self._failed(to, sent, is_begun=bool(first))
            first = first or sent
        for file in paper.files(view):
            if failed := await upload(client, self._clients.session, channel, file):
                log.warning("a file in %s did not arrive: %s", to.workspace, failed.code)
        if isinstance(to, Account):
            self._homes.touch_of(to.workspace, to.user)
        return Sent(first)

    def _failed(self, to: Account | Spot, failed: Failed, *, is_begun: bool) -> Outcome:
        """Return what becomes of a letter after *failed*. One of which some pages stand there already *is_begun*: the
        next try has to look for them."""
        log.warning("a letter in %s was not taken: %s", to.workspace, failed.code)
        now = self._clock()
        outcome = (to_person if isinstance(to, Account) else to_channel)(failed, now)
        if not is_begun:
            return outcome
        if failed.code in STALE:
            return Later(now + PAUSE, failed.code, is_in_doubt=True)
        return replace(outcome, is_in_doubt=True) if isinstance(outcome, Later) else outcome


def _is_begun(outcome: Later | Never) -> bool:
    return isinstance(outcome, Later) and outcome.is_in_doubt


def _pen(to: Account | Spot, reader: Member | None) -> Pen:
    return paper.pen_for(reader, to.user if isinstance(to, Account) else "")


def as_edit(page: Drawn) -> dict[str, Any]:
    """Return *page* as what an earlier message is to become."""
    payload = payload_of(page)
    for name in ("unfurl_links", "unfurl_media", "mrkdwn"):  # only for new messages
        payload.pop(name)
    return {**payload, "text": escape(shorten(typed(page.text), SHORT, SLACK))}
