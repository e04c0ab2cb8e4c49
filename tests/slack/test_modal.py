"""Forms in Slack: every control within Slack's rules, and nothing that was typed is lost on the way."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.drawing.blocks import Pen
from adapters.slack.drawing.modal import errors, form, said, waiting
from adapters.slack.drawing.state import values
from bot.talk.form import (
    Choice,
    Day,
    Dialog,
    Entry,
    Field,
    Hour,
    Kind,
    Line,
    Lookup,
    Many,
    Number,
    Paragraph,
    Tick,
)
from bot.talk.view import Option
from tests.filled_forms import GO, dialog_of, dialogs, nothing_found
from tests.slack.platform.words import words_of
from tests.slack.taken import inside, take_view
from tests.strategies import words

PEN = Pen(ZoneInfo("Asia/Manila"))


def drawn(*entries: Entry, revision: int = 0, **more: str) -> dict[str, Any]:
    return take_view(form(dialog_of(*entries, **more), PEN, metadata="", revision=revision))


def element_of(field: Field, value: str | tuple[str, ...] = "", options: tuple[Option, ...] = (), *,
               is_required: bool = True) -> dict[str, Any]:  # fmt: skip
    block = drawn(Entry("field", field, value, is_required, "", options))["blocks"][-1]
    assert isinstance(block["element"], dict)
    return block["element"]


def sent(view: dict[str, Any]) -> dict[str, Any]:
    """Return *view* as Slack sends it when nobody changed anything in it."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    state = {block["block_id"]: {block["element"]["action_id"]: _control(block["element"])} for block in inputs}
    return {"state": {"values": state}}


def _control(element: dict[str, Any]) -> dict[str, Any]:
    match element["type"]:
        case "static_select" | "radio_buttons" | "external_select":
            return {"type": element["type"], "selected_option": element.get("initial_option")}
        case "checkboxes" | "multi_static_select":
            return {"type": element["type"], "selected_options": element.get("initial_options", [])}
        case "datepicker":
            return {"type": element["type"], "selected_date": element.get("initial_date")}
        case "timepicker":
            return {"type": element["type"], "selected_time": element.get("initial_time")}
        case _:
            return {"type": element["type"], "value": element.get("initial_value")}


# Properties

DIALOGS = dialogs(longest=3_000, most_options=130)


@given(DIALOGS, st.integers(0, 3))
def test_slack_takes_every_form(dialog: Dialog, revision: int) -> None:
    view = take_view(form(dialog, PEN, metadata="{}", revision=revision))

    assert (view["callback_id"], view["private_metadata"]) == ("form", "{}")


@given(DIALOGS, st.integers(0, 3))
def test_nothing_that_was_typed_is_lost(dialog: Dialog, revision: int) -> None:
    view = form(dialog, PEN, metadata="", revision=revision)
    back, shown = values(sent(view)), letters(words_of(view))

    assert list(back) == [entry.name for entry in dialog.entries]
    for entry in dialog.entries:
        assert _is_kept(entry, back[entry.name], shown), entry


def _is_kept(entry: Entry, back: str | tuple[str, ...], shown: str) -> bool:
    """Tell whether what stood in the field is still in it, as its control has it, or said above it."""
    value = entry.value if isinstance(entry.value, str) else ",".join(entry.value)
    if letters(f"“{value}”") in shown:
        return True
    match entry.field:
        case Tick():
            return back == ("yes" if value.strip() else "")
        case Many() if entry.options:
            pieces = value.split(",") if isinstance(entry.value, str) else entry.value
            said = [letters(word).casefold() for one in entry.options if one.value in back for word in _names(one)]
            return all(letters(piece).casefold() in said or letters(piece) in shown for piece in pieces)
        case Hour():
            return letters(value).zfill(5) == letters(str(back)).zfill(5)
        case Number():
            return letters(value).lstrip("0") == letters(str(back)).lstrip("0")
        case Choice() if meant := next((one for one in entry.options if one.value == back), None):
            said = [letters(word).casefold() for word in _names(meant)]
            return letters(value).casefold() in said
        case _:
            return letters(value) == letters(str(back))


def _names(option: Option) -> tuple[str, str]:
    return option.value, option.label


def letters(text: str) -> str:
    return "".join(text.split())


