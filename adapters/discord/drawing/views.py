"""Draws a view as a message of components, which nothing has to remember: what is pressed says itself what it calls."""

from collections.abc import Iterator
from typing import assert_never

import discord
from discord import ui

from adapters.discord.drawing.attached import file_names, files
from adapters.discord.drawing.elements import Brush, heading, said
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


def draw(page: View, pen: Pen) -> ui.LayoutView:
    """Return *page* as a message. It must have passed `fit` for Discord.

    It is stopped, so that discord.py keeps none of it in memory: presses are read from the raw interaction. Its files
    are sent beside it, see `files`.
    """
    layout = ui.LayoutView(timeout=None)
    brush = Brush(pen.place, file_names(page))
    with speaking(catalogue(pen.locale)):
        items = [*heading("##", page.title), *(item for element in page.body for item in brush.items(element))]
        for item in items or said(_("There is nothing to show yet.")):
            layout.add_item(item)
    layout.stop()
    return layout


def mentions(view: View) -> discord.AllowedMentions:
    """Return who is told of *view*: the people that it mentions, and nobody whom somebody typed."""
    users = dict.fromkeys(
        int(span.user)
        for element in view.body
        for some in _spans(element)
        for span in some
        if isinstance(span, Mention) and is_user(span.user)
    )
    told = [discord.Object(user) for user in users][:MOST_MENTIONS]
    return discord.AllowedMentions(everyone=False, roles=False, replied_user=False, users=told or False)


def _spans(element: Element) -> Iterator[Spans]:
    match element:
        case Text(some) | Small(some):
            yield some
        case Facts(rows):
            yield from (value for _name, value in rows)
        case Bullets(items) | Card(lines=items):
            yield from items
        case Heading() | Buttons() | Select() | Attachment():
            return
        case _:
            assert_never(element)
