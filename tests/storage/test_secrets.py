"""Checks that secrets open with their key only, and that fingerprints find duplicates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import WrongKey
from storage.secrets import Vault, new_key, plain_email, plain_name, plain_phone

VAULT = Vault(new_key())


@given(st.text())
def test_what_is_encrypted_comes_back(text: str) -> None:
    sealed = VAULT.encrypt(text)

    assert VAULT.decrypt(sealed) == text


def test_the_same_words_look_different_each_time() -> None:
    assert VAULT.encrypt("rosa@example.org") != VAULT.encrypt("rosa@example.org")


def test_another_key_opens_nothing_and_says_so() -> None:
    sealed = Vault(new_key()).encrypt("rosa@example.org")

    with pytest.raises(WrongKey, match="written with another key"):
        VAULT.decrypt(sealed)


def test_an_old_key_still_opens_what_it_closed() -> None:
    old, new = new_key(), new_key()
    sealed = Vault(old).encrypt("rosa@example.org")

    both = Vault(f"{new}, {old}")

    assert both.decrypt(sealed) == "rosa@example.org"
    assert Vault(new).decrypt(both.renew(sealed)) == "rosa@example.org"


def test_keys_may_come_as_a_list() -> None:
    old, new = new_key(), new_key()

    assert Vault((new, old)).decrypt(Vault(old).encrypt("x")) == "x"


@pytest.mark.parametrize(
    ("keys", "why"), [("", "is empty"), (" , ", "is empty"), ("secret", "is not a key"), ((), "is empty")]
)
def test_what_is_no_key_is_named_in_a_sentence(keys: str, why: str) -> None:
    with pytest.raises(WrongKey, match=why):
        Vault(keys)


def test_fingerprints_depend_on_the_hash_key_and_not_on_the_key() -> None:
    first, second, third = Vault(new_key()), Vault(new_key()), Vault(new_key())
    first.hash_key = second.hash_key = b"one"
    third.hash_key = b"two"

    assert first.fingerprint("email", "a") == second.fingerprint("email", "a")
    assert first.fingerprint("email", "a") != third.fingerprint("email", "a")
    assert first.fingerprint("email", "a") != first.fingerprint("phone", "a")


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("+1 (555) 010-2345", "+15550102345"),
        ("001 555 010 2345", "+15550102345"),
        ("+44 (0)20 7946 0018", "+442079460018"),
        ("020 7946 0018", "02079460018"),
        ("(555) 010-2345", "5550102345"),
        ("", ""),
    ],
)
def test_a_phone_number_is_its_digits(typed: str, plain: str) -> None:
    assert plain_phone(typed) == plain


def test_case_and_space_do_not_tell_people_apart() -> None:
    assert plain_email("  Rosa@Example.ORG ") == "rosa@example.org"
    assert plain_name(" Rosa   DIAZ\n") == plain_name("rosa diaz") == plain_name("Rosa\u200b Diaz\u200e")
