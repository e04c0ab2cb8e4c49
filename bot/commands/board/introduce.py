"""What the peer who shared a contact hears when somebody takes the ask: that it is so, or that they introduce them.

The sharer learns who asks. They vouch for the seeker to somebody they know, and cannot introduce a stranger; the
seeker is told so before asking. Nobody else learns it. The message waits for the end of the sharer's quiet hours.
"""

from bot.commands.contacts.own import see
from bot.desk.context import Context
from bot.desk.letters import letter
from bot.model.contact import Ask, AskId, Contact, Scope, Standing
from bot.model.outbox import Draft, Later
from bot.model.people import Member, MemberId
from bot.nudging.rhythm import awake_at, until_awake
from bot.record import record
from bot.talk.view import Bold, Button, Buttons, Mention, Span, View, When, say, small
from bot.talk.words import _

INTRODUCE = "introduce"
TAKEN = "ask-taken"


@record
class _News:
    """What a letter to the sharer is about, as it stands when the letter is sent."""

    ask: Ask
    contact: Contact
    seeker: Span


async def tell_sharer(ctx: Context, contact: Contact, ask: AskId) -> None:
    """Write the letter that tells who shared *contact* that the member has taken the ask."""
    sharer = await ctx.store.members.get(contact.steward)
    if sharer is None:
        return
    is_direct = contact.consent is not None and contact.consent.scope is Scope.DIRECT
    kind, about = (TAKEN if is_direct else INTRODUCE), f"{ask}:{ctx.member.id}"
    await ctx.store.outbox.put(Draft(f"{kind}:{ask}", kind, about, sharer.id, awake_at(sharer, ctx.now)))


@letter(TAKEN)
async def taken(ctx: Context, about: str) -> View | Later | None:
    """Return the message to a sharer whose contact may be written to directly: there is nothing to do."""
    news = await _news(ctx, about)
    if news is None:
        return None
    if later := until_awake(ctx.member, ctx.now):
        return later
    said = say(
        _("{seeker} would like to talk to {name} and has the ask now. There is nothing you need to do."),
        seeker=news.seeker,
        name=Bold(news.contact.name),
    )
    why = small(_("You get this because you shared the card. A word to {name} that somebody may write helps."),
                name=news.contact.name)  # fmt: skip
    return View(_("Somebody took up your contact"), (said, why, Buttons((_see(news),))))


@letter(INTRODUCE)
async def introduce(ctx: Context, about: str) -> View | Later | None:
    """Return the message that asks a sharer to bring the seeker and the contact together."""
    news = await _news(ctx, about)
    if news is None:
        return None
    if later := until_awake(ctx.member, ctx.now):
        return later
    asked = say(
        _("{seeker} would like to talk to {name}. You said that this goes through you: would you introduce them?"),
        seeker=news.seeker,
        name=Bold(news.contact.name),
    )
    how = say(_("A short message to {name} is enough: who it is, and that it takes 20 to 30 minutes."),
              name=news.contact.name)  # fmt: skip
    why = small(
        _("You get this because you shared the card. The ask is kept until {when}; if it does not suit, say so."),
        when=When(news.ask.open_until or news.ask.ends_at),
    )
    return View(_("Would you introduce somebody?"), (asked, how, why, Buttons((_see(news),))))


def _see(news: _News) -> Button:
    return see.button(_("Open your contact"), news.contact.id)


async def _news(ctx: Context, about: str) -> _News | None:
    """Return what the letter is about; `None` when the ask has ended or the card is gone, so that nothing is said."""
    number, seeker_id = (int(part) for part in about.split(":"))
    ask = await ctx.store.asks.get(AskId(number), MemberId(seeker_id))
    seeker = await ctx.store.members.get(MemberId(seeker_id))
    if ask is None or seeker is None or not ask.is_open(ctx.now):
        return None
    contact = await ctx.store.contacts.get(ask.contact, ctx.member.id)
    if contact is None or contact.standing is not Standing.SHARED:
        return None
    return _News(ask, contact, await _named(ctx, seeker))


async def _named(ctx: Context, seeker: Member) -> Span:
    """Return the seeker as a mention where the sharer reads in the same place, else by name."""
    theirs = await ctx.store.members.account(seeker.id)
    own = await ctx.store.members.account(ctx.member.id)
    if theirs and own and (theirs.platform, theirs.workspace) == (own.platform, own.workspace):
        return Mention(theirs.user, seeker.name)
    return Bold(seeker.name)
