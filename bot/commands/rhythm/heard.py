"""What somebody hears who writes to the bot as to a person, in their direct messages."""

from bot.commands.rhythm.agenda import offer
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.desk.letters import letter
from bot.talk.view import Bold, Buttons, View, say
from bot.talk.words import N_, _

HEARD = "heard"
"""The kind of letter that answers a direct message. It is about nothing: what was written is not kept."""


@command(HEARD, N_("Answer a direct message"), topic=Topic.BEGIN, is_listed=False)
async def heard(ctx: Context) -> View:
    """Write the answer as a letter, because a platform that brings a message asks for no reply. Who writes several
    lines at once gets one answer to all of them."""
    waiting = await ctx.store.outbox.live(ctx.member.id)
    if not any(draft.kind == HEARD for draft in waiting):
        await ctx.write(f"{HEARD}:{ctx.member.id}:{ctx.chance.lots.randrange(16**8):08x}", HEARD, "")
    return _words(ctx)


@letter(HEARD)
async def answer(ctx: Context, about: str) -> View:
    return _words(ctx)


def _words(ctx: Context) -> View:
    said = say(
        _("I only read what begins with {command}; other messages I leave alone. Type it here or in any channel."),
        command=Bold("/career"),
    )
    doors = (*offer(ctx, "home", _("Where things stand"), is_primary=True), *offer(ctx, "help", _("See what I can do")))
    return View("", (said, Buttons(doors)))
