"""Serves an ASGI application on a free port of this computer while a test runs."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import uvicorn


def a_listener(port: int = 0) -> tuple[socket.socket, str]:
    """Return a socket that listens on this computer alone, and the address at which it does."""
    listener = socket.create_server(("127.0.0.1", port))
    return listener, f"http://127.0.0.1:{listener.getsockname()[1]}"


@asynccontextmanager
async def listening(
    app: Callable[..., Awaitable[None]], listener: socket.socket | None = None, *, grace: float = 1
) -> AsyncIterator[str]:
    """Serve *app* until the block ends. Yields its address; *listener* is for whoever has to know that sooner. What is
    still being answered at the end gets *grace* seconds."""
    if listener is None:
        listener, _url = a_listener()
    config = uvicorn.Config(app, log_level="critical")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup([listener])  # without its main loop, which takes a while to notice that it should end
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        await _end(server, grace)
        listener.close()


async def _end(server: uvicorn.Server, grace: float) -> None:
    """Do what `server.shutdown` does, which sleeps for at least a tenth of a second each time."""
    for site in server.servers:
        site.close()
    for connection in list(server.server_state.connections):
        connection.shutdown()
    if answering := server.server_state.tasks:
        _done, late = await asyncio.wait(answering, timeout=grace)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
    await server.lifespan.shutdown()
