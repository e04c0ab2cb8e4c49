"""What a seeker sees of an ask: how to reach the contact while it is open, why it cannot be theirs now, its place in
the list."""

from bot.commands.board.listing import board_button, listed, similar
from bot.commands.contacts.cards import is_on_board, reach_row, work_of
from bot.commands.talks.plan import plan_with
from bot.desk.context import Context
from bot.model.contact import Ask, AskState, Contact, Details, Scope
from bot.model.shield import MOST_PER_SEEKER, Reason, Resting
from bot.talk.view import (
    Bold,
    Button,
    Buttons,
    Card,
    Element,
    Facts,
    Link,
    Moment,
    Spans,
    Text,
    View,
    When,
    say,
    small,
    spans,
)
from bot.talk.words import _, ngettext


async def the_ask(ctx: Context, contact: Contact, mine: Ask) -> View:
    """Return an open ask and what to do next, without e-mail and phone: the answer to a change is kept for some days,
    and they are shown only while the ask is open."""
    sharer = await _sharer(ctx, contact)
    way = _facts(contact, Details()) if _is_direct(contact) else _through(contact, sharer)
    body = (Text(_state_words(mine, contact)), *way, *_on_behalf(contact, sharer))
    return View(contact.name, (*body, Buttons(_next(ctx, contact, mine)))).instead()


async def reachable(ctx: Context, contact: Contact, mine: Ask) -> View:
    """Return an open ask with e-mail and phone where the contact allowed it, noted in the access log."""
    if not _is_direct(contact):
        return await the_ask(ctx, contact, mine)
    sharer = await _sharer(ctx, contact)
    way = (*await _directly(ctx, contact, sharer), *_on_behalf(contact, sharer))
    return View(contact.name, (Text(_state_words(mine, contact)), *way, Buttons(_onward(ctx, contact, mine)))).instead()


async def _sharer(ctx: Context, contact: Contact) -> str:
    return (await ctx.store.members.names([contact.steward])).get(contact.steward, "")


async def _directly(ctx: Context, contact: Contact, sharer: str) -> tuple[Element, ...]:
    details = await ctx.store.contacts.details(contact.id)
    if not (details.email or details.phone):
        return (*_facts(contact, details), say(_("No e-mail or phone is on file: {name} can tell you."), name=sharer))
    await ctx.store.contacts.shown(contact.id, ctx.member.id, ctx.now)
    kept = small(_("Only you see this, and only while the ask is yours. The group notes who looked, and when."))
    return (*_facts(contact, details), kept)


def _through(contact: Contact, sharer: str) -> tuple[Element, ...]:
    hello = _("{sharer} introduces you, and hears from me that you would like it. Say hello to them.")
    return (say(hello, sharer=Bold(sharer)), *_facts(contact, Details()))


def _facts(contact: Contact, details: Details) -> tuple[Element, ...]:
    page: Spans = (Link(contact.link, contact.link),) if contact.link else ()
    rows: tuple[tuple[str, Spans], ...] = (
        (_("E-mail"), (details.email,)), (_("Phone"), (details.phone,)), (_("Page"), page),
        (_("Reach them"), (reach_row(contact),)),
    )  # fmt: skip
    said = tuple((name, value) for name, value in rows if any(value))
    return (Facts(said),) if said else ()


def _on_behalf(contact: Contact, sharer: str) -> tuple[Element, ...]:
    """Say whether the seeker may tell the contact who suggested writing: only with a record of that permission."""
    if not _is_direct(contact):
        return ()
    if contact.consent is not None and contact.consent.may_name:
        return (small(_("You may say that {sharer} suggested writing."), sharer=sharer),)
    return (small(_("Write without naming {sharer}: that was not agreed."), sharer=sharer),)


def _state_words(mine: Ask, contact: Contact) -> Spans:
    ends = When(mine.open_until or mine.ends_at)
    if mine.state is AskState.SENT and mine.sent_at is not None:
        words = _("You got in touch on {day}. Silence is normal, people are busy. The ask stays yours until {ends}.")
        return spans(words, day=When(mine.sent_at, Moment.DAY), ends=ends)
    if _is_direct(contact):
        words = _("The ask is yours until {ends}. Write to {name} by then and tell me, or let it go.")
        return spans(words, ends=ends, name=contact.name)
    return spans(_("The ask is yours until {ends}. Tell me by then that you are in touch, or let it go."), ends=ends)


