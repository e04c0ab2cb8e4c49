"""Puts the playground together: one Starlette application around the bot."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from adapters.web import acts, pages, preview
from adapters.web.chat import Chat
from adapters.web.clock import PlaygroundClock
from adapters.web.door import Door
from adapters.web.feed import Feed, era_of
from adapters.web.guard import Guard
from adapters.web.stage import Example, Stage
from bot.desk.bot import Bot
from bot.model.people import Account


async def _no_examples() -> Sequence[Example]:
    return ()


async def _zone_unknown(account: Account) -> str | None:
    return None


def playground(
    bot: Bot,
    chat: Chat,
    clock: PlaygroundClock,
    *,
    feed: Feed,
    samples: Callable[[], Awaitable[None]],
    password: str | None = None,
    gallery: Callable[[], Awaitable[Sequence[Example]]] = _no_examples,
    zone_of: Callable[[Account], Awaitable[str | None]] = _zone_unknown,
) -> Starlette:
    """Return the playground as an ASGI application.

    *feed* is shared with the `WebSender`, so that a delivered letter shows at once. *samples* empties the groups and
    fills them with sample data; it is called on the very first start and at each reset. Without a *password* everybody
    who can reach the port is in, so serve it on 127.0.0.1 alone, and it opens under the names of this computer alone.
    *gallery* returns what `/preview` draws. *zone_of* tells the zone that a member has told the bot.
    """
    stage = Stage(bot, chat, clock, feed, samples, gallery, zone_of, password is not None)
    app = Starlette(
        routes=_routes(),
        middleware=[
            Middleware(Guard, is_locked=password is not None),
            *([Middleware(Door, password=password)] if password is not None else []),
        ],
        lifespan=_opening(stage),
    )
    app.state.stage = stage
    return app


def _opening(stage: Stage) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def opening(app: Starlette) -> AsyncIterator[None]:
        if not await era_of(stage.chat):
            await acts.start_over(stage)
        yield

    return opening


def _routes() -> list[Route | Mount]:
    at = "/at/{workspace}/{user}/{room}"
    return [
        Route("/", pages.home),
        Route("/healthz", pages.healthz),
        Route("/preview", preview.page),
        Route("/reset", acts.reset, methods=["POST"]),
        Route(at, pages.room),
        Route(f"{at}/earlier", pages.earlier),
        Route(f"{at}/events", pages.events),
        Route(f"{at}/file/{{message:int}}/{{place:int}}", pages.file),
        Route(f"{at}/file/{{message:int}}/{{place:int}}/print", pages.paper),
        Route(f"{at}/say", acts.say_something, methods=["POST"]),
        Route(f"{at}/press", acts.press_something, methods=["POST"]),
        Route(f"{at}/submit", acts.submit_form, methods=["POST"]),
        Route(f"{at}/suggest", acts.suggest),
        Route(f"{at}/clock", acts.move_clock, methods=["POST"]),
        Mount("/static", StaticFiles(directory=pages.HERE / "static")),
    ]
