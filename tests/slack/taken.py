"""Shows what is drawn to Slack's own rules: the strict platform of these tests, and the validators of slack_sdk."""

from collections.abc import Iterable
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as SdkView

from adapters.slack.drawing.blocks import Drawn
from tests.slack.platform.checks import check_blocks_of_message, check_text, check_view

Json = dict[str, Any]


def take(drawn: Drawn) -> Drawn:
    """Take a message as Slack would; raise what Slack would answer."""
    assert drawn.text
    check_text(drawn.text)
    check_blocks_of_message(drawn.blocks)
    validate(Block.parse_all(drawn.blocks))
    return drawn


def take_view(view: Json) -> Json:
    """Take a modal or the Home tab as Slack would; raise what Slack would answer."""
    check_view(view, view["type"])
    parsed = SdkView(**view)
    parsed.validate_json()
    validate(parsed.blocks or [])
    return view


def validate(blocks: Iterable[Block | None]) -> None:
    """Show blocks to slack_sdk, which makes `None` of those that it does not know."""
    for block in blocks:
        assert block is not None
        block.validate_json()


def inside(value: object) -> list[Json]:
    """Return every object in *value*, in reading order."""
    if isinstance(value, list):
        return [found for part in value for found in inside(part)]
    if not isinstance(value, dict):
        return []
    return [value, *(found for part in value.values() for found in inside(part))]


def actions(blocks: list[Json]) -> list[Json]:
    """Return what Slack sends of each thing that can be pressed, and of the last option of each menu."""
    found: list[Json] = []
    for block in blocks:
        parts = [*block.get("elements", ()), block.get("accessory", {})] if block["type"] != "rich_text" else []
        for part in parts:
            sent = {key: part[key] for key in ("type", "action_id", "value") if key in part}
            if part.get("type") == "static_select":
                sent |= {"selected_option": part["options"][-1]}
            found += [sent | {"block_id": block.get("block_id", "made-up")}] if "action_id" in part else []
    return found
