"""Draws every view and form of every command as each platform would show it, with its limits beside it."""

from starlette.requests import Request
from starlette.responses import Response

from adapters.web.pages import TEMPLATES


async def page(request: Request) -> Response:
    return TEMPLATES.TemplateResponse(request, "preview.html", {})
