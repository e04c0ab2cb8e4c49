"""Names and makes the files of a message."""

import io
import re
import unicodedata

import discord

from bot.talk.view import Attachment, View

_SPOILER = re.compile(r"(SPOILER_)+")
"""Discord hides a file whose name begins so."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def files(view: View) -> list[discord.File]:
    """Return the files of *view*, to be sent with what `draw` makes of it. Each can be sent once."""
    contents = (element.content for element in view.body if isinstance(element, Attachment))
    return [
        discord.File(io.BytesIO(content.encode()), filename=name)
        for content, name in zip(contents, file_names(view), strict=True)
    ]


def file_names(view: View) -> list[str]:
    """Return a name for each file of *view* that Discord leaves as it is, each another one."""
    names: list[str] = []
    for element in view.body:
        if isinstance(element, Attachment):
            names.append(_unlike(names, _safe(element.name)))
    return names


def _safe(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _SPOILER.sub("", _UNSAFE.sub("_", plain)).strip("._") or "file.txt"


def _unlike(others: list[str], name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if stem else (name, "")
    count = 1
    while name in others:
        count += 1
        name = f"{stem}-{count}{ending}"
    return name
