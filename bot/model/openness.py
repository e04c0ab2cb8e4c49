"""Says whether a question opens a talk, why, and how to open it if it does not. By rule, offline, in English.

It reads a question word by word and never backtracks over it, so that even a very long text is judged at once.
"""

from enum import StrEnum
from itertools import pairwise

from bot.model.courtesy import asks_permission, asks_to_tell, wondered
from bot.model.english import WH_WORDS, Clause, Opening, asking_clause, core
from bot.model.foreign import is_foreign
from bot.model.opening_up import about, asked, left_open, opened, viewed, weighed
from bot.model.question import Shape
from bot.record import record
from bot.talk.words import N_, _


class Kind(StrEnum):
    """What sort of question a text is."""

    OPEN = "open"
    SHORT = "short"
    CONSENT = "consent"
    YES_NO = "yes-no"
    CHOICE = "choice"
    TAG = "tag"
    TOPIC = "topic"
    STATEMENT = "statement"
    EMPTY = "empty"
    FOREIGN = "foreign"


@record
class Verdict:
    """What the rules think of a question.

    *why* is a sentence for the member. *rewrite* is an open question to ask in its place, and empty where none is
    needed. A question for permission is *is_exempt*: it is there to be answered with yes.
    """

    is_open: bool
    why: str
    rewrite: str = ""
    is_exempt: bool = False
    kind: Kind = Kind.OPEN

    @property
    def shape(self) -> Shape:
        """The shape under which the question is kept in the bank."""
        match self.kind:
            case Kind.SHORT:
                return Shape.SHORT
            case Kind.CONSENT:
                return Shape.CONSENT
            case _:
                return Shape.OPEN if self.is_open else Shape.CLOSED


WHY = {
    Kind.OPEN: N_("It leaves them room to say what matters to them."),
    Kind.CONSENT: N_("This asks for a permission or a favour, so a clear yes or no is what you want."),
    Kind.YES_NO: N_("Yes or no would answer this. Asked openly, it brings you the story behind the answer."),
    Kind.CHOICE: N_("This names the answers to choose from. Without them you may hear one you did not think of."),
    Kind.TAG: N_("This says what you expect to hear, and most people will agree. Leave the answer to them."),
    Kind.TOPIC: N_("These words name a topic. A whole question is easier to answer."),
    Kind.STATEMENT: N_("This is not a question yet. Begin with what, how or why, or with “Tell me about”."),
    Kind.EMPTY: N_("There is nothing to read here yet. What would you like to find out from them?"),
    Kind.FOREIGN: N_("Askwell can judge English questions only. Ask yourself: could they answer it with yes or no?"),
}
"""The sentence for each kind, translated when it is said. `SHORT` has one for each question word, in `WIDER`."""

WIDER = {
    "how many": N_("A number answers this. To hear more, add “and how did that come about?”"),
    "how much": N_("An amount answers this. To hear more, add “and what does it depend on?”"),
    "how long": N_("A span of time answers this. To hear more, add “and what happens on the way?”"),
    "how often": N_("A number answers this. To hear more, add “and what is that like?”"),
    "when": N_("A date answers this. To hear more, add “and what led up to it?”"),
    "who": N_("A name answers this. To hear more, add “and how do they go about it?”"),
}
_SAME = {"how old": "how many", "how far": "how much", "how big": "how much", "how large": "how much",
         "how soon": "how long", "whose": "who", "whom": "who", "who's": "who"}  # fmt: skip
_SPEAKERS = {"i", "you", "he", "she", "it", "we", "they", "this", "that", "i'm", "it's", "you're", "that's", "they're"}
_TOPIC = 8
"""A topic has at most so many words; more are taken for a statement."""
_NEVER_A_CHOICE = {"not", "so", "two", "three", "less", "more", "later", "something", "anything", "similar"}


def check(text: str) -> Verdict:
    """Judge *text* as a question to ask a contact. Several sentences are judged by the last one that asks."""
    clause = asking_clause(text)
    if not clause.words:
        return _verdict(Kind.EMPTY)
    if is_foreign(text):
        return _verdict(Kind.FOREIGN)
    return _judged(clause)


def _verdict(kind: Kind, rewrite: str = "", why: str = "") -> Verdict:
    is_open = kind in {Kind.OPEN, Kind.SHORT, Kind.CONSENT, Kind.FOREIGN}
    return Verdict(is_open, _(why or WHY[kind]), rewrite, kind is Kind.CONSENT, kind)


def _judged(clause: Clause) -> Verdict:
    if clause.tag:
        return _verdict(Kind.TAG, asked(clause.words[: -clause.tag]))
    if clause.opening is Opening.REQUEST or asks_to_tell(clause.words):
        return _of_request(clause)
    if asks_permission(clause.plain):
        return _verdict(Kind.CONSENT)
    match clause.opening:
        case Opening.WH:
            return _of_wh(clause)
        case Opening.AUXILIARY:
            return _of_auxiliary(clause)
        case _:
            return _of_other(clause)


def _of_wh(clause: Clause) -> Verdict:
    first, second, *others = (*map(core, clause.words), "")
    widens = any(one in {"and", "or"} and two in WH_WORDS for one, two in pairwise(others))
    opener = next((_SAME.get(start, start) for start in (f"{first} {second}", first) if start in {*WIDER, *_SAME}), "")
    return _verdict(Kind.OPEN) if widens or not opener else _verdict(Kind.SHORT, why=WIDER[opener])


def _of_request(clause: Clause) -> Verdict:
    """Judge `Tell me how you began`, which is open, and `Tell me whether you like it`, which is not."""
    whether = wondered(clause.words)
    return _verdict(Kind.YES_NO, asked(whether)) if whether else _verdict(Kind.OPEN)


def _of_auxiliary(clause: Clause) -> Verdict:
    if _names_answers(clause.words):
        return _verdict(Kind.CHOICE, left_open(clause.words))
    return _verdict(Kind.YES_NO, opened(clause.words))


def _of_other(clause: Clause) -> Verdict:
    """Judge what begins with no question word: `You like it here?`, `Remote or office?`, `Your typical day`."""
    words, is_said = clause.words, core(clause.words[0]) in _SPEAKERS
    if clause.has_mark and is_said and len(words) > 2:
        return _verdict(Kind.YES_NO, asked(words))
    if clause.has_mark and _names_answers(words):
        return _verdict(Kind.CHOICE, weighed(words))
    if not is_said and len(words) <= _TOPIC:
        return _verdict(Kind.TOPIC, about(words))
    return _verdict(Kind.STATEMENT, viewed(words))


def _names_answers(words: tuple[str, ...]) -> bool:
    """Say whether *words* offer one answer *or* another, or a list. `any tips or advice` and `or not` do not."""
    plain = [*map(core, words), ""]
    if "etc" in plain or sum(word.endswith(",") for word in words) > 2:
        return True
    turns = [at for at, word in enumerate(plain) if word == "or"][:3]
    return any(plain[at + 1] not in _NEVER_A_CHOICE and "any" not in plain[:at] for at in turns)
