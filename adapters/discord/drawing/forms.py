"""Draws a form as Discord's modals, which nothing has to remember: https://docs.discord.com/developers/components/reference"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from discord import ui

from adapters.discord.drawing.fields import Control, control_of
from adapters.discord.drawing.ids import from_id, number_of, to_id
from adapters.discord.drawing.marks import markdown
from adapters.discord.drawing.pen import Pen
from adapters.discord.drawing.words import PLAIN, brief, is_whole, one_line
from bot.record import record
from bot.talk.cut import cut, fill
from bot.talk.fit_form import fit_form
from bot.talk.form import Dialog, Entry
from bot.talk.limits import DISCORD, Limits
from bot.talk.view import Bold, Press, Spans, plain
from bot.talk.words import _, catalogue, speaking

Item: TypeAlias = ui.Item[Any]

MOST_PARTS = 5
"""Fields and paragraphs of one modal."""

COUNT = 15
"""Characters of a title left for which of how many modals it is: ` (1 of 2)`, or more in another language."""


@record
class Opened:
    """A modal that was submitted: what it calls, with what was *known* by name, and the server that it is about, or ""
    for the one in which it happened. *page* counts from 0."""

    path: str
    known: dict[str, str]
    place: str
    page: int


@record
class _Row:
    """A field with what is said right below its label; *above* is said above all fields, as it is too long for that."""

    label: str
    control: Control
    description: str
    above: tuple[Spans, ...]


def form(dialog: Dialog, pen: Pen) -> tuple[ui.Modal, ...]:
    """Return *dialog* as modals, to be filled in one after the other; nearly always it is one.

    Everything that was typed is still in them. What is wrong stands below the field's label. Discord has its own word
    on the button that sends a form, so that of *dialog* is not seen.
    """
    with speaking(catalogue(pen.locale)):
        dialog, pages = _fitted(dialog, DISCORD)
        if len(pages) > 1:
            dialog, pages = _fitted(dialog, replace(DISCORD, form_title=DISCORD.form_title - COUNT))
        return tuple(_modal(dialog, pen, n, parts, len(pages)) for n, parts in enumerate(pages))


def _fitted(dialog: Dialog, limits: Limits) -> tuple[Dialog, list[list[Item]]]:
    fitted = fit_form(dialog, limits)
    return fitted, list(_pages(fitted))


def opened(custom_id: str) -> Opened:
    """Return what the modal of this id calls. Anything else than an id of ours gives an unknown command."""
    press, place = from_id(custom_id)
    known = dict(zip(press.args[::2], press.args[1::2], strict=False))
    return Opened(press.path, known, place, number_of(custom_id))


def _modal(dialog: Dialog, pen: Pen, page: int, parts: list[Item], count: int) -> ui.Modal:
    known = tuple(text for pair in dialog.known for text in pair)
    name = to_id(Press(dialog.press.path, known), pen.place, page)
    modal = ui.Modal(title=_title(dialog.title, page + 1, count), timeout=None, custom_id=name)
    for part in parts:
        modal.add_item(part)
    modal.stop()
    return modal


def _title(title: str, n: int, count: int) -> str:
    words = one_line(title) or _("Askwell")
    template = _("{title} ({n} of {count})") if count > 1 else "{title}"
    return fill(template, words, DISCORD.form_title, PLAIN, n=n, count=count)


def _pages(dialog: Dialog) -> Iterator[list[Item]]:
    rows = [_row(entry) for entry in dialog.entries]
    top = _top(dialog)
    above = [*top, *(line for row in rows for line in row.above)]
    if above and above == top and len(rows) == MOST_PARTS and (first := _with_top(rows[0], top)):
        above, rows = [], [first, *rows[1:]]
    parts = [*_paragraphs(above), *map(_label, rows)] or _paragraphs([(_nothing_to_ask(),)])
    for start in range(0, len(parts), MOST_PARTS):
        yield parts[start : start + MOST_PARTS]


def _top(dialog: Dialog) -> list[Spans]:
    """Return what the form is about, and what is wrong with all of it."""
    intro: list[Spans] = [(dialog.intro,)] if dialog.intro.strip() else []
    wrong: list[Spans] = [(Bold(_("One more look, please.")), " ", dialog.error)] if dialog.error.strip() else []
    return [*intro, *wrong]


def _with_top(row: _Row, top: list[Spans]) -> _Row | None:
    """Return *row* with *top* below its label, which spares people a second modal, or nothing if it does not fit."""
    words = one_line(" ".join((*map(plain, top), row.description)))
    return replace(row, description=words) if is_whole(words, DISCORD.form_hint) else None


def _row(entry: Entry) -> _Row:
    control = control_of(entry)
    label = entry.field.label
    long = () if is_whole(label, DISCORD.form_label) else (one_line(label),)
    below, above = _below(words for words in (one_line(entry.error), control.hint) if words)
    notes = (*long, *above, *control.beside)
    said = tuple((Bold(f"{brief(label, DISCORD.form_label)}: "), note) for note in notes)
    return _Row(brief(label, DISCORD.form_label), control, below, said)


def _below(words: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Return what of *words* fits below a label, and what does not."""
    below, above = "", []
    for some in words:
        both = f"{below} {some}".strip()
        if is_whole(both, DISCORD.form_hint):
            below = both
        else:
            above.append(some)
    return below, tuple(above)


def _label(row: _Row) -> Item:
    return ui.Label(text=row.label, description=row.description or None, component=row.control.item)


def _paragraphs(lines: list[Spans]) -> list[Item]:
    """Return *lines* one below the other, in as many paragraphs as they take."""
    joined = tuple(span for i, line in enumerate(lines) for span in (("\n",) if i else ()) + line)
    pieces = cut(joined, DISCORD.text, DISCORD) if joined else ()
    return [ui.TextDisplay(text) for piece in pieces if (text := markdown(piece)).strip()]


def _nothing_to_ask() -> str:
    return _("There is nothing to fill in here. Submit it, and I go on.")