@given(DIALOGS)
def test_every_word_of_a_form_is_on_the_screen(dialog: Dialog) -> None:
    parts = inside(form(dialog, PEN, metadata=""))
    shown = letters("".join(part["text"] for part in parts if isinstance(part.get("text"), str)))
    wanted = [dialog.title, dialog.intro, dialog.error]
    wanted += [word for entry in dialog.entries for word in (entry.field.label, entry.field.hint, entry.error)]
    wanted += [word for entry in dialog.entries for option in entry.options for word in (option.label, option.hint)]

    assert [word for word in wanted if letters(word) not in shown] == []


# Each kind of field


def test_text_is_typed_into_boxes() -> None:
    assert element_of(Line("Name", limit=40), "Ana") == {
        "type": "plain_text_input", "action_id": "field", "multiline": False, "max_length": 40, "initial_value": "Ana",
    }  # fmt: skip
    assert element_of(Paragraph("Note"), "a\nb")["multiline"] is True


def test_words_that_are_too_long_are_not_cut() -> None:
    element = element_of(Line("Name", limit=10), "a name of more than ten")

    assert (element["initial_value"], element["max_length"]) == ("a name of more than ten", 23)


@pytest.mark.parametrize(
    ("value", "kind"),
    [("", "email_text_input"), ("maria@example.org", "email_text_input"), ("maria at example", "plain_text_input")],
)
def test_what_is_no_address_yet_can_still_be_mended(value: str, kind: str) -> None:
    assert element_of(Line("E-mail", kind=Kind.EMAIL), value)["type"] == kind


def test_a_link_may_be_typed_without_its_beginning() -> None:
    assert element_of(Line("Page", kind=Kind.LINK), "example.org")["type"] == "plain_text_input"


TWO = (Option("a", "Apple", "a fruit"), Option("b", "Bean"))


def test_a_few_options_stand_side_by_side() -> None:
    element = element_of(Choice("Which?", ()), "b", TWO)

    assert element["type"] == "radio_buttons"
    assert element["initial_option"]["value"] == "b"
    assert element["options"][0]["description"]["text"] == "a fruit"


def test_a_choice_may_be_left_open_again() -> None:
    element = element_of(Choice("Which?", ()), "b", TWO, is_required=False)

    assert element["type"] == "static_select"
    assert [one["text"]["text"] for one in element["options"]] == ["Apple", "Bean", "Leave it open"]


def test_many_options_are_a_menu_and_very_many_come_in_groups() -> None:
    some = tuple(Option(f"v{i}", f"Option {i}") for i in range(101))

    assert element_of(Choice("Which?", ()), "", some[:6])["type"] == "static_select"
    groups = element_of(Choice("Which?", ()), "v100", some)["option_groups"]
    assert [(group["label"]["text"], len(group["options"])) for group in groups] == [
        ("1 to 100", 100),
        ("101 to 101", 1),
    ]


def test_a_long_hint_is_said_above_its_field() -> None:
    view = drawn(Entry("which", Choice("Which?", ()), "", True, "", (Option("a", "Apple", "a fruit " * 20),)))

    assert words_of(view["blocks"][:1]) == "Apple: " + ("a fruit " * 20).strip()


def test_a_choice_that_is_not_there_is_said() -> None:
    view = drawn(Entry("how", Choice("How", ()), "by <pigeon>", True, "Choose one of these.", TWO))

    assert "How: Choose one of these.\nYou wrote “by <pigeon>”." in words_of(view)


def test_where_there_is_nothing_to_choose_people_can_still_write() -> None:
    assert element_of(Choice("Which?", ()), "x")["type"] == "plain_text_input"


def test_several_can_be_ticked() -> None:
    element = element_of(Many("Days", ()), ("a", "b"), TWO)
    menu = element_of(Many("Days", ()), "v3,v4", tuple(Option(f"v{i}", f"Option {i}") for i in range(11)))

    assert (element["type"], element["initial_options"]) == ("checkboxes", element["options"])
    assert (menu["type"], [one["value"] for one in menu["initial_options"]]) == ("multi_static_select", ["v3", "v4"])


