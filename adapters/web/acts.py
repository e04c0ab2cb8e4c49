"""Takes what people do in the playground: say, press, submit, look up, move the clock, start over."""

import re
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from adapters.web import people
from adapters.web.answers import Answer, settle
from adapters.web.chat import channel_room
from adapters.web.clock import moment_of
from adapters.web.feed import era_of, new_era
from adapters.web.fields import draw_form
from adapters.web.messages import show
from adapters.web.stage import Stage, Standing, sight_of, stage_of, standing_of
from adapters.web.typed import body_of, text_in, values_in
from bot.talk import press
from bot.talk.errors import BadInput
from bot.talk.view import Buttons, Press, View, say
from bot.talk.words import _

_SLASH = re.compile(r"/career(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
MOST = 20_000
"""Characters of one message; the words stay in the field when there are more."""

MOVED = "clock_key"
"""The setting that remembers the last move of the clock, so that a repeated request does not move it twice."""


async def say_something(request: Request) -> Response:
    """Take what was typed: a slash command, or words for the room."""
    stage, standing = stage_of(request), standing_of(request)
    data = await body_of(request)
    key, words = _key(standing, data), text_in(data, "text").strip()
    if len(words) > MOST:
        return JSONResponse({"error": _("That is more than fits into one message. Say it in parts.")})
    found = _SLASH.fullmatch(words)
    said = await _echo(stage, standing, key, words, is_open=not words.startswith("/"))
    if found:
        answer = await settle(stage, standing, key, await stage.bot.hear(found[1] or "", standing.actor(key)))
    elif words.startswith("/") or standing.channel is None:
        answer = await settle(stage, standing, key, _hint(stage))
    else:
        stage.feed.announce()
        answer = Answer()
    return await _reply(stage, standing, Answer((said, *answer.messages), answer.dialog))


async def press_something(request: Request) -> Response:
    """Take a press of a button or a choice from a menu."""
    stage, standing = stage_of(request), standing_of(request)
    data = await body_of(request)
    key, pressed = _key(standing, data), press.decode(text_in(data, "press"))
    if data.get("chosen") is not None:
        pressed = Press(pressed.path, (*pressed.args, text_in(data, "chosen")), pressed.is_form)
    reply = await stage.bot.handle(pressed.path, pressed, standing.actor(key))
    return await _reply(stage, standing, await settle(stage, standing, key, reply, _message(data)))


async def submit_form(request: Request) -> Response:
    """Take a filled-in form."""
    stage, standing = stage_of(request), standing_of(request)
    data = await body_of(request)
    key = _key(standing, data)
    reply = await stage.bot.handle(text_in(data, "path"), values_in(data, "values"), standing.actor(key))
    return await _reply(stage, standing, await settle(stage, standing, key, reply, _message(data)))


async def suggest(request: Request) -> Response:
    """Return suggestions for a field while somebody types."""
    stage, standing = stage_of(request), standing_of(request)
    asked = request.query_params
    actor = standing.actor("suggest")
    options = await stage.bot.suggest(asked.get("path", ""), asked.get("name", ""), asked.get("typed", ""), actor)
    return JSONResponse([{"value": o.value, "label": o.label, "hint": o.hint} for o in options])


async def move_clock(request: Request) -> Response:
    """Let time pass, by the clocks of whoever asks."""
    stage, standing = stage_of(request), standing_of(request)
    data = await body_of(request)
    key, sight = _key(standing, data), await sight_of(stage, standing)
    if await stage.chat.setting(MOVED) != key:
        try:
            await stage.clock.move_to(moment_of(text_in(data, "to"), sight.now, sight.zone))
        except BadInput as error:
            return JSONResponse({"error": error.message})
        await stage.chat.set_setting(MOVED, key)
    stage.feed.announce()
    return JSONResponse({})


async def reset(request: Request) -> Response:
    """Forget everything and lay out the samples again. *era* says which state is meant, so that it happens once."""
    stage = stage_of(request)
    data = await body_of(request)
    if text_in(data, "era") == await era_of(stage.chat):
        await start_over(stage)
    return JSONResponse({})


async def start_over(stage: Stage) -> None:
    """Lay out the samples. The new era comes last: whoever is interrupted before it begins again."""
    await stage.chat.wipe()
    await stage.clock.restart()
    await stage.samples()
    for i, one in enumerate(people.GREETINGS):
        room = channel_room(one.workspace, one.channel)
        await stage.chat.add(f"greeting:{i}", room, one.author, one.words, None, stage.clock.now())
    await new_era(stage.chat)
    stage.feed.announce()


def _hint(stage: Stage) -> View:
    """Say how to talk to Askwell, which reads commands and nothing else."""
    words = _("I only read what begins with /career. Type it below and pick from the list that opens.")
    helper = stage.bot.registry.commands.get("help")
    buttons = (Buttons((helper.button(_("See everything I can do")),)),) if helper else ()
    return View("", (say(words), *buttons))


async def _echo(stage: Stage, standing: Standing, key: str, words: str, *, is_open: bool) -> Any:
    """Show what was typed: to the room, or a command only to whoever typed it."""
    reader = standing.person.id if standing.channel and not is_open else None
    now = stage.clock.now()
    return await stage.chat.add(f"{key}:said", standing.room, standing.person.id, words, reader, now)


def _key(standing: Standing, data: dict[str, Any]) -> str:
    """Return the interaction's key, its own for each person. The page makes it up; asking again keeps it."""
    key = text_in(data, "key")
    if not re.fullmatch(r"[0-9a-zA-Z-]{8,64}", key):
        raise HTTPException(400, "An interaction needs a key.")
    return f"{standing.workspace.id}:{standing.person.id}:{key}"


def _message(data: dict[str, Any]) -> int | None:
    message = data.get("message")
    return message if isinstance(message, int) else None


async def _reply(stage: Stage, standing: Standing, answer: Answer) -> Response:
    sight = await sight_of(stage, standing)
    dialog = str(draw_form(answer.dialog, "form")) if answer.dialog else None
    return JSONResponse({"messages": [show(one, sight).as_json() for one in answer.messages], "dialog": dialog})
