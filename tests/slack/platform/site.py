"""Serves the platform on a free port of this computer."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import aiohttp
from aiohttp import web

from tests.slack.platform import hooks, methods_auth, methods_chat, methods_files, methods_views, web_api
from tests.slack.platform.server import Platform, now
from tests.slack.platform.state import Json


@asynccontextmanager
async def serving(
    manifest: Json, *, clock: Callable[[], datetime] = now, patience: float = 3.0
) -> AsyncIterator[Platform]:
    """Serve a Slack with one app until the block ends."""
    async with aiohttp.ClientSession() as session:
        platform = Platform(manifest, session, clock, patience)
        runner = web.AppRunner(_site(platform), access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        platform.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield platform
        finally:
            await platform.stop()
            await runner.cleanup()


_OFFERED = (methods_auth, methods_chat, methods_files, methods_views)
"""They offer their methods by being imported."""


def _site(platform: Platform) -> web.Application:
    def with_platform(handle: Any) -> Any:
        async def handler(request: web.Request) -> web.StreamResponse:
            response: web.StreamResponse = await handle(platform, request)
            return response

        return handler

    app = web.Application(client_max_size=50_000_000)
    app.router.add_route("*", "/api/{method}", with_platform(web_api.answer))
    app.router.add_post("/{kind:commands|actions}/{team}/{id}", with_platform(hooks.take))
    app.router.add_post("/upload/v1/{id}", with_platform(methods_files.take))
    app.router.add_get("/oauth/v2/authorize", with_platform(methods_auth.authorize))
    app.router.add_get("/link/", platform.socket.take)
    return app
