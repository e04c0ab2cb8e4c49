"""The one way in: every slash command, press, form and test comes through `Bot.handle`."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeAlias

from bot.desk.arguments import Call, Raw, form_press, options_of, read_call, suggested, values_in
from bot.desk.comings import Comings
from bot.desk.command import Command, Role
from bot.desk.context import Chance, Context
from bot.desk.happening import BACK
from bot.desk.mishaps import Options, answer_to, done_already, outdated, stranger, unknown
from bot.model.outbox import Spot, Unreachable
from bot.model.people import Actor, Seat
from bot.model.store import Unit
from bot.talk.errors import BadInput, Refused
from bot.talk.form import Choice, Dialog, Lookup
from bot.talk.limits import limits_of
from bot.talk.view import Option, Small, View
from bot.talk.wire import from_text, to_text
from bot.talk.words import _, catalogue, speaking

Reply: TypeAlias = View | Dialog

HOME = "home"
"""The command that answers when nothing was typed after `/career`."""


class Bot(Comings):
    """Answers interactions. Somebody who only sees a channel of the group gets one sentence, and no seat in it."""

    async def hear(self, words: str, actor: Actor) -> Reply:
        """Answer `/career <words>`."""
        path, rest = self.registry.split(words)
        if path or not rest:
            return await self.handle(path or HOME, rest, actor)
        with speaking(catalogue(actor.locale)):
            return stranger() if actor.is_stranger else unknown(rest, self.registry, limits_of(actor.platform))

    async def handle(self, path: str, raw: Raw, actor: Actor) -> Reply:
        """Answer one interaction: check the right, read the arguments, run the command in one transaction.

        Never raises but for cancellation: what the person can mend comes back as words, with what they typed, and our
        own bugs as one calm sentence with a number that stands in the log. The same *actor.key* changes nothing twice
        and gets the same answer.
        """
        with speaking(catalogue(actor.locale)):
            if actor.is_stranger:
                return stranger()
            command = self.registry.commands.get(path)
            if command is None:
                if isinstance(raw, str):
                    return unknown(path, self.registry, limits_of(actor.platform))
                return outdated(is_form=isinstance(raw, Mapping))
            try:
                return await self._answer(command, raw, actor)
            except (Refused, BadInput) as error:
                raw = await self._in_form(error, command, raw, actor)
                return answer_to(error, command, raw, await self._options(command, actor))
            except Exception as bug:
                return answer_to(bug, command, raw, {})

    async def suggest(self, path: str, name: str, typed: str, actor: Actor) -> tuple[Option, ...]:
        """Return up to 25 suggestions for the field *name* of the command *path*, given what was *typed* so far."""
        command = self.registry.commands.get(path)
        field = next((field for param, field in command.visible if param.name == name), None) if command else None
        if not isinstance(field, Lookup | Choice) or actor.is_stranger:
            return ()
        now = self.clock()
        seat = await self.store.seat(actor, now)
        if command is None or (command.role is Role.ORGANISER and not seat.member.is_organiser):
            return ()
        with speaking(catalogue(actor.locale)):
            async with self.store.unit(seat.group.id, writes=False) as unit:
                return (await suggested(field, self._asked(seat, actor, unit, now), typed))[:25]

    async def _answer(self, command: Command[Any], raw: Raw, actor: Actor) -> Reply:
        """Read first, so that a form opens without waiting for whoever is writing; then change, once."""
        now = self.clock()
        seat = await self.store.seat(actor, now)
        if command.role is Role.ORGANISER and not seat.member.is_organiser:
            raise Refused(_("Only organisers of this group can do that. Ask one of them, they will know what to do."))
        await self._meet(seat, now)
        writes = not command.reads or bool(seat.member.nudges.unreachable)
        async with self.store.unit(seat.group.id, writes=False) as unit:
            ctx = self._asked(seat, actor, unit, now)
            if writes and (kept := await unit.replies.kept(_key(actor))) is not None:
                return _view(kept)
            call = await read_call(command, raw, ctx)
            if call.dialog or not writes:
                return call.dialog or await command.run(ctx, **call.values)
        async with self.store.unit(seat.group.id, writes=True) as unit:
            view = await self._change(command, call, self._asked(seat, actor, unit, now), actor)
        self._wrote()
        return view

    async def _change(self, command: Command[Any], call: Call, ctx: Context, actor: Actor) -> View:
        """Run a command in a unit that writes, once per interaction.

        One that only reads comes here when there is news to tell with it. Its answer is not kept: it may show what must
        not outlast the moment, and done twice it does no harm.
        """
        is_kept = command.is_kept and not command.reads
        if is_kept and (kept := await ctx.store.replies.begin(_key(actor), ctx.member.id, ctx.now)) is not None:
            return _view(kept)
        fresh = await ctx.store.members.lock(ctx.member.id) or ctx.member
        is_organiser = fresh.is_organiser or ctx.member.is_organiser
        ctx = replace(ctx, member=replace(fresh, is_organiser=is_organiser))
        view = await self._with_lost_letters(ctx, await command.run(ctx, **call.values))
        if is_kept:
            await ctx.store.replies.keep(_key(actor), to_text(view))
        return view

    async def _with_lost_letters(self, ctx: Context, view: View) -> View:
        """Tell a member whose last direct message did not arrive, once, at their next command; from then on they are
        written to again."""
        reason = ctx.member.nudges.unreachable
        if not reason:
            return view
        fresh = await ctx.store.members.get(ctx.member.id)
        if fresh is not None:
            member = replace(fresh, nudges=replace(fresh.nudges, unreachable=""))
            await ctx.store.members.set_nudges(member.id, member.nudges)
            await self._act(BACK, replace(ctx, member=member))
        return view.with_top(Small((_lost(Unreachable(reason)),)))

    def _asked(self, seat: Seat, actor: Actor, unit: Unit, now: datetime) -> Context:
        spot = Spot(actor.platform, actor.workspace, actor.channel) if actor.channel else None
        return self._context(seat, unit, now, Chance(actor.key), spot, actor.user, limits_of(actor.platform))

    async def _in_form(self, error: Exception, command: Command[Any], raw: Raw, actor: Actor) -> Raw:
        """Return *raw* as the form would hold it where *error* is about a field of it: the form is what mends that,
        whether the value came in it or was typed after the command."""
        is_field = isinstance(error, BadInput) and error.field in {param.name for param, _field in command.visible}
        if is_field and not isinstance(raw, Mapping):
            with suppress(Exception):  # without it, the sentence alone has to do
                form = await self._answer(command, form_press(command, raw), actor)
                return values_in(form) if isinstance(form, Dialog) else raw
        return raw

    async def _options(self, command: Command[Any], actor: Actor) -> Options:
        """Return the options of the form's choices again, for a form that goes back to be mended."""
        now = self.clock()
        with suppress(Exception):  # the form goes back all the same, with the choices that need no look-up
            seat = await self.store.seat(actor, now)
            async with self.store.unit(seat.group.id, writes=False) as unit:
                ctx = self._asked(seat, actor, unit, now)
                return {param.name: await options_of(field, ctx) for param, field in command.visible}
        return {}


def _key(actor: Actor) -> str:
    """Return the name under which the answer to this interaction is kept; hashed, so that it names nobody."""
    whole = "\n".join((actor.platform, actor.workspace, actor.user, actor.key))
    return hashlib.sha256(whole.encode()).hexdigest()


def _view(kept: str) -> View:
    """Return an answer that was given before. One that an upgrade left unreadable was given all the same."""
    try:
        view = from_text(kept)
    except ValueError:
        return done_already()
    return view if isinstance(view, View) else done_already()


def _lost(reason: Unreachable) -> str:
    match reason:
        case Unreachable.CLOSED:
            return _(
                "My last message could not reach you: your direct messages are closed. Nothing is lost, it is here."
            )
        case Unreachable.GONE | Unreachable.NO_ACCOUNT:
            return _("My last message could not reach you while your account was away. Nothing is lost, it is here.")