def _next(ctx: Context, contact: Contact, mine: Ask) -> tuple[Button, ...]:
    """Return what to do with an open ask whose details are not on the screen. By name: the commands build on this."""
    if not _is_direct(contact):
        return _onward(ctx, contact, mine)
    held, label = ctx.registry.commands["board held"], _("How to reach them")
    how = held.primary(label, mine.id) if mine.state is AskState.HOLD else held.button(label, mine.id)
    return (how, *_onward(ctx, contact, mine))


def _onward(ctx: Context, contact: Contact, mine: Ask) -> tuple[Button, ...]:
    commands = ctx.registry.commands
    plan = plan_with.button(_("Plan a talk"), contact.id)
    if mine.state is AskState.SENT:
        return (plan, commands["board close"].button(_("It is over"), mine.id))
    done = _("I wrote to them") if _is_direct(contact) else _("We are in touch")
    let_go = commands["board release"].button(_("Let it go"), mine.id)
    return (commands["board sent"].button(done, mine.id), plan, let_go)


async def resting(ctx: Context, contact: Contact, rest: Resting) -> View:
    """Return why the contact cannot be asked now, from when they can, and who is free meanwhile; never who asked."""
    others = await listed(ctx, await similar(ctx, contact))
    said = say(_why(rest.reason), name=Bold(contact.name), until=When(rest.until))
    meanwhile: tuple[Element, ...] = (say(_("Free now, in the same field or place:")), *others) if others else ()
    return View(contact.name, (said, *meanwhile, Buttons((board_button(ctx),)))).instead()


def _why(reason: Reason) -> str:
    match reason:
        case Reason.OPEN:
            return _("Somebody from the group has the ask for {name} now. It is free again {until}, or sooner.")
        case Reason.GAP:
            return _("Somebody from the group asked {name} lately, so they get a rest. You can ask from {until}.")
        case Reason.QUARTER:
            return _("{name} has heard from the group a good deal these months. You can ask from {until}.")


def too_many() -> str:
    """Return why a seeker cannot take one more ask, and what to do."""
    sentence = ngettext(
        "You have {n} ask open, which is enough at a time. End it or let it go, then ask again.",
        "You have {n} asks open, which is enough at a time. End one or let one go, then ask again.",
        MOST_PER_SEEKER,
    )
    return sentence.format(n=MOST_PER_SEEKER)


def over(contact: Contact) -> str:
    """Return that an ask is not open any more."""
    return _("Your ask for {name} is over. You can ask again when they are free.").format(name=contact.name)


def taken_back() -> str:
    """Return that a card is gone, to whoever still has a button of it."""
    return _("This card was taken back. If you have not written yet, leave it at that.")


async def drawn(ctx: Context, mine: Ask) -> Element | None:
    """Return *mine* as one entry of the seeker's list; `None` when nothing about it needs saying any more."""
    contact = await ctx.store.contacts.get(mine.contact, ctx.member.id)
    if contact is None or not is_on_board(contact, ctx.now):
        return None if mine.state is AskState.RELEASED else _gone(mine)
    match mine.state:
        case AskState.HOLD | AskState.SENT if mine.is_open(ctx.now):
            lines = ((work_of(contact),), _state_words(mine, contact))
            return Card(contact.name, lines, _next(ctx, contact, mine))
        case AskState.HOLD:
            return _lapsed(ctx, contact, mine)
        case _:
            return None


def _gone(mine: Ask) -> Element:
    words = _("A card that you asked about on {day} was taken back. If you have not written yet, leave it at that.")
    return say(words, day=When(mine.taken_at, Moment.DAY))


def _lapsed(ctx: Context, contact: Contact, mine: Ask) -> Card:
    """Return a hold that ended by itself: if the seeker did write, the contact's rest depends on their saying so."""
    commands = ctx.registry.commands
    buttons = (
        commands["board sent"].button(_("I wrote to them"), mine.id),
        commands["board release"].button(_("I did not"), mine.id),
    )
    lines = ((work_of(contact),), spans(_("Your hold ended {when}. Did you write?"), when=When(mine.ends_at)))
    return Card(contact.name, lines, buttons)


def _is_direct(contact: Contact) -> bool:
    return contact.consent is not None and contact.consent.scope is Scope.DIRECT
