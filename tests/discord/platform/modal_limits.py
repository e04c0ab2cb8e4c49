"""Holds the documented limits of modals that the official schema leaves out."""

from tests.discord.platform.limits import Problems, bounds, of_options, of_select, twice
from tests.discord.platform.parts import CHECKBOXES, RADIO, SELECTS, TEXT_INPUT, walk
from tests.discord.platform.state import Json

MOST = 5  # https://docs.discord.com/developers/interactions/receiving-and-responding (modal)


def of_modal(modal: Json) -> dict[str, str]:
    """Return what is wrong with a modal."""
    return {f"data.{path}": sentence for path, sentence in _problems(modal["components"])}


def _problems(parts: list[Json]) -> Problems:
    if not 1 <= len(parts) <= MOST:
        yield "components", f"Must be between 1 and {MOST} in length."
    yield from twice(parts, "custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED")
    yield from twice(parts, "id", "COMPONENT_ID_DUPLICATED")
    for path, part in walk(parts):
        match part["type"]:
            case t if t == TEXT_INPUT:
                yield from _of_text(path, part)
            case t if t in SELECTS:
                yield from of_select(path, part)
                if part.get("disabled"):
                    yield path, "a select menu in a modal cannot be disabled"
            case t if t == RADIO:
                yield from of_options(path, part["options"], 1)
            case t if t == CHECKBOXES:
                yield from _of_checkboxes(path, part)


def _of_text(path: str, field: Json) -> Problems:
    least, most = text_bounds(field)
    if least > most:
        yield path, f"min_length {least} is above max_length {most}"
    value = field.get("value") or ""
    if value and not least <= len(value) <= most:
        yield path, f"the value has {len(value)} characters; it must be between {least} and {most}"


def text_bounds(field: Json) -> tuple[int, int]:
    """Return how many characters a text has to have at least, and at most."""
    return field.get("min_length") or 0, field.get("max_length") or 4_000


def _of_checkboxes(path: str, group: Json) -> Problems:
    least, most = bounds(group | {"max_values": group.get("max_values") or len(group["options"])})
    if least > most:
        yield path, f"min_values {least} is above max_values {most}"
    if least == 0 and is_required(group):
        yield path, "min_values 0 needs required: false"
    yield from of_options(path, group["options"], most)


def is_required(field: Json) -> bool:
    """Tell whether a field has to be filled in, which is so unless it says otherwise."""
    return field.get("required") is not False
