"""Cuts spans into pieces that fit: between paragraphs, lines, sentences or words, and anywhere if it must."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple, assert_never

from bot.talk.limits import Limits
from bot.talk.size import breaks, width
from bot.talk.view import Bold, Link, Mention, Span, Spans, When, plain

ELLIPSIS = "…"

_JOINER = "\u200d"
# Full stop, exclamation mark and question mark of scripts that put no space after them.
_WIDE_ENDS = ("\u3002", "\uff01", "\uff1f")
_ENDS = (*".!?…:;", *_WIDE_ENDS)


class _Atom(NamedTuple):
    """What is never cut: a character with all that combines with it, or a whole mention, moment or link.

    *source* tells which span it comes from, *opening* what the marks around a run of that span take. *text*
    is the character, or empty for a whole span. As there are so many, they are the cheapest kind of record.
    """

    source: int
    span: Span
    cost: int
    opening: int = 0
    text: str = ""


def cut(some: Spans, room: int, limits: Limits, line: int = 0) -> tuple[Spans, ...]:
    """Return *some* in pieces of at most *room* characters; each line break takes *line* more than itself.

    Only whitespace where it was cut, or at its end, is left out. A mention, a moment or a link that fits into
    a piece stays whole; a link with a longer label leads to the same place from each piece. What is wider
    than a piece and cannot be cut (an address of 5,000 characters) is said as plain words.
    """
    if width(some, limits) + line * breaks(some) <= room:
        return (some,)
    atoms = [atom for i, span in enumerate(some) for atom in _atoms(i, span, room, limits, line)]
    return tuple(_pieces(atoms, room))


def shorten(text: str, room: int, limits: Limits) -> str:
    """Return *text* as it is, or its beginning and an ellipsis within *room*."""
    if limits.measure(text) <= room:
        return text
    words = text.strip()
    if limits.measure(words) <= room:
        return words
    left = room - limits.measure(ELLIPSIS)
    letters = list(_letters(0, words, words, left, limits))
    end = _best_end(letters, 0, _reach(letters, 0, left), finest=1)
    return "".join(letter.text for letter in _trimmed(letters, 0, end)) + ELLIPSIS


def fill(template: str, title: str, room: int, limits: Limits, **values: object) -> str:
    """Return *template* filled, its `{title}` shortened so that all of it is within *room*."""
    others = limits.measure(template.format(title="", **values))
    return template.format(title=shorten(title, room - others, limits), **values).strip()


def _pieces(atoms: list[_Atom], room: int) -> Iterator[Spans]:
    start = 0
    while start < len(atoms):
        end = _best_end(atoms, start, _reach(atoms, start, room))
        piece = _trimmed(atoms, start, end)
        if piece:
            yield _joined(piece)
        start = _skip_space(atoms, end)


def _reach(atoms: list[_Atom], start: int, room: int) -> int:
    """Return where the longest piece from *start* ends, with the space after it, which the cut leaves out."""
    spent, source = 0, -1
    for i in range(start, len(atoms)):
        spent += atoms[i].cost + (atoms[i].opening if atoms[i].source != source else 0)
        source = atoms[i].source
        if spent > room:
            return _skip_space(atoms, max(i, start + 1))
    return len(atoms)


def _best_end(atoms: list[_Atom], start: int, reach: int, finest: int = 4) -> int:
    """Return the best place to cut in the second half of the piece, or the last between two words.

    Grades above *finest* count as that.
    """
    if reach == len(atoms):
        return reach
    late = range(reach - (reach - start) // 2, reach + 1)
    best = max(late, key=lambda i: (min(_grade(atoms, i), finest), i))
    if _grade(atoms, best):
        return best
    return max(range(start + 1, reach + 1), key=lambda i: (_grade(atoms, i) > 0, i))


def _grade(atoms: list[_Atom], i: int) -> int:
    """Return how good a cut before *i* is: 4 between paragraphs, 3 lines, 2 sentences, 1 words, else 0."""
    if _is_space(atoms[i]):
        return 0
    gap = i
    while gap and _is_space(atoms[gap - 1]):
        gap -= 1
    if rows := sum(atom.text == "\n" for atom in atoms[gap:i]):
        return 4 if rows > 1 else 3
    before = atoms[gap - 1].text if gap else ""
    if gap == i:
        return 2 if before in _WIDE_ENDS else 0
    return 2 if before in _ENDS else 1


def _trimmed(atoms: list[_Atom], start: int, end: int) -> list[_Atom]:
    """Return the atoms of one piece, without the space at its end."""
    while end > start and _is_space(atoms[end - 1]):
        end -= 1
    return atoms[start:end]


def _skip_space(atoms: list[_Atom], i: int) -> int:
    while i < len(atoms) and _is_space(atoms[i]):
        i += 1
    return i


def _is_space(atom: _Atom) -> bool:
    return atom.text.isspace()


def _joined(atoms: list[_Atom]) -> Spans:
    return tuple(_run(list(run)) for _, run in groupby(atoms, key=lambda atom: atom.source))


def _run(run: list[_Atom]) -> Span:
    text = "".join(atom.text for atom in run)
    match run[0].span:
        case str():
            return text
        case Bold():
            return Bold(text)
        case Link(url, label):
            return Link(url, text or label)
        case Mention() | When() as whole:
            return whole
        case _ as never:
            assert_never(never)


def _atoms(source: int, span: Span, room: int, limits: Limits, line: int) -> Iterator[_Atom]:
    match span:
        case str(text):
            return _letters(source, span, text, room, limits, line=line)
        case Bold(text):
            return _letters(source, span, text, room, limits, opening=limits.bold, line=line + limits.bold)
        case Link(_, label) if _is_worth_cutting(span, room, limits):
            return _letters(source, span, label, room, limits, opening=_marks(span, limits))
        case Mention() | When() | Link():
            return _whole(source, span, room, limits, line)
        case _:
            assert_never(span)


def _is_worth_cutting(link: Link, room: int, limits: Limits) -> bool:
    """Tell whether *link* is too wide, and its address leaves half of each piece to the label."""
    is_wide = width((link,), limits) > room
    return is_wide and _marks(link, limits) <= room // 2 and not link.label.isspace()


def _marks(link: Link, limits: Limits) -> int:
    return limits.link + limits.measure(link.url)


def _whole(source: int, span: Span, room: int, limits: Limits, line: int) -> Iterator[_Atom]:
    cost = width((span,), limits)
    if cost <= room:
        return iter((_Atom(source, span, cost),))
    words = plain((span,))
    return _letters(source, words, words, room, limits, line=line)


def _letters(
    source: int, span: Span, text: str, room: int, limits: Limits, *, opening: int = 0, line: int = 0
) -> Iterator[_Atom]:
    letters = _clusters(text)
    costs = {letter: limits.measure(letter) for letter in set(letters)}
    for letter in letters:
        cost = costs[letter]
        if cost + opening <= room:
            yield _Atom(source, span, cost + line if letter == "\n" else cost, opening, letter)
        else:
            yield from (_Atom(source, span, limits.measure(c), opening, c) for c in letter)


def _clusters(text: str) -> list[str]:
    """Return the characters of *text*, each with the accents, joiners and selectors that belong to it."""
    found: list[list[str]] = []
    for c in text:
        if found and _belongs(found[-1], c):
            found[-1].append(c)
        else:
            found.append([c])
    return ["".join(cluster) for cluster in found]


def _belongs(cluster: list[str], c: str) -> bool:
    if c < "\u0300" or cluster == ["\n"]:  # nothing below combines, and nothing combines with a line break
        return False
    is_flag = _is_flag_letter(c) and len(cluster) == 1 and _is_flag_letter(cluster[0])
    return is_flag or cluster[-1] == _JOINER or c == _JOINER or _combines(c)


def _combines(c: str) -> bool:
    is_skin_tone = "\U0001f3fb" <= c <= "\U0001f3ff"
    is_tag = "\U000e0020" <= c <= "\U000e007f"
    return is_skin_tone or is_tag or unicodedata.category(c) in {"Mn", "Mc", "Me"}


def _is_flag_letter(c: str) -> bool:
    return "\U0001f1e6" <= c <= "\U0001f1ff"
