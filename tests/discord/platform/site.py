"""Serves the platform on a free port of this computer, and points discord.py at it."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from functools import partial

import yarl
from aiohttp import web
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.discord.platform import rest, routes_app, routes_interactions, routes_messages, routes_people
from tests.discord.platform.server import Platform, now

_OFFERED = (routes_app, routes_interactions, routes_messages, routes_people)
"""They offer their routes by being imported."""


@asynccontextmanager
async def serving(
    *, clock: Callable[[], datetime] = now, patience: float = 3.0, answer_within: float = 10.0
) -> AsyncIterator[Platform]:
    """Serve a Discord with one application, to which every discord.py in this process connects until the block ends."""
    platform = Platform(clock, patience, answer_within)
    runner = web.AppRunner(_site(platform), access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    platform.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        with _pointed_at(platform):
            yield platform
    finally:
        await platform.gateway.stop()
        await runner.cleanup()


@contextmanager
def _pointed_at(platform: Platform) -> Iterator[None]:
    """Lead discord.py to *platform*, and afterwards back to where it went before."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, Asset.BASE
    Route.BASE, Asset.BASE = platform.api_url, f"{platform.url}/cdn"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(platform.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, Asset.BASE = before


def _site(platform: Platform) -> web.Application:
    app = web.Application(client_max_size=30_000_000)
    app.router.add_get("/gateway/", platform.gateway.take)
    app.router.add_get("/attachments/{id}/{name}", partial(_attachment, platform))
    for found in sorted(rest.ROUTES, key=lambda route: route.path.count("{")):
        app.router.add_route(found.method, rest.API + found.path, partial(rest.answer, platform, found))
    app.router.add_route("*", "/{path:.*}", partial(rest.unknown, platform))
    return app


async def _attachment(platform: Platform, request: web.Request) -> web.Response:
    return web.Response(body=platform.uploads[request.match_info["id"]])
