"""Draws the windows that Askwell opens in Slack besides those of a view: https://docs.slack.dev/surfaces/modals"""

from adapters.slack.drawing.blocks import window_title
from adapters.slack.drawing.fields import control_of, entry_input, entry_lines
from adapters.slack.drawing.options import words
from adapters.slack.drawing.pen import Json, Pen
from adapters.slack.drawing.rich import inline, paragraph
from adapters.slack.drawing.state import block_id
from adapters.slack.drawing.words import one_line
from bot.talk.cut import cut, shorten
from bot.talk.fit_form import fit_form
from bot.talk.form import Dialog, Entry
from bot.talk.limits import SLACK
from bot.talk.view import Bold, Spans, plain
from bot.talk.words import N_, _, catalogue, speaking

LONGEST_BUTTON = 24


def form(dialog: Dialog, pen: Pen, *, metadata: str, revision: int = 0) -> Json:
    """Return *dialog* as a modal with everything that was typed still in it.

    *revision* counts how often it came back with other values: Slack shows them only in blocks with other ids.
    """
    with speaking(catalogue(pen.locale)):
        dialog = fit_form(dialog, SLACK)
        fields = [block for entry in dialog.entries for block in _entry(entry, pen, revision)]
        return _modal("form", dialog.title, [*_top(dialog, pen), *fields]) | {
            "submit": words(shorten(one_line(dialog.submit), LONGEST_BUTTON, SLACK) or _("Save")),
            "close": words(_("Not now")),
            "private_metadata": metadata,
        }


def errors(dialog: Dialog, revision: int) -> dict[str, str]:
    """Return what is wrong by block, to stand beside the fields of a form that stays open as it is."""
    return {block_id(entry.name, revision): entry.error for entry in dialog.entries if entry.error}


def waiting(title: str = N_("One moment")) -> Json:
    """Return a window that holds the place while the answer is on its way."""
    line = words(_("I am looking it up. This takes a few seconds at most, and you need do nothing."))
    return _modal("waiting", _(title), [{"type": "section", "text": line}])


def said(sentence: str) -> Json:
    """Return a window that says *sentence* and nothing else."""
    pieces = [plain(piece) for piece in cut((one_line(sentence),), SLACK.text, SLACK)]
    return _modal("said", _("Askwell"), [{"type": "section", "text": words(piece)} for piece in pieces if piece])


def _top(dialog: Dialog, pen: Pen) -> list[Json]:
    """Return what the form is about, and that something is wrong if it is; colour alone would tell only some."""
    intro: list[Spans] = [(dialog.intro,)] if dialog.intro.strip() else []
    if dialog.error:
        return _lines([*intro, (Bold(_("One more look, please.")), " ", dialog.error)], pen)
    if any(entry.error for entry in dialog.entries):
        return _lines([*intro, (Bold(_("One more look, please. What you typed is still here.")),)], pen)
    return _lines(intro, pen)


def _entry(entry: Entry, pen: Pen, revision: int) -> list[Json]:
    control = control_of(entry)
    return [*_lines(entry_lines(entry, control), pen), entry_input(entry, control, revision)]


def _lines(rows: list[Spans], pen: Pen) -> list[Json]:
    """Return *rows* one below the other, in as many blocks as they take."""
    joined = tuple(span for i, row in enumerate(rows) for span in (("\n",) if i else ()) + row)
    return [paragraph(inline(piece, pen)) for piece in cut(joined, SLACK.text, SLACK)] if joined else []


def _modal(name: str, title: str, blocks: list[Json]) -> Json:
    return {
        "type": "modal",
        "callback_id": name,
        "title": words(window_title(title)),
        "close": words(_("Close")),
        "blocks": blocks or [{"type": "section", "text": words(_("There is nothing to show yet."))}],
    }
