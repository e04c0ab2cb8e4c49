"""Walks through every command with long words, and shows Slack each view and form that is met on the way."""

from zoneinfo import ZoneInfo

from adapters.slack.drawing.blocks import Pen, draw, draw_home, draw_window
from adapters.slack.drawing.modal import form
from adapters.slack.drawing.words import one_line
from adapters.web.stage import Example
from bot.talk.fit import fit
from bot.talk.form import Dialog
from bot.talk.limits import SLACK
from bot.talk.view import View
from tests.slack.taken import take, take_view

PEN = Pen(ZoneInfo("Asia/Manila"))


def test_slack_takes_every_view_of_every_command(scenes: list[Example]) -> None:
    views = [shows for _path, _title, shows in scenes if isinstance(shows, View)]

    assert views
    for view in views:
        pages = fit(view, SLACK)
        take_view(draw_home(pages, PEN))
        for page in pages:
            take(draw(page, PEN))
            take_view(draw_window(page, PEN, metadata="{}"))


def test_slack_takes_every_form_of_every_command(scenes: list[Example]) -> None:
    forms = [shows for _path, _title, shows in scenes if isinstance(shows, Dialog)]

    assert forms
    for dialog in forms:
        view = take_view(form(dialog, PEN, metadata="{}", revision=1))
        assert view["submit"]["text"] == one_line(dialog.submit)
