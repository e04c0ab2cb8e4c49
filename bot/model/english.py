"""Takes an English question apart by rule: which sentence asks, where its main clause begins, and with what."""

import re
from enum import Enum, auto

from bot.record import record


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AUXILIARIES = _words("is are am was were do does did can could would will have has had should may might must shall")
WH_WORDS = _words("what how why which who whom whose when where what's how's who's why's where's")
REQUESTS = _words(
    "tell describe explain walk share talk give show let help name list take paint imagine outline "
    "elaborate compare discuss say speak expand go introduce think summarise summarize"
)
_NEGATED = {"can't": "can", "won't": "will", "shan't": "shall", "ain't": "is", "cannot": "can"}
_FILLERS = _words(
    "so and well also but ok okay now then oh ah sorry hi hello hey thanks actually honestly generally "
    "overall finally lastly first firstly second secondly third next maybe perhaps please right alright "
    "great yes no plus or just anyway basically um uh hm hmm frankly personally"
)
_LEADERS = _words(
    "in on at with for from during based looking thinking apart besides after before since because as "
    "once although though given if when where whenever while until besides considering outside inside "
    "within over among across despite compared to by of about under without"
)
_SUBJECTS = _words(
    "you i we they it he she there the your a an this that these those people any my most many one "
    "everyone anyone somebody anybody someone anything something his her their our"
)
_ABBREVIATIONS = _words("mr. mrs. ms. dr. prof. st. vs. etc. inc. co. dept. approx. jr. sr. e.g. i.e.")
_WISHES = _words("know hear learn understand curious wonder wondering interested ask")
_TAGS = _words("right correct yes no true eh huh ok okay yeah hm hmm agreed innit")
_PRONOUNS = _words("i you he she it we they there")
_PAUSES = (",", ";", ":", "-", "–", "—")
_SENTENCE_END = re.compile(r"(?<=\?)\s+|(?<=[.!])\s+(?=[A-Z])")
_EDGES = " \t\n\"“”'‘*_()[]-–—•>:;"
_FAR = 60
"""A main clause that begins more words later than this is not looked for: nobody could follow it."""


class Opening(Enum):
    """With what kind of word a main clause begins."""

    AUXILIARY = auto()
    WH = auto()
    REQUEST = auto()
    OTHER = auto()


@record
class Clause:
    """The words that ask, without fillers before them and without the mark after them."""

    words: tuple[str, ...]
    has_mark: bool

    @property
    def opening(self) -> Opening:
        return _opening(self.words, 0)

    @property
    def plain(self) -> str:
        """The words in lower case and without marks, to compare with."""
        return " ".join(map(core, self.words))

    @property
    def tag(self) -> int:
        """How many words a tag takes at the end: 1 for `..., right?`, 2 for `..., isn't it?`, 0 for none."""
        if self.opening in {Opening.WH, Opening.REQUEST}:
            return 0
        return next((n for n in (3, 2, 1) if _is_tag(self.words, n)), 0)


def tidy(text: str) -> str:
    """Return *text* on one line, with straight apostrophes."""
    return " ".join(text.replace("’", "'").replace("‘", "'").replace("ʼ", "'").split())


def core(word: str) -> str:
    """Return *word* in lower case, without marks around it and without *not*: `Isn't` and `is,` give `is`."""
    bare = word.strip('.,;:!?"“”()[]…').casefold()
    return _NEGATED.get(bare, bare.removesuffix("n't"))


def asking_clause(text: str) -> Clause:
    """Return the main clause of the last question in *text*, or of its last sentence if none ends in a mark."""
    sentences = [sentence for sentence in _sentences(tidy(text)) if any(map(str.isalpha, sentence))]
    asking = [sentence for sentence in sentences if sentence.rstrip(_EDGES).endswith("?")]
    sentence = (asking or sentences or [""])[-1].strip(_EDGES)
    words = tuple(word for word in sentence.rstrip("?.!…, ").split() if any(map(str.isalnum, word)))
    while words and core(words[-1]) == "please":
        words = words[:-1]
    return Clause(words[_main_start(words, bool(asking)) :], bool(asking))