def test_a_lookup_asks_for_suggestions_from_the_first_letter() -> None:
    element = element_of(Lookup("City", nothing_found), "Manila")

    assert (element["type"], element["min_query_length"]) == ("external_select", 1)
    assert element["initial_option"]["value"] == "Manila"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("", "datepicker"),
        ("2026-12-08", "datepicker"),
        ("2026-02-31", "plain_text_input"),
        ("Tuesday", "plain_text_input"),
    ],
)
def test_a_day_that_no_calendar_shows_stays_in_the_field(value: str, kind: str) -> None:
    element = element_of(Day("Day"), value)

    assert element["type"] == kind
    assert value in {element.get("initial_date", ""), element.get("initial_value", "")}


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        ("", "timepicker", None),
        ("9:00", "timepicker", "09:00"),
        ("14:30", "timepicker", "14:30"),
        ("7 pm", "plain_text_input", "7 pm"),
        ("25:00", "plain_text_input", "25:00"),
    ],
)
def test_an_hour_that_no_clock_shows_stays_in_the_field(value: str, kind: str, shown: str | None) -> None:
    element = element_of(Hour("Hour"), value)

    assert (element["type"], element.get("initial_time", element.get("initial_value"))) == (kind, shown)


def test_a_number_knows_its_bounds_and_says_them() -> None:
    block = drawn(Entry("n", Number("Minutes", 15, 60, "Ask for little."), "20"))["blocks"][0]

    assert (block["element"]["type"], block["element"]["initial_value"]) == ("number_input", "20")
    assert (block["element"]["min_value"], block["element"]["max_value"]) == ("15", "60")
    assert block["hint"]["text"] == "Ask for little. (from 15 to 60)"


@pytest.mark.parametrize("value", ["twenty", "90", "1.5", "-1"])
def test_a_number_that_does_not_fit_stays_in_the_field(value: str) -> None:
    element = element_of(Number("Minutes", 15, 60), value)

    assert (element["type"], element["initial_value"]) == ("plain_text_input", value)


def test_a_box_need_never_be_ticked() -> None:
    block = drawn(Entry("sure", Tick("They know your name"), "", True))["blocks"][0]

    assert block["optional"] is True
    assert "initial_options" not in block["element"]


# The form around them


def test_an_error_is_said_in_words_above_its_field() -> None:
    view = drawn(
        Entry("name", Line("Name"), "x", True, "Too short."), Entry("place", Line("Place")), intro="About them."
    )

    assert [words_of([block]).split("\n")[0] for block in view["blocks"]] == [
        "About them.", "Name: Too short.", "Name", "Place",
    ]  # fmt: skip
    assert "One more look, please. What you typed is still here." in words_of(view)


def test_an_error_after_a_question_takes_no_colon() -> None:
    view = drawn(Entry("who", Line("Whom do you want to talk to?"), "x", True, "Too short."))

    assert words_of(view["blocks"][:2]).endswith("Whom do you want to talk to? Too short.")


def test_an_error_of_the_whole_form_is_said_on_top() -> None:
    view = drawn(Entry("name", Line("Name")), error="Somebody was faster.")

    assert words_of(view["blocks"][:1]) == "One more look, please. Somebody was faster."


def test_errors_stand_beside_their_fields() -> None:
    dialog = dialog_of(Entry("name", Line("Name"), "x", True, "Too short."), Entry("place", Line("Place")))

    assert errors(dialog, 0) == {"name": "Too short."}
    assert errors(dialog, 2) == {"name~2": "Too short."}


def test_a_changed_value_comes_in_a_new_block() -> None:
    entry = Entry("name", Line("Name"), "Ana")

    assert [drawn(entry, revision=n)["blocks"][0]["block_id"] for n in (0, 1, 2)] == ["name", "name~1", "name~2"]


def test_a_long_title_is_said_whole_inside() -> None:
    view = take_view(form(Dialog("Put a step off until a day", "Save", GO, ()), PEN, metadata=""))

    assert view["title"]["text"] == "Put a step off until a…"
    assert words_of(view["blocks"]) == "Put a step off until a day"


def test_a_form_that_is_required_says_so_to_slack() -> None:
    view = drawn(Entry("name", Line("Name")), Entry("place", Line("Place"), is_required=False))

    assert [block["optional"] for block in view["blocks"]] == [False, True]


def test_a_day_can_be_changed_back_and_forth() -> None:
    view = drawn(Entry("day", Day("Day"), date(2026, 12, 8).isoformat()))

    assert values(sent(view)) == {"day": "2026-12-08"}


# Other windows


def test_a_window_that_waits_is_calm() -> None:
    view = take_view(waiting())

    assert (view["callback_id"], view["title"]["text"]) == ("waiting", "One moment")
    assert "submit" not in view
    assert take_view(waiting("x" * 40))["title"]["text"] == "x" * 23 + "…"


@given(words())
def test_a_window_can_say_one_thing(sentence: str) -> None:
    view = take_view(said(sentence))

    assert letters(sentence) in letters(words_of(view))
    assert view["close"]["text"] == "Close"
