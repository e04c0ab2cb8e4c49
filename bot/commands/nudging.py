"""Keeps each member's one live nudge letter at their next moment."""

from bot.desk.context import Context
from bot.model.people import Nudges
from bot.nudging.rhythm import next_nudge

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
    last_sent = await ctx.store.nudge_log.last_sent(member.id)
    wanted = next_nudge(member, ctx.now, ctx.group.breaks, last_sent)
    letters = [draft for draft in await ctx.store.outbox.live(member.id) if draft.kind == NUDGE]
    if any(draft.due_at == wanted or draft.due_at <= ctx.now for draft in letters):
        return
    for draft in letters:
        await ctx.store.outbox.cancel(draft.key)
    if wanted is not None:
        day = wanted.astimezone(ctx.zone).date()
        # The draw keeps apart two letters for one day when the first of them is over: it is drawn from the
        # interaction, or from the letter before, so a repeat of either writes the same key.
        key = f"nudge:{member.id}:{day}:{ctx.chance.randrange(16**6):06x}"
        await ctx.write(key, NUDGE, wanted.isoformat(), due_at=wanted)


async def change(ctx: Context, nudges: Nudges) -> Context:
    """Keep *nudges* for the member, move their letter, and return the context as it is now."""
    await ctx.store.members.set_nudges(ctx.member.id, nudges)
    fresh = await refreshed(ctx)
    await schedule(fresh)
    return fresh
