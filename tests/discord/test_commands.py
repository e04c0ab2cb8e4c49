"""Holds what Discord is told of the commands against its limits, and reads back what people call."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from gettext import NullTranslations
from pathlib import Path
from typing import Annotated, Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

import bot.commands
from adapters.discord.commands import FOR_ORGANISERS, NAME, called, chosen, commands, typing
from adapters.discord.naming import languages, may_be_typed
from bot.desk.arguments import typed_values
from bot.desk.command import Command, Role, Topic, command
from bot.desk.context import Context
from bot.desk.registry import Registry, registry_of
from bot.talk import words as spoken
from bot.talk.form import Choice, Day, Hour, Key, Line, Lookup, Many, Number, Paragraph, Tick
from bot.talk.view import Option, Press, View
from tests.discord.platform import schemas
from tests.discord.platform.command_limits import of_commands

REGISTRY = registry_of(bot.commands)
MADE = commands(REGISTRY)
PUT = "PUT /applications/{application_id}/commands"
MEMBERS = Role.MEMBER


class Sort(StrEnum):
    FIRST = "first"
    LAST = "last"


SORTS = (Option(Sort.FIRST, "The first"), Option(Sort.LAST, "The last"), Option("", "Either"))
MANY = tuple(Option(f"v{n}", f"Number {n}") for n in range(26))


async def _suggest(_ctx: Any, _typed: str) -> tuple[Option, ...]:
    return ()


async def _found(_ctx: Any) -> tuple[Option, ...]:
    return ()


def _made(path: str, summary: str = "Do it", *, role: Role = MEMBERS, **more: Any) -> Command[Any]:
    @command(path, summary, topic=Topic.BEGIN, role=role, **more)
    async def run(ctx: Context) -> View:
        return View("Done")

    return run


@command("text", "Ask for words", topic=Topic.BEGIN)
async def text_fields(
    ctx: Context,
    number: Annotated[int, Key()],
    name: Annotated[str, Line("Their name", "As they write it", limit=40)],
    note: Annotated[str, Paragraph("A note", limit=500)] = "",
    field: Annotated[str, Lookup("Which field?", _suggest, "Nursing", limit=60)] = "",
    day: Annotated[Any, Day("On which day?")] = None,
    hour: Annotated[Any, Hour("At what time?")] = None,
) -> View:
    """Every field that is text on Discord."""
    return View("Done")


@command("other", "Ask the rest", topic=Topic.BEGIN)
async def other_fields(
    ctx: Context,
    sort: Annotated[Sort, Choice("Which one?", SORTS)],
    long: Annotated[str, Choice("Which of many?", MANY)],
    some: Annotated[tuple[str, ...], Many("Which of these?", _found)] = (),
    minutes: Annotated[int, Number("How long?", 0, 90)] = 20,
    is_sure: Annotated[bool, Tick("Sure?")] = False,
) -> View:
    """Every field that is not."""
    return View("Done")


def _registry(*found: Command[Any]) -> Registry:
    return Registry({one.path: one for one in found}, {})


KINDS = _registry(text_fields, other_fields)


def _below(parts: Sequence[dict[str, Any]], *names: str) -> dict[str, Any]:
    """Return the part that the way of *names* leads to."""
    (found,) = [part for part in parts if part["name"] == names[0]]
    return _below(found["options"], *names[1:]) if names[1:] else found


# What Discord is told


def test_discord_takes_all_commands_as_they_are() -> None:
    assert schemas.problems(PUT, MADE) == {}
    assert of_commands(MADE, is_global=True) == {}


def test_every_command_that_can_be_typed_is_there_once() -> None:
    slash = [(one["name"], *way) for one in MADE if one["type"] == 1 for way in _ways(one)]

    own = {role: NAME if role is MEMBERS else FOR_ORGANISERS for role in Role}
    assert sorted(slash) == sorted((own[listed.role], *listed.path.split()) for listed in REGISTRY.listed)


def _ways(part: dict[str, Any]) -> list[tuple[str, ...]]:
    below = [option for option in part["options"] if option["type"] in {1, 2}]
    found = [(option["name"], *way) for option in below for way in (_ways(option) if option["type"] == 2 else [()])]
    return [tuple(way) for way in found]


def test_commands_of_two_words_stand_in_a_group() -> None:
    assert _below(MADE, NAME, "question")["type"] == 2
    assert _below(MADE, NAME, "question", "add")["type"] == 1
    assert _below(MADE, NAME, "forget", "me")["description"]


def test_members_call_from_a_server_or_to_the_bot_and_organisers_in_their_server() -> None:
    mine, theirs = _below(MADE, NAME), _below(MADE, FOR_ORGANISERS)

    assert (mine["contexts"], theirs["contexts"]) == ([0, 1], [0])
    assert "default_member_permissions" not in mine
    assert theirs["default_member_permissions"] == 1 << 5  # Manage Server
    assert {(*one["integration_types"], one["nsfw"]) for one in MADE} == {(0, False)}


def test_a_group_without_commands_for_organisers_needs_none() -> None:
    assert [one["name"] for one in commands(_registry(_made("home")))] == [NAME]


def test_a_command_from_a_messages_menu_has_its_label_and_no_description() -> None:
    (menu,) = [one for one in MADE if one["type"] == 3]

    assert menu["name"] == "Save as contact"
    assert "description" not in menu


def test_a_shortcut_that_reads_no_message_is_no_command_of_its_own() -> None:
    assert [one["name"] for one in commands(_registry(_made("home"), _made("new", shortcut="Anywhere")))][1:] == []


@pytest.mark.parametrize(
    ("way", "told"),
    [
        (("text", "name"), {"type": 3, "max_length": 40, "description": "Their name: As they write it"}),
        (("text", "note"), {"type": 3, "max_length": 500, "description": "A note"}),
        (("text", "field"), {"type": 3, "max_length": 60, "autocomplete": True, "description": "Which field? Nursing"}),
        (("text", "day"), {"type": 3}),
        (("text", "hour"), {"type": 3}),
        (("other", "long"), {"type": 3}),
        (("other", "some"), {"type": 3}),
        (("other", "minutes"), {"type": 4, "min_value": 0, "max_value": 90}),
        (("other", "is_sure"), {"type": 5}),
    ],
)
def test_a_field_becomes_the_option_that_fits_it(way: tuple[str, str], told: dict[str, Any]) -> None:
    option = _below(commands(KINDS), NAME, *way)

    assert {field: option[field] for field in told} == told
    assert not {"choices", "required"} & option.keys()


def test_a_few_fixed_answers_become_choices_and_the_empty_one_is_left_out() -> None:
    option = _below(commands(KINDS), NAME, "other", "sort")

    assert option["choices"] == [{"name": "The first", "value": "first"}, {"name": "The last", "value": "last"}]


def test_what_only_a_button_carries_is_no_option() -> None:
    assert "number" not in [option["name"] for option in _below(commands(KINDS), NAME, "text")["options"]]


def test_a_hint_that_does_not_fit_is_left_to_the_form() -> None:
    async def run(ctx: Context, name: Annotated[str, Line("Their name", "x" * 90)]) -> View:
        return View("Done")

    made = commands(_registry(command("add", "Add", topic=Topic.BEGIN)(run)))

    assert _below(made, NAME, "add", "name")["description"] == "Their name"


# What Discord would refuse


@pytest.mark.parametrize(
    ("listed", "why"),
    [
        ([_made(f"c{n}") for n in range(26)], "has 26 parts; Discord takes 25"),
        ([_made(f"more c{n}") for n in range(26)], "has 26 parts; Discord takes 25"),
        ([_made("plan"), _made("plan new")], "two parts of one name"),
        ([_made("a b c")], "'a b' .* is no name"),
        ([_made("Plan")], "'Plan' .* is no name"),
        ([_made("what?")], "is no name"),
        ([_made("x" * 33)], "is no name"),
        ([_made("plan", "x" * 101)], "has 101 characters; Discord takes 1 to 100"),
        ([_made("plan", "")], "has 0 characters"),
        ([_made(f"g{n // 25} c{n}", "x" * 100) for n in range(100)], "characters in all; Discord takes 8,000"),
        (
            [_made(f"c{n}", shortcut=f"Do {n}", from_message=lambda _: ()) for n in range(16)],
            "has 16 parts; Discord takes 15",
        ),
    ],
)
def test_what_discord_would_refuse_is_said_in_a_sentence(listed: list[Command[Any]], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        commands(_registry(*listed))


@pytest.mark.parametrize("name", ["plan", "is_new", "x-y", "añadir", "質問", "प्रश्न", "ถาม", "o'clock", "x" * 32])
def test_names_may_be_words_of_any_language(name: str) -> None:
    assert may_be_typed(name)


@pytest.mark.parametrize("name", ["", "x" * 33, "Plan", "two words", "a/b", "a.b", "🙂", "e\u0301"])
def test_other_signs_are_in_no_name(name: str) -> None:
    assert not may_be_typed(name)


# Other languages


ES = {
    ("command", "home"): "inicio",
    ("command", "words"): "palabras",
    (None, "See where things stand"): "Mira cómo va todo",
    (None, "Save as contact"): "Guardar contacto",
    (None, "Organisation"): "Organización",
    (None, "Words to look for"): "Palabras que buscas",
}


@pytest.fixture
def in_spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let there be a Spanish catalogue besides English."""
    catalog = Catalog(locale="es")
    for (context, message), said in ES.items():
        catalog.add(message, said, context=context)
    path = tmp_path / "es" / "LC_MESSAGES" / f"{spoken.DOMAIN}.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalog)
    monkeypatch.setattr(spoken, "LOCALES", tmp_path)
    spoken.catalogue.cache_clear()
    yield
    spoken.catalogue.cache_clear()


