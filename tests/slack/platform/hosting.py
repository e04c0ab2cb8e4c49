"""Runs a bolt app beside the platform, over either transport, and ends it cleanly."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.hosting import listening
from tests.slack.platform.over_http import HttpTransport
from tests.slack.platform.server import Platform


@asynccontextmanager
async def over_http(platform: Platform, app: AsyncApp) -> AsyncIterator[HttpTransport]:
    """Serve *app* on a free port of this computer, and have the platform send there."""
    handler = AsyncSlackRequestHandler(app)

    async def take(request: Request) -> Response:
        return await handler.handle(request)

    async with listening(Starlette(routes=[Route("/slack/events", take, methods=["POST"])])) as url:
        yield platform.over_http(f"{url}/slack/events")


@asynccontextmanager
async def over_socket(platform: Platform, app: AsyncApp) -> AsyncIterator[None]:
    """Connect *app* by Socket Mode, and have the platform send there."""
    client: Any = AsyncSocketModeHandler(app, platform.app_token, ping_interval=0.5).client
    await client.connect()
    await platform.over_socket().connected()
    try:
        yield
    finally:
        await client.close()
        await platform.socket.disconnected()
