"""Answers Discord's HTTP API: reads a call, looks at its token and its limits, and finds its route."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.discord.platform import schemas
from tests.discord.platform.codes import said
from tests.discord.platform.fate import carried_out
from tests.discord.platform.rates import is_free
from tests.discord.platform.state import Call, Channel, DiscordError, Failed, File, Json, bad_form, broken

if TYPE_CHECKING:
    from tests.discord.platform.guild import Guild
    from tests.discord.platform.server import Platform

API = "/api/v10"
LARGEST = 10 * 1024 * 1024  # bytes of one file: https://docs.discord.com/developers/reference#uploading-files


@dataclass(frozen=True, slots=True)
class Ask:
    """A call with all that came with it. *body* is None where none came, *files* are by the number in their name."""

    platform: "Platform"
    route: str
    names: dict[str, str]
    query: dict[str, str]
    body: Any
    files: dict[int, File] = field(default_factory=dict)

    def channel(self, channel_id: str) -> Channel:
        """Return a channel that the bot can see."""
        place = self.platform.channels.get(channel_id)
        if place is None:
            raise DiscordError(10003)
        if place.guild and not (self.platform.guilds[place.guild].has_bot and place.bot_sees):
            raise DiscordError(50001)
        return place

    def guild(self, guild_id: str) -> "Guild":
        """Return a guild that the bot is in."""
        guild = self.platform.guilds.get(guild_id)
        if guild is None or not guild.has_bot:
            raise DiscordError(10004)
        return guild


Handler = Callable[[Ask], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Route:
    """One route; without *needs_token* what stands in its address is secret enough."""

    method: str
    path: str
    run: Handler
    needs_token: bool

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


ROUTES: list[Route] = []


def route(method: str, path: str, *, needs_token: bool = True) -> Callable[[Handler], Handler]:
    """Offer the decorated function as a route, named as in the official document. None is answered as 204."""

    def offer(run: Handler) -> Handler:
        ROUTES.append(Route(method, path, run, needs_token))
        return run

    return offer


async def answer(platform: "Platform", found: Route, request: web.Request) -> web.StreamResponse:
    """Answer one call."""
    path = request.path.removeprefix(API)
    call = Call(found.name, path, None, [], platform.clock(), agent=request.headers.get("User-Agent", ""))
    platform.calls.append(call)
    headers: dict[str, str] = {}
    try:
        call.body, files = await _read(request)
        call.files = list(files.values())
        ask = Ask(platform, found.name, dict(request.match_info), dict(request.query), call.body, files)
        major = next(iter(request.match_info.values()), "")
        headers = platform.rates.take(found.name, major, is_free=is_free(found.name))
        result = await carried_out(platform, request, call, partial(_run, ask, found, request))
        return _answered(platform, call, 204 if result is None else 200, result, headers)
    except DiscordError as error:
        if error.is_violation:
            platform.note(error.code, call.route, *(f"{path}: {what}" for path, what in error.errors.items()))
        call.code = error.code
        status, said_so = said(error.code, error.errors)
        return _answered(platform, call, status, said_so, headers)
    except Failed as failure:
        return _answered(platform, call, failure.status, failure.body, headers | failure.headers)


async def unknown(platform: "Platform", request: web.Request) -> web.StreamResponse:
    """Answer a call to an address that the platform does not offer."""
    platform.note(404, f"{request.method} {request.path}", "there is no such route")
    return _json(404, said(404, {})[1], {})


async def _run(ask: Ask, found: Route, request: web.Request) -> Any:
    if found.needs_token and request.headers.get("Authorization") != f"Bot {ask.platform.token}":
        raise DiscordError(401)
    if ask.body is not None and (wrong := schemas.problems(found.name, ask.body)):
        raise bad_form(wrong)
    return await found.run(ask)


def _answered(platform: "Platform", call: Call, status: int, body: Any, headers: dict[str, str]) -> web.Response:
    call.status = status
    if status in {401, 403} or (status == 429 and headers.get("X-RateLimit-Scope") != "shared"):
        platform.rates.invalid += 1
    platform.bell.ring()
    return _json(status, body, headers)


def _json(status: int, body: Any, headers: dict[str, str]) -> web.Response:
    """Return JSON as Discord does: discord.py takes no other Content-Type for it, not even one with a charset."""
    if body is None:
        return web.Response(status=status, headers=headers)
    kind = {"Content-Type": "application/json"}
    return web.Response(status=status, body=json.dumps(body).encode(), headers=headers | kind)


async def _read(request: web.Request) -> tuple[Any, dict[int, File]]:
    """Return the body as JSON, None if there is none, and the files by their number."""
    if not request.can_read_body:
        return None, {}
    if request.content_type == "multipart/form-data":
        return await _read_form(request)
    if request.content_type != "application/json":
        raise bad_form({"": f"a body comes as application/json, not {request.content_type}"})
    return _parsed(await request.text()), {}


async def _read_form(request: web.Request) -> tuple[Any, dict[int, File]]:
    form = await request.post()
    files = {int(name[6:-1]): _file(part) for name, part in form.items() if isinstance(part, web.FileField)}
    if any(len(file.content) > LARGEST for file in files.values()):
        raise broken(40005)
    return _parsed(str(form.get("payload_json", "{}"))), files


def _file(part: web.FileField) -> File:
    return File(part.filename, part.file.read())


def _parsed(text: str) -> Json | list[Any]:
    try:
        found: Json | list[Any] = json.loads(text)
    except ValueError:
        raise broken(50109) from None
    return found
