"""Serves an ASGI application on a free port of this computer while a test runs."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import uvicorn


def a_listener(port: int = 0) -> tuple[socket.socket, str]:
    """Return a socket that listens on this computer alone, and the address at which it does."""
    listener = socket.create_server(("127.0.0.1", port))
    return listener, f"http://127.0.0.1:{listener.getsockname()[1]}"


@asynccontextmanager
async def listening(app: Callable[..., Awaitable[None]], listener: socket.socket | None = None) -> AsyncIterator[str]:
    """Serve *app* until the block ends. Yields its address; *listener* is for whoever has to know that sooner."""
    if listener is None:
        listener, _url = a_listener()
    config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup([listener])  # without its main loop, which takes a while to notice that it should end
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        await server.shutdown([listener])
        listener.close()
