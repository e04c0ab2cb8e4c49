"""Turns a function's signature into a command: its form, its buttons, and the reading of what was typed."""

import inspect
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import (
    Annotated,
    Any,
    Concatenate,
    Generic,
    ParamSpec,
    TypeAlias,
    get_args,
    get_origin,
    get_type_hints,
)

from bot.desk.context import Context
from bot.record import record
from bot.talk.form import Field, Key, Tick, Values
from bot.talk.limits import Limits
from bot.talk.view import Button, Option, Press, Select, Tone, View
from bot.talk.words import N_

P = ParamSpec("P")
Handler: TypeAlias = Callable[Concatenate[Context, P], Awaitable[View]]
Prefill: TypeAlias = Callable[[Context, dict[str, Any]], Awaitable[Values]]
"""Given the arguments that are known, returns what stands in the other fields when the form opens."""

FromMessage: TypeAlias = Callable[[str], tuple[str, ...]]
"""Given a message's plain words, returns the first arguments of a command as text, in the order of its parameters."""

MAX_FIELDS = 5
"""Visible fields of one form: https://docs.discord.com/developers/components/reference (modals)."""

MAX_SHORTCUT = 24
"""Characters of a shortcut's name: https://docs.slack.dev/app-manifest (shortcuts)."""


class Role(StrEnum):
    MEMBER = "member"
    ORGANISER = "organiser"


class Topic(StrEnum):
    """Under which head `/career help` lists a command, in this order."""

    BEGIN = N_("Begin")
    PREPARE = N_("Prepare a talk")
    CONTACTS = N_("Contacts and the board")
    RHYTHM = N_("Your days")
    GROUP = N_("Your group")
    YOURS = N_("Your data")


@record
class Param:
    """One argument of a command. *type* is `int`, `str`, an enum or what the field reads into; *default* stands for an
    argument that is not given, and there is none when *is_required*."""

    name: str
    field: Field | Key
    type: Any
    is_required: bool
    default: Any = None


@record
class Command(Generic[P]):
    """Something that people can ask for. *path* is what follows `/career`; *visible* are those of the *params* that
    people see, each with its field.

    *is_listed* commands can be typed and stand in `/career help`; the others are only reached by a button or a form.
    *reads* promises that nothing is changed. *help* is written to the person who reads `/career help`.
    The answer of a command that changes something is kept for a while, in case the interaction is delivered again; one
    that shows what must not outlast the moment is not *is_kept*: delivered twice, it runs twice.
    A *shortcut* is the name under which a platform's own menus offer the command's form: the menu of a message, whose
    words *from_message* reads, or without that one which is open anywhere.
    """

    path: str
    summary: str
    help: str
    run: Handler[P]
    params: tuple[Param, ...]
    visible: tuple[tuple[Param, Field], ...]
    topic: Topic
    role: Role
    reads: bool
    is_listed: bool
    is_kept: bool
    title: str
    submit: str
    intro: str
    prefill: Prefill | None
    shortcut: str = ""
    from_message: FromMessage | None = None

    def press(self, *args: P.args, **kwargs: P.kwargs) -> Press:
        """Return a complete call, type-checked like a call of the function itself."""
        return Press(self.path, self._as_text(args, kwargs))

    def button(self, label: str, *args: P.args, **kwargs: P.kwargs) -> Button:
        """Return a button that runs the command with these arguments."""
        return Button(label, Press(self.path, self._as_text(args, kwargs)))

    def primary(self, label: str, *args: P.args, **kwargs: P.kwargs) -> Button:
        """Return a button like `button`, drawn as the one next step."""
        return Button(label, self.press(*args, **kwargs), Tone.PRIMARY)

    def danger(self, label: str, *args: P.args, **kwargs: P.kwargs) -> Button:
        """Return a button like `button`, drawn as one that takes something away."""
        return Button(label, self.press(*args, **kwargs), Tone.DANGER)

    def opens(self, label: str, *known: object, tone: Tone = Tone.PLAIN) -> Button:
        """Return a button that opens the command's form; *known* are the first arguments."""
        return Button(label, Press(self.path, self._as_text(known, {}), is_form=True), tone)

    def select(self, label: str, options: tuple[Option, ...], *known: object, chosen: str | None = None) -> Select:
        """Return a menu: choosing runs the command with *known* and then the chosen option's value."""
        return Select(label, Press(self.path, self._as_text(known, {})), options, chosen)

    def _as_text(self, args: tuple[object, ...], kwargs: dict[str, Any]) -> tuple[str, ...]:
        if kwargs:
            args = self._in_order(args, kwargs)
        if len(args) > len(self.params):
            raise TypeError(f"{self.path!r} does not take {args!r}")
        texts = [value if type(value) is str else _text(value) for value in args]
        while texts and not texts[-1]:
            texts.pop()
        return tuple(texts)

    def _in_order(self, args: tuple[object, ...], kwargs: dict[str, Any]) -> tuple[object, ...]:
        rest = [param.name for param in self.params[len(args) :]]
        if not kwargs.keys() <= set(rest):
            raise TypeError(f"{self.path!r} does not take {args!r} {kwargs!r}")
        return (*args, *map(kwargs.get, rest))


