"""Makes components, modals and commands by hand, right ones and wrong ones."""

from typing import Any

from tests.discord.platform.state import COMPONENTS_V2, Json


def text(words: str = "Hello") -> Json:
    return {"type": 10, "content": words}


def box(*parts: Json) -> Json:
    return {"type": 17, "components": list(parts)}


def row(*parts: Json) -> Json:
    return {"type": 1, "components": list(parts)}


def button(own: str = "a", **more: Any) -> Json:
    return {"type": 2, "style": 1, "label": "Press", "custom_id": own, **more}


def menu(own: str = "m", values: tuple[str, ...] = ("1", "2"), **more: Any) -> Json:
    return {"type": 3, "custom_id": own, "options": [{"label": value, "value": value} for value in values], **more}


def v2(*parts: Json, **more: Any) -> Json:
    return {"flags": COMPONENTS_V2, "components": list(parts), **more}


def modal(*parts: Json, **more: Any) -> Json:
    return {"title": "Form", "custom_id": "form", "components": list(parts), **more}


def label(component: Json, **more: Any) -> Json:
    return {"type": 18, "label": "Name", "component": component, **more}


def line(own: str = "a", **more: Any) -> Json:
    return {"type": 4, "style": 1, "custom_id": own, **more}


def group(kind: int, number: int, own: str = "g", **more: Any) -> Json:
    options = [{"label": str(n), "value": str(n)} for n in range(number)]
    return {"type": kind, "custom_id": own, "options": options, **more}


def command(**more: Any) -> Json:
    return {"name": "tea", "description": "Make tea", "contexts": [0], "integration_types": [0], **more}


def option(name: str = "kind", kind: int = 3, **more: Any) -> Json:
    return {"type": kind, "name": name, "description": "Which", **more}
