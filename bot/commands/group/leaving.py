"""What follows when a member leaves the workspace, and when they come back."""

from dataclasses import replace

from bot.commands.contacts.withdrawal import take_off_all
from bot.commands.rhythm.schedule import change, schedule
from bot.desk.context import Context
from bot.desk.happening import BACK, LEFT, happening
from bot.model.contact import AskState
from bot.model.outbox import Unreachable


@happening(LEFT)
async def left(ctx: Context) -> None:
    """Leave nothing of the member's that others rely on, no rights, and send them nothing more. What only they can see
    stays: they may come back to it."""
    await take_off_all(ctx)
    await _end_asks(ctx)
    for draft in await ctx.store.outbox.live(ctx.member.id):
        await ctx.store.outbox.cancel(draft.key)
    await ctx.store.members.set_organiser(ctx.member.id, is_organiser=False)
    await ctx.store.members.set_nudges(ctx.member.id, replace(ctx.member.nudges, unreachable=Unreachable.GONE))


async def _end_asks(ctx: Context) -> None:
    for ask in await ctx.store.asks.by(ctx.member.id):
        if ask.is_open(ctx.now):
            state = AskState.RELEASED if ask.state is AskState.HOLD else AskState.CLOSED
            await ctx.store.asks.set_state(ask.id, state, ctx.now)


@happening(BACK)
async def back(ctx: Context) -> None:
    """Let the member's nudges go on. Direct messages that they closed themselves stay closed until they write."""
    if ctx.member.nudges.unreachable in {Unreachable.GONE, Unreachable.NO_ACCOUNT}:
        await change(ctx, replace(ctx.member.nudges, unreachable=""))
    else:
        await schedule(ctx)