def command(
    path: str,
    summary: str,
    *,
    topic: Topic,
    role: Role = Role.MEMBER,
    reads: bool = False,
    is_listed: bool = True,
    is_kept: bool = True,
    title: str = "",
    submit: str = N_("Save"),
    intro: str = "",
    prefill: Prefill | None = None,
    shortcut: str = "",
    from_message: FromMessage | None = None,
) -> Callable[[Handler[P]], Command[P]]:
    """Make a command of an `async def name(ctx, ...) -> View` whose parameters carry their fields.

    A parameter is `Annotated[type, Field]`; one without a default is required, and when it is missing the form opens.
    The function's docstring is its help, in marked words (`help` reads it through the catalogue).
    """

    def make(run: Handler[P]) -> Command[P]:
        params = _params(run)
        visible = tuple((param, param.field) for param in params if not isinstance(param.field, Key))
        if len(visible) > MAX_FIELDS:
            raise TypeError(f"{path!r} asks {len(visible)} things at once; a form has at most {MAX_FIELDS} fields")
        _check_shortcut(path, shortcut, from_message)
        words = inspect.cleandoc(run.__doc__ or "")
        return Command(
            path,
            summary,
            words,
            run,
            params,
            visible,
            topic,
            role,
            reads,
            is_listed,
            is_kept,
            title or summary,
            submit,
            intro,
            prefill,
            shortcut,
            from_message,
        )

    return make


def _check_shortcut(path: str, shortcut: str, from_message: FromMessage | None) -> None:
    if len(shortcut) > MAX_SHORTCUT:
        raise TypeError(f"The shortcut of {path!r} has {len(shortcut)} characters; a menu shows {MAX_SHORTCUT}")
    if from_message is not None and not shortcut:
        raise TypeError(f"{path!r} reads messages, so it needs a shortcut to be called by")


def _params(run: Callable[..., Any]) -> tuple[Param, ...]:
    hints = get_type_hints(run, include_extras=True)
    _ctx, *rest = inspect.signature(run).parameters.values()
    return tuple(_param(p, hints[p.name]) for p in rest)


def _param(parameter: inspect.Parameter, hint: Any) -> Param:
    is_required = parameter.default is inspect.Parameter.empty
    if get_origin(hint) is not Annotated:
        raise TypeError(f"{parameter.name!r} needs Annotated[type, Field], not {hint!r}")
    kind, field, *_more = get_args(hint)
    if isinstance(field, Tick) and not is_required and parameter.default is not False:
        raise TypeError(f"{parameter.name!r} is a tick, and a box left empty means no: its default is False")
    base = _base(kind)
    return Param(parameter.name, field, base, is_required, None if is_required else parameter.default)


def _base(kind: Any) -> Any:
    """Return the type that values are made with: `X` of `X | None`, `int` of a `NewType` over int, an enum as it is."""
    some = [arg for arg in get_args(kind) if arg is not type(None)]
    if some and len(some) == 1 and type(None) in get_args(kind):
        return _base(some[0])
    return _base(kind.__supertype__) if hasattr(kind, "__supertype__") else kind


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else ""
        case tuple():
            return ",".join(str(one) for one in value)
        case _:
            return str(value)


def label_of(command: Command[Any], limits: Limits) -> str:
    """Return how people type the command."""
    return f"{limits.organisers if command.role is Role.ORGANISER else '/career'} {command.path}"
