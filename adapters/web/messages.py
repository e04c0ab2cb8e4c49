"""Shows one chat message to one reader."""

import re
from dataclasses import asdict
from typing import Any

from markupsafe import Markup

from adapters.web.chat import ASKWELL, Message
from adapters.web.draw import Pen, draw
from adapters.web.html import tag
from adapters.web.moments import moment_words
from adapters.web.stage import Sight
from bot.record import record
from bot.talk.view import Moment, View, When, say
from bot.talk.wire import from_text
from bot.talk.words import _, day_words

_TAG = re.compile(r"<[^>]*>")

SPOKEN = 300
"""Characters of a new message that a screen reader says unasked."""


@record
class Shown:
    """A message on its way to the page: *html* to show and *words* to be read aloud."""

    id: int
    room: str
    revision: int
    html: str
    words: str
    is_own: bool

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def show(message: Message, sight: Sight) -> Shown:
    """Return *message* as *sight* has it. The caller has made sure that this reader may see it."""
    is_own = message.author == sight.standing.person.id
    body, words = _body(message, sight)
    html = _article(message, body, sight, is_own)
    spoken = f"{_author(message, sight)}. {_private(message, sight)}{words[:SPOKEN]}"
    return Shown(message.id, message.room, message.revision, str(html), spoken, is_own)


def view_of(message: Message) -> View:
    """Return what the bot said; a sentence in its place when an older Askwell wrote it in another form."""
    try:
        view = from_text(message.body)
    except ValueError:
        view = None
    if isinstance(view, View):
        return view
    return View("", (say(_("This message is from an earlier Askwell and cannot be shown any more.")),))


def _body(message: Message, sight: Sight) -> tuple[Markup, str]:
    if message.author != ASKWELL:
        return tag("p", message.body, class_="text", dir="auto"), message.body
    drawn = draw(view_of(message), pen_for(message.id, sight))
    return drawn, aloud(drawn)


def aloud(html: Markup) -> str:
    """Return the words of *html*. Whatever was typed is escaped in it, so each `<` begins a tag."""
    return " ".join(Markup(_TAG.sub(" ", html)).unescape().split())  # noqa: S704 - it is unescaped at once


def pen_for(message: int, sight: Sight) -> Pen:
    standing = sight.standing
    return Pen(sight.zone, sight.now, standing.person.id, f"m{message}", f"{standing.path}/file/{message}")


def _article(message: Message, body: Markup, sight: Sight, is_own: bool) -> Markup:
    whose = "from-askwell" if message.author == ASKWELL else "from-me" if is_own else "from-other"
    only = " only-you" if _private(message, sight) else ""
    head = _head(message, sight)
    return tag(
        "article",
        _face(message, sight),
        tag("div", head, tag("div", body, class_="body"), class_="words"),
        id=f"m{message.id}",
        class_=f"message {whose}{only}",
        data_id=message.id,
        data_revision=message.revision,
        data_day=day_words(message.at.astimezone(sight.zone).date(), sight.now.astimezone(sight.zone).date()),
        aria_labelledby=f"m{message.id}-by",
        tabindex=-1,
    )


def _head(message: Message, sight: Sight) -> Markup:
    at = moment_words(When(message.at, Moment.HOUR), sight.zone, sight.now)
    edited = (tag("span", _("changed"), class_="edited"),) if message.edited_at else ()
    only = (tag("span", _("Only you see this"), class_="only"),) if _private(message, sight) else ()
    by = tag("span", _author(message, sight), class_="author", id=f"m{message.id}-by")
    return tag("header", by, tag("time", at, datetime=message.at.isoformat()), *edited, *only)


def _private(message: Message, sight: Sight) -> str:
    """Return the mark of a private message in a channel; in direct messages everything is private anyway."""
    return _("Only you see this. ") if message.reader is not None and sight.standing.channel else ""


def _author(message: Message, sight: Sight) -> str:
    if message.author == ASKWELL:
        return _("Askwell")
    person = sight.standing.workspace.person(message.author)
    return person.name if person else message.author


def _face(message: Message, sight: Sight) -> Markup:
    """Return a small picture made of initials; the name stands beside it, so it is hidden from screen readers."""
    people = [person.id for person in sight.standing.workspace.people]
    tone = f"tone-{people.index(message.author) % 6}" if message.author in people else "tone-askwell"
    return tag("span", initials(_author(message, sight)), class_=f"face {tone}", aria_hidden="true")


def initials(name: str) -> str:
    return "".join(part[0] for part in name.split()[:2])
