"""Draws the fields of a form, each as the control that Slack has for it: https://docs.slack.dev/reference/block-kit/blocks/input-block"""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import assert_never

from adapters.slack.drawing.options import may_be_chosen, option, unsaid, words
from adapters.slack.drawing.pen import Json
from adapters.slack.drawing.state import FIELD, MANY, TICK, block_id
from adapters.slack.drawing.words import one_line, units
from bot.record import record
from bot.talk.cut import ELLIPSIS, shorten
from bot.talk.form import Choice, Day, Entry, Field, Hour, Kind, Line, Lookup, Many, Number, Paragraph, Tick
from bot.talk.limits import SLACK
from bot.talk.view import Bold, Option, Spans
from bot.talk.words import _

FEW = 5
"""Options that are shown side by side as radio buttons; more of them become a menu."""

MOST_BOXES = 10
LONGEST_WORDS = 80
"""Characters for a day, a time or a number that is written in words, as in every line of text."""

END_OF_SENTENCE = tuple(".?!…")
"""Marks at the end of a label; a colon after one of them would be one too many."""

MOST_OPTIONS = 100
"""Of one menu, or of one group in it: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element"""

_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_WHOLE = re.compile(r"[0-9]{1,6}")


@record
class Control:
    """What takes the answer. *beside* is said above it, because it does not go into it."""

    element: Json
    beside: tuple[str, ...] = ()


def entry_lines(entry: Entry, control: Control) -> list[Spans]:
    """Return what is said above the field: what is wrong with it, in words, and what its control cannot show."""
    wrong: list[Spans] = [(Bold(_opening(one_line(entry.field.label))), entry.error)] if entry.error else []
    return [*wrong, *((line,) for line in control.beside)]


def _opening(label: str) -> str:
    """Return *label* as the words before what is said about its field; a question keeps its own mark."""
    return f"{label} " if label.endswith(END_OF_SENTENCE) else f"{label}: "


def entry_input(entry: Entry, control: Control, revision: int) -> Json:
    """Return the field itself."""
    hint = _hint(entry.field)
    drawn: Json = {
        "type": "input",
        "block_id": block_id(entry.name, revision),
        "label": words(one_line(entry.field.label) or ELLIPSIS),
        "element": control.element,
        "optional": not entry.is_required or isinstance(entry.field, Tick),
    }
    return drawn | ({"hint": words(hint)} if hint else {})


def control_of(entry: Entry) -> Control:
    """Return the control for *entry* with what stands in it."""
    value = entry.value if isinstance(entry.value, str) else ",".join(entry.value)
    match entry.field:
        case Line(kind=Kind.EMAIL) if not value or _ADDRESS.fullmatch(value):
            return Control(_control("email_text_input", initial_value=value))
        case Line(limit=limit):
            return _typed(one_line(value), limit)
        case Paragraph(limit=limit):
            return _typed(value, limit, multiline=True)
        case Choice() | Many() if not entry.options:
            return _typed(one_line(value), SLACK.form_text)
        case Choice():
            return _choice(entry, value)
        case Many():
            return _many(entry)
        case Lookup():
            return _lookup(one_line(value))
        case Day():
            return _day(value)
        case Hour():
            return _hour(value.strip())
        case Number(low=low, high=high):
            return _number(value.strip(), low, high)
        case Tick():
            return _tick(value)
        case _:
            assert_never(entry.field)


def _control(kind: str, action: str = FIELD, **more: object) -> Json:
    """Return an element. What is empty is left out: Slack takes no empty initial value."""
    filled = {name: value for name, value in more.items() if value not in ("", None, [])}
    return {"type": kind, "action_id": action, **filled}


def _hint(field: Field) -> str:
    hint = one_line(field.hint)
    if not isinstance(field, Number):
        return hint
    bounds = _("from {low} to {high}").format(low=field.low, high=field.high)
    return f"{hint} ({bounds})" if hint else bounds


def _typed(value: str, limit: int, *, multiline: bool = False) -> Control:
    """Return a box for text. What stands in it already is never cut, even if it is longer than what it takes."""
    initial = value if value.strip() else ""
    fits = units(initial) <= SLACK.form_text
    shown = initial if fits else shorten(initial, SLACK.form_text, SLACK)
    room = min(max(limit, units(shown), 1), SLACK.form_text)
    element = _control("plain_text_input", multiline=multiline, max_length=room, initial_value=shown)
    return Control(element, () if fits else (_wrote(value),))


