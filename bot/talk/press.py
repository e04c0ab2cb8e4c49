"""Writes a press as the short string that rides on a button, and reads it back, also after a restart."""

from bot.talk.view import Press


def encode(press: Press) -> str:
    """Return *press* as `board ask|12`, or `refer edit?|12` when it asks for the form."""
    path = f"{press.path}?" if press.is_form else press.path
    text = "|".join((path, *press.args))
    if "~" in text or text.count("|") > len(press.args):  # few have any, and to look is quicker
        return "|".join((path, *map(_escape, press.args)))
    return text


def decode(text: str) -> Press:
    """Return the press that `encode` wrote. Anything else gives a press of an unknown command, never an error."""
    path, *args = text.split("|")
    return Press(path.removesuffix("?"), tuple(_unescape(arg) for arg in args), path.endswith("?"))


def _escape(arg: str) -> str:
    return arg.replace("~", "~0").replace("|", "~1")


def _unescape(arg: str) -> str:
    return arg.replace("~1", "|").replace("~0", "~")
