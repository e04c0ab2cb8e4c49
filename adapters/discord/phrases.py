"""Holds what is said about forms and servers, and what could not be done, where only Discord needs saying it."""

from bot.desk.mishaps import notice
from bot.talk.form import Dialog
from bot.talk.view import Bullets, Button, Buttons, Press, Tone, View, say
from bot.talk.words import _, catalogue, speaking


def gone(locale: str) -> View:
    with speaking(catalogue(locale)):
        return notice(_("This form has waited too long and is gone. Call the command once more."))


def not_there(locale: str) -> View:
    with speaking(catalogue(locale)):
        return notice(_("This is about a server that you are not in any more, or I am not. Nothing was changed."))


def there_is_more(locale: str, press: Press) -> View:
    with speaking(catalogue(locale)):
        return notice(_("Noted so far. One more page, then it is done."), Button(_("Go on"), press, Tone.PRIMARY))


def to_open(locale: str, press: Press) -> View:
    """Return the way to a form that could not open by itself."""
    with speaking(catalogue(locale)):
        return notice(_("That took a moment. Your form is ready now."), Button(_("Open the form"), press, Tone.PRIMARY))


def to_mend(locale: str, dialog: Dialog, press: Press) -> View:
    """Return what is wrong with a form, with the way back to what was typed."""
    with speaking(catalogue(locale)):
        wrong = tuple((f"{entry.field.label}: {entry.error}",) for entry in dialog.entries if entry.error)
        head = say("{error}", error=dialog.error) if dialog.error else say(_("Nearly. What you typed is still there."))
        edit = Buttons((Button(_("Edit"), press, Tone.PRIMARY),))
        return View(dialog.title, (head, *([Bullets(wrong)] if wrong else []), edit))


def our_fault(locale: str, reference: str) -> View:
    """Return a calm sentence for a bug of ours; *reference* stands in the log, too."""
    with speaking(catalogue(locale)):
        sentence = _(
            "That is our fault, and nothing you wrote is lost. Try once more; if it happens again, "
            "give your organiser the number {reference}."
        )
        return notice(sentence.format(reference=reference))
