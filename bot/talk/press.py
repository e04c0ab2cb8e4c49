"""Writes a press as the short string that rides on a button, and reads it back, also after a restart."""

import re

from bot.talk.view import Press

_MARKS = re.compile(r"[|~]")


def encode(press: Press) -> str:
    """Return *press* as `board ask|12`, or `refer edit?|12` when it asks for the form."""
    path = f"{press.path}?" if press.is_form else press.path
    return "|".join([path, *[_escape(arg) if _MARKS.search(arg) else arg for arg in press.args]])


def decode(text: str) -> Press:
    """Return the press that `encode` wrote. Anything else gives a press of an unknown command, never an error."""
    path, *args = text.split("|")
    return Press(path.removesuffix("?"), tuple(_unescape(arg) for arg in args), path.endswith("?"))


def _escape(arg: str) -> str:
    return arg.replace("~", "~0").replace("|", "~1")


def _unescape(arg: str) -> str:
    return arg.replace("~1", "|").replace("~0", "~")