def _sentences(text: str) -> list[str]:
    """Split *text* after each sentence. `Dr.`, `e.g.` and `U.S.` end none."""
    sentences: list[list[str]] = []
    for part in _SENTENCE_END.split(text):
        if sentences and _is_abbreviated(sentences[-1][-1]):
            sentences[-1].append(part)
        else:
            sentences.append([part])
    return [" ".join(parts) for parts in sentences]


def _is_abbreviated(sentence: str) -> bool:
    last = sentence.rpartition(" ")[2].casefold()
    return last in _ABBREVIATIONS or "." in last[:-1] or (len(last) == 2 and last[0].isalpha())


def _opening(words: tuple[str, ...], at: int) -> Opening:
    first, second, *_ = [*map(core, words[at : at + 2]), "", ""]
    if first in REQUESTS or (first in {"do", "please"} and second in REQUESTS) or _is_wish(words[at : at + 6]):
        return Opening.REQUEST
    if first in AUXILIARIES:
        return Opening.AUXILIARY
    is_wh = first in WH_WORDS or (first in _LEADERS and second in WH_WORDS)
    return Opening.WH if is_wh else Opening.OTHER


def _is_wish(words: tuple[str, ...]) -> bool:
    """Say whether *words* begin like `I would love to hear`: a question in the shape of a statement."""
    first, *others = [*map(core, words), ""]
    return first in {"i", "i'd", "i'm", "we'd"} and not _WISHES.isdisjoint(others)


def _main_start(words: tuple[str, ...], has_mark: bool) -> int:
    """Return where the main clause begins: after `So,`, after `In your job,`, after `When you began,`."""
    start = _after_fillers(words, 0)
    if start == len(words):
        return 0
    near = range(start + 1, min(start + _FAR, len(words)))
    turns = [_after_fillers(words, at) for at in near if words[at - 1].endswith(_PAUSES)]
    if _opening(words, start) is Opening.REQUEST:
        close = (at for at in turns if at < start + 4 and _opening(words, at) is Opening.AUXILIARY)
        return next(close, start)
    if _opening(words, start) is not Opening.OTHER and not _is_aside(words, start):
        return start
    is_led = core(words[start]) in _LEADERS and has_mark
    breaks = [at for at in near if is_led and _asks_without_pause(words, at)]
    return next((at for at in (*turns, *breaks) if _asks(words, at)), start)


def _is_aside(words: tuple[str, ...], at: int) -> bool:
    """Say whether `when` and `where` begin an aside: `When you began`, unlike `When did you begin`."""
    return core(words[at]) in {"when", "where"} and core((*words, "")[at + 1]) not in AUXILIARIES


def _after_fillers(words: tuple[str, ...], at: int) -> int:
    while at < len(words) and core(words[at]) in _FILLERS:
        at += 1
    return at


def _asks(words: tuple[str, ...], at: int) -> bool:
    """Say whether a question begins at *at*, rather than an aside such as `which was new`."""
    first, second, *_ = [*map(core, words[at : at + 2]), "", ""]
    match _opening(words, at):
        case Opening.AUXILIARY:
            return len(words) > at + 2 and (second in _SUBJECTS - {"a", "an"} or first != "have")
        case Opening.WH:
            return first in {"what", "how", "why"} or second in AUXILIARIES
        case Opening.REQUEST:
            return True
        case Opening.OTHER:
            return False


def _asks_without_pause(words: tuple[str, ...], at: int) -> bool:
    """Say whether a question seems to begin at *at* though no comma says so: `In your job do you travel`."""
    before, here, following = map(core, (words[at - 1], words[at], (*words, "")[at + 1]))
    return here in AUXILIARIES and following in _SUBJECTS and before not in _SUBJECTS | WH_WORDS


def _is_tag(words: tuple[str, ...], length: int) -> bool:
    before, tag = words[:-length], [word.casefold() for word in words[-length:]]
    if len(before) < 2:
        return False
    has_pause = before[-1].endswith(_PAUSES)
    if length == 1:
        return has_pause and tag[0] in _TAGS
    is_turned = core(tag[0]) in AUXILIARIES and tag[1] in _PRONOUNS and (length == 2 or tag[2] == "not")
    return is_turned and (has_pause or tag[0].endswith("n't"))
