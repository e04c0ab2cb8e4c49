"""Tells errors apart by who can act on them. Anything else that is raised is our own bug."""

from bot.talk.view import Button


class Refused(Exception):
    """The person can act: *message* is shown to them, says what to do next, and blames nobody.

    *buttons* are the next steps worth offering. The transaction is rolled back: nothing has changed.
    """

    def __init__(self, message: str, *buttons: Button) -> None:
        super().__init__(message)
        self.message = message
        self.buttons = buttons


class BadInput(Exception):
    """The same, beside one *field* of a form (empty: the form as a whole).

    *better* is what to put into the field in place of what was typed, when the fix is certain and only wants a look.
    """

    def __init__(self, message: str, field: str = "", better: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.better = better
