"""Walks through every command with long words, and shows Discord each view and form that is met on the way."""

from zoneinfo import ZoneInfo

from adapters.discord.drawing.forms import form, opened
from adapters.discord.drawing.pen import Pen
from adapters.discord.drawing.state import pressed
from adapters.web.stage import Example
from bot.talk.fit import fit
from bot.talk.form import Dialog
from bot.talk.limits import DISCORD
from bot.talk.view import View
from tests.discord.taken import pressable, take, take_modal

PEN = Pen(ZoneInfo("Asia/Manila"), place=str(2**64 - 1))


def test_discord_takes_every_view_of_every_command(scenes: list[Example]) -> None:
    views = [shows for _path, _title, shows in scenes if isinstance(shows, View)]

    assert views
    for page in (page for view in views for page in fit(view, DISCORD)):
        assert all(place == PEN.place for _press, place in map(pressed, pressable(take(page, PEN))))


def test_discord_takes_every_form_of_every_command_in_one_piece(scenes: list[Example]) -> None:
    forms = [shows for _path, _title, shows in scenes if isinstance(shows, Dialog)]

    assert forms
    for dialog in forms:
        (modal,) = form(dialog, PEN)
        again = opened(take_modal(modal)["custom_id"])
        assert (again.path, again.known, again.place) == (dialog.press.path, dict(dialog.known), PEN.place)
