"""Brings answers to people: as the response to what they did, as a follow-up, or in their direct messages."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from enum import Enum, auto
from functools import partial

import aiohttp
import discord
from discord import InteractionResponseType as Response
from discord import InteractionType as Kind
from discord.app_commands import Choice

from adapters.discord.asked import Asked
from adapters.discord.callback import Callbacks
from adapters.discord.drawing.views import Pen, draw, files, mentions
from adapters.discord.heard import Heard
from adapters.discord.lines import LONGEST, DirectLines
from adapters.discord.phrases import our_fault
from bot.desk.mishaps import noted
from bot.talk.fit import fit
from bot.talk.limits import DISCORD
from bot.talk.view import View
from bot.talk.words import catalogue, speaking

log = logging.getLogger(__name__)

ANSWERED = 40060
"""An answer to this interaction was taken already: by a try whose response was cut off."""

BAD_FORM = 50035
"""What we sent is not as Discord wants it: a bug of ours, which no other way of sending mends.
https://docs.discord.com/developers/topics/opcodes-and-status-codes#json"""

TRIES = 3
"""How often what does no harm twice is said, where it is unknown whether it arrived."""

Saying = Callable[[], Awaitable[object]]


class Fate(Enum):
    """What became of an answer. One that is `LATE` cannot arrive this way any more; `BAD` would not in any other."""

    TAKEN = auto()
    LATE = auto()
    BAD = auto()


class Answer:
    """The answer to one interaction. Nothing here raises: what cannot be delivered is logged by its kind, and what the
    person did is in the store.

    Discord takes a first answer once, so one that was cut off can be given again. So can an edit, but not a follow-up.
    """

    def __init__(self, heard: Heard, callbacks: Callbacks, lines: DirectLines) -> None:
        self._heard = heard
        self._callbacks = callbacks
        self._lines = lines
        self._announced: Response | None = None

    async def announce(self, asked: Asked) -> None:
        """Say that an answer will come, before Discord stops waiting. A message that is the person's own may be what
        the answer takes the place of, so nothing is put below it yet."""
        is_silent = asked.is_own and self._heard.kind in {Kind.component, Kind.modal_submit}
        self._announced = Response.deferred_message_update if is_silent else Response.deferred_channel_message
        deferring = partial(self._heard.whole.response.defer, ephemeral=asked.is_in_guild, thinking=not is_silent)
        await _fate(deferring, tries=TRIES)

    async def open(self, modal: discord.ui.Modal) -> bool:
        """Open *modal*, which only works as the first answer. Tells whether it is open, as far as anybody knows."""
        if self._announced is not None or self._heard.kind is Kind.modal_submit:
            return False
        return await _fate(lambda: self._heard.whole.response.send_modal(modal), tries=TRIES) is Fate.TAKEN

    async def say(self, asked: Asked, view: View) -> None:
        """Say *view*, private in a server; its further pages follow. What Discord does not take there any more goes to
        the direct messages of whoever *asked*."""
        for i, page in enumerate(fitted(view, asked.pen)):
            match await self._page(asked, page, is_first=i == 0, is_instead=view.is_instead and asked.is_own):
                case Fate.TAKEN:
                    continue
                case Fate.LATE:
                    pages = fitted(view, asked.direct_pen)[i:]
                    return await self._lines.tell(asked.account, pages, asked.direct_pen, str(self._heard.id))
                case Fate.BAD:
                    sorry = our_fault(asked.locale, noted("drawing for Discord", ValueError()))
                    await self._page(asked, sorry, is_first=i == 0, is_instead=False)
                    return None

    async def suggest(self, choices: list[Choice[str]]) -> None:
        """Offer *choices* below the option that somebody is typing."""
        await _fate(lambda: self._heard.whole.response.autocomplete(choices), tries=1)

    async def _page(self, asked: Asked, page: View, *, is_first: bool, is_instead: bool) -> Fate:
        saying, is_safe_twice = self._respond, True
        match self._announced:
            case _ if not is_first:
                saying, is_safe_twice = self._follow, False
            case None:
                saying = self._replace if is_instead else self._respond
            case Response.deferred_message_update if not is_instead:
                saying, is_safe_twice = self._follow, False
            case _:  # in place of "is thinking", or of the message itself
                saying = self._edit
        return await _fate(lambda: saying(page, asked.pen), tries=TRIES if is_safe_twice else 1)

    async def _respond(self, page: View, pen: Pen) -> None:
        flags = discord.MessageFlags(ephemeral=bool(self._heard.guild))
        await self._callbacks.respond(
            self._heard, Response.channel_message, view=draw(page, pen), files=files(page), flags=flags,
            allowed_mentions=mentions(page),
        )  # fmt: skip

    async def _replace(self, page: View, pen: Pen) -> None:
        await self._callbacks.respond(
            self._heard, Response.message_update, view=draw(page, pen), attachments=files(page),
            allowed_mentions=mentions(page),
        )  # fmt: skip

    async def _edit(self, page: View, pen: Pen) -> None:
        await self._heard.whole.edit_original_response(
            view=draw(page, pen), attachments=files(page), allowed_mentions=mentions(page)
        )

    async def _follow(self, page: View, pen: Pen) -> None:
        await self._heard.whole.followup.send(
            view=draw(page, pen), files=files(page), ephemeral=bool(self._heard.guild),
            allowed_mentions=mentions(page), wait=True,
        )  # fmt: skip


async def _fate(saying: Saying, *, tries: int) -> Fate:
    """Say it, up to *tries* times where it is unknown whether it arrived. What still is then counts as taken: nothing
    is said twice."""
    for left in reversed(range(tries)):
        try:
            async with asyncio.timeout(LONGEST):
                await saying()
        except discord.HTTPException as error:
            return _refused(error)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("an answer was cut off: %s", type(error).__name__)
            if not left and isinstance(error, aiohttp.ClientConnectorError):
                return Fate.LATE
            continue
        return Fate.TAKEN
    return Fate.TAKEN


def _refused(error: discord.HTTPException) -> Fate:
    if error.code == ANSWERED:
        return Fate.TAKEN
    log.warning("an answer was not taken: error %s", error.code or error.status)
    return Fate.BAD if error.code == BAD_FORM else Fate.LATE


def fitted(view: View, pen: Pen) -> Sequence[View]:
    """Return the pages of *view* that Discord can show, in the reader's language."""
    with speaking(catalogue(pen.locale)):
        return fit(view, DISCORD)
