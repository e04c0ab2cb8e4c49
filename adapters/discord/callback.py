"""Gives messages as first answers to interactions, by the shortest way that there is through discord.py."""

from functools import cached_property
from typing import Any

import aiohttp
import discord
from discord.http import Route
from discord.webhook.async_ import async_context, interaction_message_response_params

from adapters.discord.heard import Heard
from adapters.discord.pauses import Pauses


class Callbacks:
    """Does what `interaction.response.send_message` and `edit_message` do, without two things for which there is no
    option: they have Discord send the message back and make an object of it, which nobody here looks at; and they go
    through each step of `pauses.tracing`. Together that takes longer than drawing."""

    def __init__(self, client: discord.Client, pauses: Pauses) -> None:
        self._client = client
        self._pauses = pauses

    async def respond(self, heard: Heard, kind: discord.InteractionResponseType, **message: Any) -> None:
        """Answer with *message*, which is described as to `send_message`, but for *flags*. Raises what that raises,
        but for `InteractionResponded`: Discord says so itself."""
        path = "/interactions/{webhook_id}/{webhook_token}/callback"
        route = Route("POST", path, webhook_id=heard.id, webhook_token=heard.data["token"])
        params = interaction_message_response_params(type=kind.value, **message)
        await async_context.get().request(
            route, self._session, payload=params.payload, multipart=params.multipart, files=params.files
        )

    @cached_property
    def _session(self) -> aiohttp.ClientSession:
        """A session on the connections of the client, which are there once it is logged in, and end with it. How long
        an answer may take is for whoever gives it."""
        return aiohttp.ClientSession(
            connector=self._client.http.connector, connector_owner=False, cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._client.http.user_agent}, middlewares=[self._heard],
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=30),
        )  # fmt: skip

    async def _heard(
        self, request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        response = await handler(request)
        self._pauses.heard(response.status, response.headers)
        return response
