"""What people press, choose and type in Slack comes back as what the bot takes."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.drawing.blocks import Pen, draw
from adapters.slack.drawing.options import carried_value, chosen_value
from adapters.slack.drawing.state import options, pressed, suggested, values
from adapters.slack.drawing.words import escape
from adapters.slack.origin import Origin, from_text
from bot.talk.fit import fit
from bot.talk.limits import SLACK
from bot.talk.press import decode, encode
from bot.talk.view import Button, Buttons, Card, Option, Press, Select, View
from tests.slack.platform.checks import check_suggestions
from tests.slack.taken import actions
from tests.strategies import PRESSES, views, words

PEN = Pen(ZoneInfo("Asia/Manila"))


def presses(page: View) -> list[Press]:
    """Return what pressing every button, and choosing the last option of every menu, should call."""
    found: list[Press] = []
    for element in page.body:
        match element:
            case Buttons(buttons) | Card(buttons=buttons):
                found += [button.press for button in buttons]
            case Select(press=press, options=some):
                found.append(Press(press.path, (*press.args, some[-1].value), press.is_form))
            case _:
                continue
    return [decode(encode(press)) for press in found]


@given(views())
def test_every_press_comes_back_whole(view: View) -> None:
    for page in fit(view, SLACK):
        assert [pressed(action) for action in actions(draw(page, PEN).blocks)] == presses(page)


@given(st.text(alphabet="&<>a|~ ", max_size=8))
def test_a_press_survives_that_slack_escapes_it(word: str) -> None:
    view = View(
        "",
        (
            Buttons((Button("Go", Press("board", (word,))),)),
            Select("Go", Press("board", (word,)), (Option(word, "One"),)),
        ),
    )
    sent = [_escaped(action) for action in actions(draw(view, PEN).blocks)]

    assert [pressed(action) for action in sent] == presses(view)


def _escaped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _escaped(part) for key, part in value.items()}
    return escape(value) if isinstance(value, str) else value


@given(st.text(alphabet="~\uff06&a", max_size=4) | st.text())
def test_every_value_comes_back_and_none_is_empty(value: str) -> None:
    assert carried_value(value)
    assert chosen_value(carried_value(value)) == value


@pytest.mark.parametrize(
    "action",
    [
        {},
        {"type": "button"},
        {"type": "button", "value": None},
        {"type": "static_select", "block_id": "0|board", "selected_option": None},
        {"type": "datepicker", "selected_date": "2026-12-08"},
    ],
)
def test_what_is_no_press_of_ours_is_an_unknown_command(action: dict[str, Any]) -> None:
    assert pressed(action) == Press("")


@given(PRESSES)
def test_a_block_of_another_making_never_fails(press: Press) -> None:
    action = {"type": "static_select", "block_id": encode(press), "selected_option": {"value": "1"}}

    assert pressed(action).args[-1:] == ("1",)


# Forms


def test_each_control_of_a_form_is_read_by_the_name_of_its_field() -> None:
    state = {
        "name": {"field": {"type": "plain_text_input", "value": "Ana & <b>"}},
        "mail~2": {"field": {"type": "email_text_input", "value": None}},
        "kind": {"field": {"type": "radio_buttons", "selected_option": {"value": "a"}}},
        "place~1": {"field": {"type": "external_select", "selected_option": None}},
        "days": {"many": {"type": "checkboxes", "selected_options": [{"value": "1"}, {"value": "~"}]}},
        "more": {"many": {"type": "multi_static_select", "selected_options": []}},
        "sure": {"tick": {"type": "checkboxes", "selected_options": [{"value": "yes"}]}},
        "no": {"tick": {"type": "checkboxes", "selected_options": []}},
        "day": {"field": {"type": "datepicker", "selected_date": "2026-12-08"}},
        "hour": {"field": {"type": "timepicker", "selected_time": None}},
        "minutes": {"field": {"type": "number_input", "value": "20"}},
    }

    assert values({"state": {"values": state}}) == {
        "name": "Ana & <b>", "mail": "", "kind": "a", "place": "", "days": ("1", ""), "more": (), "sure": "yes",
        "no": "", "day": "2026-12-08", "hour": "", "minutes": "20",
    }  # fmt: skip


@pytest.mark.parametrize("view", [{}, {"state": None}, {"state": {"values": {}}}])
def test_a_window_without_fields_has_no_values(view: dict[str, Any]) -> None:
    assert values(view) == {}


# Suggestions


def test_who_asks_for_suggestions_is_a_field() -> None:
    payload = {"type": "block_suggestion", "block_id": "city~3", "action_id": "field", "value": "mani"}

    assert suggested(payload) == ("city", "mani")
    assert suggested({}) == ("", "")


def labels(drawn: dict[str, Any]) -> list[str]:
    return [one["text"]["text"] for one in drawn["options"]]


def test_what_was_typed_can_be_taken_too() -> None:
    found = (Option("Manila", "Manila, Philippines"), Option("Manizales", "Manizales, Colombia"))

    assert labels(options(found, " mani ")) == ["mani", "Manila, Philippines", "Manizales, Colombia"]
    assert labels(options(found, "MANILA")) == ["Manila, Philippines", "Manizales, Colombia"]
    assert labels(options(found, "")) == ["Manila, Philippines", "Manizales, Colombia"]
    assert options((), "mani")["options"][0]["value"] == "mani"


@given(st.lists(st.builds(Option, words(2), words(2), words(2)), max_size=25).map(tuple), words())
def test_slack_takes_every_suggestion(found: tuple[Option, ...], typed: str) -> None:
    assert check_suggestions(options(found, typed)) == []


@pytest.mark.parametrize("text", ["{", "[]", "7", '{"since": "another version"}'])
def test_what_another_version_left_in_a_window_is_no_origin(text: str) -> None:
    assert from_text(text) == Origin()
