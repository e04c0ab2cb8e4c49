"""Reads the arguments of one call, however they came: typed after the command, on a button, or in a form."""

import re
import sys
from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeAlias

from bot.desk.command import Command, Param
from bot.desk.context import Context
from bot.record import record
from bot.talk.errors import BadInput
from bot.talk.form import Choice, Dialog, Entry, Field, Key, Lookup, Many, Values
from bot.talk.press import encode
from bot.talk.reading import Reading, read
from bot.talk.view import Option, Press
from bot.talk.words import _

Raw: TypeAlias = str | Press | Mapping[str, str | tuple[str, ...]]
"""Words typed after the command, a button's press, or what a form sends: every visible field and what is known."""

HIGHEST = 2**63 - 1
"""The highest id that a database counts to; whatever is above was never on a button of ours."""

_NAMED = re.compile(r"(?:^|\s)(\w+):(\"[^\"]*\"|\S+)")


@record
class Call:
    """Arguments that were read: *values* go to the command, unless *dialog* asks for the rest first."""

    values: dict[str, Any]
    dialog: Dialog | None = None


def typed_values(command: Command[Any], raw: Raw) -> Values:
    """Return what *raw* says for each parameter, as it was typed."""
    match raw:
        case str():
            return _from_words(command, raw)
        case Press(args=args):
            return {param.name: arg for param, arg in zip(command.params, args, strict=False) if arg}
        case _:
            known = {param.name for param in command.params}
            return {name: value for name, value in raw.items() if name in known}


def _from_words(command: Command[Any], words: str) -> Values:
    """Fill the visible fields in order: `name:value` by name; the rest is cut at commas where several are required."""
    shown = [param for param, _field in command.visible]
    names = [param.name for param in shown]
    values: Values = {}
    for found in _NAMED.finditer(words) if ":" in words else ():
        if found[1] in names:
            values[found[1]] = found[2].strip('"')
            words = words.replace(found[0], "", 1)
    free = [name for name in names if name not in values]
    needed = sum([param.is_required for param in shown])
    pieces = words.split(",", len(free) - 1) if needed > 1 and free else [words]
    return values | {name: piece.strip() for name, piece in zip(free, pieces, strict=False) if piece.strip()}


def expects_form(command: Command[Any], raw: Raw) -> bool:
    """Tell, without looking anything up, whether answering *raw* will most likely open the form."""
    if isinstance(raw, Press) and raw.is_form:
        return True
    typed = typed_values(command, raw)
    return any(param.is_required and not typed.get(param.name) for param, _field in command.visible)


def form_press(command: Command[Any], raw: Raw, most: int = sys.maxsize) -> Press:
    """Return the press that opens the form with the same arguments once more; without what people typed when that
    takes more than *most* characters on a button."""
    typed = typed_values(command, raw)
    texts = {name: value if isinstance(value, str) else ",".join(value) for name, value in typed.items()}
    whole = Press(command.path, tuple(texts.get(param.name, "") for param in command.params), is_form=True)
    if len(encode(whole)) <= most:
        return whole
    keys = (texts.get(param.name, "") if isinstance(param.field, Key) else "" for param in command.params)
    return Press(command.path, tuple(keys), is_form=True)


def values_in(form: Dialog) -> Values:
    """Return what stands in *form*, as sending it would say it."""
    return {entry.name: entry.value for entry in form.entries} | dict(form.known)


async def read_call(command: Command[Any], raw: Raw, ctx: Context) -> Call:
    """Read *raw* for *command*. Returns a dialog when something is missing or wrong, or when the form was asked for.

    Raises `BadInput` when what is wrong is not in a field that people see: a button that no longer fits.
    """
    typed = typed_values(command, raw)
    shown = command.visible
    options = {param.name: await options_of(field, ctx) for param, field in shown if param.name in typed}
    values, errors, better = _read_all(command, typed, options, Reading(ctx.today))
    wants_form = isinstance(raw, Press) and raw.is_form
    missing = [param for param, _field in shown if param.is_required and param.name not in values]
    if not (wants_form or errors or missing):
        return Call(values)
    options |= {param.name: await options_of(field, ctx) for param, field in shown if param.name not in options}
    if isinstance(raw, Mapping):
        errors |= {param.name: _("This one is needed.") for param in missing if param.name not in errors}
    else:
        typed = await _prefilled(command, ctx, values) | typed
    return Call(values, dialog_of(command, typed | better, options, errors))


