"""Finds the answer to what somebody did, however long that takes: words, or a form to be opened."""

from dataclasses import replace
from typing import TypeAlias, assert_never

from adapters.discord import phrases
from adapters.discord.asked import Asked
from adapters.discord.doings import Calls, Doing, Fills, Opens, is_sent
from adapters.discord.drafts import PATH as DRAFT
from adapters.discord.drafts import Draft, Waiting
from adapters.discord.drawing import forms
from adapters.discord.drawing.ids import MOST
from adapters.discord.places import Places, asking, which
from bot.desk.arguments import Raw, form_press, typed_values
from bot.desk.bot import Bot, Reply
from bot.record import record
from bot.talk.form import Dialog
from bot.talk.press import encode
from bot.talk.view import Press, View

WHOLE = 1_000_000
"""No bound: this press is not put onto a button."""


@record
class Form:
    """A form to be opened at *page*, from 0. It waits under *press*; with `None` it fits into one modal, which needs
    nothing to be kept until it is sent."""

    dialog: Dialog
    press: Press | None = None
    page: int = 0


@record
class Told:
    """The answer, and who asked, with the server that turned out to be meant."""

    asked: Asked
    reply: View | Form


Found: TypeAlias = Asked | View
"""Who asked, in the server that is meant; or why there is none."""


class Replies:
    def __init__(self, bot: Bot, places: Places, waiting: Waiting) -> None:
        self._bot = bot
        self._places = places
        self._waiting = waiting

    async def to(self, asked: Asked, doing: Doing, place: str) -> Told:
        """Answer *doing*; *place* is the server that its button names, if any. Raises what the database raises."""
        found = await self._in_server(asked if asked.guild else replace(asked, guild=place), doing)
        if isinstance(found, View):
            return Told(asked, found)
        match doing:
            case Opens(press):
                return Told(found, await self._opened(found, press))
            case Fills(press, typed):
                kept = await self._waiting.find(found.account, press)
                if kept is None:
                    return Told(found, phrases.gone(found.locale))
                return Told(found, await self._filled(found, doing, kept.draft.with_more(typed), kept.page))
            case Calls(path, raw):
                return Told(found, await self._called(found, doing, path, raw))
            case _:
                assert_never(doing)

    async def offer(self, asked: Asked, form: Form, doing: Doing) -> View:
        """Return a way to open *form*, which cannot open by itself any more. It is at hand then: opening it asks no
        database."""
        press = form.press or await self._kept(asked, form.dialog)
        self._waiting.lay_ready(asked.account, press, form.dialog)
        if is_sent(doing):
            return phrases.to_mend(asked.locale, form.dialog, press)
        return phrases.to_open(asked.locale, press)

    async def _in_server(self, asked: Asked, doing: Doing) -> Found:
        """Find out which server is meant. In direct messages that is not always plain, and the person may have left it
        since."""
        if asked.is_in_guild:
            self._places.seen(asked)
            return asked
        if asked.guild:
            is_in = await self._places.is_in(asked.guild, asked.user)
            return self._places.there(asked, asked.guild) if is_in else phrases.not_there(asked.locale)
        servers = await self._places.of(asked.user)
        if len(servers) == 1:
            return self._places.there(asked, servers[0])
        press = await self._again(replace(asked, guild=servers[0]), doing) if servers else Press("")
        return which(asked.locale, self._places.named(servers), press)

    async def _again(self, asked: Asked, doing: Doing) -> Press:
        """Return *doing* as a press for a menu of servers; what is too long for one waits as a form."""
        if not isinstance(doing, Calls):
            return doing.press
        command = self._bot.registry.commands.get(doing.path)
        press = doing.raw if isinstance(doing.raw, Press) else Press(doing.path)
        if command is None or len(encode(asking(press))) <= MOST:
            return press
        waits = await self._waiting.keep(asked.account, Draft(doing.path, typed_values(command, doing.raw)))
        return Press(DRAFT, (*waits.args, asked.guild))

    async def _called(self, asked: Asked, doing: Doing, path: str, raw: Raw) -> View | Form:
        return await self._shown(asked, doing, await self._bot.handle(path, raw, asked.actor))

    async def _shown(self, asked: Asked, doing: Doing, reply: Reply) -> View | Form:
        """Return *reply*; if it is a form that takes several modals, it waits from now on."""
        if isinstance(reply, View):
            return reply
        if len(forms.form(reply, asked.pen)) == 1 or is_sent(doing):
            return Form(reply)
        return Form(reply, await self._kept(asked, reply))

    async def _opened(self, asked: Asked, press: Press) -> View | Form:
        """Return a form that waits, with everything that was typed."""
        page = _page(press)
        if (dialog := self._waiting.ready(asked.account, press)) is not None:
            return Form(dialog, press, page)
        kept = await self._waiting.find(asked.account, press)
        command = self._bot.registry.commands.get(kept.draft.path) if kept else None
        if kept is None or command is None:
            return phrases.gone(asked.locale)
        reply = await self._bot.handle(command.path, form_press(command, kept.draft.values, WHOLE), asked.actor)
        if isinstance(reply, View):
            return reply
        is_moved = len(press.args) > 2  # it was kept before anybody knew which server was meant
        return Form(reply, await self._waiting.keep(asked.account, kept.draft) if is_moved else press, page)

    async def _filled(self, asked: Asked, doing: Doing, draft: Draft, page: int) -> View | Form:
        """Go on with a form of which one more page is filled in."""
        if page + 1 >= draft.pages:
            return await self._called(asked, doing, draft.path, draft.values)
        press = await self._waiting.keep(asked.account, draft, page + 1)
        return phrases.there_is_more(asked.locale, press)

    async def _kept(self, asked: Asked, dialog: Dialog) -> Press:
        values = {entry.name: entry.value for entry in dialog.entries} | dict(dialog.known)
        pages = len(forms.form(dialog, asked.pen))
        return await self._waiting.keep(asked.account, Draft(dialog.press.path, values, pages))


def _page(press: Press) -> int:
    page = (*press.args, "", "")[1]
    return int(page) if page.isdecimal() else 0
