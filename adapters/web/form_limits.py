"""Names what in a form a platform could not show, for the preview page."""

from collections.abc import Iterator
from typing import assert_never

from bot.talk.form import Choice, Day, Dialog, Entry, Field, Hour, Line, Lookup, Many, Number, Paragraph, Tick
from bot.talk.limits import Limits


def form_violations(dialog: Dialog, limits: Limits) -> list[str]:
    """Return a sentence for each thing in *dialog* that *limits* do not allow."""
    found = [*_over("The title", limits.measure(dialog.title), limits.form_title)]
    for entry in dialog.entries:
        found += _entry(entry, limits)
    return found


def _entry(entry: Entry, limits: Limits) -> Iterator[str]:
    name, field = repr(entry.name), entry.field
    yield from _over(f"The label of {name}", limits.measure(field.label), limits.form_label)
    yield from _over(f"The hint of {name}", limits.measure(field.hint), limits.form_hint)
    yield from _over(f"The text that {name} takes", longest(field), limits.form_text)
    yield from _over(name, len(entry.options), limits.options, "options")
    for option in entry.options:
        yield from _over(f"An option of {name}", limits.measure(option.label), limits.option_label)
        yield from _over(f"A hint of an option of {name}", limits.measure(option.hint), limits.option_hint)


def longest(field: Field) -> int:
    """Return the characters that may be typed into *field*, 0 where nothing is typed."""
    match field:
        case Line(limit=limit) | Paragraph(limit=limit) | Lookup(limit=limit):
            return limit
        case Day() | Hour() | Number():
            return 20
        case Choice() | Many() | Tick():
            return 0
        case _:
            assert_never(field)


def _over(what: str, taken: int, most: int, unit: str = "characters") -> Iterator[str]:
    if taken > most:
        yield f"{what} takes {taken:,} {unit}, {most:,} are allowed."
