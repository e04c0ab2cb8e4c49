"""Talks HTTP to a playground the way a page of its own does."""

import asyncio
import http.client
import itertools
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class Client:
    """Asks *url*. Every interaction gets a key of its own unless one is given."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)
    _keys: Any = field(default_factory=itertools.count)

    async def get(self, path: str, **headers: str) -> Answer:
        return await asyncio.to_thread(self._ask, "GET", path, None, headers)

    async def post(self, path: str, data: Any = None, **headers: str) -> Answer:
        """Post *data* as JSON, as a page of the same origin."""
        own = {"origin": self.url, "sec-fetch-site": "same-origin", "content-type": "application/json"}
        body = data if isinstance(data, bytes) else json.dumps({"key": self.key(), **(data or {})}).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await asyncio.to_thread(self._ask, "POST", path, body, own | named)

    def key(self) -> str:
        return f"test-key-{next(self._keys)}"

    async def say(self, text: str, at: str = "/at/northside/ana/careers", **more: Any) -> Any:
        return (await self.post(f"{at}/say", {"text": text, **more})).json

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=10)
        try:
            connection.request(method, path, body, self.headers | headers)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read().decode())
        finally:
            connection.close()


@dataclass(frozen=True, slots=True)
class Event:
    name: str
    data: Any
    id: str


@asynccontextmanager
async def events(url: str, path: str, last: str = "") -> AsyncIterator[AsyncIterator[Event]]:
    """Listen to the server-sent events of *path*, after the event *last*."""
    host = urlsplit(url).netloc
    reader, writer = await asyncio.open_connection(*host.split(":"))
    after = f"Last-Event-ID: {last}\r\n" if last else ""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{after}\r\n".encode())
    try:
        yield _events(reader)
    finally:
        writer.close()


async def _events(reader: asyncio.StreamReader) -> AsyncIterator[Event]:
    fields: dict[str, str] = {}
    while line := await asyncio.wait_for(reader.readline(), 10):
        name, colon, value = line.decode().rstrip("\r\n").partition(": ")
        if colon and name in {"event", "data", "id"}:
            fields[name] = value
        elif not name and "event" in fields:
            yield Event(fields["event"], json.loads(fields.get("data") or "null"), fields.get("id", ""))
            fields = {}
