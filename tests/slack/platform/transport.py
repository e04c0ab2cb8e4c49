"""Says what a way from Slack to the app can do; there are two, HTTP and Socket Mode."""

from typing import Protocol

from tests.slack.platform.sight import Ack
from tests.slack.platform.state import Json


class Transport(Protocol):
    async def command(self, fields: Json) -> Ack:
        """Deliver a slash command."""

    async def interactive(self, payload: Json) -> Ack:
        """Deliver a press, a submission, a shortcut, or a question for suggestions."""

    async def event(self, payload: Json) -> Ack:
        """Deliver an event, again and again as Slack does if it is not acknowledged. Returns the last answer."""
