"""Draws a view as HTML, for one reader. What a person typed is always text, never markup."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from markupsafe import Markup

from adapters.web.html import joined, tag
from adapters.web.moments import moment_words
from adapters.web.reading import side
from bot.record import record
from bot.talk import press
from bot.talk.view import (
    Attachment,
    Bold,
    Bullets,
    Button,
    Buttons,
    Card,
    Element,
    Facts,
    Heading,
    Link,
    Mention,
    Option,
    Select,
    Small,
    Span,
    Spans,
    Text,
    View,
    When,
    plain,
)
from bot.talk.words import _

_SAFE_LINK = re.compile(r"(https?://|mailto:)[^\s]+", re.IGNORECASE)


@record
class Pen:
    """What drawing depends on besides the view.

    *reader* is the user who looks on, *place* makes ids on the page unique, *files* is the address under which the
    message's files lie (`None`: nowhere), *words* writes moments. Without *is_live* nothing can be pressed.
    """

    zone: ZoneInfo
    now: datetime
    reader: str
    place: str
    files: str | None = None
    words: Callable[[When, ZoneInfo, datetime], str] = moment_words
    is_live: bool = True


def draw(view: View, pen: Pen) -> Markup:
    """Return *view* as HTML. It must have passed `fit` for the playground."""
    title = (tag("h3", view.title, class_="title", dir=side(view.title)),) if view.title.strip() else ()
    return joined(*title, *(_element(element, i, pen) for i, element in enumerate(view.body)))


def _element(element: Element, i: int, pen: Pen) -> Markup:
    match element:
        case Heading(text):
            return tag("h4", text, class_="heading", dir=side(text))
        case Text(some):
            return tag("p", _spans(some, pen), class_="text", dir=side(plain(some)))
        case Small(some):
            return tag("p", _spans(some, pen), class_="small", dir=side(plain(some)))
        case Facts(rows):
            return tag("dl", *(_fact(name, value, pen) for name, value in rows), class_="facts")
        case Bullets(items, start):
            items_ = (tag("li", _spans(item, pen), dir=side(plain(item))) for item in items)
            return tag("ul", *items_) if start is None else tag("ol", *items_, start=start)
        case Card(title, lines, buttons):
            return _card(title, lines, buttons, pen)
        case Buttons(buttons):
            return _buttons(buttons, pen)
        case Select():
            return _select(element, f"{pen.place}-{i}", pen)
        case Attachment():
            return _attachment(element, i, pen)
        case _:
            assert_never(element)


def _spans(some: Spans, pen: Pen) -> Markup:
    return joined(*(_span(span, pen) for span in some))


def _span(span: Span, pen: Pen) -> str:
    match span:
        case str():
            return span
        case Bold(text):
            return tag("strong", text, dir="auto")
        case Mention(user, name):
            return tag("span", f"@{name}", class_="mention me" if user == pen.reader else "mention")
        case When(at):
            return tag("time", pen.words(span, pen.zone, pen.now), datetime=at.isoformat())
        case Link(url, label):
            return link(url, label)
        case _:
            assert_never(span)


def link(url: str, label: str) -> str:
    """Return a link, or plain words for an address that is neither web nor mail: `javascript:` leads nowhere."""
    if not _SAFE_LINK.fullmatch(url):
        return f"{label} ({url})" if label else url
    return tag("a", label or url, href=url, target="_blank", rel="noopener noreferrer nofollow")


def _fact(name: str, value: Spans, pen: Pen) -> Markup:
    return tag("div", tag("dt", name, dir="auto"), tag("dd", _spans(value, pen), dir=side(plain(value))))


def _card(title: str, lines: tuple[Spans, ...], buttons: tuple[Button, ...], pen: Pen) -> Markup:
    head = (tag("h4", title, class_="card-title", dir=side(title)),) if title.strip() else ()
    rows = (tag("p", _spans(line, pen), class_="line", dir=side(plain(line))) for line in lines)
    return tag("section", *head, *rows, *((_buttons(buttons, pen),) if buttons else ()), class_="card")


def _buttons(buttons: tuple[Button, ...], pen: Pen) -> Markup:
    return tag("div", *(_button(button, pen) for button in buttons), class_="buttons")


def _button(button: Button, pen: Pen) -> Markup:
    look, pressed = f"press {button.tone}", press.encode(button.press)
    return tag("button", button.label, type="button", class_=look, data_press=pressed, disabled=not pen.is_live)


def _select(menu: Select, place: str, pen: Pen) -> Markup:
    name, pressed = f"select-{place}", press.encode(menu.press)
    nothing = () if menu.chosen is not None else (tag("option", _("Choose one"), value="", selected=True),)
    options = (_option(option, menu.chosen) for option in menu.options)
    box = tag("select", *nothing, *options, id=name, disabled=not pen.is_live)
    # A menu that acts as soon as it changes cannot be walked through with the arrow keys, hence the button.
    go = tag("button", _("Show"), type="button", class_="press plain", data_press=pressed, data_from=name,
             aria_label=_("Show: {label}").format(label=menu.label), disabled=not pen.is_live)  # fmt: skip
    return tag("div", tag("label", menu.label, for_=name), tag("div", box, go, class_="choose"), class_="select")


def _option(option: Option, chosen: str | None) -> Markup:
    words = f"{option.label} · {option.hint}" if option.hint else option.label
    return tag("option", words, value=option.value, selected=option.value == chosen)


def _attachment(file: Attachment, i: int, pen: Pen) -> Markup:
    words = tag("p", tag("strong", file.name), " ", file.words, class_="text", dir="auto")
    shown = tag("details", tag("summary", _("Read it here")), tag("pre", file.content, dir="auto", tabindex=0))
    return tag("section", words, _file_links(file, i, pen), shown, class_="attachment")


def _file_links(file: Attachment, i: int, pen: Pen) -> Markup:
    if pen.files is None:
        return joined()
    save = tag("a", _("Download"), href=f"{pen.files}/{i}", download=file.name, class_="as-button")
    paper = tag("a", _("Print"), href=f"{pen.files}/{i}/print", target="_blank", rel="noopener", class_="as-button")
    return tag("div", save, paper, class_="buttons")
