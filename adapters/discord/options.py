"""Makes the options of a slash command from the fields of a command."""

from collections.abc import Sequence
from typing import Any, assert_never

from discord import AppCommandOptionType

from adapters.discord.limits import LONGEST, MOST
from adapters.discord.naming import Json, Languages, described, labelled, named
from bot.desk.command import Command, Param
from bot.talk.form import Choice, Day, Field, Hour, Line, Lookup, Many, Number, Paragraph, Tick
from bot.talk.view import Option
from bot.talk.words import _

_END_OF_SENTENCE = tuple(".?!…")


def options_of(command: Command[Any], known: Languages) -> list[Json]:
    """Return the options for what people see of *command*. None is required: what is missing opens the form."""
    return [_option(param, field, known) for param, field in command.visible]


def _option(param: Param, field: Field, known: Languages) -> Json:
    head = named(param.name, known) | described(lambda: _hint(field), known)
    return head | _kind(field, known)


def _kind(field: Field, known: Languages) -> Json:
    match field:
        case Line(limit=limit) | Paragraph(limit=limit):
            return {"type": AppCommandOptionType.string.value, "max_length": limit}
        case Lookup(limit=limit):
            return {"type": AppCommandOptionType.string.value, "max_length": limit, "autocomplete": True}
        case Choice(options=tuple() as options) if len(options) <= MOST:
            return {"type": AppCommandOptionType.string.value, "choices": _choices(options, known)}
        case Choice():
            return {"type": AppCommandOptionType.string.value, "autocomplete": True}
        case Many() | Day() | Hour():
            return {"type": AppCommandOptionType.string.value}
        case Number(low=low, high=high):
            return {"type": AppCommandOptionType.integer.value, "min_value": low, "max_value": high}
        case Tick():
            return {"type": AppCommandOptionType.boolean.value}
        case _:
            assert_never(field)


def _choices(options: Sequence[Option], known: Languages) -> list[Json]:
    """Return *options* without the one that stands for nothing: to say that, people leave the option out."""
    return [_choice(option, known) for option in options if option.value]


def _choice(option: Option, known: Languages) -> Json:
    return labelled(lambda: _(option.label), known) | {"value": str(option.value)}


def _hint(field: Field) -> str:
    """Return the field's label, with its hint where both fit."""
    label, hint = _(field.label), _(field.hint)
    whole = (
        f"{label} {hint}" if label.endswith(_END_OF_SENTENCE) else _("{label}: {hint}").format(label=label, hint=hint)
    )
    return whole if hint and len(whole) <= LONGEST else label
