"""Runs Askwell: what people reach and the worker that sends, in one process or in two."""

import asyncio
import errno
import gc
import signal
import socket
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from types import FrameType
from typing import Any

import uvicorn

from app import logs
from app.house import House, opened
from app.settings import NotReady, Settings

GRACE = 2
"""Seconds that open pages get to finish when Askwell stops. What they were doing goes on at the next start."""

REST = 100
"""Seconds that a connection without a request stays open: longer than the routers in front of Askwell keep theirs (90
on Heroku, 60 on AWS). Whoever closes first may do so just as the next command comes in, and that command is lost:
https://devcenter.heroku.com/articles/http-routing#keepalives"""

TIDY = timedelta(hours=6)
"""How often what has had its time is thrown away: answers kept for repeated deliveries, letters that were sent."""


async def serve(settings: Settings, *, with_worker: bool) -> None:
    """Serve all that the settings allow until stopped; *with_worker* also sends what waits. Raises `NotReady`."""
    logs.set_up(is_terminal=sys.stderr.isatty())
    with _listening(settings) as listener:
        async with opened(settings) as house:
            await house.listen()
            _collect_rarely()
            server = _Server(config_of(house, settings))
            announcing = asyncio.create_task(_announce(server, house, settings, listener))
            async with _beside(server, house.run(), *([_work(house)] if with_worker else [])):
                await server.serve(sockets=[listener])
            await announcing


async def work(settings: Settings) -> None:
    """Send what waits in the outbox, until stopped."""
    logs.set_up(is_terminal=sys.stderr.isatty())
    async with opened(settings) as house:
        working = asyncio.create_task(_work(house))
        with suppress(NotImplementedError):  # Windows has no such signal
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, working.cancel)
        print("Askwell is sending what waits. Stop it with Ctrl-C.", flush=True)
        with suppress(asyncio.CancelledError):
            await working


class _Server(uvicorn.Server):
    """A server after whose end the rest still ends in order. One of uvicorn's own raises SIGTERM once more when it is
    done, which ends the process there and then: with answers on their way, and nothing closed."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if sig == signal.SIGTERM:
            self.should_exit = True
        else:
            super().handle_exit(sig, frame)


def config_of(house: House, settings: Settings) -> uvicorn.Config:
    """Return how the pages of *house* are served."""
    return uvicorn.Config(
        house.pages(settings), log_config=None, access_log=False, lifespan="on", server_header=False,
        timeout_graceful_shutdown=GRACE, timeout_keep_alive=REST, proxy_headers=not settings.is_local,
    )  # fmt: skip


def _collect_rarely() -> None:
    """Let Python look for garbage less often: what is there now stays, and an answer leaves no cycles behind. Saves a
    tenth of the time of a busy process."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@asynccontextmanager
async def _beside(server: uvicorn.Server, *doing: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Do all of *doing* beside the pages while the block runs. One that ends by itself ends the server too, and its
    error is raised then: a platform that shuts Askwell out must not look like one that is quiet."""
    tasks = [asyncio.create_task(one) for one in doing]
    for task in tasks:
        task.add_done_callback(lambda _done: setattr(server, "should_exit", True))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
    for end in ends:
        if isinstance(end, Exception):
            raise end


async def _work(house: House) -> None:
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(house.parts.courier(house.senders).run(house.parts.wake))
        tasks.create_task(_tidy(house))


async def _tidy(house: House) -> None:
    while True:
        with suppress(Exception):  # the database is away for a moment; the courier says so
            await house.parts.database.prune(house.parts.now())
        await asyncio.sleep(TIDY.total_seconds())


async def _announce(server: uvicorn.Server, house: House, settings: Settings, listener: socket.socket) -> None:
    """Say where to look, once the first page can be had."""
    while not server.started:
        if server.should_exit:
            return
        await asyncio.sleep(0.02)
    port = listener.getsockname()[1]
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    print(house.greeting(f"http://{host}:{port}"), flush=True)


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # Named as TCP, so that small answers are not held back (asyncio switches Nagle's algorithm off for these alone).
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise NotReady(_not_there(settings, error)) from None
    return listener


def _not_there(settings: Settings, error: OSError) -> str:
    """Say why Askwell cannot listen where the settings say, and what to do."""
    elsewhere = f"PORT={settings.port + 1 if settings.port >= 1024 else 8080} python3 askwell.py"
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {settings.port} on {settings.host} is taken, perhaps by another Askwell. "
            f"Stop that one, or start this one elsewhere: {elsewhere}"
        )
    if isinstance(error, PermissionError):
        return f"This account may not listen on port {settings.port}. Start Askwell on a higher one: {elsewhere}"
    return f"ASKWELL_HOST={settings.host} is no address of this machine. Set it to 127.0.0.1, or to 0.0.0.0 for all."
