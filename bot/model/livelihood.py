"""Finds what somebody does, and where, in the words that follow their name."""

import re
from itertools import takewhile

from bot.model.introductions import CREDENTIALS, ORGANISATIONS
from bot.record import record

MOST_WORDS = 8
"""What somebody does takes fewer words; more are a sentence about something else."""

_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3})[.!?](?:\s|$)")
_BETWEEN = re.compile(r"[,;:|•·()\[\]<>\n]|\s[-–—]+\s|\s(?:at|@)\s*$", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:(?:who|she|he|they|and|is|was|are|[’']s|works?|working|as|an?|the|my|our|currently|now)\s+)+", re.IGNORECASE
)
_PLACE = re.compile(r"(?:^|\s)(?:at|@)\s+|^(?:from|for|of|with)\s+", re.IGNORECASE)
_NOTHING = re.compile(
    r"(?:e-?mail|mail|phone|tel|mobile|cell|web|website|linkedin|page|link|name|role|title|position|job|company|employer"
    r"|organi[sz]ation|or|and|at|is|via|too|today|yesterday|recently)",
    re.IGNORECASE,
)
_INSIDE_NAMES = frozenset({"the", "of", "for", "and", "in", "at", "de", "del", "la", "&"})
_AROUND = " \t.!?'\"*_~`{}"


@record
class Work:
    """What somebody *does*, and the *organisation* where they do it; empty where nothing is said."""

    does: str = ""
    organisation: str = ""


def work_in(after_name: str) -> Work:
    """Return the work that *after_name* tells: the rest of the sentence, or the next lines of a signature."""
    line, _break, below = after_name.partition("\n")
    pieces = _pieces(_SENTENCE_END.split(line)[0]) or _pieces("\n".join(below.strip().split("\n")[:3]))
    if not pieces:
        return Work()
    does, organisation = _cut(pieces[0])
    if not organisation and len(pieces) > 1:
        organisation = _proper(pieces[1])
    if not organisation and _has_sign(does) and _proper(does) == does:
        does, organisation = "", does
    return Work(_short(does), _short(organisation))


def _pieces(text: str) -> list[str]:
    some = (_LEAD.sub("", piece.strip(_AROUND) + " ").strip(_AROUND) for piece in _BETWEEN.split(text))
    return [piece for piece in some if any(map(str.isalpha, piece)) and not _is_nothing(piece)]


def _is_nothing(piece: str) -> bool:
    return bool(_NOTHING.fullmatch(piece)) or piece.casefold().replace(".", "") in CREDENTIALS


def _cut(piece: str) -> tuple[str, str]:
    """Return `nurse manager at Example Hospital` in its two parts."""
    found = _PLACE.search(piece)
    place = _proper(piece[found.end() :]) if found else ""
    return (piece[: found.start()].strip(_AROUND), place) if found and place else (piece, "")


def _proper(words: str) -> str:
    """Return the name that *words* begin with: as long as there are capitals, or small words inside a name."""
    name = [*takewhile(lambda word: not word[0].islower() or word in _INSIDE_NAMES, words.split())]
    while name and name[-1] in _INSIDE_NAMES:
        name.pop()
    while name and name[0] in _INSIDE_NAMES:
        name.pop(0)
    return " ".join(name).strip(_AROUND)


def _has_sign(words: str) -> bool:
    return any(word.strip(".,").casefold() in ORGANISATIONS for word in words.split())


def _short(words: str) -> str:
    return words if len(words.split()) <= MOST_WORDS else ""
