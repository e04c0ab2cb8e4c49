"""Says what went wrong, kindly, with the next step and with every typed word still there. The one place for errors."""

import logging
import secrets
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

from bot.desk.arguments import Raw, dialog_of, typed_values
from bot.desk.command import Command, label_of
from bot.desk.registry import Registry
from bot.talk.errors import BadInput, Refused
from bot.talk.form import Choice, Dialog, Field, Many
from bot.talk.limits import Limits
from bot.talk.view import Bold, Buttons, Option, Text, View, say
from bot.talk.words import _

log = logging.getLogger(__name__)

Options = dict[str, tuple[Option, ...]]

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Signs of a reference number: none that is read as another when somebody says it aloud."""


def answer_to(error: Exception, command: Command[Any], raw: Raw, options: Options) -> View | Dialog:
    """Return what the person sees after *error*. *options* are those of the form's choices, as far as known."""
    match error:
        case Refused(message=message, buttons=buttons) if buttons:
            return notice(message, *buttons)
        case Refused(message=message):
            return _mended(command, raw, options, {}, message)
        case BadInput(message=message, field="", better=None):
            return _mended(command, raw, options, {}, message)
        case BadInput(message=message, field=field):
            return _mended(command, raw, options, {field: message}, "")
        case _:
            return _mended(command, raw, options, {}, _sorry(command, error))


def notice(message: str, *buttons: Any) -> View:
    """Return a short private message with what can be done next."""
    return View("", (Text((message,)), *([Buttons(buttons)] if buttons else [])))


def unknown(words: str, registry: Registry, limits: Limits) -> View:
    """Say that there is no such command, and offer the nearest ones and the list of all."""
    offers = [registry.commands[path] for path in ("help",) if path in registry.commands]
    near = [command.opens(label_of(command, limits)) for command in registry.nearest(words)]
    every = [command.button(_("See everything I can do")) for command in offers]
    asked = _("I do not know “{words}” yet. Perhaps one of these:") if near else _("I do not know “{words}” yet.")
    return View("", (say(asked, words=Bold(words[:60])), Buttons((*near, *every))))


def outdated(*, is_form: bool) -> View:
    """Answer a button, or a form that was sent, whose command is gone."""
    if is_form:
        return notice(_("This form is from before an update, and I can take it no more. Call the command once more."))
    return notice(_("This button is from an older message and leads nowhere now. Call the command once more."))


def done_already() -> View:
    """Answer an interaction that was handled before an upgrade, when its answer can be read no more."""
    return notice(_("That is done already. Call /career home to see where things stand."))


def stranger() -> View:
    """Answer somebody who sees a channel of the workspace without belonging to it; nothing of the group is shown."""
    return notice(
        _("This belongs to a group that you are not in, so I cannot open it. Whoever invited you here knows more.")
    )


def _mended(command: Command[Any], raw: Raw, options: Options, errors: dict[str, str], error: str) -> View | Dialog:
    if not command.visible or not isinstance(raw, Mapping):
        return notice(error or next(iter(errors.values())))
    typed = typed_values(command, raw)
    return dialog_of(command, typed, options or _known_options(command), errors, error)


def _known_options(command: Command[Any]) -> Options:
    return {param.name: _fixed(field) for param, field in command.visible}


def _fixed(field: Field) -> tuple[Option, ...]:
    match field:
        case Choice(options=tuple() as options) | Many(options=tuple() as options):
            return tuple(Option(option.value, _(option.label), _(option.hint)) for option in options)
        case _:
            return ()


def _sorry(command: Command[Any], error: Exception) -> str:
    """Log *error* and return one calm sentence with its reference number."""
    reference = noted(command.path, error)
    sentence = _(
        "That is our fault, and nothing you wrote is lost. Try once more; if it happens again, "
        "give your organiser the number {reference}."
    )
    return sentence.format(reference=reference)


def noted(where: str, error: Exception) -> str:
    """Log *error* under a reference number and return the number. *where* is ours: a command's path.

    The log gets the frames and the kinds of error, not their messages: those may quote what people wrote.
    """
    reference = "".join(secrets.choice(_ALPHABET) for _i in range(4))
    frames = [f"{f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    kinds = " <- ".join(type(cause).__qualname__ for cause in _causes(error))
    log.error("bug %s in %r: %s\n%s", reference, where, kinds, "\n".join(frames))
    return reference


def _causes(error: BaseException) -> Iterator[BaseException]:
    current: BaseException | None = error
    while current is not None:
        yield current
        current = current.__cause__ or current.__context__
