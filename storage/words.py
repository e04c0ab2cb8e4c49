"""Turns what people write and search into the tokens that the board's index holds, the same way on both databases.

A token is the group's number, one letter for where the word stands, and the word: `12ohospital`. So a search reaches
nobody else's entries in the index, however common the word, and nothing that is typed can be search syntax.
"""

import unicodedata
from collections.abc import Iterable, Sequence

from bot.model.contact import Sought

LONGEST = 40
"""Longer words are told apart by their first 40 letters."""

_LETTER = {
    Sought.ANYTHING: "a",
    Sought.ORGANISATION: "o",
    Sought.FIELD: "f",
    Sought.PLACE: "p",
    Sought.TAG: "t",
}

# Letters with a stroke and joined letters, which Unicode does not take apart.
_WHOLE = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe"}


class _Letters(dict[int, str]):
    """What is kept of each letter; found out once, so that `str.translate` goes at its full speed."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kept = self[code] = _WHOLE.get(char) or _kept(char)
        return kept


def words_of(text: str) -> list[str]:
    """Return the words of *text*, without case, accents and punctuation: `C++, Łódź!` gives `c` and `lodz`."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return [word[:LONGEST] for word in plain.translate(_LETTERS).split()]


def card_words(
    group: int, *, name: str, does: str, organisation: str, field: str, place: str, tags: Sequence[str]
) -> str:
    """Return the tokens that a card is found by. E-mail, phone and note are not among them."""
    parts = {
        Sought.ORGANISATION: words_of(organisation),
        Sought.FIELD: words_of(field),
        Sought.PLACE: words_of(place),
        Sought.TAG: words_of(" ".join(tags)),
    }
    tokens = {_token(group, by, word) for by, words in parts.items() for word in words}
    anywhere = {word for words in parts.values() for word in words}.union(words_of(name), words_of(does))
    return " ".join(sorted(tokens | {_token(group, Sought.ANYTHING, word) for word in anywhere}))


def tokens_of(group: int, words: Iterable[str], by: Sought) -> list[str]:
    """Return how the tokens begin that cards of the group are found by, one for each of *words*."""
    return [_token(group, by, word) for word in words]


def match(tokens: Iterable[str], *, is_postgres: bool) -> str:
    """Return the search for cards in which each of *tokens* begins one: for FTS5, or for a tsquery."""
    if is_postgres:
        return " & ".join(f"{token}:*" for token in tokens)
    return " AND ".join(f'"{token}"*' for token in tokens)


def _token(group: int, by: Sought, word: str) -> str:
    return f"{group}{_LETTER[by]}{word}"


def _kept(char: str) -> str:
    if char.isalnum():
        return char
    match unicodedata.category(char):
        case "Mn":  # an accent
            return ""
        case "Mc":  # a vowel sign, part of its word
            return char
        case _:
            return " "


_LETTERS = _Letters()
