"""Forms in Discord: every control within Discord's rules, and nothing that was typed is lost on the way."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.drawing.fields import control_of
from adapters.discord.drawing.forms import form, opened
from adapters.discord.drawing.pen import Pen
from adapters.discord.drawing.state import values
from bot.talk.form import (
    Choice,
    Day,
    Dialog,
    Entry,
    Field,
    Hour,
    Line,
    Many,
    Number,
    Paragraph,
    Tick,
    Values,
)
from bot.talk.view import Option
from tests.discord.platform.parts import LABEL, TEXT, each
from tests.discord.reader import read
from tests.discord.taken import take_modal, texts
from tests.filled_forms import GO, dialog_of, dialogs

PEN = Pen(ZoneInfo("Asia/Manila"))

Json = dict[str, Any]


def pages_of(*entries: Entry, **more: str) -> list[Json]:
    return [take_modal(modal) for modal in form(dialog_of(*entries, **more), PEN)]


def drawn(*entries: Entry, **more: str) -> list[Json]:
    """Return the parts of a form that is one modal."""
    (modal,) = pages_of(*entries, **more)
    parts = modal["components"]
    assert isinstance(parts, list)
    return parts


def label_of(
    field: Field, value: str | tuple[str, ...] = "", options: tuple[Option, ...] = (), *, is_required: bool = True,
    error: str = "",
) -> Json:  # fmt: skip
    part: Json = drawn(Entry("field", field, value, is_required, error, options))[-1]
    return part


def control(
    field: Field, value: str | tuple[str, ...] = "", options: tuple[Option, ...] = (), *, is_required: bool = True
) -> Json:
    found: Json = label_of(field, value, options, is_required=is_required)["component"]
    return found


def sent(modal: Json) -> Json:
    """Return *modal* as Discord sends it when nobody changed anything in it."""
    return {"custom_id": modal["custom_id"], "components": [_sent(part) for part in modal["components"]]}


def _sent(part: Json) -> Json:
    if part["type"] == TEXT:
        return {"type": TEXT, "id": 1}
    own = part["component"]
    back = {"type": own["type"], "custom_id": own["custom_id"], "id": 3}
    match own["type"]:
        case 4:
            answer: Json = {"value": own.get("value", "")}
        case 21:
            answer = {"value": next(iter(_chosen(own)), None)}
        case 23:
            answer = {"value": own["default"]}
        case _:
            answer = {"values": _chosen(own)}
    return {"type": LABEL, "id": 2, "component": back | answer}


def _chosen(control: Json) -> list[str]:
    return [option["value"] for option in control["options"] if option["default"]]


# Properties

DIALOGS = dialogs(longest=5_000, most_options=40)


@given(DIALOGS, st.sampled_from(("", str(2**64 - 1))))
def test_discord_takes_every_form_and_knows_it_again(dialog: Dialog, place: str) -> None:
    for page, modal in enumerate(form(dialog, Pen(PEN.zone, place=place))):
        again = opened(take_modal(modal)["custom_id"])

        assert (again.path, again.known, again.place) == ("refer", dict(dialog.known), place)
        assert again.page == page


@given(DIALOGS)
def test_nothing_that_was_typed_is_lost(dialog: Dialog) -> None:
    pages = [take_modal(modal) for modal in form(dialog, PEN)]
    back: Values = {}
    for page in pages:
        back |= values(sent(page))
    shown = letters("".join(said(pages)))

    assert list(back) == [entry.name for entry in dialog.entries]
    for entry in dialog.entries:
        assert _is_kept(entry, back[entry.name], shown), entry


def said(pages: list[Json]) -> list[str]:
    found: list[str] = []
    for page in pages:
        found += [page["title"], *(read(text).text for text in texts(page["components"]))]
        for part in each(page["components"]):
            found += [str(part.get(name) or "") for name in ("label", "description", "placeholder")]
            for option in part.get("options", ()):
                found += [option["label"], option.get("description") or ""]
    return found


def _is_kept(entry: Entry, back: str | tuple[str, ...], shown: str) -> bool:
    """Tell whether what stood in the field is still in it, as its control has it, or said beside it."""
    value = entry.value if isinstance(entry.value, str) else ",".join(entry.value)
    match entry.field:
        case Tick():
            return back == ("yes" if value.strip() else "")
        case Many() if isinstance(back, tuple):
            pieces = value.split(",") if isinstance(entry.value, str) else entry.value
            return all(piece in back or letters(piece) in shown for piece in pieces)
        case _:
            own, kept, seen = (letters(text).replace(",", "") for text in (value, str(back), shown))
            return own in {kept, ""} or own in seen or (own.startswith(kept) and own[len(kept) :] in seen)


def letters(text: str) -> str:
    return "".join(text.split())


@given(DIALOGS)
def test_every_word_of_a_form_is_on_the_screen(dialog: Dialog) -> None:
    shown = letters("".join(said([take_modal(modal) for modal in form(dialog, PEN)])))
    wanted = [dialog.title, dialog.intro, dialog.error]
    wanted += [word for entry in dialog.entries for word in (entry.field.label, entry.field.hint, entry.error)]
    wanted += [word for entry in dialog.entries for option in entry.options for word in (option.label, option.hint)]

    assert [word for word in wanted if letters(word) not in shown] == []


@given(DIALOGS)
def test_what_is_said_in_a_form_is_never_markup(dialog: Dialog) -> None:
    for modal in form(dialog, PEN):
        assert {kind for text in texts(take_modal(modal)["components"]) for kind in read(text).kinds} <= {"bold"}


async def test_discord_py_keeps_nothing_of_a_form_in_memory() -> None:
    (modal,) = form(dialog_of(Entry("name", Line("Name"))), PEN)

    assert modal.is_finished()


# Each kind of field


def test_text_is_typed_into_boxes() -> None:
    assert control(Line("Name", "such as Ana", limit=40)) == {
        "type": 4, "custom_id": "field", "style": 1, "required": True, "max_length": 40, "placeholder": "such as Ana",
        "label": None,
    }  # fmt: skip
    assert control(Paragraph("Note"), "a\nb")["style"] == 2
    assert control(Paragraph("Note"), "a\nb")["value"] == "a\nb"


def test_a_hint_is_said_below_the_label_where_something_stands_in_the_box() -> None:
    label = label_of(Line("Name", "such as Ana"), "Ben")

    assert label["description"] == "such as Ana"
    assert "placeholder" not in label["component"]


def test_words_that_are_too_long_are_not_cut() -> None:
    box = control(Line("Name", limit=10), "a name of more than ten")

    assert (box["value"], box["max_length"]) == ("a name of more than ten", 23)


def test_words_that_no_box_of_discord_takes_are_said() -> None:
    text, label = drawn(Entry("note", Paragraph("Note"), "word " * 799 + "last. The very end."))

    assert label["component"]["value"].endswith("word last.")
    assert "“The very end.”" in text["content"]


TWO = (Option("a", "Apple", "a *fruit*"), Option("b", "Bean"))
ELEVEN = tuple(Option(f"v{i}", f"Option {i}") for i in range(11))


def test_a_few_options_stand_one_below_the_other() -> None:
    radios = control(Choice("Which?", ()), "b", TWO)

    assert radios["type"] == 21
    assert [one["default"] for one in radios["options"]] == [False, True]
    assert radios["options"][0]["description"] == "a *fruit*"


def test_a_choice_may_be_left_open_again() -> None:
    radios = control(Choice("Which?", ()), "b", TWO, is_required=False)

    assert [one["label"] for one in radios["options"]] == ["Apple", "Bean", "Leave it open"]
    assert radios["required"] is False


@pytest.mark.parametrize("options", [TWO[:1], ELEVEN])
def test_one_option_or_many_are_a_menu(options: tuple[Option, ...]) -> None:
    menu = control(Choice("Which?", ()), options[0].value, options)

    assert (menu["type"], menu["options"][0]["default"], len(menu["options"])) == (3, True, len(options))


def test_more_options_than_a_menu_takes_are_written() -> None:
    many = tuple(Option(f"v{i}", f"Option {i}") for i in range(26))
    text, label = drawn(Entry("which", Choice("Which?", (), "The nearest."), "Option 3", True, "", many))

    assert label["component"]["placeholder"].startswith("Write one of these: Option 0, Option 1")
    assert (label["description"], label["component"]["value"]) == ("The nearest.", "Option 3")
    assert "Option 25" in text["content"]


def test_twenty_five_options_leave_no_room_for_none() -> None:
    some = tuple(Option(f"v{i}", f"Option {i}") for i in range(25))

    assert len(control(Choice("Which?", ()), "", some, is_required=False)["options"]) == 25


def test_a_long_hint_is_said_above_the_fields() -> None:
    text, _label = drawn(
        Entry("which", Choice("Which?", ()), "", True, "", (Option("a", "Apple", "a fruit " * 20), TWO[1]))
    )

    assert read(text["content"]).text == "Which?: Apple: " + ("a fruit " * 20).strip()
    assert read(text["content"]).kinds == {"bold"}


def test_a_choice_that_is_not_there_is_said() -> None:
    text, label = drawn(Entry("how", Choice("How", ()), "by <@1>", True, "Choose one of these.", TWO))

    assert read(text["content"]).text == "How: You wrote “by <@1>”."
    assert label["description"] == "Choose one of these."


def test_where_there_is_nothing_to_choose_people_can_still_write() -> None:
    assert control(Choice("Which?", ()), "x")["type"] == 4


def test_several_can_be_ticked() -> None:
    boxes = control(Many("Days", ()), ("a", "Bean"), TWO)
    menu = control(Many("Days", ()), "v3,v4", ELEVEN, is_required=False)

    assert (boxes["type"], [one["default"] for one in boxes["options"]]) == (22, [True, True])
    assert (boxes["min_values"], boxes["max_values"]) == (1, 2)
    assert (menu["type"], menu["min_values"], menu["max_values"]) == (3, 0, 11)
    assert [one["value"] for one in menu["options"] if one["default"]] == ["v3", "v4"]


def test_a_day_an_hour_and_a_number_are_written_in_words() -> None:
    assert control(Day("Day", "such as tomorrow"))["placeholder"] == "such as tomorrow"
    assert control(Hour("Hour"), "7 pm")["value"] == "7 pm"
    assert control(Number("Minutes", 15, 60, "Ask for little."))["placeholder"] == "Ask for little. (from 15 to 60)"


def test_a_box_need_never_be_ticked() -> None:
    label = label_of(Tick("They know your name", "Only if they said so"), "yes")

    assert label["component"] == {"type": 23, "custom_id": "field", "default": True}
    assert label["description"] == "Only if they said so"


# The form around them


def test_an_error_stands_below_its_label() -> None:
    label = label_of(Line("Name", "such as Ana"), "x", error="Too short.")

    assert label["description"] == "Too short. such as Ana"


def test_an_error_that_is_too_long_for_that_is_said_above() -> None:
    text, label = drawn(Entry("name", Line("Name", "such as Ana"), "x", True, "Too short. " * 10))

    assert read(text["content"]).text == "Name: " + ("Too short. " * 10).strip()
    assert label["description"] == "such as Ana"


def test_what_is_wrong_with_the_whole_form_is_said_on_top() -> None:
    text, _label = drawn(Entry("name", Line("Name")), intro="About *them*.", error="Somebody was faster.")

    assert text["content"] == "About \\*them\\*.\n**One more look, please.** Somebody was faster."


FIVE = tuple(Entry(f"name_{i}", Line(f"Name {i}", "such as Ana")) for i in range(5))


def test_five_fields_and_a_short_intro_are_one_form() -> None:
    parts = drawn(*FIVE, intro="x" * 97)

    assert [part["type"] for part in parts] == [LABEL] * 5
    assert parts[0]["description"] == "x" * 97


def test_five_fields_and_a_long_intro_are_two_forms() -> None:
    first, second = pages_of(*FIVE, intro="x" * 101)

    assert [part["type"] for part in first["components"]] == [TEXT, *[LABEL] * 4]
    assert [part["label"] for part in second["components"]] == ["Name 4"]
    assert [first["title"], second["title"]] == ["Share a contact (1 of 2)", "Share a contact (2 of 2)"]


def test_a_form_without_fields_can_still_be_sent() -> None:
    (text,) = drawn()

    assert text["content"] == "There is nothing to fill in here. Submit it, and I go on."


def test_a_long_title_is_said_whole_inside() -> None:
    long = "Tell me what you would like to know about the work"
    (modal,) = form(Dialog(long, "Save", GO, ()), PEN)

    assert take_modal(modal)["title"] == "Tell me what you would like to know about…"
    assert texts(take_modal(modal)["components"]) == [long]


def test_a_title_that_is_too_long_beside_the_count_of_modals_is_said_whole_inside() -> None:
    long = "Share somebody from harbour engineering now"
    first, second = form(replace(dialog_of(*FIVE, intro="x" * 101), title=long), PEN)

    assert take_modal(first)["title"] == "Share somebody from harbour… (1 of 2)"
    assert take_modal(second)["title"] == "Share somebody from harbour… (2 of 2)"
    assert long in texts(take_modal(first)["components"])[0]


def test_a_required_field_says_so_to_discord() -> None:
    parts = drawn(Entry("name", Line("Name")), Entry("place", Line("Place"), is_required=False))

    assert [part["component"]["required"] for part in parts] == [True, False]


# What comes back


def test_each_control_of_a_form_is_read_by_the_name_of_its_field() -> None:
    controls = [
        {"type": 4, "custom_id": "name", "value": "Ana & <b>"},
        {"type": 4, "custom_id": "mail", "value": ""},
        {"type": 21, "custom_id": "kind", "value": "a"},
        {"type": 21, "custom_id": "none", "value": None},
        {"type": 3, "custom_id": "place", "values": ["m~~0"]},
        {"type": 3, "custom_id": "nowhere", "values": []},
        {"type": 22, "custom_id": "days[]", "values": ["1", "~0"]},
        {"type": 3, "custom_id": "more[]", "values": ["1"]},
        {"type": 23, "custom_id": "sure", "value": True},
        {"type": 23, "custom_id": "no", "value": False},
    ]
    old = {"type": 1, "components": [{"type": 4, "custom_id": "old", "value": "x"}]}
    parts = [{"type": TEXT, "id": 9}, *({"type": LABEL, "component": one} for one in controls), old]

    assert values({"components": parts}) == {
        "name": "Ana & <b>", "mail": "", "kind": "a", "none": "", "place": "m~", "nowhere": "", "days": ("1", ""),
        "more": ("1",), "sure": "yes", "no": "", "old": "x",
    }  # fmt: skip


@pytest.mark.parametrize("data", [{}, {"components": None}, {"components": [{"type": 10}]}])
def test_a_form_without_fields_has_no_values(data: Json) -> None:
    assert values(data) == {}


def test_a_modal_of_another_making_is_an_unknown_command() -> None:
    assert (opened("of another bot").path, opened("").known) == ("", {})


def test_an_answer_that_was_chosen_can_be_read_again() -> None:
    entry = Entry("field", Choice("Which?", ()), "b", True, "", TWO)

    assert control_of(entry).beside == ()
    assert values(sent(pages_of(entry)[0])) == {"field": "b"}
