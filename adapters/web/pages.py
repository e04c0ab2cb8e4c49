"""Serves the pages: a room as one person sees it, older messages, and the files that messages carry."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from sse_starlette import EventSourceResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.templating import Jinja2Templates

from adapters.web import words
from adapters.web.chat import ASKWELL, Message, channel_room, direct_room
from adapters.web.feed import era_of
from adapters.web.messages import initials, show, view_of
from adapters.web.people import WORKSPACES
from adapters.web.stage import Stage, Standing, address, sight_of, stage_of, standing_of
from adapters.web.stream import RETRY, Bookmark, bookmark_of, clockface_of, news
from bot.desk.command import Command, Role, label_of
from bot.talk.limits import PLAYGROUND
from bot.talk.view import Attachment
from bot.talk.words import _

HERE = Path(__file__).parent
PAGE = 50
"""Messages of one page; older ones come when they are asked for."""


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {"_": _, "address": address, "initials": initials}
    return environment


TEMPLATES = Jinja2Templates(env=_environment())


async def home(request: Request) -> Response:
    first = WORKSPACES[0]
    return RedirectResponse(address(first, first.people[0], first.channels[0]), 303)


async def healthz(request: Request) -> Response:
    return PlainTextResponse("ok")


async def room(request: Request) -> Response:
    """Show a room. What changes while the page is made comes again with the news, which does no harm."""
    stage, standing = stage_of(request), standing_of(request)
    latest = await _latest(stage, standing)
    sight = await sight_of(stage, standing)
    messages = await stage.chat.room(standing.room, standing.person.id, limit=PAGE)
    read = max([*latest.values(), *(message.revision for message in messages)], default=0)
    shown = [show(message, sight) for message in messages]
    state = {
        "base": standing.path,
        "room": standing.room,
        "who": f"{standing.workspace.id}/{standing.person.id}",
        "era": await era_of(stage.chat),
        "revision": read,
        "after": str(Bookmark(await era_of(stage.chat), read)),
        "latest": latest,
        "clock": clockface_of(sight).as_json(),
        "commands": [_offered(one) for one in stage.bot.registry.listed if _may(standing, one)],
        "words": words.for_page(),
        "fill": request.query_params.get("fill", ""),
    }
    context = {
        "standing": standing, "sight": sight, "messages": shown, "workspaces": WORKSPACES, "state": state,
        "has_more": len(messages) == PAGE, "needs_password": stage.needs_password, "direct_room": direct_room,
        "channel_room": channel_room,
    }  # fmt: skip
    return TEMPLATES.TemplateResponse(request, "room.html", context, headers={"cache-control": "no-store"})


async def earlier(request: Request) -> Response:
    """Return the messages before one that the page shows."""
    stage, standing = stage_of(request), standing_of(request)
    before = request.query_params.get("before", "")
    if not before.isdecimal():
        raise HTTPException(400)
    sight = await sight_of(stage, standing)
    messages = await stage.chat.room(standing.room, standing.person.id, before=int(before), limit=PAGE)
    shown = [show(message, sight).as_json() for message in messages]
    return JSONResponse({"messages": shown, "has_more": len(messages) == PAGE})


async def events(request: Request) -> Response:
    """Stream what happens, from where the page stopped reading."""
    stage, standing = stage_of(request), standing_of(request)
    after = request.headers.get("last-event-id") or request.query_params.get("after", "")
    return EventSourceResponse(news(stage, standing, bookmark_of(after)), ping=15, headers={"x-retry": str(RETRY)})


async def file(request: Request) -> Response:
    """Give out a file that a message carries. The browser saves it and never shows it as a page of ours."""
    attached = await _attachment(request)
    return Response(
        attached.content,
        media_type=attached.media_type,
        headers={
            "content-disposition": f'attachment; filename="{_plain_name(attached.name)}"',
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )


async def paper(request: Request) -> Response:
    """Show a file for printing."""
    return TEMPLATES.TemplateResponse(request, "paper.html", {"file": await _attachment(request)})


async def _attachment(request: Request) -> Attachment:
    stage, standing = stage_of(request), standing_of(request)
    message = await stage.chat.get(int(request.path_params["message"]))
    if message is None or message.author != ASKWELL or not standing.sees(message):
        raise HTTPException(404)
    body = view_of(message).body
    place = int(request.path_params["place"])
    attached = body[place] if place < len(body) else None
    if not isinstance(attached, Attachment):
        raise HTTPException(404)
    return attached


def _plain_name(name: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "_" for c in name)


async def _latest(stage: Stage, standing: Standing) -> dict[str, int]:
    """Return the newest revision of every room that the page has a sign for."""
    here, reader = standing.workspace, standing.person.id
    rooms = [(channel_room(here.id, channel.id), reader) for channel in here.channels]
    rooms += [(direct_room(one.id, person.id), person.id) for one in WORKSPACES for person in one.people]
    return {name: _newest(await stage.chat.room(name, who, limit=1)) for name, who in rooms}


def _newest(messages: Sequence[Message]) -> int:
    return max((message.revision for message in messages), default=0)


def _may(standing: Standing, command: Command[Any]) -> bool:
    return command.role is Role.MEMBER or standing.person.is_organiser


def _offered(command: Command[Any]) -> dict[str, Any]:
    """Return what the list of suggestions shows of a command, and what can be typed after it."""
    fields = [{"label": _(field.label), "needed": param.is_required} for param, field in command.visible]
    return {"typed": label_of(command, PLAYGROUND), "summary": _(command.summary), "fields": fields}
