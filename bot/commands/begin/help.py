"""What can be asked of the bot, by topic; how to type one command; and what an information interview is."""

from typing import Annotated, Any

from bot.commands.rhythm.agenda import offer
from bot.desk.command import Command, Param, Role, Topic, command, label_of
from bot.desk.context import Context
from bot.talk.errors import Refused
from bot.talk.form import Field, Key, Line
from bot.talk.limits import Limits
from bot.talk.view import (
    Bold,
    Bullets,
    Button,
    Buttons,
    Card,
    Element,
    Option,
    Spans,
    Text,
    View,
    small,
    spans,
)
from bot.talk.words import N_, _

WHAT = "what"
"""The one word that is a topic and no command: `/career help what`."""


@command("help", N_("See what I can do"), topic=Topic.BEGIN, reads=True)
async def help(  # noqa: A001 - it is what people type
    ctx: Context,
    about: Annotated[str, Line(N_("About what?"), N_("plan, board, what, ... or nothing at all"), limit=100)] = "",
) -> View:
    """Every command in one line, by topic. Add a command to read how to use it, or “what” to read what an information
    interview is."""
    words = about.casefold().removeprefix("/career").strip()
    if not words:
        return _all(ctx)
    if words == WHAT:
        return _what(ctx)
    path, _rest = ctx.registry.split(words)
    found = ctx.registry.commands.get(path)
    if found is None or not _is_for(ctx, found):
        raise Refused(
            _("I have no command “{about}”. Here is what I know.").format(about=about[:60]),
            *_near(ctx, words),
            topic.button(_("See everything I can do")),
        )
    return _one(ctx, found)


@command("help topic", N_("Read about one command"), topic=Topic.BEGIN, is_listed=False, reads=True)
async def topic(ctx: Context, about: Annotated[str, Key()] = "") -> View:
    return (await help.run(ctx, about)).instead()


def _all(ctx: Context) -> View:
    commands = tuple(one for one in ctx.registry.listed if _is_for(ctx, one))
    cards = tuple(_topic(ctx, one, commands) for one in Topic if any(c.topic is one for c in commands))
    options = tuple(Option(one.path, label_of(one, ctx.limits)) for one in commands)
    menu = topic.select(_("Read more about one of them"), options)
    first = Buttons((topic.button(_("What is an information interview?"), WHAT), *offer(ctx, "start", _("Set up"))))
    return View(_("What I can do"), (*cards, menu, first))


def _topic(ctx: Context, which: Topic, commands: tuple[Command[Any], ...]) -> Card:
    lines: tuple[Spans, ...] = tuple(
        spans(_("{command}: {summary}"), command=Bold(label_of(one, ctx.limits)), summary=_(one.summary))
        for one in commands
        if one.topic is which
    )
    return Card(_(which.value), lines)


def _one(ctx: Context, found: Command[Any]) -> View:
    press = found.opens(_("Try it")) if found.visible else Button(_("Try it"), found.press())
    buttons = Buttons((press, topic.button(_("See everything I can do"))))
    explained = Text((" ".join(_(found.help).split()),))
    return View(label_of(found, ctx.limits), (explained, *_typing(found, ctx.limits), buttons))


def _typing(found: Command[Any], limits: Limits) -> tuple[Element, ...]:
    """Tell what the command asks for, and show how that is typed: in order between commas, or by name."""
    if not found.visible:
        return ()
    asks = tuple(_ask(_(field.label), _(field.hint)) for _param, field in found.visible)
    needed = [one for one in found.visible if one[0].is_required] or [found.visible[0]]
    more = next((one for one in found.visible if one not in needed), None)
    words = [_named(*one) for one in needed] if limits.is_by_name else [", ".join(_hole(field) for _p, field in needed)]
    typed = " ".join((label_of(found, limits), *words))
    named = () if more is None else ((f"{typed} {_named(*more)}",),)
    heads = _("It asks for:"), _("Type it in one go, or leave the words out and I ask:")
    return (small(heads[0]), Bullets(asks), small(heads[1]), Bullets(((typed,), *named)))


def _ask(label: str, hint: str) -> Spans:
    return spans(_("{label} ({hint})"), label=Bold(label), hint=hint) if hint else (Bold(label),)


def _named(param: Param, field: Field) -> str:
    return f"{param.name}:{_hole(field)}"


def _hole(field: Field) -> str:
    """Return where a word goes in an example: `<their name>`."""
    return f"<{_(field.label).rstrip('?.: ')}>"


def _what(ctx: Context) -> View:
    lines = (
        _("An information interview is a talk, not a job interview. You arrange it with one particular person, for "
          "20 to 30 minutes, and ask what their work is like from the inside."),
        _("It lets you look into a field that makes you curious and meet people in it. What you hear is in no "
          "brochure."),
        _("It helps when you choose a major, decide on a career, think about a change, or begin to look for a job. "
          "You ask for advice and not for a position; that is why people like to say yes."),
    )  # fmt: skip
    plan = offer(ctx, "plan new", _("Plan a talk"), is_form=True, is_primary=True)
    buttons = (*plan, *offer(ctx, "questions", _("Look at questions")), topic.button(_("See everything I can do")))
    return View(_("What is an information interview?"), (*(Text((line,)) for line in lines), Buttons(buttons)))


def _near(ctx: Context, words: str) -> tuple[Button, ...]:
    return tuple(
        topic.button(label_of(one, ctx.limits), one.path) for one in ctx.registry.nearest(words) if _is_for(ctx, one)
    )


def _is_for(ctx: Context, one: Command[Any]) -> bool:
    return one.is_listed and (one.role is Role.MEMBER or ctx.is_organiser)