def _choice(entry: Entry, value: str) -> Control:
    """Return a choice. A menu cannot be emptied again in Slack, so an optional one has an option for that."""
    is_listed = any(one.value == "" for one in entry.options)
    open_ = () if entry.is_required or is_listed else (Option("", _("Leave it open")),)
    offered = (*entry.options, *open_)
    initial = next((one for one in offered if _is_meant(one, value)), None) if value else None
    beside = (*_long(offered), *((_wrote(value),) if value.strip() and initial is None else ()))
    if entry.is_required and len(offered) <= FEW:
        boxes = [option(one) for one in offered]
        return Control(_control("radio_buttons", options=boxes, initial_option=initial and option(initial)), beside)
    menu = _control("static_select", **_menu(offered), initial_option=initial and option(initial))
    return Control(menu | {"placeholder": words(_("Choose one"))}, beside)


def _many(entry: Entry) -> Control:
    wanted = [one for one in (entry.value.split(",") if isinstance(entry.value, str) else entry.value) if one.strip()]
    initial = [one for one in entry.options if any(_is_meant(one, value) for value in wanted)]
    lost = [value for value in wanted if not any(_is_meant(one, value) for one in entry.options)]
    beside = (*_long(entry.options), *((_wrote(", ".join(lost)),) if lost else ()))
    chosen = [option(one) for one in initial]
    if len(entry.options) <= MOST_BOXES:
        boxes = [option(one) for one in entry.options]
        return Control(_control("checkboxes", MANY, options=boxes, initial_options=chosen), beside)
    menu = _control("multi_static_select", MANY, **_menu(entry.options), initial_options=chosen)
    return Control(menu | {"placeholder": words(_("Choose some"))}, beside)


def _lookup(value: str) -> Control:
    own = Option(value, value)
    is_shown = bool(value) and may_be_chosen(value)
    menu = _control("external_select", min_query_length=1, initial_option=option(own) if is_shown else None)
    beside = unsaid(own) if is_shown else (_wrote(value),) if value else ()
    return Control(menu | {"placeholder": words(_("Begin to type"))}, beside)


def _day(value: str) -> Control:
    is_shown = not value or _is_day(value)
    return Control(_control("datepicker", initial_date=value)) if is_shown else _typed(one_line(value), LONGEST_WORDS)


def _hour(value: str) -> Control:
    found = _HOUR.fullmatch(value)
    if value and found is None:
        return _typed(one_line(value), LONGEST_WORDS)
    return Control(_control("timepicker", initial_time=f"{int(found[1]):02}:{found[2]}" if found else ""))


def _number(value: str, low: int, high: int) -> Control:
    if value and not (_WHOLE.fullmatch(value) and low <= int(value) <= high):
        return _typed(one_line(value), LONGEST_WORDS)
    whole = str(int(value)) if value else ""
    bounds = {"min_value": str(low), "max_value": str(high)}
    return Control(_control("number_input", is_decimal_allowed=False, **bounds, initial_value=whole))


def _tick(value: str) -> Control:
    yes = option(Option("yes", _("Yes")))
    return Control(_control("checkboxes", TICK, options=[yes], initial_options=[yes] if value.strip() else []))


def _menu(offered: Sequence[Option]) -> Json:
    drawn = [option(one) for one in offered]
    if len(drawn) <= MOST_OPTIONS:
        return {"options": drawn}
    starts = range(0, len(drawn), MOST_OPTIONS)
    return {"option_groups": [_group(drawn[start : start + MOST_OPTIONS], start + 1) for start in starts]}


def _group(drawn: list[Json], first: int) -> Json:
    name = _("{first} to {last}").format(first=first, last=first + len(drawn) - 1)
    return {"label": words(name), "options": drawn}


def _is_meant(one: Option, value: str) -> bool:
    return one_line(value).casefold() in {one_line(one.value).casefold(), one_line(one.label).casefold()}


def _long(options: Sequence[Option]) -> tuple[str, ...]:
    return tuple(line for one in options for line in unsaid(one))


def _wrote(value: str) -> str:
    return _("You wrote “{typed}”.").format(typed=value)


def _is_day(value: str) -> bool:
    """Tell whether Slack's calendar can show *value*: no month has a 31st of February."""
    with suppress(ValueError):
        return _DAY.fullmatch(value) is not None and bool(date.fromisoformat(value))
    return False
