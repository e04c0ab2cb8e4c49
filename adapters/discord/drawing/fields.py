"""Draws the fields of a form, each as the control that Discord has for it: https://docs.discord.com/developers/components/reference"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias, assert_never

import discord
from discord import ui

from adapters.discord.drawing.options import Drawn, drawn, may_be_chosen, unsaid
from adapters.discord.drawing.state import SEVERAL
from adapters.discord.drawing.words import PLAIN, brief, is_whole, one_line
from bot.record import record
from bot.talk.cut import cut
from bot.talk.form import Choice, Day, Entry, Hour, Line, Lookup, Many, Number, Paragraph, Tick
from bot.talk.limits import DISCORD
from bot.talk.view import Option, plain
from bot.talk.words import _

Item: TypeAlias = ui.Item[Any]

LONGEST_WORDS = 80
"""Characters for a day, a time or a number that is written in words, as in every line of text."""

MOST_BOXES = 10
FEWEST_RADIOS = 2
"""Options that stand one below the other; more of them, or one alone, become a menu."""

PLACEHOLDER = 100


@record
class Control:
    """What takes the answer. *beside* is said elsewhere, because it does not go into it; *hint* as well, unless it is
    shown inside and this is empty."""

    item: Item
    hint: str = ""
    beside: tuple[str, ...] = ()


def control_of(entry: Entry) -> Control:
    """Return the control for *entry* with what stands in it."""
    value = entry.value if isinstance(entry.value, str) else ",".join(entry.value)
    match entry.field:
        case Line(limit=limit) | Lookup(limit=limit):
            return _typed(entry, one_line(value), limit)
        case Paragraph(limit=limit):
            return _typed(entry, value, limit, style=discord.TextStyle.paragraph)
        case Day() | Hour() | Number():
            return _typed(entry, one_line(value), LONGEST_WORDS)
        case Choice():
            return _choice(entry, value)
        case Many():
            return _many(entry)
        case Tick():
            return Control(ui.Checkbox(custom_id=entry.name, default=bool(value.strip())), _hint(entry))
        case _:
            assert_never(entry.field)


def _hint(entry: Entry) -> str:
    hint = one_line(entry.field.hint)
    if not isinstance(entry.field, Number):
        return hint
    bounds = _("from {low} to {high}").format(low=entry.field.low, high=entry.field.high)
    return f"{hint} ({bounds})" if hint else bounds


def _typed(
    entry: Entry, value: str, limit: int, *, style: discord.TextStyle = discord.TextStyle.short, inside: str = ""
) -> Control:
    """Return a box for text. Its hint, or *inside*, stands in it until something is typed; so where something is
    already, the hint is said outside. What is too long for the box is not lost: its end is said beside it."""
    shown, rest = _first(value if value.strip() else "")
    hint = _hint(entry)
    ghost = inside or hint
    is_inside = not inside and not shown and is_whole(hint, PLACEHOLDER)
    box: ui.TextInput[Any] = ui.TextInput(
        custom_id=entry.name,
        style=style,
        placeholder=brief(ghost, PLACEHOLDER) if ghost and (inside or is_inside) else None,
        default=shown or None,
        required=entry.is_required,
        max_length=min(max(limit, PLAIN.measure(shown), 1), DISCORD.form_text),
    )
    over = _("The end of what you wrote does not fit into the field: “{rest}”").format(rest=rest)
    return Control(box, "" if is_inside else hint, (over,) if rest else ())


def _first(value: str) -> tuple[str, str]:
    """Return what of *value* fits into one field, and the rest."""
    pieces = cut((value,), DISCORD.form_text, PLAIN)
    shown = plain(pieces[0]) if pieces else ""
    return shown, value[len(shown) :].strip()


def _choice(entry: Entry, value: str) -> Control:
    """Return a choice. What was chosen cannot be taken back in Discord, so an optional one has an option for that."""
    if not _may_be_offered(entry.options):
        return _written(entry, value, _("Write one of these: {some}"))
    is_listed = any(one.value == "" for one in entry.options)
    open_ = () if entry.is_required or is_listed else (Option("", _("Leave it open")),)
    has_room = len(entry.options) + len(open_) <= DISCORD.options
    options = (*entry.options, *open_) if has_room else entry.options
    meant = _places(options, [value])[:1] if value.strip() else []
    lost = (_wrote(value),) if value.strip() and not meant else ()
    return Control(_one_of(entry, options, meant), _hint(entry), (*_long(options), *lost))


def _one_of(entry: Entry, options: Sequence[Option], chosen: list[int]) -> Item:
    if not FEWEST_RADIOS <= len(options) <= MOST_BOXES:
        return _menu(entry, drawn(options, chosen), _("Choose one"), entry.name, most=1)
    radios = [discord.RadioGroupOption(**one) for one in drawn(options, chosen)]
    return ui.RadioGroup(custom_id=entry.name, required=entry.is_required, options=radios)


def _many(entry: Entry) -> Control:
    wanted = [one for one in (entry.value.split(",") if isinstance(entry.value, str) else entry.value) if one.strip()]
    if not _may_be_offered(entry.options):
        return _written(entry, ", ".join(wanted), _("Write some of these, with commas between them: {some}"))
    lost = [value for value in wanted if not _places(entry.options, [value])]
    beside = (*_long(entry.options), *((_wrote(", ".join(lost)),) if lost else ()))
    return Control(_some_of(entry, _places(entry.options, wanted)), _hint(entry), beside)


def _some_of(entry: Entry, chosen: list[int]) -> Item:
    name, some, least = f"{entry.name}{SEVERAL}", drawn(entry.options, chosen), int(entry.is_required)
    if len(some) > MOST_BOXES:
        return _menu(entry, some, _("Choose some"), name, most=len(some))
    boxes = [discord.CheckboxGroupOption(**one) for one in some]
    return ui.CheckboxGroup(
        custom_id=name, required=entry.is_required, options=boxes, min_values=least, max_values=len(some)
    )


def _menu(entry: Entry, options: list[Drawn], placeholder: str, name: str, *, most: int) -> Item:
    menu: ui.Select[Any] = ui.Select(
        custom_id=name,
        placeholder=placeholder,
        required=entry.is_required,
        min_values=int(entry.is_required),
        max_values=most,
        options=[discord.SelectOption(**one) for one in options],
    )
    return menu


def _written(entry: Entry, value: str, template: str) -> Control:
    """Return a box to write into what cannot be offered, because there is nothing yet, or too much for a menu."""
    if not entry.options:
        return _typed(entry, one_line(value), DISCORD.form_text)
    some = template.format(some=", ".join(one_line(one.label) for one in entry.options))
    hints = tuple(f"{one_line(one.label)}: {one_line(one.hint)}" for one in entry.options if one.hint.strip())
    control = _typed(entry, one_line(value), DISCORD.form_text, inside=some)
    return replace(control, beside=(some, *hints, *control.beside))


def _may_be_offered(options: Sequence[Option]) -> bool:
    return 1 <= len(options) <= DISCORD.options and may_be_chosen(options)


def _places(options: Sequence[Option], values: Iterable[str]) -> list[int]:
    """Return which of *options* any of *values* means, by its value or its label."""
    meant = {one_line(value).casefold() for value in values}
    return [
        i for i, one in enumerate(options) if meant & {one_line(word).casefold() for word in (one.value, one.label)}
    ]


def _long(options: Iterable[Option]) -> tuple[str, ...]:
    return tuple(line for one in options for line in unsaid(one))


def _wrote(value: str) -> str:
    return _("You wrote “{typed}”.").format(typed=value)
