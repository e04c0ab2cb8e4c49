"""Draws each element of a view as blocks: https://docs.slack.dev/reference/block-kit/blocks"""

from typing import assert_never

from adapters.slack.drawing.options import carried, option, words
from adapters.slack.drawing.pen import Json, Pen
from adapters.slack.drawing.quiet import quiet
from adapters.slack.drawing.rich import bulleted, inline, lines, paragraph
from adapters.slack.drawing.spoken import kept_where
from adapters.slack.drawing.words import one_line
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
    Select,
    Small,
    Spans,
    Text,
    Tone,
    View,
)
from bot.talk.words import _

DIVIDER: Json = {"type": "divider"}


def blocks_of(page: View, pen: Pen, first: int = 0) -> list[list[Json]]:
    """Return the blocks of each element of *page*, without its title. *first* makes what can be pressed unique, where
    several pages are drawn together."""
    last = len(page.body) - 1
    drawn = [_blocks(element, first + i, pen) for i, element in enumerate(page.body)]
    for i, element in enumerate(page.body):
        if isinstance(element, Card) and i < last:
            drawn[i].append(DIVIDER)
    return drawn


def header(title: str) -> list[Json]:
    """Return *title* as a heading that screen readers can jump to, nothing for a blank one."""
    line = one_line(title)
    return [{"type": "header", "text": words(line)}] if line else []


def _blocks(element: Element, i: int, pen: Pen) -> list[Json]:
    match element:
        case Card(title, rows, buttons):
            return [*_card(title, rows, pen), *_buttons(buttons, i)]
        case Heading(title):
            return header(title)
        case Text(some):
            return [paragraph(inline(some, pen))]
        case Small(some):
            return [quiet(some, pen)]
        case Facts(rows):
            return [paragraph(lines((_fact(name, value) for name, value in rows), pen))]
        case Bullets():
            return [_bullets(element, pen)]
        case Buttons(buttons):
            return _buttons(buttons, i)
        case Select():
            return [_select(element, i)]
        case Attachment():
            return [_attachment(element, pen)]
        case _:
            assert_never(element)


def _fact(name: str, value: Spans) -> Spans:
    label = one_line(name)
    return (Bold(f"{label}: "), *value) if label else value


def _bullets(bullets: Bullets, pen: Pen) -> Json:
    """Slack counts from 1, so a list that begins earlier has its numbers written out."""
    items, start = bullets.items, bullets.start
    if start is None or start > 0:
        return bulleted((inline(item, pen) for item in items), start)
    return paragraph(lines(((f"{number}. ", *item) for number, item in enumerate(items, start)), pen))


def _card(title: str, rows: tuple[Spans, ...], pen: Pen) -> list[Json]:
    said = lines((_strong(title), *rows), pen)
    return [paragraph(said)] if said else []


def _strong(title: str) -> Spans:
    return (Bold(one_line(title)),)


def _buttons(buttons: tuple[Button, ...], i: int) -> list[Json]:
    drawn = [_button(button, f"press-{i}-{j}") for j, button in enumerate(buttons)]
    return [{"type": "actions", "elements": drawn}] if drawn else []


def _button(button: Button, name: str) -> Json:
    value = carried(press.encode(button.press))
    drawn: Json = {"type": "button", "action_id": name, "text": words(one_line(button.label)), "value": value}
    match button.tone:
        case Tone.PLAIN:
            return drawn
        case Tone.PRIMARY:
            return drawn | {"style": "primary"}
        case Tone.DANGER:
            return drawn | {"style": "danger", "confirm": _confirm()}
        case _:
            assert_never(button.tone)


def _confirm() -> Json:
    """Return a question that stands before the press. It is as short as it can be, because its words count as those of
    the message: https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object"""
    return {
        "title": words(_("Are you sure?")),
        "text": words(_("Nothing has changed yet.")),
        "confirm": words(_("Yes, go on")),
        "deny": words(_("Not now")),
        "style": "danger",
    }


def _select(menu: Select, i: int) -> Json:
    """The press rides on the block, since a menu has no value of its own."""
    name = f"{i}|{carried(press.encode(menu.press))}"
    options = [option(one) for one in menu.options]
    box: Json = {
        "type": "static_select", "action_id": f"choose-{i}", "placeholder": words(_("Choose one")), "options": options,
    }  # fmt: skip
    chosen = [drawn for one, drawn in zip(menu.options, options, strict=True) if one.value == menu.chosen]
    box |= {"initial_option": chosen[0]} if chosen else {}
    label = one_line(menu.label)
    if not label:
        return {"type": "actions", "block_id": name, "elements": [box]}
    return {"type": "section", "block_id": name, "text": words(label), "accessory": box}


def _attachment(file: Attachment, pen: Pen) -> Json:
    said = (file.words,) if file.words.strip() else ()
    return paragraph(lines((_strong(file.name), said, (kept_where(),)), pen))
