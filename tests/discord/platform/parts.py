"""Walks through the components of messages and modals."""

from collections.abc import Iterator

from tests.discord.platform.state import Json

ROW, BUTTON, SELECT, TEXT_INPUT = 1, 2, 3, 4
SELECTS = range(3, 9)
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 9, 10, 11, 12, 13, 14, 17
LABEL, RADIO, CHECKBOXES, CHECKBOX = 18, 21, 22, 23
V2 = {SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER}


def inside(part: Json) -> list[Json]:
    """Return what a component holds, in reading order."""
    held = list(part.get("components") or ())
    return held + [part[name] for name in ("accessory", "component") if part.get(name)]


def walk(parts: list[Json], path: str = "components") -> Iterator[tuple[str, Json]]:
    """Yield every component with the path to it, each before those that it holds."""
    for number, part in enumerate(parts):
        own = f"{path}.{number}"
        yield own, part
        yield from walk(part.get("components") or [], f"{own}.components")
        for name in ("accessory", "component"):
            if part.get(name):
                yield f"{own}.{name}", part[name]


def each(parts: list[Json]) -> Iterator[Json]:
    """Yield every component, each before those that it holds."""
    return (part for _path, part in walk(parts))


def urls_of(part: Json) -> list[str]:
    """Return the addresses of the media that a component shows."""
    media = [part.get("media"), part.get("file"), *(item["media"] for item in part.get("items") or ())]
    return [medium["url"] for medium in media if medium]
