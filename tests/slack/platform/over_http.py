"""Delivers over HTTP: signed requests to the app's address, with the retries of the Events API."""

import asyncio
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from tests.slack.platform.sight import Ack
from tests.slack.platform.state import Json

if TYPE_CHECKING:
    from tests.slack.platform.server import Platform

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(slots=True)
class HttpTransport:
    """*url* is where the app listens. *retries* are the seconds before each new try of an event: Slack's are 0, 60 and
    300; a test keeps to what it can wait for."""

    platform: "Platform"
    url: str
    retries: tuple[float, ...] = (0.0,)
    _reasons: list[str] = field(default_factory=list)

    async def command(self, fields: Json) -> Ack:
        return await self.send(urlencode(fields), FORM)

    async def interactive(self, payload: Json) -> Ack:
        return await self.send(urlencode({"payload": json.dumps(payload)}), FORM)

    async def event(self, payload: Json) -> Ack:
        """Deliver an event, with `x-slack-retry-num` and `-reason` when it has to be delivered again."""
        body = json.dumps(payload)
        ack, headers = await self._send(body, JSON, {})
        for number, pause in enumerate(self.retries, 1):
            if ack.is_good or headers.get("x-slack-no-retry") == "1":
                break
            await asyncio.sleep(pause)
            again = {"x-slack-retry-num": str(number), "x-slack-retry-reason": _reason(ack)}
            ack, headers = await self._send(body, JSON, again)
        return ack

    async def verify_url(self) -> bool:
        """Ask as the console does when an address is entered. Tells whether the app gave the challenge back."""
        challenge = self.platform.secret("challenge")
        asked = {"token": "deprecated", "type": "url_verification", "challenge": challenge}
        ack = await self.send(json.dumps(asked), JSON)
        given = ack.body.get("challenge") if isinstance(ack.body, dict) else ack.body
        return ack.is_good and given == challenge

    async def send(self, body: str, kind: str, *, secret: str | None = None, age: float = 0) -> Ack:
        """Send a signed request. With *secret* the signature is another one's; *age* makes it that many seconds old."""
        return (await self._send(body, kind, {}, secret, age))[0]

    async def _send(
        self, body: str, kind: str, more: dict[str, str], secret: str | None = None, age: float = 0
    ) -> tuple[Ack, Any]:
        headers = {"Content-Type": kind, **self._signature(body, secret, age), **more}
        limit = aiohttp.ClientTimeout(total=self.platform.patience)
        started = monotonic()
        try:
            async with self.platform.session.post(
                self.url, data=body.encode(), headers=headers, timeout=limit, allow_redirects=False
            ) as response:
                text = await response.text()
                ack = Ack(response.status, _body(text, response.content_type), monotonic() - started)
                return ack, response.headers
        except TimeoutError:
            return Ack(0, None, monotonic() - started, is_late=True), {}
        except aiohttp.ClientError:
            return Ack(0, None, monotonic() - started), {}

    def _signature(self, body: str, secret: str | None, age: float) -> dict[str, str]:
        """Return the headers of https://docs.slack.dev/authentication/verifying-requests-from-slack"""
        stamp = str(int(self.platform.real_now().timestamp() - age))
        key = (secret or self.platform.signing_secret).encode()
        digest = hmac.new(key, f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        return {"X-Slack-Signature": f"v0={digest}", "X-Slack-Request-Timestamp": stamp}


def _reason(ack: Ack) -> str:
    if ack.is_late:
        return "http_timeout"
    return "http_error" if ack.status else "connection_failed"


def _body(text: str, kind: str) -> Any:
    if kind != JSON or not text:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text
