"""Holds what a person sees, and carries what they do to the app and its answer back."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from tests.slack.platform import acks
from tests.slack.platform.events import is_heard, wrapped
from tests.slack.platform.sight import Ack, Interaction, Seen, message_seen, window_seen
from tests.slack.platform.state import Channel, Hook, Json, User, Window

if TYPE_CHECKING:
    from tests.slack.platform.server import Platform
    from tests.slack.platform.workspace import Workspace

NOTHING = Seen("message", "", [])
"""What is returned where no answer was waited for."""

_EVENTS = {"app_home_opened": "app_home_opened", "message": "message.im"}


class Presence:
    """A user at their screen. *last* is the latest thing that they did."""

    def __init__(self, platform: "Platform", workspace: "Workspace", user: User) -> None:
        self._platform = platform
        self.workspace = workspace
        self.user = user
        self.interactions: list[Interaction] = []
        self.is_at_home = False
        self._again: Callable[[], Awaitable[Ack]] | None = None
        self._news = asyncio.Event()

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def last(self) -> Interaction:
        return self.interactions[-1]

    # What they see

    @property
    def modal(self) -> Seen | None:
        """The modal in front, or None."""
        stack = self.workspace.modals.get(self.id)
        return window_seen(stack[-1]) if stack else None

    @property
    def home(self) -> Seen | None:
        """Their Home tab as it was published last."""
        home = self.workspace.homes.get(self.id)
        return window_seen(home) if home else None

    @property
    def dms(self) -> list[Seen]:
        """Their direct messages with the app, the oldest first; their own ones as well."""
        return self._in(self.workspace.dm(self.id))

    def sees(self, channel: Channel | str | None = None) -> list[Seen]:
        """Return what stands in a channel for them, the oldest first."""
        return self._in(self.workspace.find(channel))

    def _in(self, channel: Channel) -> list[Seen]:
        return [message_seen(m) for m in self.workspace.shown_to(self.id) if m.channel == channel.id]

    async def until(self, comes: Callable[[], Any]) -> None:
        """Wait until *comes()* is true; it is asked whenever something on their screen changes."""
        async with asyncio.timeout(self._platform.answer_within):
            while not comes():
                self._news.clear()
                await self._news.wait()

    # What reaches them

    def hears(self, seen: Seen, by: str = "", *, is_weak: bool = False) -> None:
        """Take in an answer *by* way of a trigger, response_url, window or message.

        A weak one counts only for an interaction that waits for just this; a strong one else for the latest.
        """
        self._news.set()
        waiting = [i for i in self.interactions if by in i.links and not i.answers]
        if waiting:
            waiting[-1].answer(seen)
        elif self.interactions and not is_weak:
            self.last.answer(seen)

    def sees_window(self, window: Window, by: str, *, is_weak: bool = False) -> None:
        """Take in a window that has opened or changed. One that only says that it waits is no answer yet."""
        for interaction in self.interactions:
            if by in interaction.links and by != "home":
                interaction.links.add(window.id)
        if window.view.get("callback_id") in self._platform.waiting:
            self._news.set()
        else:
            self.hears(window_seen(window), by, is_weak=is_weak)

    # How things go to the app

    async def does(
        self,
        kind: str,
        body: Json,
        links: set[str],
        *,
        hook: Hook | None = None,
        window: Window | None = None,
        expect_answer: bool = True,
    ) -> Seen:
        """Deliver *body*, do what the acknowledgement says, and wait for the first answer."""
        interaction = Interaction(kind, body, links)
        self.interactions.append(interaction)
        payload = wrapped(self.workspace, body) if kind in _EVENTS else body

        async def deliver() -> Ack:
            ack = await self._delivered(kind, payload)
            acks.take(self.workspace, kind, ack, hook=hook, window=window)
            return ack

        self._again = deliver
        interaction.ack = await deliver()
        return await self._answer(interaction) if expect_answer else NOTHING

    async def _delivered(self, kind: str, payload: Json) -> Ack:
        transport = self._platform.transport
        assert transport is not None, "no app is connected: use platform.over_http() or platform.over_socket()"
        if kind in _EVENTS:
            assert is_heard(self.workspace, _EVENTS[kind]), f"the manifest does not subscribe to {_EVENTS[kind]}"
            return await transport.event(payload)
        return await (transport.command(payload) if kind == "command" else transport.interactive(payload))

    async def _answer(self, interaction: Interaction) -> Seen:
        try:
            async with asyncio.timeout(self._platform.answer_within):
                await interaction.arrived.wait()
        except TimeoutError:
            problems = self._platform.violations[-3:]
            raise AssertionError(f"{self.user.name} got no answer; {interaction.ack}; {problems}") from None
        return interaction.answers[0]

    async def again(self) -> Ack:
        """Have Slack deliver their last interaction once more, the very same."""
        assert self._again is not None, "they have done nothing yet"
        return await self._again()
