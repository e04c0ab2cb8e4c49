"""Walks through every command with long words, and holds what is shown against what each platform can show."""

import pytest

import bot.commands
from adapters.web.stage import Example
from app.gallery import LETTER
from bot.desk.registry import registry_of
from bot.talk.check import violations
from bot.talk.fit import fit
from bot.talk.fit_form import fit_form
from bot.talk.form import Dialog
from bot.talk.limits import PLATFORMS, Limits
from bot.talk.view import View, text_of
from bot.talk.wire import from_text, to_text

platforms = pytest.mark.parametrize("limits", PLATFORMS, ids=lambda limits: limits.name)


def test_the_walk_meets_every_command_and_what_is_sent_unasked(scenes: list[Example]) -> None:
    met = {path for path, _title, _shows in scenes}

    assert registry_of(bot.commands).commands.keys() - met == set()
    assert LETTER in met


def test_no_command_fails_on_long_words(scenes: list[Example]) -> None:
    told = [(path, _words(shows)) for path, _title, shows in scenes]

    assert [path for path, words in told if "That is our fault" in words] == []


def test_whatever_is_said_can_be_kept(scenes: list[Example]) -> None:
    views = [(path, shows) for path, _title, shows in scenes if isinstance(shows, View)]

    assert [path for path, view in views if from_text(to_text(view)) != view] == []


@platforms
def test_every_view_fits_every_platform(scenes: list[Example], limits: Limits) -> None:
    pages = [page for _path, _title, shows in scenes if isinstance(shows, View) for page in fit(shows, limits)]

    assert [fault for page in pages for fault in violations(page, limits)] == []


@platforms
def test_every_form_fits_every_platform(scenes: list[Example], limits: Limits) -> None:
    forms = [(path, fit_form(shows, limits)) for path, _title, shows in scenes if isinstance(shows, Dialog)]

    assert [(path, form.title) for path, form in forms if limits.measure(form.title) > limits.form_title] == []
    assert [
        (path, entry.field.label, entry.field.hint)
        for path, form in forms
        for entry in form.entries
        if limits.measure(entry.field.label) > limits.form_label or limits.measure(entry.field.hint) > limits.form_hint
    ] == []


@platforms
def test_every_choice_of_a_form_fits_every_platform(scenes: list[Example], limits: Limits) -> None:
    forms = [shows for _path, _title, shows in scenes if isinstance(shows, Dialog)]
    options = {option for form in forms for entry in form.entries for option in entry.options}

    assert [one.value for one in options if not 0 < len(one.value) <= limits.option_value] == []
    assert [one.label for one in options if not 0 < limits.measure(one.label) <= limits.option_label] == []


def _words(shows: View | Dialog) -> str:
    return text_of(shows) if isinstance(shows, View) else f"{shows.title} {shows.intro} {shows.error}"
