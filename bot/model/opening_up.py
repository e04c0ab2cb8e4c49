"""Turns a question that yes or no can answer into one that invites more, by the table of rules.

The questions that Askwell judges are English, whatever language it speaks to its reader, so what comes out is English.
"""

import re
from functools import cache

from bot.model.english import AUXILIARIES, core
from bot.model.opening_rules import ALTERNATIVES, PARTS, RULES

MOST_WORDS, MOST_LETTERS = 40, 300
"""More than this is not put into a sentence of ours: nobody could say it."""

IN_GENERAL = "What has your own experience with this been?"

_PART = re.compile("|".join(sorted(PARTS, key=len, reverse=True)))
_SPELT_OUT = {"'s": "is", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_BASE_FORM = {"you", "they", "we", "i", "people"}
_PAST = {
    "went",
    "got",
    "took",
    "made",
    "left",
    "came",
    "began",
    "became",
    "chose",
    "found",
    "grew",
    "met",
    "saw",
    "quit",
}

Words = tuple[str, ...]
Rules = tuple[tuple[str, str], ...]


def opened(words: Words) -> str:
    """Return an open question for the closed one in *words*, which begins with its auxiliary."""
    return _by_rule(words, RULES) or about(words)


def left_open(words: Words) -> str:
    """Return an open question for one in *words* that names the answers to choose from."""
    return _by_rule(words, ALTERNATIVES) or weighed(words)


def weighed(words: Words) -> str:
    """Return an open question about the answers in *words*, such as `remote or office`."""
    return IN_GENERAL if _is_long(words) else f"How would you weigh them up: {_said(words)}?"


def viewed(words: Words) -> str:
    """Return an open question about the statement in *words*, which nobody asked about yet."""
    return IN_GENERAL if _is_long(words) else f"How do you see this: {' '.join(words).rstrip(',;: ')}?"


def asked(words: Words) -> str:
    """Return an open question for the statement in *words*, such as `You like it here`."""
    plain = _spelt_out(tuple(_said(words).split()))
    turn = next((at for at, word in enumerate(plain[:7]) if at and core(word) in AUXILIARIES), None)
    if turn is not None:
        return opened((plain[turn], *plain[:turn], *plain[turn + 1 :]))
    verb = core((*plain, "")[1])
    if verb in _PAST or (verb.endswith("ed") and not verb.endswith("eed")):
        return _sentence(f"how did it come about that {_said(plain)}")
    if core(plain[0]) in _BASE_FORM:
        return opened(("do", *plain))
    return _sentence(f"how far is it true that {_said(plain)}, and what have you seen yourself")


def about(words: Words) -> str:
    """Return an open question about the topic in *words*."""
    if _is_long(words):
        return IN_GENERAL
    if core(words[0]) in {"any", "some"} and len(words) > 1:
        return f"What {_said(words[1:])} can you share?"
    return f"What can you tell me about {_said(words)}?"


def _is_long(words: Words) -> bool:
    return len(words) > MOST_WORDS or sum(map(len, words)) > MOST_LETTERS


def _by_rule(words: Words, rules: Rules) -> str:
    """Return what the first fitting rule makes of *words*, or nothing."""
    if _is_long(words):
        return IN_GENERAL
    question = " ".join((core(words[0]), *words[1:])).removesuffix(" or not").rstrip(", ")
    matches = ((template, pattern.fullmatch(question)) for pattern, template in _compiled(rules))
    return next((_filled(template, match) for template, match in matches if match), "")


@cache
def _compiled(rules: Rules) -> list[tuple[re.Pattern[str], str]]:
    whole = ((_PART.sub(lambda part: PARTS[part[0]], pattern), template) for pattern, template in rules)
    return [(re.compile(pattern, re.IGNORECASE), template) for pattern, template in whole]


def _filled(template: str, match: re.Match[str]) -> str:
    parts = {name: part or "" for name, part in match.groupdict().items()}
    return _sentence(template.format(**parts))


def _sentence(words: str) -> str:
    """Return *words* as a sentence: one article, one space, a capital letter and a mark."""
    said = re.sub(r"\ba/an (?=[aeiou])", "an ", " ".join(words.split())).replace("a/an ", "a ").replace(",,", ",")
    return said[0].upper() + said[1:] + ("" if said.endswith(".") else "?")


def _said(words: Words) -> str:
    """Return *words* as they stand inside a sentence."""
    first = words[0] if core(words[0]) == "i" or words[0].isupper() else words[0][0].lower() + words[0][1:]
    return " ".join((first, *words[1:])).rstrip(",;: ")


def _spelt_out(words: Words) -> Words:
    """Return *words* with the verb of `it's` or `you've` on its own."""
    stem, mark, end = words[0].partition("'")
    verb = _SPELT_OUT.get(mark + end.casefold())
    return (stem, verb, *words[1:]) if verb else words
