"""Calls the platform without a library, so that a test can send what no library would."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.discord.platform.exchange import Exchange
from tests.discord.platform.server import Platform
from tests.discord.platform.session import GUILDS
from tests.discord.platform.state import Json


@dataclass(slots=True)
class Talker:
    """Speaks to the HTTP API with the bot's token. *socket* is a gateway that has identified and reads nothing more."""

    platform: Platform
    session: aiohttp.ClientSession
    socket: aiohttp.ClientWebSocketResponse

    async def call(self, method: str, path: str, body: Any = None, *, token: str | None = None) -> tuple[int, Any]:
        """Make a call and return the HTTP status and the JSON, {} if none came."""
        status, said, _headers = await self.full(method, path, body, token=token)
        return status, said

    async def full(
        self, method: str, path: str, body: Any = None, *, token: str | None = None, data: Any = None
    ) -> tuple[int, Any, Any]:
        """Make a call, with *data* in place of JSON if given, and return the headers as well."""
        headers = {"Authorization": f"Bot {self.platform.token if token is None else token}"}
        sent: dict[str, Any] = {"data": data} if data is not None else {} if body is None else {"json": body}
        url = f"{self.platform.api_url}{path}"
        async with self.session.request(method, url, headers=headers, **sent) as response:
            is_json = response.headers.get("Content-Type") == "application/json"
            return response.status, (await response.json() if is_json else {}), response.headers

    async def responds(self, exchange: Exchange, kind: int, data: Any = None, query: str = "") -> tuple[int, Any]:
        """Give an interaction its first answer."""
        body: Json = {"type": kind} | ({} if data is None else {"data": data})
        return await self.call("POST", f"/interactions/{exchange.id}/{exchange.token}/callback{query}", body)

    def hook(self, exchange: Exchange, rest: str = "") -> str:
        return f"/webhooks/{self.platform.application_id}/{exchange.token}{rest}"


@asynccontextmanager
async def talking(platform: Platform) -> AsyncIterator[Talker]:
    """Identify at the gateway, so that interactions are sent, and leave the answering to the test."""
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{platform.gateway_url}?v=10") as socket:
        await socket.send_json({"op": 2, "d": identity(platform)})
        await platform.gateway.connected()
        yield Talker(platform, session, socket)


def identity(platform: Platform, **more: Any) -> Json:
    """Return what an app says of itself at the gateway."""
    return {"token": platform.token, "intents": GUILDS, "properties": {"os": "", "browser": "", "device": ""}, **more}
