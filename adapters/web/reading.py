"""Tells from which side words are read."""

from unicodedata import bidirectional

_FROM_THE_RIGHT = {"R", "AL"}


def side(words: str) -> str:
    """Return `rtl` where most letters of *words* run from right to left, else `ltr`: a value for `dir`.

    A browser's own `auto` goes by the first letter. An English sentence that begins with an Arabic name is turned
    around by it, its end before its beginning.
    """
    kinds = [bidirectional(letter) for letter in words]
    return "rtl" if sum(kind in _FROM_THE_RIGHT for kind in kinds) > kinds.count("L") else "ltr"
