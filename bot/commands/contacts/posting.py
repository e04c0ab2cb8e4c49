"""What follows when a card was posted: it is looked at again in time, or its sharer hears why a channel took none."""

import json
from typing import Annotated, assert_never

from bot.commands.contacts.cards import CARD, is_on_board, runs_out_at
from bot.commands.contacts.own import changeable, see
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.desk.letters import letter
from bot.model.contact import ContactId
from bot.model.outbox import Barrier, Never, Outcome, Sent, Spot
from bot.record import record
from bot.talk.errors import Refused
from bot.talk.form import Key
from bot.talk.limits import limits_of
from bot.talk.view import Bold, Button, Buttons, View, say, small
from bot.talk.words import N_, _

NOT_POSTED = "not-posted"
"""The kind of letter that tells a sharer so. It is about a `_Failure`."""


@record
class _Failure:
    """A card that did not get into a channel. *token* is the failed letter's own: posting again writes one letter,
    however often the button is pressed."""

    contact: ContactId
    spot: Spot
    barrier: Barrier | None
    token: str

    def as_text(self) -> str:
        place = (self.spot.platform, self.spot.workspace, self.spot.channel)
        return json.dumps([self.contact, *place, self.barrier or "", self.token])


def _read(about: str) -> _Failure:
    contact, platform, workspace, channel, barrier, token = json.loads(about)
    spot = Spot(platform, workspace, channel)
    return _Failure(ContactId(contact), spot, Barrier(barrier) if barrier else None, token)


async def posted(ctx: Context, about: str, outcome: Outcome | None) -> None:
    """Do what follows when a card stands in a channel, and when the channel will not take it."""
    match outcome:
        case Sent():
            await _look_again(ctx, ContactId(int(about)))
        case Never(barrier=barrier) if ctx.spot is not None:
            await _tell_of_failure(ctx, ContactId(int(about)), ctx.spot, barrier)
        case _:
            pass


async def _look_again(ctx: Context, contact: ContactId) -> None:
    """Have the card drawn anew when what the contact allowed runs out: the board hides them then."""
    found = await ctx.store.contacts.get(contact, ctx.member.id)
    if found is not None and found.consent is not None and is_on_board(found, ctx.now):
        await ctx.redraw(CARD, contact, at=runs_out_at(found.consent))


async def _tell_of_failure(ctx: Context, contact: ContactId, spot: Spot, barrier: Barrier | None) -> None:
    """Write to whoever had the card posted: one letter for each failed post."""
    # The draw is seeded by the failed letter, so that settling it twice writes the same key.
    failure = _Failure(contact, spot, barrier, f"{ctx.chance.lots.randrange(16**8):08x}")
    await ctx.write(f"{NOT_POSTED}:{contact}:{failure.token}", NOT_POSTED, failure.as_text())


@letter(NOT_POSTED)
async def not_posted(ctx: Context, about: str) -> View | None:
    """Return what kept a card out of a channel and what to do; nothing when the card is off the board by now."""
    failure = _read(about)
    contact = await ctx.store.contacts.get(failure.contact, ctx.member.id)
    if contact is None or not is_on_board(contact, ctx.now):
        return None
    why = say("{why}", why=barrier_words(failure.barrier, limits_of(failure.spot.platform).invite))
    kept = small(_("The card itself is on the board, where your group finds it."))
    title = _("The card of {name} is not in the channel")
    if failure.barrier is Barrier.UNSURE:
        title = _("Is the card of {name} in the channel?")
    return View(title.format(name=contact.name), (why, kept, Buttons(_choices(failure))))


def _choices(failure: _Failure) -> tuple[Button, ...]:
    look = see.button(_("See the contact"), failure.contact)
    if failure.barrier is Barrier.GONE:
        return (look,)
    spot, again = failure.spot, _("Post it again")
    post = repost.primary(again, failure.contact, spot.platform, spot.workspace, spot.channel, failure.token)
    return (post, look)


def barrier_words(barrier: Barrier | None, invite: str) -> str:
    """Return why a channel took no card, and the one thing to do. *invite* is what lets the bot in, if it is typed."""
    match barrier:
        case Barrier.NOT_INVITED if invite:
            return _("I cannot see that channel. Let me in with {invite}, then post it again.").format(invite=invite)
        case Barrier.NOT_INVITED:
            return _("I cannot see that channel. Ask who looks after it to let me in, then post it again.")
        case Barrier.ARCHIVED:
            return _(
                "That channel is archived. If somebody opens it again, press the button; or share the card elsewhere."
            )
        case Barrier.FORBIDDEN:
            return _(
                "That channel lets only some people post. Ask who looks after it to let me, then press the button."
            )
        case Barrier.GONE:
            return _("That channel is gone, or I cannot see it. You can share the card in another one.")
        case Barrier.UNSURE:
            return _("I could not see whether it arrived. Look there, and if it is missing, post it again.")
        case None:
            return _("It could not be delivered. A later try may work.")
        case _:
            assert_never(barrier)


@command("refer repost", N_("Post a card again"), topic=Topic.CONTACTS, is_listed=False)
async def repost(
    ctx: Context,
    contact: Annotated[ContactId, Key()],
    platform: Annotated[str, Key()],
    workspace: Annotated[str, Key()],
    channel: Annotated[str, Key()],
    token: Annotated[str, Key()],
) -> View:
    found = await changeable(ctx, contact)
    back = see.button(_("Back to the contact"), contact)
    if not is_on_board(found, ctx.now):
        raise Refused(_("This card is not on the board any more, so I leave the channel alone."), back)
    account = await ctx.store.members.account(ctx.member.id)
    if account is None or (account.platform, account.workspace) != (platform, workspace):
        raise Refused(_("That channel is in another place. Open the contact there to post the card."), back)
    await ctx.write(f"card:{contact}:again:{token}", CARD, contact, spot=Spot(platform, workspace, channel))
    said = say(_("I am trying once more to post the card of {name}."), name=Bold(found.name))
    quiet = small(_("You only hear from me if the channel does not take it."))
    return View(_("On its way"), (said, quiet, Buttons((see.button(_("See the contact"), contact),)))).instead()
