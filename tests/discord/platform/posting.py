"""Makes and changes messages the way Discord does, after looking at the whole of each."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.discord.platform import limits
from tests.discord.platform.parts import BUTTON, CONTAINER, FILE, SELECTS, SEPARATOR, TEXT, each
from tests.discord.platform.rest import Ask
from tests.discord.platform.state import (
    COMPONENTS_V2,
    EPHEMERAL,
    LOADING,
    File,
    Json,
    Message,
    bad_form,
    broken,
)

SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS = 1 << 2, 1 << 12
SETTABLE = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2

_MENTION = re.compile(r"<@!?(\d+)>")
_EVERYONE = re.compile(r"@(?:everyone|here)\b")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: *reader* is set on an ephemeral one, *exchange* is the interaction that it answers."""

    channel: str
    reader: str = ""
    exchange: str = ""


_CHOICE: Json = {"min_values": 1, "max_values": 1, "disabled": False}
_UNSAID: dict[int, Json] = {
    BUTTON: {"disabled": False},
    **dict.fromkeys(SELECTS, _CHOICE),
    CONTAINER: {"accent_color": None, "spoiler": False},
    FILE: {"spoiler": False},
    SEPARATOR: {"divider": True, "spacing": 1},
}
"""What Discord tells of components where the app said nothing."""


def posted(ask: Ask, data: Json, place: Place, files: dict[int, File]) -> Message:
    """Post a message."""
    platform = ask.platform
    flags = (data.get("flags") or 0) | (EPHEMERAL if place.reader else 0)
    _right_flags(flags)
    message = Message(
        platform.new_id(), place.channel, platform.bot.id, "", [], flags, platform.clock(), platform.next_order()
    )
    message.reader, message.exchange = place.reader, place.exchange
    _take_in(ask, message, data, files)
    platform.messages.append(message)
    message.pings = pings(data, message)
    return message


def placeholder(ask: Ask, place: Place) -> Message:
    """Post what says that the app is thinking."""
    platform = ask.platform
    flags = LOADING | (EPHEMERAL if place.reader else 0)
    own, moment, order = platform.new_id(), platform.clock(), platform.next_order()
    message = Message(own, place.channel, platform.bot.id, "", [], flags, moment, order)
    message.reader, message.exchange = place.reader, place.exchange
    platform.messages.append(message)
    return message


def changed(ask: Ask, message: Message, data: Json, files: dict[int, File]) -> Message:
    """Change what *data* names in a message; IS_COMPONENTS_V2 stays on it for ever."""
    flags = data.get("flags") or 0
    _right_flags(flags & ~EPHEMERAL)
    kept = message.flags
    message.flags = (kept | flags & SETTABLE) & ~LOADING
    try:
        _take_in(ask, message, data, files)
    except Exception:
        message.flags = kept
        raise
    platform = ask.platform
    message.edited, message.order = None if kept & LOADING else platform.clock(), platform.next_order()
    if kept & LOADING:
        message.pings = pings(data, message)
    return message


def _right_flags(flags: int) -> None:
    if unknown := flags & ~(SETTABLE | EPHEMERAL):
        raise bad_form({"flags": f"the flags {unknown} cannot be set"})


def _take_in(ask: Ask, message: Message, data: Json, files: dict[int, File]) -> None:
    attachments = _attachments(ask, message, data, files)
    before: Json = {"content": message.content, "components": message.components, "embeds": message.embeds}
    given = {name: data[name] or type(held)() for name, held in before.items() if name in data}
    whole = before | given
    extra = {name: data[name] for name in ("allowed_mentions", "poll", "sticker_ids") if name in data}
    parts = _with_references(whole["components"], attachments)
    names = [str(attached["filename"]) for attached in attachments]
    if wrong := limits.of_message(whole | extra | {"components": parts}, names, is_v2=message.is_v2):
        raise bad_form(wrong)
    if not (whole["content"] or whole["components"] or whole["embeds"] or attachments):
        raise broken(50006)
    message.content, message.embeds, message.attachments = whole["content"], whole["embeds"], attachments
    message.components = _settled(parts, attachments)


def _attachments(ask: Ask, message: Message, data: Json, files: dict[int, File]) -> list[Json]:
    """Return what is attached after the change: what was kept by its id, and the new files by their number."""
    listed = data.get("attachments")
    if listed is None:
        listed = [*message.attachments, *({"id": number} for number in files)]
    old = {str(attached["id"]): attached for attached in message.attachments}
    return [old[str(one["id"])] if str(one["id"]) in old else _uploaded(ask, one, files) for one in listed]


def _uploaded(ask: Ask, listed: Json, files: dict[int, File]) -> Json:
    file = files.get(int(listed["id"]))
    if file is None:
        raise bad_form({"attachments": f"there is no files[{listed['id']}]"})
    name, own = listed.get("filename") or file.name, ask.platform.new_id()
    ask.platform.uploads[own] = file.content
    url = f"{ask.platform.url}/attachments/{own}/{name}"
    found = {"id": own, "filename": name, "size": len(file.content), "url": url, "proxy_url": url}
    return found | ({"description": listed["description"]} if listed.get("description") else {})


def _with_references(parts: list[Json], attachments: list[Json]) -> list[Json]:
    """Return components with each address of an attachment as `attachment://` again, as in the first place."""
    names = {attached["url"]: f"attachment://{attached['filename']}" for attached in attachments}
    return [_rewritten(part, lambda url: names.get(url, url)) for part in parts]


def _settled(parts: list[Json], attachments: list[Json]) -> list[Json]:
    """Return components as they come back: with an `id` each, and attachments by their address."""
    urls = {f"attachment://{attached['filename']}": attached for attached in attachments}
    shown = [_rewritten(part, lambda url: urls[url]["url"] if url in urls else url) for part in parts]
    taken = {part["id"] for part in each(shown) if part.get("id")}
    free = (number for number in range(1, 1_000) if number not in taken)
    for part in each(shown):
        part |= {name: value for name, value in _UNSAID.get(part["type"], {}).items() if part.get(name) is None}
        part["id"] = part.get("id") or next(free)
        if part["type"] == FILE:
            held = next(attached for attached in attachments if attached["url"] == part["file"]["url"])
            part |= {"name": held["filename"], "size": held["size"]}
    return shown


def _rewritten(value: Any, new_url: Callable[[str], str]) -> Any:
    """Return a copy of *value* in which each `url` of a medium is *new_url* of it."""
    if isinstance(value, list):
        return [_rewritten(part, new_url) for part in value]
    if not isinstance(value, dict):
        return value
    copy = {name: _rewritten(part, new_url) for name, part in value.items()}
    if set(copy) >= {"url"} and "type" not in copy:
        url = new_url(copy["url"])
        copy |= {"url": url, "proxy_url": url, "id": copy.get("id", "1")}
    return copy


def pings(data: Json, message: Message) -> tuple[str, ...]:
    """Return whom the sending of a message notifies: Discord takes every mention in it, unless told otherwise."""
    said = "\n".join([message.content, *(p["content"] for p in each(message.components) if p["type"] == TEXT)])
    users, is_everyone = dict.fromkeys(_MENTION.findall(said)), bool(_EVERYONE.search(said))
    allowed = data.get("allowed_mentions")
    if allowed is not None:
        kinds = allowed.get("parse") or ()
        named = set(users) if "users" in kinds else {str(own) for own in allowed.get("users") or ()}
        users = {own: None for own in users if own in named}
        is_everyone = is_everyone and "everyone" in kinds
    return (*users, *(["everyone"] if is_everyone else []))
