"""Takes contacts off the board: every ask about them ends, their details go, and every posted card says so."""

from bot.commands.contacts.cards import CARD
from bot.desk.context import Context
from bot.model.contact import AskState, ContactId, Standing


async def take_off(ctx: Context, contact: ContactId, *, suppress: bool) -> None:
    """Take a contact off the board that the caller has locked. With *suppress* nobody in the group can add them
    again: they asked for it, see `stop`."""
    for ask in await ctx.store.asks.about(contact, ctx.now):
        await ctx.store.asks.set_state(ask.id, AskState.CLOSED, ctx.now)
    await ctx.store.contacts.withdraw(contact, ctx.now, suppress=suppress)
    await ctx.redraw(CARD, contact)


async def stop(ctx: Context, contact: ContactId) -> None:
    """Leave in peace whoever asked for it: every card of the same person goes, whoever shared it, and none comes back.

    Two members may say so at once: whoever locked *contact* before did so by `lock_person`."""
    for one in await ctx.store.contacts.lock_person(contact):
        await take_off(ctx, one, suppress=True)


async def take_off_all(ctx: Context) -> None:
    """Take everybody off the board whom the member shared: no card stays without a steward to look after it."""
    for contact in await ctx.store.contacts.of(ctx.member.id):
        if contact.standing is Standing.SHARED:
            await ctx.store.contacts.lock(contact.id, ctx.member.id)
            await take_off(ctx, contact.id, suppress=False)
