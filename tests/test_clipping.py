"""Reading who somebody is out of a message: signatures, introductions, lists, and whatever else people paste."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.commands.contacts.clip import clip
from bot.model.clipping import Clip, clipped
from bot.talk.reading import Reading, read
from tests.strategies import words
from tests.world import MONDAY

MARIA = "maria@example.org"
PAGE = "https://www.example.org/in/maria"
PIECES = (
    "Maria Lopez", "maria", "nurse manager", " at ", "Example Hospital", MARIA, f"<{MARIA}>", f"({MARIA})", PAGE,
    "www.example.org", "\n", "\n- ", "\n2. ", ", ", " | ", " - ", ". ", " is a ", "Hi all!", "Ask ", "+63 2 5550 100",
    "李雷", "שלום", "\u202e", "\x00", "@", "@@", "://", "..", "x" * 90,
    "A. B. ", "http://" + "a" * 400, "@" + "a." * 40,
)  # fmt: skip
messages = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=60) | words()


@pytest.mark.parametrize(
    ("message", "found"),
    [
        (
            f"Talk to Maria Lopez, nurse manager at Example Hospital, {MARIA} {PAGE}",
            Clip("Maria Lopez", "nurse manager", "Example Hospital", MARIA, PAGE),
        ),
        (f"Maria Lopez <{MARIA}>", Clip("Maria Lopez", email=MARIA)),
        (f"maria lopez <{MARIA}>", Clip("maria lopez", email=MARIA)),
        (f"李雷 <{MARIA}>", Clip("李雷", email=MARIA)),
        (f"Maria Lopez ({MARIA})", Clip("Maria Lopez", email=MARIA)),
        (f"Maria Lopez {MARIA} (mailto:{MARIA})", Clip("Maria Lopez", email=MARIA)),
        (
            f"Best regards,\nMaria Lopez\nNurse Manager\nExample Hospital\n+63 2 5550 100\n{MARIA}\nwww.example.org/m",
            Clip("Maria Lopez", "Nurse Manager", "Example Hospital", MARIA, "https://www.example.org/m"),
        ),
        (
            f"Dr. Maria de la Cruz, RN\nNurse Manager | Example Hospital\n{MARIA}",
            Clip("Dr. Maria de la Cruz", "Nurse Manager", "Example Hospital", MARIA),
        ),
        (
            "Hi all! My friend Maria is a nurse manager at Example Hospital and loves to talk.",
            Clip("Maria", "nurse manager", "Example Hospital"),
        ),
        ("You should meet Omar from Studio Example. He designs chairs.", Clip("Omar", "", "Studio Example")),
        (
            "Great talk with Ana María Núñez, who teaches design at the University of Example!",
            Clip("Ana María Núñez", "teaches design", "University of Example"),
        ),
        (
            "Grace Lim - Hotel manager - Example Bay Hotel, see example.org/grace",
            Clip("Grace Lim", "Hotel manager", "Example Bay Hotel", "", "https://example.org/grace"),
        ),
        (
            f"Name: Maria Lopez\nRole: Nurse manager\nEmail: {MARIA}",
            Clip("Maria Lopez", "Nurse manager", "", MARIA),
        ),
        ("Ask maria.lopez@example.org", Clip("Maria Lopez", email="maria.lopez@example.org")),
        ("I met Maria Lopez yesterday.", Clip("Maria Lopez")),
        ("Talk to the nurse manager at Example Hospital", Clip()),
        ("Does anybody know a nurse?", Clip()),
        ("", Clip()),
    ],
)
def test_a_message_is_read_like_a_person_would(message: str, found: Clip) -> None:
    assert clipped(message) == found


@pytest.mark.parametrize(
    "message",
    [
        f"Two people:\n- Maria Lopez, nurse, {MARIA}\n- David Cruz, engineer, david@example.org",
        f"1. Maria Lopez, nurse, {MARIA}\n2. David Cruz, engineer",
        f"Maria Lopez, nurse, {MARIA}\nDavid Cruz, engineer at Example Port, david@example.org",
    ],
)
def test_of_several_people_the_first_is_taken(message: str) -> None:
    assert clipped(message) == Clip("Maria Lopez", "nurse", "", MARIA)


def test_an_address_of_the_second_person_is_not_given_to_the_first() -> None:
    found = clipped("- Maria Lopez, nurse\n- David Cruz, engineer, david@example.org")

    assert found == Clip("Maria Lopez", "nurse")


def test_two_addresses_in_one_line_are_two_people() -> None:
    found = clipped(f"Maria Lopez <{MARIA}>, David Cruz <david@example.org>")

    assert found == Clip("Maria Lopez", email=MARIA)


@given(messages)
def test_whatever_a_message_says_the_form_takes_it(message: str) -> None:
    found = clipped(message)

    typed = (found.name, found.does, found.organisation, found.email, found.link)
    fields = [field for _param, field in clip.visible]
    assert [read(field, value, (), Reading(MONDAY.date())) for field, value in zip(fields, typed, strict=True)] == [
        *typed
    ]


@given(messages)
@example("http://example.org\u200b")
def test_nothing_is_made_up(message: str) -> None:
    found = clipped(message)

    plain = "".join(c for c in message if c.isprintable() or c in " \t\n")
    assert found.email in plain
    assert found.link.removeprefix("https://") in plain
    assert all(word in plain for word in f"{found.does} {found.organisation}".split())


@pytest.mark.parametrize("piece", ["a.a.", "A ", "- ", "x@", "1 ", "a@a.a ", "Maria ", "(((", "http://", "a-", "Ab. "])
def test_a_message_made_to_take_long_is_read_like_any_other(piece: str) -> None:
    found = clipped(piece * 10_000)

    assert len(found.name) <= 80


def test_what_is_too_long_for_a_field_ends_after_a_word() -> None:
    found = clipped("Maria Lopez, " + "internationally " * 8 + f"at Example {'Hospital ' * 20}")

    assert len(found.does) <= 120
    assert len(found.organisation) <= 120
    assert set(found.organisation.split()) <= {"Example", "Hospital"}
