"""Tells questions that only look closed: requests in a polite form, and requests for a permission or a favour."""

from bot.model.english import WH_WORDS, core

Words = tuple[str, ...]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SOFT = _words("please maybe perhaps possibly also briefly kindly just quickly then")
_TELLING = _words("tell describe explain walk share elaborate outline expand summarise summarize list compare")
_GIVING = _words("talk give show name take help speak say think imagine paint let")
_GIVEN = _words("me us about of more through an some one a")
_ADVISING = _words("recommend suggest advise point")
_WONDERING = _words("me us know say tell explain wonder wondering see hear ask about of curious you")

_PERMISSIONS = (
    "may i", "may we", "might i", "might we", "do i have your", "do you give me", "is it all right if",
    "is it alright if", "is it ok if", "is it okay if", "is it fine if", "would it be all right if",
    "would it be alright if", "would it be ok if", "would it be okay if", "would it be fine if",
    "would it be possible for me to", "do you mind if", "would you mind if", "do you mind me",
    "would you mind me", "are you all right with", "are you ok with", "are you okay with", "are you fine with",
    "are you comfortable with", "would you be ok with", "would you be okay with", "would you be comfortable",
    "would you be willing to", "would you be open to", "would you be happy to", "would you be available",
    "would you allow me", "would you let me", "will you let me",
)  # fmt: skip
_REQUESTS = (
    "can i", "can we", "could i", "could we", "is it all right to", "is it ok to", "is it okay to", "shall i",
)  # fmt: skip
_FAVOURS = (
    "your name", "your permission", "mention you", "quote", "refer to you", "say that you", "say you",
    "tell them", "contact you", "call you", "email you", "e-mail you", "write to you", "send you", "record",
    "take notes", "in touch", "follow up", "connect with you", "share your", "share this", "pass on", "pass your",
    "your number", "your email", "your contact", "your card", "shadow you", "visit you", "meet you", "come back",
    "thank you", "ask you a",
)  # fmt: skip
"""What only the contact can allow: with `can I`, these tell a permission from a question about the work."""


def asks_permission(plain: str) -> bool:
    """Say whether *plain*, a clause in lower case, asks for a permission or a favour."""
    head = f"{plain} "
    if any(head.startswith(f"{start} ") for start in _PERMISSIONS):
        return True
    return any(head.startswith(f"{start} ") for start in _REQUESTS) and any(favour in plain for favour in _FAVOURS)


def asks_to_tell(words: Words) -> bool:
    """Say whether *words* are a polite `Tell me`: `Could you describe`, `May I ask how`, `Do you mind saying`."""
    first, second, third, *_ = plain = (*map(core, words), "", "", "")
    if second in {"i", "we"} and third == "ask":
        return not {plain[3], plain[4]}.isdisjoint({*WH_WORDS, "about", "if", "whether"})
    if second != "you" or first not in {"can", "could", "would", "will", "do"}:
        return False
    if third == "mind":
        return plain[3].endswith("ing")
    return first != "do" and _tells(first, _without_softeners(plain[2:]))


def _without_softeners(plain: Words) -> Words:
    """Return *plain* from its verb on: without `please`, and without `be willing to`."""
    at = next((at for at, word in enumerate(plain) if word not in _SOFT), 0)
    if plain[at] == "be" and "to" in plain[at : at + 6]:
        at = plain.index("to", at) + 1
    return plain[at:]


def _tells(auxiliary: str, plain: Words) -> bool:
    verb, given, *_ = (*plain, "", "")
    if verb in _TELLING or (
        verb in _GIVING and given in _GIVEN - ({"a", "an", "one"} if auxiliary == "would" else set())
    ):
        return True
    return verb in _ADVISING and auxiliary in {"can", "could"}


def wondered(words: Words) -> Words:
    """Return what follows *if* in `Tell me if ...` or `I wonder whether ...`, or nothing."""
    plain = tuple(map(core, words[:12]))
    turns = (at for at, word in enumerate(plain) if word in {"if", "whether"} and at and plain[at - 1] in _WONDERING)
    return next((words[at + 1 :] for at in turns), ())
