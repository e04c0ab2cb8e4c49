"""Checks how words become tokens: what finds what, and that nothing typed is search syntax."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.contact import Sought
from storage.words import card_words, match, tokens_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Data Science", ["data", "science"]),
        ("C++, R&D / e-mail", ["c", "r", "d", "e", "mail"]),
        ("Łódź São Paulo Ærø", ["lodz", "sao", "paulo", "aero"]),
        ("ÉCOLE école", ["ecole", "ecole"]),
        ("Straße", ["strasse"]),
        ("\uff26\uff55\uff4c\uff4c", ["full"]),
        ("हिन्दी 東京", ["हिनदी", "東京"]),
        ("\"*:()^{} ' -- ", []),
    ],
)
def test_words_lose_case_accents_and_punctuation(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text())
def test_a_word_is_never_search_syntax(text: str) -> None:
    for word in words_of(text):
        assert not re.search(r"[\s\"'*:()|&!<>{}^+\\-]", word)


@given(st.text(), st.sampled_from(list(Sought)))
def test_a_search_is_made_of_nothing_but_tokens(text: str, by: Sought) -> None:
    words = words_of(text)

    tokens = tokens_of(12, words, by)
    tsquery = match(tokens, is_postgres=True)
    fts5 = match(tokens, is_postgres=False)

    assert tsquery.count(":*") == len(words)
    assert fts5.count('"') == 2 * len(words)


def test_each_word_is_found_where_it_stands_and_anywhere() -> None:
    words = card_words(7, name="Rosa", does="Nurse", organisation="Acme", field="Care", place="Cebu", tags=["night"])

    assert set(words.split()) == {
        "7oacme", "7fcare", "7pcebu", "7tnight",
        "7arosa", "7anurse", "7aacme", "7acare", "7acebu", "7anight",
    }  # fmt: skip


def test_the_group_stands_first_so_that_one_group_never_reads_anothers_entries() -> None:
    assert match(tokens_of(1, ["2a"], Sought.ANYTHING), is_postgres=False) == '"1a2a"*'
    assert match(tokens_of(12, ["a"], Sought.ANYTHING), is_postgres=False) == '"12aa"*'
