"""Writes a press, and the group it is about, as the id that Discord gives back: after years, and after any restart."""

import string

from bot.talk.limits import DISCORD
from bot.talk.press import decode, encode
from bot.talk.view import Press

MOST = DISCORD.press
"""Characters of an encoded press in an id of 100: https://docs.discord.com/developers/components/reference"""

_DIGITS = string.digits + string.ascii_letters + "-_"
_DOT = "."


def to_id(press: Press, place: str, n: int) -> str:
    """Return the id of the *n*th thing (below 64) in one message that can be pressed: `3.board ask|12`.

    *place* is the id of the server that is meant, or "" where the message stands in it. Discord wants every id of a
    message to be another one, hence *n*.
    """
    return f"{_DIGITS[n]}{_short(place)}{_DOT}{encode(press)}"


def from_id(custom_id: str) -> tuple[Press, str]:
    """Return the press and the server that `to_id` wrote. Anything else gives a press of an unknown command."""
    head, dot, text = custom_id.partition(_DOT)
    return (decode(text), _long(head[1:])) if dot else (Press(""), "")


def number_of(custom_id: str) -> int:
    """Return the *n* that `to_id` wrote, 0 for anything else."""
    return max(_DIGITS.find(custom_id[:1]), 0)


def _short(place: str) -> str:
    """Return *place* with at most 11 characters, as a number of base 64."""
    if not place:
        return ""
    number, digits = int(place), ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits


def _long(short: str) -> str:
    if not short or not set(short) <= set(_DIGITS):
        return ""
    number = 0
    for digit in short:
        number = number * len(_DIGITS) + _DIGITS.index(digit)
    return str(number)
