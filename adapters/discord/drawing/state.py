"""Reads back what people pressed, chose and typed, from what Discord sends of it.

The data of an interaction are as in https://docs.discord.com/developers/interactions/receiving-and-responding.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from adapters.discord.drawing.ids import from_id
from adapters.discord.drawing.options import chosen_value
from bot.talk.form import Values
from bot.talk.view import Press

SEVERAL = "[]"
"""Stands behind the name of a field of which several may be chosen: Discord tells a list of one from one by nothing."""

_ROW, _LABEL = 1, 18
_SELECT, _TEXT, _RADIO, _CHECKBOXES, _CHECKBOX = 3, 4, 21, 22, 23

Data = Mapping[str, Any]


def pressed(data: Data) -> tuple[Press, str]:
    """Return the complete call that pressing a button or choosing from a menu is, and the id of the server that it is
    about, or "" for the one in which it happened. Anything else gives a press of an unknown command, never an error."""
    press, place = from_id(str(data.get("custom_id") or ""))
    match data:
        case {"values": [str(value), *_]}:
            return replace(press, args=(*press.args, chosen_value(value))), place
        case {"values": _}:
            return Press(""), place
        case _:
            return press, place


def values(data: Data) -> Values:
    """Return what stands in the form that was submitted, by field name."""
    controls = _controls(data.get("components") or ())
    return {str(control["custom_id"]).removesuffix(SEVERAL): _value(control) for control in controls}


def _controls(components: Any) -> Iterator[Data]:
    for component in components:
        match component:
            case {"type": int(kind), "component": inner} if kind == _LABEL:
                yield from _controls([inner])
            case {"type": int(kind), "components": several} if kind == _ROW:
                yield from _controls(several)
            case {"custom_id": str()}:
                yield component
            case _:
                continue


def _value(control: Data) -> str | tuple[str, ...]:
    several = tuple(chosen_value(str(value)) for value in control.get("values") or ())
    match control.get("type"):
        case kind if kind == _CHECKBOXES:
            return several
        case kind if kind == _SELECT:
            return several if control["custom_id"].endswith(SEVERAL) else ",".join(several)
        case kind if kind == _RADIO:
            return chosen_value(control.get("value") or "")
        case kind if kind == _CHECKBOX:
            return "yes" if control.get("value") else ""
        case _:
            return str(control.get("value") or "")
