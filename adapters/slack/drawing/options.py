"""Draws what there is to choose, and reads back what was chosen: https://docs.slack.dev/reference/block-kit/composition-objects/option-object"""

import re

from adapters.slack.drawing.pen import Json
from adapters.slack.drawing.words import one_line, units
from bot.talk.cut import ELLIPSIS, shorten
from bot.talk.limits import SLACK
from bot.talk.view import Option

LONGEST = 150
"""Characters of a value."""

_MARKS = "&<>"
_WIDE = "\N{FULLWIDTH AMPERSAND}\N{FULLWIDTH LESS-THAN SIGN}\N{FULLWIDTH GREATER-THAN SIGN}"
_SWAPPED = str.maketrans(_MARKS + _WIDE, _WIDE + _MARKS)
_TO_SWAP = re.compile(f"[{_MARKS}{_WIDE}]")
_NOTHING = "~"


def option(one: Option) -> Json:
    """Return *one* as it can be chosen; `unsaid` tells what does not go into it."""
    label, hint = _short(one.label) or ELLIPSIS, _short(one.hint)
    drawn: Json = {"text": words(label), "value": carried_value(one.value)}
    return drawn | ({"description": words(hint)} if hint else {})


def unsaid(one: Option) -> tuple[str, ...]:
    """Return the whole label and hint of *one* if `option` had to shorten them."""
    whole = [one_line(text) for text in (one.label, one.hint)]
    return () if [_short(text) for text in whole] == whole else (": ".join(text for text in whole if text),)


def words(text: str) -> Json:
    """Return *text* as a text object that shows it as it is: no markup, no emoji codes."""
    return {"type": "plain_text", "text": text, "emoji": False}


def carried(text: str) -> str:
    """Return *text* as it can travel to Slack and back, or the other way round.

    Slack escapes `&`, `<` and `>` in some of what it sends back, and nowhere says in which, so they travel as their
    wide forms: https://github.com/slackapi/bolt-python/issues/513
    """
    return text.translate(_SWAPPED) if _TO_SWAP.search(text) else text  # few have any, and to look is quicker


def carried_value(value: str) -> str:
    """Return the value of an option as it travels. Slack takes no empty one, hence the sign that stands for nothing."""
    return carried(value) if value.strip(_NOTHING) else value + _NOTHING


def chosen_value(text: str) -> str:
    """Return the value that `carried_value` wrote."""
    return carried(text) if text.strip(_NOTHING) else text[:-1]


def may_be_chosen(value: str) -> bool:
    """Tell whether *value* is short enough to be that of an option."""
    return units(carried_value(value)) <= LONGEST


def _short(text: str) -> str:
    return shorten(one_line(text), SLACK.option_label, SLACK)