def test_there_is_only_english_today() -> None:
    assert languages() == {}
    assert "localizations" not in str(MADE)


@pytest.mark.usefixtures("in_spanish")
def test_a_catalogue_that_is_there_is_told_under_discords_names_of_the_language() -> None:
    made = commands(REGISTRY)

    home = _below(made, NAME, "home")
    for field, said in {"name": "inicio", "description": "Mira cómo va todo"}.items():
        assert home[f"{field}_localizations"] == {"es-ES": said, "es-419": said}
    assert (home["name"], home["description"]) == ("home", "See where things stand")
    words = _below(made, NAME, "board", "words")
    assert words["name_localizations"]["es-ES"] == "palabras"
    assert words["description_localizations"]["es-ES"].startswith("Palabras que buscas: ")
    by = _below(made, NAME, "board", "by")
    assert [choice.get("name_localizations", {}).get("es-ES") for choice in by["choices"]][1] == "Organización"
    assert _below(made, "Save as contact")["name_localizations"]["es-419"] == "Guardar contacto"
    assert schemas.problems(PUT, made) == {}
    assert of_commands(made, is_global=True) == {}


@pytest.mark.usefixtures("in_spanish")
def test_what_a_catalogue_does_not_say_stays_english() -> None:
    check = _below(commands(REGISTRY), NAME, "check")

    assert not {"name_localizations", "description_localizations"} & check.keys()


