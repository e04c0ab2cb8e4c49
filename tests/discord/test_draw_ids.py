"""What is pressed says itself what it calls: no id is longer than Discord takes, and each comes back whole."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.drawing.ids import MOST, from_id, number_of, to_id
from adapters.discord.drawing.options import carried_values, chosen_value, may_be_chosen
from adapters.discord.drawing.state import pressed
from bot.talk.fit import fit
from bot.talk.limits import DISCORD
from bot.talk.press import decode, encode
from bot.talk.view import Buttons, Card, Option, Press, Select, View
from tests.discord.taken import pressable, take
from tests.discord.test_draw import DIRECT
from tests.strategies import PRESSES, views

PLACES = st.just("") | st.integers(1, 2**64 - 1).map(str)


@given(PRESSES, PLACES, st.integers(0, 63))
def test_a_press_and_its_server_come_back_whole(press: Press, place: str, n: int) -> None:
    name = to_id(press, place, n)

    assert from_id(name) == (decode(encode(press)), place)
    assert number_of(name) == n


def test_the_longest_press_fits_beside_the_longest_server() -> None:
    longest = Press("go", ("x" * (MOST - 3),))

    assert len(encode(longest)) == MOST
    assert len(to_id(longest, str(2**64 - 1), 63)) == 100


def test_the_longest_press_that_a_command_makes_fits() -> None:
    snowflake = str(2**64 - 1)
    press = Press("refer repost", ("99999999", "discord", snowflake, snowflake, "006a1892"))

    assert len(encode(press)) <= DISCORD.press


@given(st.text())
def test_an_id_of_another_making_never_fails(name: str) -> None:
    press, place = from_id(name)

    assert isinstance(press, Press)
    assert place == "" or place.isdigit()
    assert 0 <= number_of(name) < 64


def presses(page: View) -> list[Press]:
    found: list[Press] = []
    for element in page.body:
        match element:
            case Buttons(buttons) | Card(buttons=buttons):
                found += [button.press for button in buttons]
            case Select(_, press, options):
                found.append(Press(press.path, (*press.args, options[-1].value), press.is_form))
            case _:
                continue
    return [decode(encode(press)) for press in found]


@given(views())
def test_every_press_of_a_message_comes_back_whole(view: View) -> None:
    for page in fit(view, DISCORD):
        sent = [pressed(data) for data in pressable(take(page, DIRECT))]

        assert [press for press, _place in sent] == presses(page)
        assert all(place == DIRECT.place for _press, place in sent)


@given(st.lists(st.text(alphabet="~01a ", max_size=3) | st.text(max_size=DISCORD.option_value), max_size=25))
def test_every_value_comes_back_and_none_is_empty_or_there_twice(values: list[str]) -> None:
    options = [Option(value, "x") for value in values]
    carried = carried_values(options)

    assert [chosen_value(value) for value in carried] == values
    assert len(set(carried)) == len(values)
    assert all(carried)
    assert may_be_chosen(options)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"custom_id": None},
        {"custom_id": "of another bot"},
        {"custom_id": "0.board", "values": []},
        {"values": ["1"]},
    ],
)
def test_what_is_no_press_of_ours_is_an_unknown_command(data: dict[str, Any]) -> None:
    press, place = pressed(data)

    assert (press.path, place) == ("", "")
