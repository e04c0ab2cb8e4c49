"""Brings the many spellings of a place name to one: São Paulo and SAO PAULO, Saint John's and St. Johns."""

import re
import unicodedata

_PLAIN = str.maketrans(
    {"ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "ə": "e", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h"}
    | dict.fromkeys("'’‘ʻʼ`´.", None)
)
_SHORT = {"saint": "st", "sankt": "st", "fort": "ft", "mount": "mt"}
_BETWEEN_WORDS = re.compile(r"[^\w]+|_+")


def fold(text: str) -> str:
    """Return *text* in lower case, without accents and punctuation, with Saint, Fort and Mount spelt short.

    Letters of other scripts stay as they are.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_PLAIN)
    words = _BETWEEN_WORDS.split(bare)
    return " ".join(_SHORT.get(word, word) for word in words if word)
