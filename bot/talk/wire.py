"""Writes what the bot says as compact JSON and reads it back, so that one press gets the same answer twice.

It keeps answers for days, not for ever. A field with a default may be added: what was kept before is still
read. After any other change of a class, reading raises ValueError, and the answer is to be given anew.
"""

import json
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from bot.talk import form, view

KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        *(datetime, date, time),
        *(view.Bold, view.Mention, view.When, view.Moment, view.Link),
        *(view.Press, view.Button, view.Tone, view.Option),
        *(view.Heading, view.Text, view.Small, view.Facts, view.Bullets, view.Card),
        *(view.Buttons, view.Select, view.Attachment, view.View),
        *(form.Line, form.Kind, form.Paragraph, form.Choice, form.Many, form.Lookup),
        *(form.Day, form.Hour, form.Number, form.Tick, form.Entry, form.Dialog),
    )
}
"""What can be written besides text, whole numbers, bools, `None` and tuples of these."""


def to_text(answer: object) -> str:
    """Return *answer* as JSON in ASCII, which every column and log can hold: `{"Bold": {"text": "now"}}`.

    A field that has its default is left out. Raises ValueError for what `KINDS` does not name, like a function.
    """
    return json.dumps(_pack(answer), separators=(",", ":"))


def from_text(text: str) -> object:
    """Return what `to_text` wrote. Raises ValueError for anything else."""
    return _unpack(json.loads(text))


def _pack(value: object) -> object:
    if value is None or type(value) in {str, int, bool}:
        return value
    if isinstance(value, tuple):
        return [_pack(item) for item in value]
    name = type(value).__name__
    if KINDS.get(name) is not type(value):
        raise ValueError(f"{value!r} cannot be kept: its kind is not in KINDS")
    return {name: _body(value)}


def _body(value: Any) -> object:
    match value:
        case StrEnum():
            return value.value
        case date() | time():
            return value.isoformat()
        case _:
            pairs = ((field, getattr(value, field.name)) for field in fields(value))
            return {field.name: _pack(one) for field, one in pairs if not _is_default(field, one)}


def _is_default(field: Field[Any], value: object) -> bool:
    return field.default is not MISSING and value == field.default


def _unpack(value: object) -> object:
    match value:
        case None | str() | int():
            return value
        case list():
            return tuple(_unpack(item) for item in value)
        case dict() if len(value) == 1:
            ((name, body),) = value.items()
            return _made(name, body)
        case _:
            raise ValueError(f"{value!r} is nothing that was kept")


def _made(name: str, body: Any) -> object:
    kind = KINDS.get(name)
    if kind is None:
        raise ValueError(f"{name!r} is not among KINDS")
    try:
        if is_dataclass(kind):
            return kind(**{field: _unpack(value) for field, value in body.items()})
        return kind(body) if issubclass(kind, StrEnum) else kind.fromisoformat(body)
    except (AttributeError, TypeError) as wrong:
        raise ValueError(f"{body!r} is no {name}") from wrong
