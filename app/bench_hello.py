"""Holds what `askwell bench slack` compares with: a Bolt app that says hello, and a bare ASGI handler that does.

`python -m app.bench_hello bolt 8081 SECRET URL` serves one; both do as little as their makers' first page shows.
"""

import sys
from typing import Any

PATH = "/slack/events"


def serve_bolt(port: int, secret: str, api_url: str) -> None:
    """Serve Bolt's own hello with the server that it brings, its settings as they are."""
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    app = AsyncApp(client=AsyncWebClient(token="xoxb-bench", base_url=api_url), signing_secret=secret)  # noqa: S106

    @app.command("/career")
    async def hello(ack: Any) -> None:
        await ack("Hello")

    app.server(port, PATH, "127.0.0.1").start()


def serve_asgi(port: int) -> None:
    """Serve one fixed answer."""
    import uvicorn

    async def hello(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        while (await receive()).get("more_body"):
            continue
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
        await send({"type": "http.response.body", "body": b"Hello"})

    uvicorn.run(hello, host="127.0.0.1", port=port, log_level="critical", lifespan="off", access_log=False)


if __name__ == "__main__":
    kind, number, *more = sys.argv[1:]
    if kind == "bolt":
        serve_bolt(int(number), *more)
    else:
        serve_asgi(int(number))
