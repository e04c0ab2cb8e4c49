"""Reads back what people pressed, chose and typed, from what Slack sends of it."""

from dataclasses import replace
from typing import Any

from adapters.slack.drawing.options import carried, chosen_value, may_be_chosen, option
from adapters.slack.drawing.pen import Json
from adapters.slack.drawing.words import one_line
from bot.talk.form import Values
from bot.talk.press import decode
from bot.talk.view import Option, Press

TICK = "tick"
"""The action of a box to tick: Slack's own values do not tell it from a field of which several may be chosen."""

MANY = "many"
FIELD = "field"

REVISION = "~"
"""Stands between a field's name and how often its form came back changed."""

MOST = 100
"""Options in one answer: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element"""


def block_id(name: str, revision: int) -> str:
    """Return the id of the block with the field *name*. Slack shows a changed value only in a block with a new id."""
    return f"{name}{REVISION}{revision}" if revision else name


def field_name(block: str) -> str:
    """Return the field whose block has the id *block*."""
    return block.partition(REVISION)[0]


def values(view: Json) -> Values:
    """Return what stands in the form *view*, by field name: https://docs.slack.dev/reference/views/modal-views"""
    state: Json = (view.get("state") or {}).get("values") or {}
    return {
        field_name(block): _value(action, control)
        for block, controls in state.items()
        for action, control in controls.items()
    }


def pressed(action: Json) -> Press:
    """Return the complete call that pressing a button or choosing from a menu is. Anything else gives a press of an
    unknown command, never an error: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    match action:
        case {"type": "button", "value": str(value)}:
            return decode(carried(value))
        case {"type": "static_select", "block_id": str(block), "selected_option": {"value": str(value)}}:
            press = decode(carried(block.partition("|")[2]))
            return replace(press, args=(*press.args, chosen_value(value)))
        case _:
            return Press("")


def suggested(payload: Json) -> tuple[str, str]:
    """Return the field that asks for suggestions, and what was typed into it so far."""
    return field_name(str(payload.get("block_id") or "")), str(payload.get("value") or "")


def options(found: tuple[Option, ...], typed: str) -> Json:
    """Return the suggestions *found*. What was *typed* stands first unless it is among them: a suggestion is never the
    only answer, and Slack lets people take nothing that is not on the list."""
    own = one_line(typed)
    known = {words.casefold() for one in found for words in (one.value, one.label)}
    is_offered = own and own.casefold() not in known and may_be_chosen(own)
    all_ = (Option(own, own), *found) if is_offered else found
    return {"options": [option(one) for one in all_ if may_be_chosen(one.value)][:MOST]}


def _value(action: str, control: dict[str, Any]) -> str | tuple[str, ...]:
    if "selected_options" in control:
        several = tuple(chosen_value(one["value"]) for one in control["selected_options"] or ())
        return several if action == MANY else ",".join(several)
    if "selected_option" in control:
        return chosen_value(control["selected_option"]["value"]) if control["selected_option"] else ""
    return next((str(control[key]) for key in ("value", "selected_date", "selected_time") if control.get(key)), "")
