"""Draws a form as HTML: each kind of field in the way a browser and a screen reader know best."""

import json
import re
from collections.abc import Iterable
from typing import assert_never

from markupsafe import Markup

from adapters.web.html import joined, tag
from bot.record import record
from bot.talk.form import Choice, Day, Dialog, Entry, Hour, Kind, Line, Lookup, Many, Number, Paragraph, Tick
from bot.talk.view import Option
from bot.talk.words import _

FEW = 5
"""Options that are shown side by side as radio buttons; more of them become a menu."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_WHOLE = re.compile(r"\d*")
_KEYBOARDS = {Kind.TEXT: "text", Kind.EMAIL: "email", Kind.PHONE: "tel", Kind.LINK: "url"}


@record
class Spot:
    """Where a field is on the page: *id* of its control, *described* by which other ids."""

    id: str
    described: str
    is_wrong: bool
    is_required: bool


def draw_form(dialog: Dialog, place: str) -> Markup:
    """Return *dialog* as a form. *place* makes its ids unique on the page.

    The browser checks nothing (`novalidate`, no `maxlength`): the bot answers in its own words, and nothing is cut.
    """
    known = json.dumps(dict(dialog.known))
    return tag(
        "form",
        tag("h2", dialog.title, id=f"{place}-title", class_="form-title", tabindex=-1),
        *([tag("p", dialog.intro, class_="intro")] if dialog.intro else []),
        _summary(dialog, place),
        *(_field(entry, place) for entry in dialog.entries),
        _footer(dialog),
        novalidate=True,
        autocomplete="off",
        data_path=dialog.press.path,
        data_known=known,
    )


def _summary(dialog: Dialog, place: str) -> Markup:
    """Return what is wrong, in one place that gets the focus when the form comes back."""
    wrong = [entry for entry in dialog.entries if entry.error]
    if not (wrong or dialog.error):
        return joined()
    head = dialog.error or _("One more look, please. What you typed is still here.")
    rows = (tag("li", tag("a", entry.field.label, href=f"#{_target(entry, place)}")) for entry in wrong)
    ways = (tag("ul", *rows),) if wrong else ()
    return tag("div", tag("p", head), *ways, class_="summary", role="alert", tabindex=-1)


def _target(entry: Entry, place: str) -> str:
    """Return the id that a link to the field must lead to; a group has its first box."""
    name = f"{place}-{entry.name}"
    is_group = isinstance(entry.field, Many) or (isinstance(entry.field, Choice) and len(entry.options) <= FEW)
    return f"{name}-0" if is_group else name


def _footer(dialog: Dialog) -> Markup:
    leave = tag("button", _("Not now"), type="button", class_="plain", data_close=True)
    send = tag("button", dialog.submit, type="submit", class_="primary")
    return tag("footer", leave, send)


def _field(entry: Entry, place: str) -> Markup:
    name = f"{place}-{entry.name}"
    parts = [f"{name}-hint"] * bool(entry.field.hint) + [f"{name}-error"] * bool(entry.error)
    spot = Spot(name, " ".join(parts), bool(entry.error), entry.is_required)
    return tag("div", _inside(entry, spot), class_="field wrong" if spot.is_wrong else "field", data_name=entry.name)


def _inside(entry: Entry, spot: Spot) -> Markup:
    value = entry.value if isinstance(entry.value, str) else ",".join(entry.value)
    match entry.field:
        case Line(limit=limit, kind=kind):
            keyboard = _KEYBOARDS[kind]
            box = _typed(entry, spot, value, limit, type=keyboard, inputmode=keyboard)
            return _labelled(entry, spot, box)
        case Paragraph(limit=limit):
            return _labelled(entry, spot, _paragraph(entry, spot, value, limit))
        case Lookup(limit=limit):
            return _labelled(entry, spot, _lookup(entry, spot, value, limit))
        case Day():
            kind_ = "date" if not value or _DAY.fullmatch(value) else "text"
            return _labelled(entry, spot, _control("input", entry, spot, type=kind_, value=value))
        case Hour():
            kind_ = "time" if not value or _HOUR.fullmatch(value) else "text"
            return _labelled(entry, spot, _control("input", entry, spot, type=kind_, value=value))
        case Number(low=low, high=high):
            bounds = tag("span", _("from {low} to {high}").format(low=low, high=high), class_="bounds")
            box = _control("input", entry, spot, type="text", inputmode="numeric", value=value)
            return _labelled(entry, spot, tag("div", box, bounds, class_="number"))
        case Choice() if len(entry.options) <= FEW:
            return _group(entry, spot, "radio", {value}, _with_nothing(entry, value))
        case Choice():
            return _labelled(entry, spot, _menu(entry, spot, value))
        case Many():
            chosen = set(value.split(",") if isinstance(entry.value, str) else entry.value)
            return _group(entry, spot, "checkbox", chosen, entry.options)
        case Tick():
            return _tick(entry, spot, value)
        case _:
            assert_never(entry.field)


def _control(name: str, entry: Entry, spot: Spot, *inside: str, **more: str | int | bool | None) -> Markup:
    """Return an input, textarea or select with everything that ties it to its label, hint and error."""
    return tag(
        name,
        *inside,
        id=spot.id,
        name=entry.name,
        aria_describedby=spot.described or None,
        aria_invalid="true" if spot.is_wrong else None,
        aria_required="true" if spot.is_required else None,
        **({"dir": "auto"} | more),
    )


def _typed(entry: Entry, spot: Spot, value: str, limit: int, **more: str | None) -> Markup:
    return _control("input", entry, spot, value=value, data_limit=limit, **more) + _count(spot)


def _paragraph(entry: Entry, spot: Spot, value: str, limit: int) -> Markup:
    # A browser drops one line break after the opening tag: the one put there keeps the typed one.
    return _control("textarea", entry, spot, "\n" + value, rows=4, data_limit=limit) + _count(spot)


def _lookup(entry: Entry, spot: Spot, value: str, limit: int) -> Markup:
    names = {"role": "combobox", "aria_autocomplete": "list", "aria_expanded": "false"}
    box = _typed(entry, spot, value, limit, type="text", aria_controls=f"{spot.id}-list", **names)
    found = tag("ul", id=f"{spot.id}-list", role="listbox", aria_label=_("Suggestions"), hidden=True)
    return tag("div", box, found, class_="lookup")


def _count(spot: Spot) -> Markup:
    return tag("p", class_="count", id=f"{spot.id}-count", hidden=True)


def _menu(entry: Entry, spot: Spot, value: str) -> Markup:
    is_known = any(option.value == value for option in entry.options)
    nothing = tag("option", _("Choose one"), value="", selected=not is_known)
    options = (_menu_option(option, value) for option in entry.options)
    return _control("select", entry, spot, nothing, *options)


def _menu_option(option: Option, value: str) -> Markup:
    words = f"{option.label} · {option.hint}" if option.hint else option.label
    return tag("option", words, value=option.value, selected=option.value == value)


def _with_nothing(entry: Entry, value: str) -> tuple[Option, ...]:
    """Return the options, with one for leaving it open where that is allowed."""
    is_listed = any(option.value == "" for option in entry.options)
    return entry.options if entry.is_required or is_listed else (*entry.options, Option("", _("Leave it open")))


def _labelled(entry: Entry, spot: Spot, control: Markup) -> Markup:
    label = tag("label", entry.field.label, *_optional(entry), for_=spot.id)
    return joined(label, *_hint(entry, spot), control, *_error(entry, spot))


def _group(entry: Entry, spot: Spot, kind: str, chosen: set[str], options: Iterable[Option]) -> Markup:
    boxes = (_box(entry, spot, kind, option, i, chosen) for i, option in enumerate(options))
    legend = tag("legend", entry.field.label, *_optional(entry))
    return tag(
        "fieldset",
        legend,
        *_hint(entry, spot),
        *boxes,
        *_error(entry, spot),
        id=spot.id,
        role="radiogroup" if kind == "radio" else None,
        aria_describedby=spot.described or None,
        aria_required="true" if spot.is_required and kind == "radio" else None,
        aria_invalid="true" if spot.is_wrong and kind == "radio" else None,
    )


def _box(entry: Entry, spot: Spot, kind: str, option: Option, i: int, chosen: set[str]) -> Markup:
    name = f"{spot.id}-{i}"
    hint_id = f"{name}-hint" if option.hint else None
    box = tag(
        "input", type=kind, id=name, name=entry.name, value=option.value, checked=option.value in chosen,
        aria_describedby=hint_id,
    )  # fmt: skip
    words = tag("label", option.label, for_=name)
    hint = (tag("span", option.hint, class_="hint", id=hint_id),) if option.hint else ()
    return tag("div", box, tag("div", words, *hint), class_="box")


def _tick(entry: Entry, spot: Spot, value: str) -> Markup:
    box = _control("input", entry, spot, type="checkbox", value="yes", checked=bool(value), dir=None)
    words = tag("label", entry.field.label, for_=spot.id)
    return joined(tag("div", box, tag("div", words, *_hint(entry, spot)), class_="box"), *_error(entry, spot))


def _optional(entry: Entry) -> tuple[str, ...]:
    return () if entry.is_required else ("\u2002", tag("span", _("optional"), class_="optional"))


def _hint(entry: Entry, spot: Spot) -> tuple[Markup, ...]:
    return (tag("p", entry.field.hint, class_="hint", id=f"{spot.id}-hint"),) if entry.field.hint else ()


def _error(entry: Entry, spot: Spot) -> tuple[Markup, ...]:
    """Return what is wrong. A choice that is not among the options cannot be shown in the control, so it is said."""
    if not entry.error:
        return ()
    typed = entry.value if isinstance(entry.field, Choice) and isinstance(entry.value, str) else ""
    is_lost = typed and all(typed != option.value for option in entry.options)
    words = (entry.error, " ", _("You wrote “{typed}”.").format(typed=typed)) if is_lost else (entry.error,)
    return (tag("p", *words, class_="error", id=f"{spot.id}-error", dir="auto"),)
