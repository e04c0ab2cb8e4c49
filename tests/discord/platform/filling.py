"""Fills in modals the way Discord's own client lets people do it: what the client refuses cannot be sent."""

from typing import Any

from tests.discord.platform.limits import bounds
from tests.discord.platform.modal_limits import is_required, text_bounds
from tests.discord.platform.parts import CHECKBOX, CHECKBOXES, LABEL, RADIO, ROW, SELECT, TEXT_INPUT, inside
from tests.discord.platform.state import Json

Answer = Any
"""Text, True or False for a checkbox, the label of an option or several of them, people for a menu of users."""


class NotAllowed(AssertionError):
    """Discord's client does not let the person do this: a field is required, or what they chose is not offered."""


def fields_of(parts: list[Json]) -> list[tuple[str, Json]]:
    """Return the fields of a modal with their labels; one in an action row carries its own."""
    labelled = [(part["label"], part["component"]) for part in parts if part["type"] == LABEL]
    return labelled + [(held["label"], held) for part in parts if part["type"] == ROW for held in inside(part)]


def first_values(parts: list[Json]) -> Json:
    """Return what stands in the fields before anybody types, by custom_id."""
    return {field["custom_id"]: _first(field) for _label, field in fields_of(parts)}


def _first(field: Json) -> Any:
    chosen = [option["value"] for option in field.get("options") or () if option.get("default")]
    match field["type"]:
        case t if t == TEXT_INPUT:
            return field.get("value") or ""
        case t if t == RADIO:
            return chosen[0] if chosen else None
        case t if t == CHECKBOX:
            return bool(field.get("default"))
        case _:
            return chosen or [str(default["id"]) for default in field.get("default_values") or ()]


def field_named(parts: list[Json], name: str) -> Json:
    """Return the field with that label, or with that custom_id, or whose label begins so."""
    fields = fields_of(parts)
    for fits in (str.__eq__, str.startswith):
        for label, field in fields:
            if fits(label, name) or field["custom_id"] == name:
                return field
    raise NotAllowed(f"no field {name!r}; there are {[label for label, _field in fields]}")


def filled(field: Json, answer: Answer) -> Any:
    """Return the value of a field in which a person gave *answer*."""
    match field["type"]:
        case t if t == TEXT_INPUT:
            return _typed(field, "" if answer is None else str(answer))
        case t if t == RADIO:
            return option_of(field["options"], str(answer))["value"] if answer else None
        case t if t == CHECKBOX:
            return bool(answer)
        case t if t in {SELECT, CHECKBOXES}:
            return [option_of(field["options"], label)["value"] for label in several(answer)]
        case _:
            return [one.id for one in several(answer)]


def several(answer: Answer) -> list[Any]:
    """Return one answer, several or none as a list."""
    if answer is None or answer == "":
        return []
    return list(answer) if isinstance(answer, list | tuple | set) else [answer]


def option_of(options: list[Json], label: str) -> Json:
    """Return the option with that label, or the first one whose label begins so."""
    for fits in (str.__eq__, str.startswith):
        for option in options:
            if fits(option["label"], label):
                return option
    raise NotAllowed(f"no option {label!r}; there are {[option['label'] for option in options]}")


def _typed(field: Json, text: str) -> str:
    least, most = text_bounds(field)
    if text and not least <= len(text) <= most:
        raise NotAllowed(f"{len(text)} characters do not fit: {least} to {most}")
    return text.replace("\n", " ") if field["style"] == 1 else text


def complete(parts: list[Json], values: Json) -> None:
    """Raise if a required field is empty, or too much is chosen: Discord's client does not send the form then."""
    for label, field in fields_of(parts):
        value = values[field["custom_id"]]
        if field["type"] != CHECKBOX and is_required(field) and not value:
            raise NotAllowed(f"{label!r} is required")
        if isinstance(value, list) and value:
            check_number(field, len(value))


def check_number(field: Json, number: int) -> None:
    """Raise if *number* options of a menu or group are too few or too many."""
    most_at_all = len(field["options"]) if field["type"] == CHECKBOXES else 1
    least, most = bounds(field | {"max_values": field.get("max_values") or most_at_all})
    if not least <= number <= most:
        raise NotAllowed(f"{number} chosen; {least} to {most} can be")


def shown_value(field: Json, value: Any) -> Any:
    """Return a value as it reads: an option by its label."""
    labels = {option["value"]: option["label"] for option in field.get("options") or ()}
    return [labels.get(one, one) for one in value] if isinstance(value, list) else labels.get(value, value)
