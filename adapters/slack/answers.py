"""Brings answers to people: in the conversation they asked in, in a window, or in their direct messages."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any, TypeVar

from adapters.slack import paper
from adapters.slack.access.clients import Client, Clients
from adapters.slack.asked import Asked
from adapters.slack.calls import Failed, call, twice
from adapters.slack.directs import LOST, Directs
from adapters.slack.drawing.blocks import Drawn
from adapters.slack.drawing.modal import said
from adapters.slack.marked import payload_of, write, written
from adapters.slack.origin import Origin
from adapters.slack.responses import USES, respond
from adapters.slack.uploads import upload
from bot.desk.mishaps import notice
from bot.model.people import Actor
from bot.talk.form import Dialog
from bot.talk.view import Attachment, Button, Press, Tone, View
from bot.talk.words import _, catalogue, speaking

log = logging.getLogger(__name__)

PATIENT = 60.0
"""Seconds for which an answer waits because Slack asks for patience, when there is no other way to bring it."""

OWN = "asked-"
"""Begins the names that we give windows ourselves; Slack's own names of them begin with V."""

Payload = dict[str, Any]
T = TypeVar("T")


class Answers:
    """Everything that goes back to whoever asked. Nothing here raises: what cannot be delivered is logged by its kind,
    and what the person did is safe in the store."""

    def __init__(self, clients: Clients, directs: Directs, clock: Callable[[], datetime]) -> None:
        self._clients = clients
        self._directs = directs
        self.clock = clock

    async def say(self, asked: Asked, actor: Actor, view: View) -> None:
        """Say *view* where *asked* happened."""
        drawn = paper.pages(view, paper.pen_for(actor))
        await self.deliver(asked, actor, view, drawn, is_instead=view.is_instead and asked.is_own)

    async def deliver(
        self, asked: Asked, actor: Actor, view: View, drawn: Sequence[Drawn], *, is_instead: bool = False
    ) -> None:
        """Bring the pages *drawn* of *view*, and its files."""
        kind = "in_channel" if asked.is_direct else "ephemeral"
        for i, page in enumerate(drawn):
            payload = {**payload_of(page), "response_type": kind, "replace_original": is_instead and i == 0}
            if i >= USES or not asked.response_url or not await self._respond(asked, payload):
                await self.tell(asked, actor, drawn[i:])
                break
        await self.send_files(asked, actor, view)

    async def tell(self, asked: Asked, actor: Actor, drawn: Sequence[Drawn]) -> None:
        """Write to the person directly: the way that is left when there is no conversation to answer in."""
        for page in drawn:
            answer = await self._directly(asked, partial(_written, page=page, key=_key(asked, page)))
            if isinstance(answer, Failed):
                log.warning("an answer in %s did not arrive: %s", asked.team, answer.code)
                return

    async def send_files(self, asked: Asked, actor: Actor, view: View) -> None:
        """Bring the files of *view* to the person's direct messages; say so if that did not work."""
        for file in paper.files(view):
            failed = await self._directly(asked, partial(self._uploaded, file=file))
            if failed is not None:
                log.warning("a file in %s did not arrive: %s", asked.team, failed.code)
                await self.say(asked, actor, _no_file(actor, file.name, failed))

    async def open(self, asked: Asked, window: Payload) -> str:
        """Open *window* before the person. Returns a name by which it can be changed, empty when it did not open. The
        trigger that allows it is used up by this.

        Where Slack's word on it was lost, the name is one of our own: whether the window is there shows when it is
        changed. The same where the trigger was used before, by an earlier delivery of this very interaction.
        """
        client = await self._client(asked)
        if client is None:
            return ""
        own = f"{OWN}{asked.key}"
        answer = await call(client.web.views_open(trigger_id=asked.trigger, view={**window, "external_id": own}))
        if not isinstance(answer, Failed):
            return str(answer["view"]["id"])
        log.warning("a window in %s did not open: %s", asked.team, answer.code)
        return own if answer.is_in_doubt or answer.code == "exchanged_trigger_id" else ""

    async def update(self, asked: Asked, opened: str, window: Payload) -> bool:
        """Change the window *opened*. Tells whether it is still there; doing it twice changes nothing."""
        client = await self._client(asked)
        if client is None:
            return False
        which = {"external_id" if opened.startswith(OWN) else "view_id": opened}
        answer = await twice(lambda: call(client.web.views_update(view=window, **which)), is_repeatable=True)
        if isinstance(answer, Failed):
            log.warning("a window in %s did not change: %s", asked.team, answer.code)
        return not isinstance(answer, Failed)

    async def show(self, asked: Asked, actor: Actor, view: View, opened: str, origin: Origin) -> None:
        """Show *view* in the window *opened*, or in a new one; directly to the person where there is none any more."""
        pen = paper.pen_for(actor)
        window, rest = paper.window(view, pen, origin.to_text())
        if not await self._shown(asked, opened, window):
            await self.tell(asked, actor, paper.pages(view, pen))
        else:
            for page in rest:
                await self.tell(asked, actor, paper.pages(page, pen))
        await self.send_files(asked, actor, view)

    async def ask(self, asked: Asked, actor: Actor, dialog: Dialog, opened: str, origin: Origin, again: Press) -> None:
        """Show the form *dialog* in the window *opened*, or in a new one; else offer it by a button with *again*."""
        window = paper.modal(dialog, paper.pen_for(actor), origin.to_text(), origin.revision)
        if not await self._shown(asked, opened, window):
            await self.say(asked, actor, _form_button(actor, again))

    async def close(self, asked: Asked, opened: str, actor: Actor) -> None:
        """Let a window that waited say that the answer is in the conversation."""
        with speaking(catalogue(actor.locale)):
            window = said(_("It is done. You find the answer in the conversation behind this window."))
        await self.update(asked, opened, window)

    async def _shown(self, asked: Asked, opened: str, window: Payload) -> bool:
        if not opened and asked.trigger:
            opened = await self.open(asked, window)
            if opened and not opened.startswith(OWN):
                return True
        return bool(opened) and await self.update(asked, opened, window)

    async def _uploaded(self, client: Client, channel: str, file: Attachment) -> Failed | None:
        return await upload(client, self._clients.session, channel, file)

    async def _respond(self, asked: Asked, payload: Payload) -> bool:
        return await respond(self._clients.session, asked.response_url, payload)

    async def _directly(self, asked: Asked, doing: Callable[[Client, str], Awaitable[T | Failed]]) -> T | Failed:
        """Do *doing* in the conversation with the person that is known; in a new one if that is gone."""
        line = await self._line(asked)
        if line is None:
            return Failed("no conversation")
        client, channel = line
        done = await doing(client, channel)
        if not isinstance(done, Failed) or done.code != LOST:
            return done
        fresh = await self._directs.opened(client, asked.team, asked.user)
        return await doing(client, fresh) if isinstance(fresh, str) and fresh != channel else done

    async def _line(self, asked: Asked) -> tuple[Client, str] | None:
        client = await self._client(asked)
        if client is None:
            return None
        channel = await twice(
            lambda: self._directs.channel(client, asked.team, asked.user), is_repeatable=True, longest=PATIENT
        )
        if isinstance(channel, Failed):
            log.warning("nobody in %s can be written to directly: %s", asked.team, channel.code)
            return None
        return client, channel

    async def _client(self, asked: Asked) -> Client | None:
        try:
            return await self._clients.of(asked.team, asked.enterprise)
        except Exception as error:  # also when the store is away
            log.warning("there is no working token for %s: %s", asked.team, type(error).__name__)
            return None


