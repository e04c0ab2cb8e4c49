"""Reads who somebody is out of a message that was written for people: a signature, an introduction, a list.

It guesses, and a person looks its guesses over in a form. So a field stays empty rather than be filled with half a
sentence, and what belongs to a second person is left alone.
"""

import re
from collections.abc import Iterator
from datetime import date

from bot.model.introductions import names_in
from bot.model.livelihood import Work, work_in
from bot.record import record
from bot.talk.errors import BadInput
from bot.talk.form import Kind, Line
from bot.talk.reading import Reading, clean, read, seen

LONGEST = 4_000
"""Characters of a message that are looked at: an introduction is short, and few mails end beyond that."""

NAME = 80
WORK = 120
EMAIL = 254
LINK = 300
"""Characters that the form's fields take."""

_AT_SIGN = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_TOKEN = re.compile(r"[^\s<>()|\"“”]+")
_PAGE = re.compile(r"https?://.+|(?:[\w-]{1,63}\.){1,5}[a-z]{2,24}(?:/.*)?", re.IGNORECASE)
_NUMBER = re.compile(r"\+?[0-9][0-9 ()./-]{4,}")
_ITEM = re.compile(r"[ \t]*(?:[-*•·–]|[0-9]{1,2}[.)])[ \t]+")
_AROUND = " \t\n,;:.!?'\"*_~`<>()[]{}|"
_NO_DAY = Reading(date.min)


@record
class Clip:
    """What a message tells about one person; empty where it tells nothing. Each fits its field of a form."""

    name: str = ""
    does: str = ""
    organisation: str = ""
    email: str = ""
    link: str = ""


def clipped(message: str) -> Clip:
    """Return what *message*, plain text of any kind, tells about the first person in it."""
    text = _first_person(_visible(message[:LONGEST]))
    email, link = next(_emails(text), ""), next(_links(text), "")
    bare = _without_addresses(text)
    name = next(names_in(bare, email), "")
    work = work_in(bare.partition(name)[2]) if name and name in bare else Work()
    return Clip(_within(name, NAME), _within(work.does, WORK), _within(work.organisation, WORK), email, link)


def _visible(text: str) -> str:
    try:
        return clean(text, lines=True)
    except BadInput as found:
        return found.better or ""


def _first_person(text: str) -> str:
    """Return *text* up to where somebody else begins: the first item of a list, or what stands before the line with a
    second e-mail address, or before the rest of a line that holds both."""
    lines = text.split("\n")
    items = [i for i, line in enumerate(lines) if _ITEM.match(line)]
    if len(items) > 1:
        return _ITEM.sub("", "\n".join(lines[items[0] : items[1]]), count=1)
    first = next(_emails(text), "")
    second = next((found for found in _emails(text) if found != first), "")
    if not second:
        return text
    end = text.index(first) + len(first)
    last_break = text.rfind("\n", end, text.index(second, end))
    return text[: end if last_break < 0 else last_break]


def _emails(text: str) -> Iterator[str]:
    for found in _AT_SIGN.finditer(text):
        if email := _read(Kind.EMAIL, found[0].strip(_AROUND), EMAIL):
            yield email


def _links(text: str) -> Iterator[str]:
    for found in _TOKEN.finditer(text):
        token = seen(found[0]).strip(_AROUND)
        if "@" not in token and _PAGE.fullmatch(token) and (link := _read(Kind.LINK, token, LINK)):
            yield link


def _read(kind: Kind, typed: str, limit: int) -> str:
    """Return *typed* as the form will read it, or nothing where the form would ask to look it over."""
    try:
        return str(read(Line("", limit=limit, kind=kind), typed, (), _NO_DAY))
    except BadInput:
        return ""


def _without_addresses(text: str) -> str:
    """Return *text* with a bar in place of each e-mail address, web address and phone number."""
    text = _AT_SIGN.sub("|", text).replace("mailto:", "").replace("tel:", "")
    text = _TOKEN.sub(lambda found: "|" if _PAGE.fullmatch(seen(found[0]).strip(_AROUND)) else found[0], text)
    return _NUMBER.sub("|", text)


def _within(words: str, limit: int) -> str:
    return words if len(words) <= limit else words[:limit].rpartition(" ")[0]
