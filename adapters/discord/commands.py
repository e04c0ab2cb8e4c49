"""Makes Discord's application commands from Askwell's, and reads what somebody called."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from discord import AppCommandOptionType, AppCommandType, Permissions

from adapters.discord.limits import LONGEST, MOST, check
from adapters.discord.naming import Json, Languages, described, labelled, languages, named
from adapters.discord.options import options_of
from bot.desk.command import Command, Role
from bot.desk.registry import Registry
from bot.talk.form import Choice
from bot.talk.view import Option, Press
from bot.talk.words import N_, _

NAME = "career"
FOR_ORGANISERS = "career-organiser"
"""Beside /career in the list, so that Discord can hide it from members who may not use it: a subcommand it cannot."""

SUMMARY = N_("Prepare talks, share contacts, see what is next")
ORGANISERS_SUMMARY = N_("Look after your group")

GUILD, BOT_DM = 0, 1
"""Where a command can be called: https://docs.discord.com/developers/interactions/application-commands#interaction-contexts"""

INSTALLED = {"integration_types": [0], "nsfw": False}
"""In servers that have the bot, and not in those where somebody brings it along for themselves."""

MAY_ORGANISE = Permissions(manage_guild=True).value
"""Manage Server. A number, as the official description of the API has it in requests; in answers it is text."""

ELLIPSIS = "…"

_BELOW = {AppCommandOptionType.subcommand.value, AppCommandOptionType.subcommand_group.value}

# Doubled signs and backticks mark words up; a single star or underscore may belong to an address.
_MARKUP = re.compile(r"\*\*|__|~~|\|\||`+|<[@#][!&]?\d+>|<a?:\w+:\d+>|<t:-?\d+(?::\w)?>")


def commands(registry: Registry, known: Languages | None = None) -> list[Json]:
    """Return every application command, for a bulk overwrite, in the languages *known* (all that there are).

    Raises ValueError, with a sentence, for what Discord would refuse. A shortcut that reads no message is not among
    them: Discord has menus for messages and people alone, and there a slash command can be called anywhere anyway.
    """
    known = languages() if known is None else known
    listed = {role: [one for one in registry.listed if one.role is role] for role in Role}
    made = [_slash(NAME, SUMMARY, listed[Role.MEMBER], known) | {"contexts": [GUILD, BOT_DM]}]
    if listed[Role.ORGANISER]:
        theirs = _slash(FOR_ORGANISERS, ORGANISERS_SUMMARY, listed[Role.ORGANISER], known)
        made.append(theirs | {"contexts": [GUILD], "default_member_permissions": MAY_ORGANISE})
    made += [_in_menu(one, known) for one in registry.shortcuts if one.from_message]
    check(made)
    return made


def called(data: Mapping[str, Any], registry: Registry) -> tuple[str, Press | str]:
    """Return the path and the arguments of what was called, as an interaction's *data* tells; for a command that there
    is no longer, an empty path and the words that named it, for `Bot.hear`."""
    if data.get("type") == AppCommandType.message.value:
        return _called_on_message(data, registry)
    path, given = _opened(data)
    command = registry.commands.get(path)
    if command is None or not command.is_listed:
        return "", path
    return path, Press(path, _arguments(command, given))


def typing(data: Mapping[str, Any], registry: Registry) -> tuple[str, str, str]:
    """Return the path, the field and what is typed into it so far, as the *data* of an autocompletion tells; empty
    texts for a command that there is no longer."""
    path, given = _opened(data)
    focused = next((option for option in given if option.get("focused")), None)
    if focused is None or path not in registry.commands:
        return "", "", ""
    return path, focused["name"], str(focused.get("value", ""))


def is_open(path: str, name: str, registry: Registry) -> bool:
    """Tell whether the field *name* takes any words, and not only those that are offered for it."""
    command = registry.commands.get(path)
    fields = command.visible if command else ()
    return not any(param.name == name and isinstance(field, Choice) for param, field in fields)


def chosen(suggestions: Sequence[Option], typed: str = "") -> list[Json]:
    """Return what Discord shows below an option while somebody types: first what they *typed*, unless it is one of the
    *suggestions*. What is longer than a choice may be is not shown, and can be sent all the same."""
    own = Option(typed.strip(), typed.strip())
    is_known = own.value.casefold() in {option.value.casefold() for option in suggestions}
    by_value = {str(option.value): option for option in (suggestions if is_known else (own, *suggestions))}
    fitting = [(value, option.label) for value, option in by_value.items() if value.strip() and len(value) <= LONGEST]
    return [{"name": _short(label.strip() or value.strip()), "value": value} for value, label in fitting[:MOST]]


def _slash(name: str, summary: str, listed: Sequence[Command[Any]], known: Languages) -> Json:
    head = named(name, known) | described(lambda: _(summary), known)
    return head | {"type": AppCommandType.chat_input.value, "options": _tree(listed, known), **INSTALLED}


def _tree(listed: Sequence[Command[Any]], known: Languages) -> list[Json]:
    """Return *listed* as subcommands, those of two words in groups, each where its first command stands."""
    parts: dict[str, Json] = {}
    for command in listed:
        group, _space, name = command.path.rpartition(" ")
        if group:
            parts.setdefault(f"{group} ", _group(group, command, known))["options"].append(_sub(name, command, known))
        else:
            parts[name] = _sub(name, command, known)
    return list(parts.values())


def _group(name: str, first: Command[Any], known: Languages) -> Json:
    """Return an empty group. People never see what describes it, and it has to be described: by its *first* command."""
    head = named(name, known) | described(lambda: _(first.summary), known)
    return head | {"type": AppCommandOptionType.subcommand_group.value, "options": []}


def _sub(name: str, command: Command[Any], known: Languages) -> Json:
    head = named(name, known) | described(lambda: _(command.summary), known)
    return head | {"type": AppCommandOptionType.subcommand.value, "options": options_of(command, known)}


def _in_menu(command: Command[Any], known: Languages) -> Json:
    head = labelled(lambda: _(command.shortcut), known)
    return head | {"type": AppCommandType.message.value, "contexts": [GUILD, BOT_DM], **INSTALLED}


def _opened(data: Mapping[str, Any]) -> tuple[str, list[Json]]:
    """Return the path in *data* and the options at its end."""
    names: list[str] = []
    options: list[Json] = list(data.get("options") or ())
    while options and options[0].get("type") in _BELOW:
        names.append(options[0]["name"])
        options = list(options[0].get("options") or ())
    return " ".join(names), options


def _arguments(command: Command[Any], given: Sequence[Json]) -> tuple[str, ...]:
    by_name = {option["name"]: _text(option.get("value", "")) for option in given}
    texts = [by_name.get(param.name, "") for param in command.params]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _text(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else ""
        case _:
            return str(value)


def _called_on_message(data: Mapping[str, Any], registry: Registry) -> tuple[str, Press | str]:
    """Return the command that *data* names, with what it reads from the message. It always shows its form first."""
    for command in registry.shortcuts:
        if command.from_message and command.shortcut == data.get("name"):
            words = _words(data["resolved"]["messages"][data["target_id"]])
            return command.path, Press(command.path, command.from_message(words), is_form=True)
    return "", str(data.get("name", ""))


def _words(message: Mapping[str, Any]) -> str:
    """Return what *message* says without markup; of one that was passed on, what the first message in it says."""
    passed_on = [snapshot["message"] for snapshot in message.get("message_snapshots") or ()]
    contents = [str(one.get("content") or "") for one in (message, *passed_on)]
    return _MARKUP.sub("", next(filter(None, contents), ""))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - len(ELLIPSIS)] + ELLIPSIS
