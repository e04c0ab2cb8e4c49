"""Writes the pages of docs/ that are made from the code, so that they cannot say something else."""

from pathlib import Path
from typing import Any

import bot.commands
from bot.desk.command import Command, Role, Topic
from bot.desk.registry import Registry, registry_of
from bot.model import journey
from bot.talk.form import Field, Line, Lookup, Number, Paragraph

DOCS = Path(__file__).parent.parent / "docs"


def pages() -> dict[Path, str]:
    """Return each generated page with its text."""
    return {
        DOCS / "commands.md": commands_page(registry_of(bot.commands)),
        DOCS / "journey.md": journey.as_markdown(),
    }


def commands_page(registry: Registry) -> str:
    """Return the reference of everything that can be typed after `/career`."""
    parts = ["# Commands\n\nMade from the code by `python3 askwell.py docs`. Type `/career` and one of these.\n"]
    for topic in Topic:
        listed = [command for command in registry.listed if command.topic is topic]
        if listed:
            parts += [f"## {topic}\n", *(_command(command) for command in listed)]
    return "\n".join(parts)


def _command(command: Command[Any]) -> str:
    who = " For organisers." if command.role is Role.ORGANISER else ""
    rows = "".join(_row(param.name, field, param.is_required) for param, field in command.visible)
    table = f"\n| Field | What | Needed |\n|---|---|---|\n{rows}" if rows else ""
    words = " ".join(command.help.split())
    return f"### `/career {command.path}`\n\n{command.summary}.{who} {words}\n{table}"


def _row(name: str, field: Field, is_required: bool) -> str:
    hint = f" ({field.hint})" if field.hint else ""
    return f"| `{name}` | {field.label}{hint}{_bounds(field)} | {'yes' if is_required else 'no'} |\n"


def _bounds(field: Field) -> str:
    match field:
        case Line(limit=limit) | Paragraph(limit=limit) | Lookup(limit=limit):
            return f", up to {limit} characters"
        case Number(low=low, high=high):
            return f", {low} to {high}"
        case _:
            return ""
