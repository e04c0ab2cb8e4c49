"""Holds the documented limits of messages that the official schema leaves out."""

import re
from collections import Counter
from collections.abc import Iterator

from tests.discord.platform.parts import (
    BUTTON,
    CONTAINER,
    FILE,
    ROW,
    SECTION,
    SELECT,
    SELECTS,
    TEXT,
    THUMBNAIL,
    V2,
    each,
    inside,
    urls_of,
    walk,
)
from tests.discord.platform.state import Json

Problems = Iterator[tuple[str, str]]

MOST_PARTS, MOST_TEXT = 40, 4_000  # https://docs.discord.com/developers/components/reference
MOST_CONTENT = 2_000  # https://docs.discord.com/developers/resources/message#create-message
MOST_EMBED_TEXT = 6_000


def of_message(message: Json, files: list[str], *, is_v2: bool) -> dict[str, str]:
    """Return what is wrong with a whole message as it would stand; *files* are the names of what is attached."""
    parts = message.get("components") or []
    found = dict(_of_v2(message, parts) if is_v2 else _of_old(message, parts))
    return found | dict(of_parts(parts)) | dict(_of_files(parts, files, is_v2=is_v2)) | dict(_of_mentions(message))


def _of_v2(message: Json, parts: list[Json]) -> Problems:
    for name in ("content", "embeds", "poll", "sticker_ids"):
        if message.get(name):
            yield name, "The 'content', 'embeds', 'stickers' and 'poll' fields cannot be used with IS_COMPONENTS_V2"
    if (number := sum(1 for _ in each(parts))) > MOST_PARTS:
        yield "components", f"{number} components, nested ones counted; at most {MOST_PARTS}"
    if (number := sum(len(part["content"]) for part in each(parts) if part["type"] == TEXT)) > MOST_TEXT:
        yield "components", f"{number} characters in text displays; at most {MOST_TEXT}"


def _of_old(message: Json, parts: list[Json]) -> Problems:
    if len(message.get("content") or "") > MOST_CONTENT:
        yield "content", f"Must be {MOST_CONTENT} or fewer in length."
    if len(parts) > 5:
        yield "components", "at most 5 action rows without IS_COMPONENTS_V2"
    for path, part in walk(parts):
        if part["type"] in V2:
            yield path, "this component needs the flag IS_COMPONENTS_V2"
    embeds = message.get("embeds") or []
    if (number := sum(map(_embedded, embeds))) > MOST_EMBED_TEXT:
        yield "embeds", f"{number} characters in embeds; at most {MOST_EMBED_TEXT}"


def _embedded(embed: Json) -> int:
    own = [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
    fields = [field[name] for field in embed.get("fields") or () for name in ("name", "value")]
    return sum(len(text or "") for text in (*own, (embed.get("author") or {}).get("name"), *fields))


def of_parts(parts: list[Json]) -> Problems:
    """Yield what is wrong with the components of a message."""
    yield from twice(parts, "custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED")
    yield from twice(parts, "id", "COMPONENT_ID_DUPLICATED")
    for path, part in walk(parts):
        match part["type"]:
            case t if t == ROW:
                yield from _of_row(path, part)
            case t if t == BUTTON:
                yield from _of_button(path, part)
            case t if t in SELECTS:
                yield from of_select(path, part)
            case t if t == CONTAINER and any(held["type"] == CONTAINER for held in inside(part)):
                yield path, "a container cannot hold a container"
            case t if t == SECTION and part["accessory"]["type"] not in {BUTTON, THUMBNAIL}:
                yield path, "a section's accessory is a button or a thumbnail"


def twice(parts: list[Json], name: str, code: str) -> Problems:
    seen = Counter(part[name] for part in each(parts) if part.get(name))
    for value, number in seen.items():
        if number > 1:
            yield "components", f"{code}: {name} {value!r} is there {number} times"


def _of_row(path: str, row: Json) -> Problems:
    kinds = [part["type"] for part in row["components"]]
    if not (all(kind == BUTTON for kind in kinds) or len(kinds) == 1):
        yield path, "an action row holds up to 5 buttons or one select menu"


def _of_button(path: str, button: Json) -> Problems:
    style, url, own = button["style"], button.get("url"), button.get("custom_id")
    if style == 5 and (not url or own):
        yield path, "a link button has a url and no custom_id"
    if style in range(1, 5) and (not own or url):
        yield path, "a button has a custom_id and no url"
    if url and not re.match(r"(https?|discord)://", url):
        yield path, "Scheme must be one of ('http', 'https', 'discord')."
    if style != 6 and not button.get("label") and not button.get("emoji"):
        yield path, "a button has a label or an emoji"


def of_select(path: str, select: Json) -> Problems:
    """Yield what is wrong with a select menu."""
    least, most = bounds(select)
    if least > most:
        yield path, f"min_values {least} is above max_values {most}"
    if select["type"] == SELECT:
        yield from of_options(path, select["options"], most)


def of_options(path: str, options: list[Json], most: int) -> Problems:
    """Yield what is wrong with options of which *most* can be chosen."""
    if len({option["value"] for option in options}) < len(options):
        yield path, "SELECT_COMPONENT_VALUE_DUPLICATED: the value of an option is there twice"
    if most > len(options):
        yield path, f"max_values {most} is above the number of options {len(options)}"
    if sum(bool(option.get("default")) for option in options) > most:
        yield path, "more options are chosen by default than may be chosen"


def bounds(part: Json) -> tuple[int, int]:
    """Return how many options have to be chosen at least, and at most."""
    least, most = part.get("min_values"), part.get("max_values")
    return (1 if least is None else least), (1 if most is None else most)


def _of_files(parts: list[Json], files: list[str], *, is_v2: bool) -> Problems:
    shown = {url.removeprefix("attachment://") for part in each(parts) for url in urls_of(part) if _is_attached(url)}
    for name in sorted(shown - set(files)):
        yield "components", f"attachment://{name} is not among the attachments {files}"
    for name in sorted(set(files) - shown) if is_v2 else ():
        yield "attachments", f"{name} is attached, but no component shows it"
    for path, part in walk(parts):
        if part["type"] == FILE and not _is_attached(part["file"]["url"]):
            yield path, "a file component takes attachment:// alone"


def _is_attached(url: str) -> bool:
    return url.startswith("attachment://")


def _of_mentions(message: Json) -> Problems:
    allowed = message.get("allowed_mentions") or {}
    for kind in ("users", "roles"):
        if kind in (allowed.get("parse") or ()) and allowed.get(kind):
            yield "allowed_mentions", f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
