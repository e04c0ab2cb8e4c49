"""Runs the platforms that have a token, side by side in one process."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from typing import Protocol, Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from app.parts import Parts
from app.settings import NotReady, Settings
from bot.nudging.sender import Sender


class Platform(Protocol):
    """Slack or Discord, as its adapter joins it."""

    senders: Mapping[str, Sender]

    def routes(self) -> list[Route]: ...

    async def open(self) -> None:
        """Make sure that messages can be sent."""

    async def listen(self) -> None:
        """Make sure that people can be heard."""

    async def run(self) -> None:
        """Hear people, until cancelled."""

    async def close(self) -> None: ...

    def greeting(self, url: str) -> str: ...


class Platforms:
    """A `House` with platforms in it. *refusals* are the errors by which an adapter says that it cannot run; their
    message is a plain sentence."""

    def __init__(self, parts: Parts, platforms: Sequence[Platform], refusals: tuple[type[Exception], ...]) -> None:
        self.parts = parts
        self._platforms = platforms
        self._refusals = refusals
        self.senders: Mapping[str, Sender] = {
            name: sender for platform in platforms for name, sender in platform.senders.items()
        }

    @classmethod
    async def open(cls, settings: Settings, parts: Parts) -> Self:
        house = cls(parts, *_asked_for(settings, parts))
        for platform in house._platforms:
            await house._plainly(platform.open())
        return house

    def pages(self, settings: Settings) -> Starlette:
        routes = [route for platform in self._platforms for route in platform.routes()]
        return Starlette(routes=[*routes, Route("/healthz", self._healthz)])

    async def listen(self) -> None:
        for platform in self._platforms:
            await self._plainly(platform.listen())

    async def run(self) -> None:
        await asyncio.gather(*(self._plainly(platform.run()) for platform in self._platforms))

    async def close(self) -> None:
        await asyncio.gather(*(platform.close() for platform in self._platforms))

    def greeting(self, url: str) -> str:
        return " ".join([*(platform.greeting(url) for platform in self._platforms), "Stop it with Ctrl-C."])

    async def _plainly(self, doing: Awaitable[None]) -> None:
        try:
            await doing
        except self._refusals as why:
            raise NotReady(str(why)) from None

    async def _healthz(self, request: Request) -> PlainTextResponse:
        is_well = await self.parts.database.ready()
        return PlainTextResponse("ok" if is_well else "the database does not answer", 200 if is_well else 503)


def _asked_for(settings: Settings, parts: Parts) -> tuple[list[Platform], tuple[type[Exception], ...]]:
    """Import only what is asked for: each platform's library costs half a second and tens of megabytes."""
    platforms: list[Platform] = []
    refusals: list[type[Exception]] = []
    if settings.has_slack:
        from adapters.slack.errors import CannotStart as SlackRefusal
        from app.slack import slack_service

        platforms.append(slack_service(settings, parts))
        refusals.append(SlackRefusal)
    if settings.discord_token is not None:
        from adapters.discord.errors import CannotStart as DiscordRefusal
        from app.discord import discord_service

        platforms.append(discord_service(settings, parts))
        refusals.append(DiscordRefusal)
    return platforms, tuple(refusals)
