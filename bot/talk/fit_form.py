"""Makes a form fit a platform: a title that is too long is shortened, and said whole at the top of the form."""

from dataclasses import replace

from bot.talk.form import Dialog
from bot.talk.limits import Limits


def fit_form(dialog: Dialog, limits: Limits) -> Dialog:
    """Return *dialog* with a title that *limits* allows. Labels and hints are written to fit everywhere; a test holds
    them to it."""
    if limits.measure(dialog.title) <= limits.form_title:
        return dialog
    short = dialog.title
    while limits.measure(short) > limits.form_title - 1:
        short = short[:-1]
    words = short.rsplit(" ", 1)[0] if " " in short else short
    intro = "\n".join(part for part in (dialog.title, dialog.intro) if part)
    return replace(dialog, title=f"{words}…", intro=intro)
