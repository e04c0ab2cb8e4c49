"""Checks blocks on the surface where they stand. https://docs.slack.dev/reference/block-kit/blocks"""

from typing import Any, Literal

from tests.slack.platform.elements import BESIDE_SECTION, IN_ACTIONS, IN_INPUT
from tests.slack.platform.objects import marked, plain
from tests.slack.platform.rich import RICH
from tests.slack.platform.shapes import At, Check, Shape, flag, kind_of, many, measure, no_twins, one_of, text
from tests.slack.platform.state import Json

Surface = Literal["message", "modal", "home"]

_ID: dict[str, Check] = {"block_id": text(255)}


def _section(value: Any, at: At) -> None:
    _SECTION(value, at)
    if not {"text", "fields"} & value.keys():
        at.wrong("needs text or fields")


def _actions(value: Any, at: At) -> None:
    _ACTIONS(value, at)
    if isinstance(value.get("elements"), list):
        no_twins(value["elements"], "action_id", at / "elements")


_SECTION = Shape(
    may=_ID
    | {
        "text": marked(3000),
        "fields": many(marked(2000), 1, 10),
        "accessory": kind_of(BESIDE_SECTION),
        "expand": flag,
    }
)
_ACTIONS = Shape({"elements": many(kind_of(IN_ACTIONS), 1, 25)}, _ID)
_IMAGE: dict[str, Check] = {"image_url": text(3000), "alt_text": text(2000)}
_QUIET: dict[str, Check] = {
    "image": Shape(_IMAGE),
    "mrkdwn": Shape({"text": text(3000)}, {"verbatim": flag}),
    "plain_text": Shape({"text": text(3000)}, {"emoji": flag}),
}
_LEVELS = one_of("default", "info", "warning", "error", "success")

_EVERYWHERE: dict[str, Check] = {
    "section": _section,
    "header": Shape({"text": plain(150)}, _ID),
    "divider": Shape(may=_ID),
    "actions": _actions,
    "context": Shape({"elements": many(kind_of(_QUIET), 1, 10)}, _ID),
    "image": Shape(_IMAGE, _ID | {"title": plain(2000)}),
    "input": Shape(
        {"label": plain(2000), "element": kind_of(IN_INPUT)},
        _ID | {"hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
    "rich_text": Shape({"elements": many(RICH, 1, 1000)}, _ID),
}
_ONLY: dict[Surface, dict[str, Check]] = {
    "message": {"markdown": Shape({"text": text(12_000)}, _ID)},
    "modal": {"alert": Shape({"text": marked(200)}, _ID | {"level": _LEVELS})},
    "home": {},
}
_MOST: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
TOTAL = 13_200
"""Characters of all texts of a message: https://github.com/slackapi/bolt-js/issues/2509"""


def check_blocks(value: Any, surface: Surface, at: At) -> None:
    """Report what is wrong with the blocks of one message or window."""
    many(kind_of(_EVERYWHERE | _ONLY[surface]), 0, _MOST[surface])(value, at)
    if not isinstance(value, list):
        return
    no_twins(value, "block_id", at)
    blocks = [block for block in value if isinstance(block, dict)]
    if sum(element.get("focus_on_load", False) for element in elements_of(blocks)) > 1:
        at.wrong("only one element may have focus_on_load")
    if surface == "message" and sum(measure(part) for part in texts_of(blocks)) > TOTAL:
        at.wrong("msg_blocks_too_long")


def elements_of(blocks: list[Json]) -> list[Json]:
    """Return every element that a person can use, in reading order."""
    found: list[Json] = []
    for block in blocks:
        parts = block.get("elements", ()) if block.get("type") == "actions" else ()
        found += [part for part in (*parts, block.get("accessory"), block.get("element")) if isinstance(part, dict)]
    return found


def texts_of(value: Any) -> list[str]:
    """Return every text that is drawn, whatever it stands in."""
    if isinstance(value, list):
        return [found for part in value for found in texts_of(part)]
    if not isinstance(value, dict):
        return []
    own = [value["text"]] if isinstance(value.get("text"), str) else []
    return own + [found for part in value.values() for found in texts_of(part)]
