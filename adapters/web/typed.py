"""Reads what a page sends: JSON of a bounded size, with texts that any database can keep."""

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

MOST = 2_000_000
"""Bytes of one request. A form of five long fields takes a tenth of it."""


async def body_of(request: Request) -> dict[str, Any]:
    """Return the JSON object that was sent. Raises a 400, 413 or 415 for anything else."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise HTTPException(415)
    try:
        data = json.loads(await _bytes(request))
    except ValueError:
        raise HTTPException(400, "That was not JSON.") from None
    if not isinstance(data, dict):
        raise HTTPException(400, "That was not a JSON object.")
    return data


async def _bytes(request: Request) -> bytes:
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > MOST:
            raise HTTPException(413)
    return bytes(received)


def text_in(data: dict[str, Any], name: str) -> str:
    """Return the text under *name*, empty when there is none."""
    value = data.get(name, "")
    return storable(value) if isinstance(value, str) else ""


def values_in(data: dict[str, Any], name: str) -> dict[str, str | tuple[str, ...]]:
    """Return what a form sends: a text for each field, several for a field with several answers."""
    values = data.get(name)
    if not isinstance(values, dict):
        raise HTTPException(400, "A form needs values.")
    return {field: _value(value) for field, value in values.items()}


def _value(value: object) -> str | tuple[str, ...]:
    if isinstance(value, list):
        return tuple(storable(one) for one in value if isinstance(one, str))
    return storable(value) if isinstance(value, str) else ""


def storable(text: str) -> str:
    """Return *text* with a mark in place of what no database keeps: the zero character and half characters."""
    return text.replace("\x00", "\ufffd").encode(errors="replace").decode()
