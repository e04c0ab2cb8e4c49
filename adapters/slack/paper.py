"""Puts a view on paper for one reader: the pages that Slack can show, in the reader's language and zone."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from adapters.slack.drawing.blocks import Drawn, Pen, draw, draw_home, draw_window
from adapters.slack.drawing.modal import form
from bot.model.people import Actor, Member
from bot.talk.fit import fit
from bot.talk.form import Dialog
from bot.talk.limits import SLACK
from bot.talk.view import Attachment, View
from bot.talk.words import catalogue, speaking

WINDOW = replace(SLACK, blocks=90, total=40_000)
"""A modal or the Home tab: 100 blocks, of which some are ours: https://docs.slack.dev/surfaces/modals"""


def pages(view: View, pen: Pen) -> list[Drawn]:
    """Return *view* as messages, the first first."""
    with speaking(catalogue(pen.locale)):
        return [draw(page, pen) for page in fit(view, SLACK)]


def window(view: View, pen: Pen, metadata: str) -> tuple[dict[str, Any], tuple[View, ...]]:
    """Return *view* as a modal, and what of it does not go into one."""
    with speaking(catalogue(pen.locale)):
        first, *rest = fit(view, WINDOW)
        return draw_window(first, pen, metadata=metadata), tuple(rest)


def home(view: View, pen: Pen) -> dict[str, Any]:
    """Return *view* as a Home tab."""
    with speaking(catalogue(pen.locale)):
        return draw_home(fit(view, WINDOW), pen)


def modal(dialog: Dialog, pen: Pen, metadata: str, revision: int = 0) -> dict[str, Any]:
    """Return *dialog* as a modal with a form in it."""
    with speaking(catalogue(pen.locale)):
        return form(dialog, pen, metadata=metadata, revision=revision)


def files(view: View) -> tuple[Attachment, ...]:
    return tuple(element for element in view.body if isinstance(element, Attachment))


def pen_for(reader: Actor | Member | None, user: str = "") -> Pen:
    """Return the pen for somebody; without a reader, as for a channel, moments are also written in UTC."""
    if reader is None:
        return Pen(ZoneInfo("UTC"))
    name = reader.user if isinstance(reader, Actor) else user
    return Pen(ZoneInfo(reader.zone or "UTC"), reader.locale, name)
