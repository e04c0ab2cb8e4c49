"""Checks whole messages and views, as chat.* and views.* take them."""

import json
from typing import Any

from tests.slack.platform.blocks import check_blocks
from tests.slack.platform.objects import SUGGESTIONS, plain
from tests.slack.platform.shapes import At, Shape, flag, many, measure, text
from tests.slack.platform.state import Json, broken

BIGGEST_VIEW = 250_000  # bytes; https://docs.slack.dev/surfaces/modals
BIGGEST_METADATA = 8_000

_ANY = many(lambda part, at: None, 0, 10_000)
_SHARED = {"private_metadata": text(3000, 0), "callback_id": text(255, 0), "external_id": text(255, 0)}
_MODAL = Shape(
    {"title": plain(24), "blocks": _ANY},
    _SHARED
    | {"submit": plain(24), "close": plain(24)}
    | {"clear_on_close": flag, "notify_on_close": flag, "submit_disabled": flag},
)
_HOME = Shape({"blocks": _ANY}, _SHARED)


def check_view(view: Any, surface: str) -> Json:
    """Return *view*, a "modal" or "home"; raise the error that Slack would answer."""
    found: list[str] = []
    at = At(found, "/view")
    if not isinstance(view, dict) or view.get("type") != surface:
        raise broken("invalid_arguments", f"the view must be of type {surface!r}")
    if len(json.dumps(view).encode()) > BIGGEST_VIEW:
        raise broken("view_too_large")
    (_MODAL if surface == "modal" else _HOME)(view, at)
    check_blocks(view.get("blocks"), "modal" if surface == "modal" else "home", at / "blocks")
    if surface == "modal" and "submit" not in view and _asks(view):
        at.wrong("submit is required when there is an input block")
    if found:
        raise broken("invalid_arguments", *found)
    return view


def _asks(view: Json) -> bool:
    blocks = view.get("blocks")
    return isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)


def check_blocks_of_message(blocks: Any) -> list[Json]:
    """Return the blocks of a message; raise `invalid_blocks` and where."""
    found: list[str] = []
    if blocks is None:
        return []
    check_blocks(blocks, "message", At(found, "/blocks"))
    if found:
        too_long = any(what.startswith("msg_blocks_too_long") for what in found)
        raise broken("msg_blocks_too_long" if too_long else "invalid_blocks", *found)
    return list(blocks)


def check_text(value: Any, longest: int = 40_000) -> str:
    """Return the text of a message, "" for none."""
    if value is not None and not isinstance(value, str):
        raise broken("invalid_arguments", "text must be a string")
    if value and measure(value) > longest:
        raise broken("msg_too_long", f"text has {measure(value)} characters, {longest} are allowed")
    return value or ""


def check_metadata(value: Any) -> Json | None:
    if value is None:
        return None
    if not isinstance(value, dict) or value.keys() != {"event_type", "event_payload"}:
        raise broken("invalid_metadata_format", "metadata has event_type and event_payload, and nothing else")
    if not isinstance(value["event_type"], str) or not value["event_type"]:
        raise broken("invalid_metadata_format", "event_type must be a string")
    if not isinstance(value["event_payload"], dict):
        raise broken("invalid_metadata_format", "event_payload must be an object")
    if len(json.dumps(value)) > BIGGEST_METADATA:
        raise broken("metadata_too_large")
    return value


def check_suggestions(value: Any) -> list[str]:
    """Return what is wrong with the answer to a block_suggestion."""
    found: list[str] = []
    SUGGESTIONS(value, At(found))
    if isinstance(value, dict) and len({"options", "option_groups"} & value.keys()) != 1:
        found.append("needs either options or option_groups")
    return found
