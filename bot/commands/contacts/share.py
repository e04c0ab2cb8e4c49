"""Sharing a contact with the group: say what they allowed, look at the preview, share; and taking it back."""

from dataclasses import replace
from typing import Annotated, Any

from bot.commands.contacts.cards import CARD, card_of, runs_out_at
from bot.commands.contacts.own import changeable, contacts, own, see
from bot.commands.contacts.refer import refer
from bot.commands.contacts.withdrawal import stop, take_off
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.model.contact import CONSENT_LASTS, Basis, Consent, Contact, ContactId, Scope
from bot.talk.errors import Refused
from bot.talk.form import Choice, Key, Tick, Values
from bot.talk.view import Bold, Buttons, Element, Option, View, say, small
from bot.talk.words import N_, _

BASES = (
    Option(Basis.SAID_YES, N_("They told me yes"), N_("I asked whether I may pass their name on")),
    Option(Basis.OFFERED, N_("They offered"), N_("They said students may write to them")),
    Option(Basis.PUBLIC, N_("Their page invites it"), N_("A public page asks people to get in touch")),
    Option(Basis.UNKNOWN, N_("I have not asked yet"), N_("Others see the card and go through you")),
)
SCOPES = (
    Option(Scope.DIRECT, N_("Whoever holds the ask may write to them")),
    Option(Scope.ASK_ME_FIRST, N_("Ask me first, I introduce you")),
)
THEIRS = "theirs"
REASONS = (
    Option("mine", N_("I take the card back")),
    Option(THEIRS, N_("They asked us to stop"), N_("Nobody in the group can add them again")),
)


async def _allowed(ctx: Context, known: dict[str, Any]) -> Values:
    """Return what was recorded the last time, for somebody who renews it."""
    consent = (await own(ctx, known["contact"])).consent
    if consent is None:
        return {}
    return {"basis": consent.basis, "scope": consent.scope, "may_name": "yes" if consent.may_name else ""}


@command(
    "refer share", N_("Share with the group"), topic=Topic.CONTACTS, is_listed=False, submit=N_("Preview"),
    prefill=_allowed, intro=N_("A contact cannot press a button here, so you speak for them."),
)  # fmt: skip
async def share(
    ctx: Context,
    contact: Annotated[ContactId, Key()],
    basis: Annotated[Basis, Choice(N_("How do you know that they agree?"), BASES)],
    scope: Annotated[Scope, Choice(N_("How may others reach them?"), SCOPES)] = Scope.ASK_ME_FIRST,
    may_name: Annotated[
        bool, Tick(N_("Others may say that you suggested writing"), N_("Tick only if they know your name."))
    ] = False,
) -> View:
    found = await _shareable(ctx, contact)
    seen = replace(found, consent=_consent(ctx, basis, scope, may_name))
    buttons = [publish.primary(_("Share on the board"), contact, basis, scope, may_name)]
    if ctx.spot is not None:
        buttons.append(publish.button(_("Share and post it in this channel"), contact, basis, scope, may_name, True))
    body = [
        say(_("This is what the group will see. No e-mail, no phone, no note.")),
        card_of(seen.listing(ctx.member.name)),
        *_caution(basis),
        Buttons((*buttons, see.button(_("Not yet"), contact))),
    ]
    return View(_("Preview"), tuple(body)).instead()


@command("refer publish", N_("Share with the group"), topic=Topic.CONTACTS, is_listed=False)
async def publish(
    ctx: Context,
    contact: Annotated[ContactId, Key()],
    basis: Annotated[Basis, Key()],
    scope: Annotated[Scope, Key()],
    may_name: Annotated[bool, Key()] = False,
    in_channel: Annotated[bool, Key()] = False,
) -> View:
    found = await _shareable(ctx, contact)
    consent = _consent(ctx, basis, scope, may_name)
    await ctx.store.contacts.share(contact, consent, ctx.now)
    await ctx.redraw(CARD, contact)
    await ctx.redraw(CARD, contact, at=runs_out_at(consent))
    is_posted = in_channel and ctx.spot is not None
    if is_posted:
        await ctx.write(f"card:{contact}:{ctx.now.timestamp()}", CARD, contact, spot=ctx.spot)
    words = _("{name} is on the board now. You will hear when somebody takes the ask.")
    if is_posted:
        words = _("{name} is on the board and in this channel now. You will hear when somebody takes the ask.")
    said = say(words, name=Bold(found.name))
    rest = small(_("The group keeps it gentle: one person at a time, and two weeks of rest after each message."))
    again = Buttons((see.button(_("See the contact"), contact), refer.opens(_("Share another"))))
    return View(_("Thank you, {name}").format(name=ctx.member.name), (said, rest, again)).instead()


@command(
    "refer withdraw", N_("Take a contact off the board"), topic=Topic.CONTACTS, is_listed=False, submit=N_("Take off")
)
async def withdraw(
    ctx: Context,
    contact: Annotated[ContactId, Key()],
    reason: Annotated[str, Choice(N_("Why?"), REASONS)],
) -> View:
    await ctx.store.contacts.lock_person(contact)
    found = await own(ctx, contact)
    await (stop(ctx, contact) if reason == THEIRS else take_off(ctx, contact, suppress=False))
    said = say(
        _("{name} is off the board, every card of theirs says so, and their e-mail and phone are deleted."),
        name=Bold(found.name),
    )
    return View(_("Done"), (said, Buttons((contacts.button(_("Your contacts")),)))).instead()


async def _shareable(ctx: Context, contact: ContactId) -> Contact:
    """Return the member's own contact, locked, if the group does not have them already and they did not say stop."""
    found = await changeable(ctx, contact)
    details = await ctx.store.contacts.details(contact)
    twin = await ctx.store.contacts.duplicate(details, contact, ctx.now)  # first: it waits for who stops them just now
    if await ctx.store.contacts.is_suppressed(details, name=found.name, organisation=found.organisation):
        raise Refused(
            _("This person asked not to be passed on in this group. You can still keep them for yourself."),
            see.button(_("Back to the contact"), contact),
        )
    if twin is not None:
        sentence = _("{name} is on the board already, with the same e-mail or phone. One card is enough.")
        raise Refused(sentence.format(name=twin.name), see.button(_("Back to the contact"), contact))
    return found


def _consent(ctx: Context, basis: Basis, scope: Scope, may_name: bool) -> Consent:
    """Return what to record. Where nobody asked the contact, nobody writes to them without the sharer."""
    scope = Scope.ASK_ME_FIRST if basis is Basis.UNKNOWN else scope
    return Consent(basis, scope, ctx.today, ctx.today + CONSENT_LASTS, ctx.member.id, may_name)


def _caution(basis: Basis) -> tuple[Element, ...]:
    if basis is not Basis.UNKNOWN:
        return ()
    return (small(_("You have not asked them yet, so others go through you. A short message to them settles it.")),)
