"""Holds what somebody did in Discord, as data: a command, a press, or a part of a form."""

from collections.abc import Mapping
from typing import Any, TypeAlias, assert_never

import discord

from adapters.discord import commands
from adapters.discord.drafts import PATH as DRAFT
from adapters.discord.drawing import forms, state
from adapters.discord.heard import Heard
from adapters.discord.places import WHERE, meant
from bot.desk.arguments import Raw
from bot.desk.bot import HOME
from bot.desk.registry import Registry
from bot.record import record
from bot.talk.form import Values
from bot.talk.view import Press


@record
class Calls:
    """Somebody called the command *path*: by its name, a button, a menu, or a whole form."""

    path: str
    raw: Raw


@record
class Opens:
    """Somebody pressed the button behind which a form waits; *press* names it."""

    press: Press


@record
class Fills:
    """Somebody sent what they *typed* into a form that waits, or into one part of it; *press* names it."""

    press: Press
    typed: Values


Doing: TypeAlias = Calls | Opens | Fills


def doing_in(heard: Heard, registry: Registry) -> tuple[Doing, str]:
    """Read what was done, and the server that a button or a form of a direct message names, else ""."""
    data = heard.done
    match heard.kind:
        case discord.InteractionType.component:
            return _pressed(*state.pressed(data))
        case discord.InteractionType.modal_submit:
            return _submitted(data)
        case _:
            path, raw = commands.called(data, registry)
            return Calls(path or str(raw) or HOME, raw), ""


def is_sent(doing: Doing) -> bool:
    """Tell whether *doing* sends a form, after which Discord lets none open."""
    match doing:
        case Fills():
            return True
        case Calls(raw=raw):
            return isinstance(raw, Mapping)
        case Opens():
            return False
        case _:
            assert_never(doing)


def _pressed(press: Press, place: str) -> tuple[Doing, str]:
    if press.path == WHERE:
        press, place = meant(press)
    return (Opens(press) if press.path == DRAFT else Calls(press.path, press)), place


def _submitted(data: Mapping[str, Any]) -> tuple[Doing, str]:
    form, typed = forms.opened(str(data.get("custom_id") or "")), state.values(data)
    if form.path == DRAFT:
        names = tuple(text for pair in form.known.items() for text in pair)
        return Fills(Press(DRAFT, names), typed), form.place
    return Calls(form.path, {**typed, **form.known}), form.place
