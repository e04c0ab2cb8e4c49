"""Takes the app's answers to interactions: the first one, and those that follow by the token."""

from time import monotonic

from tests.discord.platform import described, modal_limits
from tests.discord.platform.exchange import (
    CHOICES,
    COMPONENT,
    DEFER,
    DEFER_UPDATE,
    MESSAGE,
    MODAL,
    UPDATE,
    Exchange,
)
from tests.discord.platform.posting import Place, changed, placeholder, posted
from tests.discord.platform.rest import Ask, route
from tests.discord.platform.sight import message_seen
from tests.discord.platform.state import (
    EPHEMERAL,
    LOADING,
    TOKEN_LIFE,
    DiscordError,
    File,
    Json,
    Message,
    bad_form,
    broken,
)

HOOK = "/webhooks/{webhook_id}/{webhook_token}"
ORIGINAL = f"{HOOK}/messages/@original"
ANSWER = f"{HOOK}/messages/{{message_id}}"


@route("POST", "/interactions/{interaction_id}/{interaction_token}/callback", needs_token=False)
async def callback(ask: Ask) -> Json | None:
    """Take the first answer. A late one, and a second one, are the app's fault."""
    exchange = _asked(ask)
    kind, data = ask.body["type"], ask.body.get("data") or {}
    if kind not in exchange.allowed():
        raise bad_form({"type": f"an interaction of type {exchange.kind} takes {sorted(exchange.allowed())}"})
    _respond(ask, exchange, kind, data)
    exchange.response = kind
    ask.platform.bell.ring()
    return _told(ask, exchange) if ask.query.get("with_response") in {"1", "true", "True"} else None


def _asked(ask: Ask) -> Exchange:
    exchange = ask.platform.exchanges.get(ask.names["interaction_id"])
    if exchange is None or exchange.token != ask.names["interaction_token"]:
        raise DiscordError(10062)
    if exchange.response:
        raise DiscordError(40060, is_violation=not _was_in_doubt(ask))
    if (late := monotonic() - exchange.started - ask.platform.patience) > 0:
        raise broken(10062, {"": f"{late:.2f} seconds after the {ask.platform.patience} that there were"})
    return exchange


def _was_in_doubt(ask: Ask) -> bool:
    """Tell whether the app could not know of its first answer: then it may well try once more."""
    earlier = [call for call in ask.platform.calls if ask.names["interaction_token"] in call.path]
    return any(call.fault in {"reset_after", "broken_after"} for call in earlier)


def _respond(ask: Ask, exchange: Exchange, kind: int, data: Json) -> None:
    match kind:
        case t if t == MESSAGE:
            exchange.original = _posted(ask, exchange, data, ask.files)
        case t if t == DEFER:
            exchange.original = _deferred(ask, exchange, data)
        case t if t == DEFER_UPDATE:
            exchange.original = exchange.source
        case t if t == UPDATE:
            assert exchange.source is not None
            exchange.original = changed(ask, exchange.source, data, ask.files)
            _seen(ask, exchange, exchange.source)
        case t if t == MODAL:
            _open(exchange, data)
        case t if t == CHOICES:
            _complete(exchange, data)


def _deferred(ask: Ask, exchange: Exchange, data: Json) -> Message:
    flags = data.get("flags") or 0
    if flags & ~EPHEMERAL:
        raise bad_form({"data.flags": "deferring takes the flag EPHEMERAL alone"})
    return placeholder(ask, _place(exchange, is_private=bool(flags)))


def _open(exchange: Exchange, modal: Json) -> None:
    if wrong := modal_limits.of_modal(modal):
        raise bad_form(wrong)
    exchange.person.opens(modal, exchange)


def _complete(exchange: Exchange, data: Json) -> None:
    choices = data.get("choices") or []
    kind = _focused(exchange.payload["data"]["options"])
    for number, choice in enumerate(choices):
        fits = isinstance(choice["value"], str if kind == 3 else (int, float))
        if not fits or len(str(choice["value"])) > 100:
            raise bad_form({f"data.choices.{number}.value": f"does not fit an option of type {kind}, or is too long"})
    exchange.choices = choices


def _focused(options: list[Json]) -> int:
    """Return the type of the option that is being typed, wherever it is nested."""
    while "focused" not in options[0] and "options" in options[0]:
        options = options[0]["options"]
    return next(int(option["type"]) for option in options if option.get("focused"))


def _posted(ask: Ask, exchange: Exchange, data: Json, files: dict[int, File]) -> Message:
    message = posted(ask, data, _place(exchange, is_private=bool((data.get("flags") or 0) & EPHEMERAL)), files)
    _seen(ask, exchange, message)
    return message


