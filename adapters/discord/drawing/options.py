"""Draws what there is to choose, and reads back what was chosen."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from typing import TypedDict

from adapters.discord.drawing.words import brief, is_whole, one_line
from bot.talk.limits import DISCORD
from bot.talk.view import Option

LONGEST = 100
"""Characters of a value: https://docs.discord.com/developers/components/reference#string-select"""

_MARKS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MARKED = re.compile(rf"~[{_MARKS}]\Z")


def carried_values(options: Iterable[Option]) -> list[str]:
    """Return the value of each option as it travels. Discord takes no empty one and none twice, so such a value gets a
    mark, which counts how often it was there; as does one that would look marked."""
    seen: Counter[str] = Counter()
    return [_carried(option.value, seen) for option in options]


def chosen_value(text: str) -> str:
    """Return the value that `carried_values` wrote."""
    return _MARKED.sub("", text)


def may_be_chosen(options: Iterable[Option]) -> bool:
    """Tell whether every value of *options* is short enough to travel."""
    return all(len(value) <= LONGEST for value in carried_values(options))


class Drawn(TypedDict):
    """An option of a menu, of radio buttons or of checkboxes. *default* tells whether it is chosen from the start."""

    label: str
    value: str
    description: str | None
    default: bool


def drawn(options: Sequence[Option], chosen: Container[int] = ()) -> list[Drawn]:
    """Return *options* as they can be chosen; `unsaid` tells what does not go into them. *chosen* are their places."""
    values = carried_values(options)
    return [
        _drawn(one, value, is_chosen=i in chosen) for i, (one, value) in enumerate(zip(options, values, strict=True))
    ]


def unsaid(option: Option) -> tuple[str, ...]:
    """Return the whole label and hint of *option* if `drawn` had to shorten them."""
    if is_whole(option.label, DISCORD.option_label) and is_whole(option.hint, DISCORD.option_hint):
        return ()
    return (": ".join(words for words in (one_line(option.label), one_line(option.hint)) if words),)


def _drawn(option: Option, value: str, *, is_chosen: bool) -> Drawn:
    hint = brief(option.hint, DISCORD.option_hint) if option.hint.strip() else None
    return Drawn(label=brief(option.label, DISCORD.option_label), value=value, description=hint, default=is_chosen)


def _carried(value: str, seen: Counter[str]) -> str:
    times = seen[value]
    seen[value] += 1
    return f"{value}~{_MARKS[times]}" if times or not value.strip() or _MARKED.search(value) else value
