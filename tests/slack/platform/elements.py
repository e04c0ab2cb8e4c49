"""Checks Block Kit's elements: buttons, menus, pickers, fields.

https://docs.slack.dev/reference/block-kit/block-elements
"""

import re
from datetime import date, time
from typing import Any
from zoneinfo import available_timezones

from tests.slack.platform.objects import (
    CONFIRM,
    GROUPS,
    MARKED_OPTION,
    OPTION,
    OPTIONS,
    OVERFLOW_OPTION,
    PLACEHOLDER,
    among_options,
    menu,
    plain,
)
from tests.slack.platform.shapes import At, Check, Shape, flag, many, one_of, text, whole

ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_NAMED: dict[str, Check] = {"action_id": text(255)}
_ASKS: dict[str, Check] = {**_NAMED, "confirm": CONFIRM, "focus_on_load": flag}
_MENU = _ASKS | {"placeholder": PLACEHOLDER}
_SEVERAL = _MENU | {"max_selected_items": whole(1, 100)}
_FIELD: dict[str, Check] = {**_NAMED, "placeholder": PLACEHOLDER, "focus_on_load": flag}
_FIELD |= {"dispatch_action_config": Shape({"trigger_actions_on": many(text(40), 1, 2)})}


def _day(value: Any, at: At) -> None:
    try:
        date.fromisoformat(value if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else "")
    except (TypeError, ValueError):
        at.wrong(f"must be a day as YYYY-MM-DD, is {value!r}")


def _hour(value: Any, at: At) -> None:
    try:
        time.fromisoformat(value if re.fullmatch(r"\d\d:\d\d", value) else "")
    except (TypeError, ValueError):
        at.wrong(f"must be a time as HH:mm, is {value!r}")


def _zone(value: Any, at: At) -> None:
    if value not in available_timezones():
        at.wrong(f"must be an IANA time zone, is {value!r}")


def _number(value: Any, at: At) -> None:
    if not isinstance(value, str) or not re.fullmatch(r"-?\d+(\.\d+)?", value):
        at.wrong(f"must be a number in a string, is {value!r}")


def _address(value: Any, at: At) -> None:
    if not isinstance(value, str) or not ADDRESS.fullmatch(value):
        at.wrong("must be an e-mail address")


def _web(value: Any, at: At) -> None:
    if not isinstance(value, str) or not re.match(r"https?://\S+$", value):
        at.wrong("must be a web address")


def _lengths(value: Any, at: At) -> None:
    least, most = value.get("min_length", 0), value.get("max_length", 3000)
    if least > most:
        at.wrong("min_length must not be above max_length")
    if len(value.get("initial_value", "")) > most:
        at.wrong("initial_value must not be longer than max_length")


def _bounds(value: Any, at: At) -> None:
    least, most = float(value.get("min_value", "-inf")), float(value.get("max_value", "inf"))
    if not least <= float(value.get("initial_value", max(least, min(0, most)))) <= most:
        at.wrong("must keep min_value <= initial_value <= max_value")


def _sound(shape: Shape, further: Check) -> Check:
    """Return the check of *shape*, and of *further* rules only where the shape is right."""

    def check(value: Any, at: At) -> None:
        before = len(at.found)
        shape(value, at)
        if len(at.found) == before:
            further(value, at)

    return check


_BUTTON = Shape(
    {"text": plain(75)},
    _NAMED
    | {"value": text(2000), "url": text(3000), "style": one_of("primary", "danger"), "confirm": CONFIRM}
    | {"accessibility_label": text(75)},
)
_STATIC: dict[str, Check] = {"options": OPTIONS, "option_groups": GROUPS}
_TYPED = {"initial_value": text(3000, 0), "min_length": whole(0, 3000), "max_length": whole(1, 3000)}

SINGLE: dict[str, Check] = {
    "static_select": _sound(Shape(may=_MENU | _STATIC | {"initial_option": OPTION}), menu),
    "external_select": Shape(may=_MENU | {"initial_option": OPTION, "min_query_length": whole(0, 75)}),
    "users_select": Shape(may=_MENU | {"initial_user": text(20)}),
    "conversations_select": Shape(
        may=_MENU
        | {"initial_conversation": text(20), "default_to_current_conversation": flag, "response_url_enabled": flag}
        | {"filter": lambda value, at: None}
    ),
    "channels_select": Shape(may=_MENU | {"initial_channel": text(20), "response_url_enabled": flag}),
}
SEVERAL: dict[str, Check] = {
    "multi_static_select": _sound(Shape(may=_SEVERAL | _STATIC | {"initial_options": OPTIONS}), menu),
    "multi_external_select": Shape(may=_SEVERAL | {"initial_options": OPTIONS, "min_query_length": whole(0, 75)}),
    "multi_users_select": Shape(may=_SEVERAL | {"initial_users": many(text(20), 1, 100)}),
}
TICKS: dict[str, Check] = {
    "checkboxes": _sound(
        Shape({"options": many(MARKED_OPTION, 1, 10)}, _ASKS | {"initial_options": many(MARKED_OPTION, 1, 10)}),
        among_options,
    ),
    "radio_buttons": _sound(
        Shape({"options": many(MARKED_OPTION, 1, 10)}, _ASKS | {"initial_option": MARKED_OPTION}), among_options
    ),
}
PICKERS: dict[str, Check] = {
    "datepicker": Shape(may=_MENU | {"initial_date": _day}),
    "timepicker": Shape(may=_MENU | {"initial_time": _hour, "timezone": _zone}),
    "datetimepicker": Shape(may=_ASKS | {"initial_date_time": whole(10**9, 10**10 - 1)}),
}
FIELDS: dict[str, Check] = {
    "plain_text_input": _sound(Shape(may=_FIELD | _TYPED | {"multiline": flag}), _lengths),
    "email_text_input": Shape(may=_FIELD | {"initial_value": _address}),
    "url_text_input": Shape(may=_FIELD | {"initial_value": _web}),
    "number_input": _sound(
        Shape(
            {"is_decimal_allowed": flag},
            _FIELD | dict.fromkeys(("initial_value", "min_value", "max_value"), _number),
        ),
        _bounds,
    ),
}
IMAGE: dict[str, Check] = {"image": Shape({"image_url": text(3000), "alt_text": text(2000)})}
OTHERS: dict[str, Check] = {
    "button": _BUTTON,
    "overflow": Shape({"options": many(OVERFLOW_OPTION, 1, 5)}, _NAMED | {"confirm": CONFIRM}),
}
IN_ACTIONS = OTHERS | SINGLE | TICKS | PICKERS
BESIDE_SECTION = IN_ACTIONS | SEVERAL | IMAGE
IN_INPUT = SINGLE | SEVERAL | TICKS | PICKERS | FIELDS
INTERACTIVE = IN_ACTIONS | SEVERAL | FIELDS
