"""Turns words into what Discord shows as words, whatever was typed: https://docs.discord.com/developers/reference"""

import re
from dataclasses import replace

from bot.talk.cut import ELLIPSIS, shorten
from bot.talk.limits import DISCORD

PLAIN = replace(DISCORD, costs={})
"""What labels, options and fields are measured by: Discord reads no markup in them, so nothing is escaped."""

_LINE_START = r"[^\S\n]*(?:\d+(?=\.)|(?=[#>+-]))"
_START = re.compile(_LINE_START)
_MARKUP = re.compile(
    # First of all one set of signs, behind none of which anything begins: so the others are skipped at once.
    rf"[\\*_~`|<\[\]:@\n](?:(?<=[^:@\n])|(?<=:)(?=\S|\Z)|(?<=@)(?=everyone|here)|(?<=\n){_LINE_START})"
)


def escape(text: str, *, is_start: bool) -> str:
    """Return *text* so that Discord reads no markup, mention, emoji, link or moment in it.

    A backslash stands before each sign that could begin one. At the start of a line, and of *text* itself where
    *is_start*, that is also what makes a heading, a list or a quote; at most one sign in each line.
    """
    tidy = text.replace("\r\n", "\n").replace("\r", " ")
    if is_start and (start := _START.match(tidy)):
        return f"{start[0]}\\{_MARKUP.sub(_escaped, tidy[start.end() :])}"
    return _MARKUP.sub(_escaped, tidy)


def one_line(text: str) -> str:
    """Return *text* with every run of space or line breaks as one space."""
    return " ".join(text.split())


def brief(text: str, most: int) -> str:
    """Return *text* in one line and at most *most* characters, for where Discord reads no markup; an ellipsis stands
    for a blank one, which Discord refuses."""
    return shorten(one_line(text), most, PLAIN) or ELLIPSIS


def is_whole(text: str, most: int) -> bool:
    """Tell whether `brief` says all of *text*."""
    return PLAIN.measure(one_line(text)) <= most


def _escaped(found: re.Match[str]) -> str:
    sign = found[0]
    return f"{sign}\\" if sign[0] == "\n" else f"\\{sign}"