class Loud(NullTranslations):
    """Says everything as *said*, longer than English or not as a name."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self._said = said

    def gettext(self, message: str) -> str:
        return self._said

    def pgettext(self, context: str, message: str) -> str:
        return message if self._said.startswith("x") else self._said


@pytest.mark.parametrize(
    ("said", "why"),
    [("x" * 101, "has 101 characters"), ("x" * 100, "characters in all"), ("Dos Palabras", "is no name for Discord")],
)
def test_what_another_language_says_is_held_against_the_limits_too(said: str, why: str) -> None:
    many = [_made(f"g{n // 20} c{n}") for n in range(80)]

    commands(_registry(*many))
    with pytest.raises(ValueError, match=why):
        commands(_registry(*many), {"de": Loud(said)})


# What people call


def _call(registry: Registry, path: str, **values: object) -> dict[str, Any]:
    """Return the data of a call as Discord sends it, by the commands that it was told."""
    role = registry.commands[path].role
    options = [{"name": name, "type": 3, "value": value} for name, value in values.items()]
    *groups, name = path.split()
    data: dict[str, Any] = {"name": name, "type": 1, "options": options}
    for group in groups:
        data = {"name": group, "type": 2, "options": [data]}
    return {"id": "1", "name": NAME if role is MEMBERS else FOR_ORGANISERS, "type": 1, "options": [data]}


@pytest.mark.parametrize("path", [listed.path for listed in REGISTRY.listed])
def test_every_command_can_be_called_with_nothing(path: str) -> None:
    assert called(_call(REGISTRY, path), REGISTRY) == (path, Press(path))


def test_a_call_without_any_options_at_all_is_read_too() -> None:
    data = {"name": NAME, "type": 1, "options": [{"name": "home", "type": 1}]}

    assert called(data, REGISTRY) == ("home", Press("home"))


NAMES = [param.name for param, _field in REGISTRY.commands["refer"].visible]


@given(st.dictionaries(st.sampled_from(NAMES), st.text(min_size=1)), st.randoms())
def test_what_was_given_arrives_as_it_was_given(values: dict[str, str], chance: Any) -> None:
    shuffled = dict(chance.sample(sorted(values.items()), len(values)))

    path, press = called(_call(REGISTRY, "refer", **shuffled), REGISTRY)

    assert isinstance(press, Press)
    assert typed_values(REGISTRY.commands[path], press) == values


@given(st.booleans(), st.integers(0, 90))
def test_numbers_and_ticks_arrive_as_the_form_would_send_them(is_sure: bool, minutes: int) -> None:
    data = _call(KINDS, "other", is_sure=is_sure, minutes=minutes, sort="last")

    _path, press = called(data, KINDS)

    assert isinstance(press, Press)
    ticked = {"is_sure": "yes"} if is_sure else {}
    assert typed_values(other_fields, press) == {"sort": "last", "minutes": str(minutes), **ticked}


@pytest.mark.parametrize("path", ["juggle", "plan new", "question"])
def test_a_command_that_there_is_no_longer_comes_back_as_words(path: str) -> None:
    data = _call(_registry(_made(path)), path)

    assert called(data, REGISTRY) == ("", path)


def _on_message(message: dict[str, Any], name: str = "Save as contact") -> dict[str, Any]:
    return {"name": name, "type": 3, "target_id": "7", "resolved": {"messages": {"7": {"id": "7", **message}}}}


MARIA = ("Maria Santos", "Nurse manager", "Harbour Hospital", "maria_d_santos@example.org", "")
SIGNATURE = "**Maria Santos**\n__Nurse manager__ at Harbour Hospital\n`maria_d_santos@example.org` <@1234567890>"


@pytest.mark.parametrize(
    "message",
    [
        {"content": SIGNATURE},
        {"content": "", "message_snapshots": [{"message": {"content": SIGNATURE}}]},
    ],
    ids=["written", "passed on"],
)
def test_a_command_on_a_message_opens_the_form_with_what_the_message_says(message: dict[str, Any]) -> None:
    path, press = called(_on_message(message), REGISTRY)

    assert path == "refer clip"
    assert press == Press("refer clip", MARIA, is_form=True)


def test_a_message_without_words_opens_an_empty_form() -> None:
    _path, press = called(_on_message({"content": "", "components": []}), REGISTRY)

    assert isinstance(press, Press)
    assert press.is_form
    assert not any(press.args)


def test_a_message_command_that_there_is_no_longer_comes_back_as_words() -> None:
    assert called(_on_message({"content": "Hi"}, "Juggle"), REGISTRY) == ("", "Juggle")


# What people type


def test_the_field_that_somebody_types_into_is_found() -> None:
    data = _call(REGISTRY, "question add", text="Why", category="adv")
    data["options"][0]["options"][0]["options"][1]["focused"] = True

    assert typing(data, REGISTRY) == ("question add", "category", "adv")


def test_typing_into_what_there_is_no_longer_finds_nothing() -> None:
    data = _call(_registry(_made("juggle")), "juggle", words="x")
    data["options"][0]["options"][0]["focused"] = True

    assert typing(data, REGISTRY) == ("", "", "")
    assert typing(_call(REGISTRY, "board", words="x"), REGISTRY) == ("", "", "")


def test_what_was_typed_is_offered_first_unless_it_is_among_the_suggestions() -> None:
    some = (Option("nursing", "Nursing"), Option("music", "Music"))

    assert [choice["value"] for choice in chosen(some, " nurs ")] == ["nurs", "nursing", "music"]
    assert [choice["value"] for choice in chosen(some, "Music")] == ["nursing", "music"]
    assert [choice["value"] for choice in chosen(some)] == ["nursing", "music"]


OPTIONS = st.lists(st.builds(Option, st.text(max_size=120), st.text(max_size=120)), max_size=40)


@given(OPTIONS, st.text(max_size=120))
def test_whatever_is_suggested_can_be_shown(suggestions: list[Option], typed: str) -> None:
    choices = chosen(suggestions, typed)

    assert schemas.problems("POST /interactions/{interaction_id}/{interaction_token}/callback", _answer(choices)) == {}
    assert len(choices) <= 25
    assert all(1 <= len(choice["name"].strip()) <= 100 and 1 <= len(choice["value"]) <= 100 for choice in choices)
    assert len({choice["value"] for choice in choices}) == len(choices)
    if len(suggestions) < 25:
        assert {one.value for one in suggestions if one.value.strip() and len(one.value) <= 100} <= {
            one["value"] for one in choices
        }


def _answer(choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": 8, "data": {"choices": choices}}
