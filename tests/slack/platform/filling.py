"""Fills in forms the way Slack's own client lets people do it: what the client refuses cannot be sent."""

import re
from datetime import date, time
from typing import Any

from tests.slack.platform.elements import ADDRESS
from tests.slack.platform.objects import options_of
from tests.slack.platform.shapes import measure
from tests.slack.platform.state import Json

Answer = str | bool | list[str] | tuple[str, ...] | None
Values = dict[tuple[str, str], Json]


class NotAllowed(AssertionError):
    """Slack's client does not let the person do this: a field is required, or what they chose is not offered."""


_FIRST = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
}


def first_values(blocks: list[Json]) -> Values:
    """Return what stands in the fields of a window before anybody types, by block and action."""
    found: Values = {}
    for block in blocks:
        parts = block.get("elements", ()) if block["type"] == "actions" else ()
        for element in (*parts, block.get("accessory"), block.get("element")):
            if element and element["type"] in _FIRST:
                name, first = _FIRST[element["type"]]
                none: Any = [] if name.endswith("s") else None
                found[block["block_id"], element["action_id"]] = entry(element, element.get(first, none))
    return found


def entry(element: Json, value: Any) -> Json:
    """Return one field's part of `view.state.values`."""
    return {"type": element["type"], _FIRST[element["type"]][0]: value}


def field_named(blocks: list[Json], name: str) -> Json:
    """Return the input block with that label, or block id; `~1` behind an id counts revisions."""
    fields = [block for block in blocks if block["type"] == "input"]
    for fits in (_has_label, _has_id, _label_begins):
        if found := [block for block in fields if fits(block, name)]:
            return found[0]
    raise NotAllowed(f"no field {name!r}; there are {[block['label']['text'] for block in fields]}")


def _has_label(block: Json, name: str) -> bool:
    return bool(block["label"]["text"] == name)


def _has_id(block: Json, name: str) -> bool:
    return bool(block["block_id"].split("~")[0] == name)


def _label_begins(block: Json, name: str) -> bool:
    return bool(block["label"]["text"].startswith(name))


def filled(element: Json, answer: Answer) -> Json:
    """Return the state of a field in which a person gave *answer*; options by label, `True` ticks the only one."""
    match element["type"]:
        case "plain_text_input" | "email_text_input" | "url_text_input" | "number_input":
            return entry(element, _typed(element, str(answer)) if answer not in {None, ""} else None)
        case "static_select" | "radio_buttons":
            return entry(element, _option(element, str(answer)) if answer not in {None, ""} else None)
        case "checkboxes" | "multi_static_select":
            return entry(element, [_option(element, label) for label in _labels(element, answer)])
        case "datepicker":
            return entry(element, date.fromisoformat(str(answer)).isoformat() if answer else None)
        case "timepicker":
            return entry(element, f"{time.fromisoformat(str(answer)):%H:%M}" if answer else None)
        case _:
            return entry(element, answer)


def _labels(element: Json, answer: Answer) -> list[str]:
    if isinstance(answer, bool):
        return [element["options"][0]["text"]["text"]] if answer else []
    if answer is None or isinstance(answer, str):
        return [answer] if answer else []
    return list(answer)


def _option(element: Json, label: str) -> Json:
    return option_of(options_of(element), label)


def option_of(options: list[Json], label: str) -> Json:
    """Return the option with that label, or the first one whose label begins so."""
    for option in options:
        if option["text"]["text"] == label:
            return option
    for option in options:
        if option["text"]["text"].startswith(label):
            return option
    raise NotAllowed(f"no option {label!r}; there are {[option['text']['text'] for option in options]}")


def _typed(element: Json, text: str) -> str:
    if element["type"] == "plain_text_input" and not (
        element.get("min_length", 0) <= measure(text) <= element.get("max_length", 3000)
    ):
        raise NotAllowed(f"{measure(text)} characters do not fit")
    if element["type"] == "email_text_input" and not ADDRESS.fullmatch(text):
        raise NotAllowed("not an e-mail address")
    if element["type"] == "number_input":
        _number(element, text)
    return text if element.get("multiline") else text.replace("\n", " ")


def _number(element: Json, text: str) -> None:
    if not re.fullmatch(r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+", text):
        raise NotAllowed(f"{text!r} is not a number")
    if not float(element.get("min_value", "-inf")) <= float(text) <= float(element.get("max_value", "inf")):
        raise NotAllowed(f"{text} is out of bounds")


def is_empty(state: Json) -> bool:
    return not any(value for name, value in state.items() if name not in {"type", "timezone"})


def complete(blocks: list[Json], values: Values) -> None:
    """Raise if a required field is empty: Slack's client does not send the form then."""
    for block in blocks:
        if block["type"] != "input" or block.get("optional"):
            continue
        if is_empty(values[block["block_id"], block["element"]["action_id"]]):
            raise NotAllowed(f"{block['label']['text']!r} is required")