def _place(exchange: Exchange, *, is_private: bool) -> Place:
    return Place(exchange.channel.id, exchange.person.id if is_private else "", exchange.id)


def _seen(ask: Ask, exchange: Exchange, message: Message) -> None:
    exchange.answers.append(message_seen(ask.platform, message))
    ask.platform.bell.ring()


def _told(ask: Ask, exchange: Exchange) -> Json:
    """Return what the app gets to know of its answer."""
    told: Json = {"id": exchange.id, "type": exchange.kind}
    message = exchange.original
    if message is None:
        return {"interaction": told}
    told |= {"response_message_id": message.id, "response_message_loading": message.is_loading}
    told |= {"response_message_ephemeral": bool(message.reader), "channel_id": exchange.channel.id}
    if exchange.response not in {MESSAGE, UPDATE}:
        return {"interaction": told}
    shown = {"type": exchange.response, "message": described.message(ask.platform, message)}
    return {"interaction": told, "resource": shown}


# What follows by the token


@route("POST", HOOK, needs_token=False)
async def follow_up(ask: Ask) -> Json:
    """Send one more message. Right after deferring, it takes the place of what says that the app is thinking."""
    exchange = _by_token(ask)
    original = exchange.original
    if exchange.response == DEFER and original is not None and original.flags & LOADING:
        return _changed(ask, exchange, original, _as_deferred(ask.body, original))
    return described.message(ask.platform, _posted(ask, exchange, ask.body, ask.files))


def _as_deferred(data: Json, original: Message) -> Json:
    """Return the message without its own wish to be ephemeral: deferring has fixed that."""
    flags = data.get("flags") or 0
    if bool(flags & EPHEMERAL) != bool(original.reader):
        raise bad_form({"flags": "deferring has fixed whether the answer is ephemeral"})
    return data | {"flags": flags & ~EPHEMERAL}


@route("GET", ORIGINAL, needs_token=False)
async def read_original(ask: Ask) -> Json:
    return described.message(ask.platform, _original(ask, _by_token(ask)))


@route("PATCH", ORIGINAL, needs_token=False)
async def edit_original(ask: Ask) -> Json:
    exchange = _by_token(ask)
    return _changed(ask, exchange, _original(ask, exchange), ask.body)


@route("DELETE", ORIGINAL, needs_token=False)
async def delete_original(ask: Ask) -> None:
    _removed(ask, _original(ask, _by_token(ask)))


@route("GET", ANSWER, needs_token=False)
async def read(ask: Ask) -> Json:
    return described.message(ask.platform, _own(ask, _by_token(ask)))


@route("PATCH", ANSWER, needs_token=False)
async def edit(ask: Ask) -> Json:
    exchange = _by_token(ask)
    return _changed(ask, exchange, _own(ask, exchange), ask.body)


@route("DELETE", ANSWER, needs_token=False)
async def delete(ask: Ask) -> None:
    _removed(ask, _own(ask, _by_token(ask)))


def _by_token(ask: Ask) -> Exchange:
    """Return the interaction whose token is in the address; it works for 15 minutes, after the first answer."""
    found = next((e for e in ask.platform.exchanges.values() if e.token == ask.names["webhook_token"]), None)
    if found is None or ask.names["webhook_id"] != ask.platform.application_id:
        raise DiscordError(10015)
    if ask.platform.clock() - found.born >= TOKEN_LIFE:
        raise DiscordError(50027)
    if not found.response:
        raise broken(10015, {"": "the interaction has no first answer yet"})
    return found


def _original(ask: Ask, exchange: Exchange) -> Message:
    """Return the message of the first answer. For a modal there is none, unless a message's button opened it."""
    message = exchange.original or (exchange.source if exchange.kind == COMPONENT else None)
    if message is None or message not in ask.platform.messages:
        raise DiscordError(10008)
    return message


def _own(ask: Ask, exchange: Exchange) -> Message:
    message = ask.platform.message(ask.names["message_id"])
    if message is None or not (message.exchange == exchange.id or message is exchange.source):
        raise DiscordError(10008)
    return message


def _changed(ask: Ask, exchange: Exchange, message: Message, data: Json) -> Json:
    changed(ask, message, data, ask.files)
    _seen(ask, exchange, message)
    return described.message(ask.platform, message)


def _removed(ask: Ask, message: Message) -> None:
    ask.platform.messages.remove(message)
    ask.platform.bell.ring()
