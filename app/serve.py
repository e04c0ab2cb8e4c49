"""Runs Askwell: the playground's pages and the worker that sends, in one process or in two."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import uvicorn

from app import logs
from app.parts import Parts
from app.settings import NotReady, Settings, keys
from storage.database import Database
from storage.migrate import migrate

GRACE = 2
"""Seconds that open pages get to finish when Askwell stops. What they were doing goes on at the next start."""

TIDY = timedelta(hours=6)
"""How often what has had its time is thrown away: answers kept for repeated deliveries, letters that were sent."""


async def serve(settings: Settings, *, with_worker: bool) -> None:
    """Serve the playground until stopped; *with_worker* also sends what waits. Raises `NotReady`."""
    if not settings.is_local and settings.password is None:
        raise NotReady(
            f"The playground would be open to everybody who can reach {settings.host}. "
            "Set ASKWELL_PASSWORD, or leave ASKWELL_HOST at 127.0.0.1."
        )
    logs.set_up(is_terminal=sys.stderr.isatty())
    with _listening(settings) as listener:
        async with opened(settings) as parts:
            config = uvicorn.Config(
                parts.playground(settings), log_config=None, access_log=False, lifespan="on",
                timeout_graceful_shutdown=GRACE, server_header=False, proxy_headers=not settings.is_local,
            )  # fmt: skip
            server = uvicorn.Server(config)
            async with asyncio.TaskGroup() as tasks:
                worker = tasks.create_task(_work(parts)) if with_worker else None
                tasks.create_task(_announce(server, settings, listener))
                await server.serve(sockets=[listener])
                if worker is not None:
                    worker.cancel()


async def work(settings: Settings) -> None:
    """Send what waits in the outbox, until stopped."""
    logs.set_up(is_terminal=sys.stderr.isatty())
    async with opened(settings) as parts:
        print("Askwell is sending what waits. Stop it with Ctrl-C.", flush=True)
        await _work(parts)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Parts]:
    """Open the database, brought to the newest shape, and everything around it."""
    secrets = keys(settings)
    await asyncio.to_thread(migrate, settings.url)
    database = await Database.open(settings.url, secrets)
    try:
        parts = Parts(database)
        await parts.clock.load()
        yield parts
    finally:
        await database.close()


async def _work(parts: Parts) -> None:
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(parts.courier().run(parts.wake))
        tasks.create_task(_tidy(parts))
        tasks.create_task(_follow_clock(parts))


async def _tidy(parts: Parts) -> None:
    while True:
        await parts.database.prune(parts.clock.now())
        await asyncio.sleep(TIDY.total_seconds())


async def _follow_clock(parts: Parts) -> None:
    """Keep up with a clock that was moved by another process."""
    while True:
        await asyncio.sleep(1)
        with suppress(Exception):  # the database is away for a moment; the courier says so
            await parts.clock.load()


async def _announce(server: uvicorn.Server, settings: Settings, listener: socket.socket) -> None:
    """Say where to look, once the first page can be had."""
    while not server.started:
        if server.should_exit:
            return
        await asyncio.sleep(0.02)
    port = listener.getsockname()[1]
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    print(f"No Slack or Discord token is set, so here is the local playground: http://{host}:{port}", flush=True)


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError:
        listener.close()
        raise NotReady(
            f"Port {settings.port} on {settings.host} is taken, perhaps by another Askwell. "
            f"Stop that one, or start this one elsewhere: PORT={settings.port + 1} python3 askwell.py"
        ) from None
    return listener