async def options_of(field: Field, ctx: Context) -> tuple[Option, ...]:
    """Return what there is to choose in *field*, translated; nothing for a field that is typed."""
    match field:
        case Choice(options=options) | Many(options=options):
            return _spoken(options) if isinstance(options, tuple) else await options(ctx)
        case _:
            return ()


async def suggested(field: Lookup | Choice, ctx: Context, typed: str) -> tuple[Option, ...]:
    """Return what *field* may be filled with by somebody who has *typed* so much."""
    match field:
        case Lookup(limit=limit):
            return await field.suggest(ctx, typed[:limit])
        case Choice():
            words = " ".join(typed.split()).casefold()
            return tuple(option for option in await options_of(field, ctx) if words in option.label.casefold())


def _spoken(options: tuple[Option, ...]) -> tuple[Option, ...]:
    return tuple(Option(option.value, _(option.label), _(option.hint)) for option in options)


def _read_all(
    command: Command[Any], typed: Values, options: dict[str, tuple[Option, ...]], reading: Reading
) -> tuple[dict[str, Any], dict[str, str], Values]:
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    better: Values = {}
    for param in command.params:
        try:
            values |= _read_one(param, typed.get(param.name, ""), options.get(param.name, ()), reading)
        except BadInput as bad:
            if isinstance(param.field, Key):
                raise
            errors[param.name] = bad.message
            better |= {} if bad.better is None else {param.name: bad.better}
    return values, errors, better


def _read_one(
    param: Param, typed: str | tuple[str, ...], options: tuple[Option, ...], reading: Reading
) -> dict[str, Any]:
    """Return `{name: value}`, or nothing for a visible field that was left empty and has no default."""
    is_blank = not (typed.strip() if isinstance(typed, str) else typed)
    if is_blank and not param.is_required:
        return {param.name: False if param.type is bool and param.default is None else param.default}
    if isinstance(param.field, Key):
        return {param.name: _key(param, typed)}
    if is_blank and param.type is not bool:
        return {}
    if isinstance(param.field, Many) and isinstance(typed, str):
        typed = tuple(typed.split(","))
    value = read(param.field, typed, options, reading)
    if value in ("", ()):
        return {} if param.is_required else {param.name: param.default}
    return {param.name: _typed(param, value)}


def _typed(param: Param, value: Any) -> Any:
    return param.type(value) if isinstance(param.type, type) and issubclass(param.type, Enum) else value


def _key(param: Param, typed: str | tuple[str, ...]) -> Any:
    try:
        key = param.type(typed)
    except (TypeError, ValueError):
        raise BadInput(_outdated()) from None
    if isinstance(key, int) and abs(key) > HIGHEST:
        raise BadInput(_outdated())
    return key


def _outdated() -> str:
    return _("This button is out of date. Call the command once more.")


async def _prefilled(command: Command[Any], ctx: Context, values: dict[str, Any]) -> Values:
    defaults: Values = {
        param.name: _default_text(param) for param, _field in command.visible if param.default is not None
    }
    return defaults | (await command.prefill(ctx, values) if command.prefill else {})


def _default_text(param: Param) -> str | tuple[str, ...]:
    match param.default:
        case bool():
            return "yes" if param.default else ""
        case tuple():
            return param.default
        case _:
            return str(param.default)


def dialog_of(
    command: Command[Any],
    typed: Values,
    options: dict[str, tuple[Option, ...]],
    errors: dict[str, str],
    error: str = "",
) -> Dialog:
    """Return the form of *command* with everything that was *typed* still in it."""
    entries = tuple(
        Entry(param.name, field, typed.get(param.name, ""), param.is_required, errors.get(param.name, ""),
              options.get(param.name, ()))
        for param, field in command.visible
    )  # fmt: skip
    known = tuple(
        (param.name, value)
        for param in command.params
        if isinstance(param.field, Key) and isinstance(value := typed.get(param.name, ""), str) and value
    )
    return Dialog(_(command.title), _(command.submit), Press(command.path), entries, known, _(command.intro), error)