async def _written(client: Client, channel: str, page: Drawn, key: str) -> str | Failed:
    """Write *page* directly; where it may have arrived, look before it is written again."""
    answer = await twice(partial(write, client, channel, page, key), is_repeatable=False, longest=PATIENT)
    if not (isinstance(answer, Failed) and answer.is_in_doubt):
        return answer
    there = await twice(partial(written, client, channel), is_repeatable=True, longest=PATIENT)
    if isinstance(there, Failed):
        return answer
    return there.get(key) or await write(client, channel, page, key)


def _key(asked: Asked, page: Drawn) -> str:
    """Return the key of one page of an answer, which names nobody."""
    return sha256(f"{asked.key}\n{page.text}".encode()).hexdigest()[:25]


def _no_file(actor: Actor, name: str, failed: Failed) -> View:
    with speaking(catalogue(actor.locale)):
        words = _("The file {name} could not be sent to you just now. Nothing is lost; try again in a minute.")
        if failed.is_in_doubt:
            words = _("I could not see whether the file {name} arrived. If it is not here, ask for it once more.")
        return notice(words.format(name=name))


def _form_button(actor: Actor, again: Press) -> View:
    with speaking(catalogue(actor.locale)):
        words = _("Your form may not have opened in time. If you do not see it, open it here.")
        return notice(words, Button(_("Open the form"), again, Tone.PRIMARY))
