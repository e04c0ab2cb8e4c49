"""Keeps each member's one live nudge letter at their next moment, and says in words when that is."""

from dataclasses import replace

from bot.desk.context import Context
from bot.model.people import WEEKDAYS as MONDAY_TO_FRIDAY
from bot.model.people import Nudges
from bot.nudging.kinds import Kind
from bot.nudging.rhythm import next_nudge
from bot.talk.words import WEEKDAYS, _, hour_words, listing

NUDGE = "nudge"
"""The kind of letter that carries the daily nudge. It is about the moment it was written for."""


async def schedule(ctx: Context) -> None:
    """Put the member's next nudge into the outbox, in place of one for another moment.

    Call it after every change of settings, and when a nudge is over. A letter whose time has come is left alone: it
    finds out by itself whether there is something to say, and what comes after it.
    """
    member = await ctx.store.members.lock(ctx.member.id)
    if member is None:
        return
    wanted = next_nudge(member, ctx.now, ctx.group.breaks, await ctx.store.nudge_log.last_sent(member.id))
    letters = [draft for draft in await ctx.store.outbox.live(member.id) if draft.kind == NUDGE]
    if any(draft.due_at == wanted or draft.due_at <= ctx.now for draft in letters):
        return
    for draft in letters:
        await ctx.store.outbox.cancel(draft.key)
    if wanted is not None:
        # The draw keeps a letter apart from an earlier one for the same moment. It is seeded by the interaction or
        # by the letter before, so that a repeat of either writes the same key.
        key = f"nudge:{member.id}:{wanted:%Y-%m-%d}:{ctx.chance.lots.randrange(16**6):06x}"
        await ctx.write(key, NUDGE, wanted.isoformat(), due_at=wanted)


async def change(ctx: Context, nudges: Nudges) -> Context:
    """Keep *nudges* for the member, move their letter, and return the context as it is now."""
    await ctx.store.members.set_nudges(ctx.member.id, nudges)
    await schedule(ctx)
    return replace(ctx, member=replace(ctx.member, nudges=nudges))


async def allow(ctx: Context, kind: Kind, *, is_allowed: bool) -> Context:
    """Stop one kind of nudge or let it come again. Either is an answer: nothing counts as ignored any more."""
    stopped = ctx.member.nudges.stopped
    await ctx.store.nudge_log.answered(ctx.member.id, kind, ctx.now)
    return await change(ctx, replace(ctx.member.nudges, stopped=stopped - {kind} if is_allowed else stopped | {kind}))


def rhythm_words(nudges: Nudges) -> str:
    """Return when nudges come: `on weekdays at 9:00`."""
    return _("{days} at {hour}").format(days=days_words(nudges.days), hour=hour_words(nudges.hour))


def days_words(days: frozenset[int]) -> str:
    """Return the days of a week in words: `on weekdays`, `every day`, `on Monday and Thursday`."""
    if days == MONDAY_TO_FRIDAY:
        return _("on weekdays")
    if len(days) == len(WEEKDAYS):
        return _("every day")
    return _("on {days}").format(days=listing([_(WEEKDAYS[day]) for day in sorted(days)]))
