"""Puts the bot's answers where they belong: into the room, before one reader, or in place of an earlier message."""

from collections.abc import Sequence

from adapters.web.chat import ASKWELL, Chat, Message
from adapters.web.stage import Stage, Standing
from bot.desk.bot import Reply
from bot.record import record
from bot.talk.fit import fit
from bot.talk.form import Dialog
from bot.talk.limits import PLAYGROUND
from bot.talk.view import View
from bot.talk.wire import to_text
from bot.talk.words import catalogue, speaking


@record
class Answer:
    """What came of an interaction: messages in the room, or a form to fill in."""

    messages: tuple[Message, ...] = ()
    dialog: Dialog | None = None


async def settle(stage: Stage, standing: Standing, key: str, reply: Reply, pressed: int | None = None) -> Answer:
    """Post *reply* to the interaction *key*. *pressed* is the message whose button led to it, if one did.

    Doing it again for the same *key* posts nothing twice.
    """
    if isinstance(reply, Dialog):
        return Answer(dialog=reply)
    place = await _replaced(stage.chat, standing, reply, pressed)
    reader = standing.person.id if standing.channel and reply.is_private else None
    posted = await post(stage.chat, standing, key, reply, reader, stage, place)
    stage.feed.announce()
    return Answer(tuple(posted))


async def post(
    chat: Chat, standing: Standing, key: str, view: View, reader: str | None, stage: Stage, place: int | None
) -> Sequence[Message]:
    now, posted = stage.clock.now(), []
    for name, body in bodies(key, view, "en"):
        edited = await chat.edit(place, body, now) if place is not None and name == key else None
        posted.append(edited or await chat.add(name, standing.room, ASKWELL, body, reader, now))
    return posted


def bodies(key: str, view: View, locale: str) -> list[tuple[str, str]]:
    """Return the pages of *view* as they are kept, each with its own key: `key`, `key#2`, ..."""
    with speaking(catalogue(locale)):
        pages = fit(view, PLAYGROUND)
    return [(key if i == 1 else f"{key}#{i}", to_text(page)) for i, page in enumerate(pages, 1)]


async def _replaced(chat: Chat, standing: Standing, view: View, pressed: int | None) -> int | None:
    """Return the message that *view* takes the place of: the pressed one, where it is the presser's own."""
    if pressed is None or not view.is_instead:
        return None
    message = await chat.get(pressed)
    if message is None or not standing.sees(message) or message.author != ASKWELL:
        return None
    return message.id if message.reader == standing.person.id or standing.channel is None else None
