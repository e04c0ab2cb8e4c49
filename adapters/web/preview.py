"""Draws every view and form of every command as each platform would show it, with what it takes of the limits."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import TypeAlias
from zoneinfo import ZoneInfo

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from adapters.web.draw import Pen, draw
from adapters.web.fields import draw_form
from adapters.web.form_limits import form_violations, longest
from adapters.web.html import joined, tag
from adapters.web.moments import moment_words
from adapters.web.pages import TEMPLATES
from adapters.web.people import WORKSPACES
from adapters.web.stage import Example, stage_of
from bot.desk.bot import Reply
from bot.record import record
from bot.talk.check import violations
from bot.talk.fit import fit
from bot.talk.fit_form import fit_form
from bot.talk.form import Dialog
from bot.talk.limits import DISCORD, PLATFORMS, SLACK, Limits
from bot.talk.size import Size, size, title_size
from bot.talk.view import Moment, View, When
from bot.talk.words import _, ngettext

Drawn: TypeAlias = tuple[tuple[tuple[Markup, str], ...], list[str]]
"""Messages, each with what it takes, and what does not fit."""


@record
class Frame:
    """One example on one platform: the messages it becomes, each with what it takes, and what does not fit."""

    platform: str
    look: str
    pages: tuple[tuple[Markup, str], ...]
    problems: tuple[str, ...]


@record
class Exhibit:
    title: str
    frames: tuple[Frame, ...]


async def page(request: Request) -> Response:
    """Show all examples, by command."""
    stage = stage_of(request)
    reader = WORKSPACES[0].people[1]
    sections = list(_sections(await stage.gallery(), reader.zone, stage.clock.now()))
    problems = sum(len(frame.problems) for _path, shown in sections for one in shown for frame in one.frames)
    context = {"sections": sections, "problems": problems, "reader": reader}
    return TEMPLATES.TemplateResponse(request, "preview.html", context)


def _sections(examples: Sequence[Example], zone: ZoneInfo, now: datetime) -> Iterator[tuple[str, tuple[Exhibit, ...]]]:
    numbered = sorted(enumerate(examples), key=lambda item: (item[1][0], item[0]))
    for path, some in groupby(numbered, key=lambda item: item[1][0]):
        shown = (_exhibit(title, reply, Pen(zone, now, "", f"e{i}", is_live=False)) for i, (_p, title, reply) in some)
        yield path, tuple(shown)


def _exhibit(title: str, reply: Reply, pen: Pen) -> Exhibit:
    return Exhibit(title, tuple(frame(reply, limits, pen) for limits in PLATFORMS))


def frame(reply: Reply, limits: Limits, pen: Pen) -> Frame:
    """Return *reply* as the platform of *limits* shows it."""
    look = {SLACK.name: "slack", DISCORD.name: "discord"}.get(limits.name, "own")
    words = {"slack": slack_words, "discord": discord_words}.get(look, moment_words)
    pen = Pen(pen.zone, pen.now, pen.reader, f"{pen.place}-{look}", words=words, is_live=False)
    pages, problems = _forms(reply, limits, pen) if isinstance(reply, Dialog) else _messages(reply, limits, pen)
    return Frame(limits.name.removeprefix("the ").capitalize(), look, pages, tuple(problems))


def _forms(dialog: Dialog, limits: Limits, pen: Pen) -> Drawn:
    fitted = fit_form(dialog, limits)
    return ((draw_form(fitted, pen.place), _form_takes(fitted, limits)),), form_violations(fitted, limits)


def _messages(view: View, limits: Limits, pen: Pen) -> Drawn:
    try:
        views = fit(view, limits)
    except ValueError as error:
        return ((draw(view, pen), takes(view, limits)),), [str(error)]
    broken = [sentence for one in views for sentence in violations(one, limits)]
    pens = (Pen(pen.zone, pen.now, "", f"{pen.place}-{i}", None, pen.words, False) for i in range(len(views)))
    return tuple((_framed(one, mine), takes(one, limits)) for one, mine in zip(views, pens, strict=True)), broken


def _framed(view: View, pen: Pen) -> Markup:
    only = (tag("p", _("Only you see this"), class_="only"),) if view.is_private else ()
    return joined(*only, draw(view, pen))


def takes(view: View, limits: Limits) -> str:
    """Return `3 of 50 blocks, 1,204 of 12,000 characters`."""
    total = sum(
        (size(element, limits) for element in view.body), title_size(view.title, limits) if view.title else Size()
    )
    words = _("{blocks:,} of {most_blocks:,} blocks, {chars:,} of {most_chars:,} characters")
    return words.format(blocks=total.blocks, most_blocks=limits.blocks, chars=total.chars, most_chars=limits.total)


def _form_takes(dialog: Dialog, limits: Limits) -> str:
    n = len(dialog.entries)
    title = limits.measure(dialog.title)
    text = max((longest(entry.field) for entry in dialog.entries), default=0)
    fields = ngettext("{n} field", "{n} fields", n).format(n=n)
    words = _("{fields}, title {title} of {most_title:,}, longest text {text:,} of {most_text:,} characters")
    return words.format(fields=fields, title=title, most_title=limits.form_title, text=text, most_text=limits.form_text)


def slack_words(when: When, zone: ZoneInfo, now: datetime) -> str:
    """Return *when* as Slack writes `{date_long} at {time}` for an English reader."""
    local = when.at.astimezone(zone)
    day, hour = f"{local:%A, %B} {_ordinal(local.day)}, {local.year}", f"{local.hour % 12 or 12}:{local:%M %p}"
    return _shown(when.show, day, f"{day} at {hour}", hour)


def discord_words(when: When, zone: ZoneInfo, now: datetime) -> str:
    """Return *when* as Discord writes `<t:...:F>`, and `D` and `t` for its parts, for an English reader."""
    local = when.at.astimezone(zone)
    day = f"{local.day} {local:%B} {local.year}"
    return _shown(when.show, day, f"{local:%A}, {day} {local:%H:%M}", f"{local:%H:%M}")


def _shown(show: Moment, day: str, full: str, hour: str) -> str:
    words: dict[Moment, str] = {Moment.DAY: day, Moment.FULL: full, Moment.HOUR: hour}
    return words[show]


def _ordinal(n: int) -> str:
    ending = "th" if n in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"
