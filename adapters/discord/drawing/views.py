"""Draws a view as a message of components, which nothing has to remember: what is pressed says itself what it calls."""

from collections.abc import Sequence
from typing import assert_never

import discord

from adapters.discord.drawing.attached import file_names, files
from adapters.discord.drawing.elements import Brush, heading, said
from adapters.discord.drawing.layout import Layout
from adapters.discord.drawing.marks import is_user
from adapters.discord.drawing.pen import Pen
from bot.talk.view import (
    Attachment,
    Bullets,
    Buttons,
    Card,
    Element,
    Facts,
    Heading,
    Mention,
    Select,
    Small,
    Spans,
    Text,
    View,
)
from bot.talk.words import _, catalogue, speaking

__all__ = ["Pen", "draw", "files", "mentions"]

MOST_MENTIONS = 100
"""People that one message can tell: https://docs.discord.com/developers/resources/message#allowed-mentions-object"""

NOBODY = discord.AllowedMentions.none()


def draw(page: View, pen: Pen) -> Layout:
    """Return *page* as a message. It must have passed `fit` for Discord. Its files are sent beside it, see `files`."""
    brush = Brush(pen.place, file_names(page))
    with speaking(catalogue(pen.locale)):
        parts = [*heading("##", page.title), *(part for element in page.body for part in brush.parts(element))]
        return Layout(parts or said(_("There is nothing to show yet.")))


def mentions(view: View) -> discord.AllowedMentions:
    """Return who is told of *view*: the people that it mentions, and nobody whom somebody typed."""
    spans = [span for element in view.body for some in _texts(element) for span in some if isinstance(span, Mention)]
    if not spans:
        return NOBODY
    users = dict.fromkeys(int(span.user) for span in spans if is_user(span.user))
    told = [discord.Object(user) for user in users][:MOST_MENTIONS]
    return discord.AllowedMentions(everyone=False, roles=False, replied_user=False, users=told or False)


def _texts(element: Element) -> Sequence[Spans]:
    match element:
        case Text(some) | Small(some):
            return (some,)
        case Facts(rows):
            return [value for _name, value in rows]
        case Bullets(items) | Card(lines=items):
            return items
        case Heading() | Buttons() | Select() | Attachment():
            return ()
        case _:
            assert_never(element)
