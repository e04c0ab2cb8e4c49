"""Finds the names of people in running text: capitals tell them, and small words before them tell even more."""

import re
from collections.abc import Iterator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NAME_WORD = r"[^\W\d_][\w'’.-]*"
_RUN = re.compile(rf"(?<![\w'’.-]){_NAME_WORD}(?:[ \t]+{_NAME_WORD})*")
_LEFT_OF_BAR = re.compile(r"(?m)^[^\w\n]*([^|<(\n]{2,80}?)[ \t]*[<(][ \t]*\|")
_PARTICLES = _words("al bin da de del della den der di dos du e el ibn la le san ten ter van vom von y zu")
CREDENTIALS = _words("rn md phd mba msc bsc cpa esq")
"""Letters after a name that say what somebody studied."""

_NO_NAMES = _words(
    "a all also am an and anybody anyone are as ask at best bye call card career cc cell cheers colleague contact "
    "could dear do e-mail email everybody everyone fellow for fri friday friend from fwd fyi good greetings he "
    "hello here hey hi i i'd i'll i'm if in is it just kind let's link linkedin mail many meet message mobile mon "
    "monday morning mr mrs ms my name note on our page perhaps phone ping please re reach regards role sat saturday "
    "say see send she sincerely so somebody someone speak sun sunday talk tel telephone thank thanks the there they "
    "this thu thursday title to try tue tuesday two warm we web website wed wednesday what who with work works "
    "would write yes you your yours"
)
"""Words with a capital at the start of a sentence, a line or a greeting, which begin no name."""

_INTRODUCING = _words("to with ask call contact email meet message named ping try is name from friend colleague")
"""Words after which even one capital is a name: `Talk to Maria`."""

_NEAR = 40
"""Characters in which the word before a name is looked for."""

ORGANISATIONS = _words(
    "academy agency airport association bank board bureau center centre church clinic college company corp "
    "corporation council department foundation group health hospital hotel inc institute international lab labs "
    "library limited llc ltd museum network office partners port school services society studio studios systems "
    "team trust union university"
)
"""Words that tell an organisation from a person."""


def names_in(text: str, email: str = "") -> Iterator[str]:
    """Yield what may be the first person's name in *text*, the likeliest first. Each e-mail address in *text* is a bar
    (`|`); *email* is the first of them."""
    beside = _LEFT_OF_BAR.search(text)
    if beside and _is_whole_name(beside[1]):
        yield beside[1].strip(" \t'\"")
    runs = [
        (run, before) for found in _RUN.finditer(text) for run, before in _names_of(found[0], text[: found.start()])
    ]
    yield from (run for run, _before in runs if len(run.split()) > 1)
    yield from (run for run, before in runs if before in _INTRODUCING)
    if spelled := _spelled_by(email):
        yield spelled


def _is_whole_name(text: str) -> bool:
    words = text.split()
    return 1 <= len(words) <= 5 and all(word[0].isalpha() or word[0] in "'\"" for word in words) and not _is_known(text)


def _is_known(text: str) -> bool:
    """Tell whether a word of *text* stands for no person."""
    plain = {word.strip(".'\"").casefold() for word in text.split()}
    return bool(plain & ORGANISATIONS) or plain <= _NO_NAMES


def _names_of(run: str, before: str) -> Iterator[tuple[str, str]]:
    """Yield each stretch of *run* that may be a name, with the word before it."""
    last = "" if before.endswith("\n") else _last_word(before)
    held: list[str] = []
    for word in run.split():
        if not (word[0].isupper() or (held and word in _PARTICLES)):
            yield from _trimmed(held, last)
            last, held = word.casefold(), []
            continue
        held.append(word)
        if _ends_sentence(word):
            yield from _trimmed(held, last)
            last, held = "", []
    yield from _trimmed(held, last)


def _last_word(text: str) -> str:
    words = text[-_NEAR:].split()
    return words[-1].strip(",.:;").casefold() if words else ""


def _ends_sentence(word: str) -> bool:
    """Tell whether the full stop at the end of *word* is one: behind a title or an initial it is not."""
    return word.endswith(".") and len(word) > 4


def _trimmed(words: list[str], before: str) -> Iterator[tuple[str, str]]:
    """Yield *words* without the greeting before them and the letters after them, if they may be a person's name."""
    words = [word.rstrip(".") if _ends_sentence(word) else word for word in words]
    while words and words[0].casefold().rstrip(".") in _NO_NAMES:
        before, words = words[0].casefold(), words[1:]
    while words and (words[-1] in _PARTICLES or words[-1].casefold().strip(".") in CREDENTIALS):
        words = words[:-1]
    if words and len(words) <= 6 and not _is_known(" ".join(words)):
        yield " ".join(words), before


def _spelled_by(email: str) -> str:
    """Return the name that an address spells: `maria.lopez@example.org`."""
    parts = re.split(r"[._-]+", email.partition("@")[0])
    is_name = 2 <= len(parts) <= 4 and all(part.isalpha() and len(part) > 1 for part in parts)
    return " ".join(part.capitalize() for part in parts) if is_name else ""
