"""Holds what the page's scripts say, so that it is translated like everything else."""

from bot.talk.words import _


def for_page() -> dict[str, str]:
    """Return the sentences by the names under which the scripts ask for them."""
    return {
        "reconnecting": _("Reconnecting. What you typed is kept and goes out by itself."),
        "failed": _("That did not go through, and nothing you wrote is lost. Try once more."),
        "gone": _("This page is from before the reset. It loads again now."),
        "needed": _("needed"),
        "optional": _("optional"),
        "then": _("Then, separated by commas:"),
        "suggestions_one": _("1 suggestion. Up and down to choose, Enter to take it."),
        "suggestions": _("{n} suggestions. Up and down to choose, Enter to take it."),
        "left": _("{n} characters left."),
        "over": _("{n} characters too many. Nothing is cut."),
        "unread": _("new"),
        "unread_title": _("({n}) {title}"),
        "moved": _("The clock now shows {time}."),
    }
