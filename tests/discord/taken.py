"""Shows what is drawn to Discord's own rules: its official document, and the strict platform of these tests."""

import json
from typing import Any

from discord import ui

from adapters.discord.drawing.pen import Pen
from adapters.discord.drawing.views import draw, files, mentions
from bot.talk.view import View
from tests.discord.platform.limits import of_message
from tests.discord.platform.modal_limits import of_modal
from tests.discord.platform.parts import TEXT, each
from tests.discord.platform.schemas import problems_of

Json = dict[str, Any]

COMPONENTS_V2 = 1 << 15


def take(page: View, pen: Pen) -> list[Json]:
    """Return the components of *page* if Discord takes it as a message with its files."""
    parts: list[Json] = json.loads(json.dumps(draw(page, pen).to_components()))
    attached = [file.filename for file in files(page)]
    body = {
        "components": parts,
        "flags": COMPONENTS_V2,
        "allowed_mentions": mentions(page).to_dict(),
        "attachments": [{"id": str(i), "filename": name} for i, name in enumerate(attached)],
    }
    assert problems_of("MessageCreateRequest", body) == {}
    assert of_message(body, attached, is_v2=True) == {}
    return parts


def take_modal(modal: ui.Modal) -> Json:
    """Return *modal* as Discord gets it, if Discord takes it."""
    drawn: Json = json.loads(json.dumps(modal.to_dict()))
    assert problems_of("ModalInteractionCallbackRequestData", drawn) == {}
    assert of_modal(drawn) == {}
    return drawn


def texts(parts: list[Json]) -> list[str]:
    """Return the markdown of each paragraph among *parts*."""
    return [part["content"] for part in each(parts) if part["type"] == TEXT]


def pressable(parts: list[Json]) -> list[Json]:
    """Return what Discord sends of each thing that can be pressed, and of the last option of each menu."""
    found: list[Json] = []
    for part in each(parts):
        if "custom_id" in part:
            sent = {"custom_id": part["custom_id"], "component_type": part["type"]}
            found.append(sent | ({"values": [part["options"][-1]["value"]]} if "options" in part else {}))
    return found
