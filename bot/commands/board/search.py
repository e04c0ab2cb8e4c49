"""The group's board: search it, look at one card whole, and the card as it stands in a channel."""

from typing import Annotated

from bot.commands.board.ask_words import taken_back
from bot.commands.board.asks import ask
from bot.commands.board.listing import listed, rest_words, seen_on
from bot.commands.contacts.cards import CARD, allowance, card_of, is_on_board, on_file, reach_row
from bot.commands.contacts.own import see
from bot.commands.contacts.posting import posted
from bot.commands.contacts.refer import refer
from bot.commands.talks.plan import plan_with
from bot.desk.command import Topic, command
from bot.desk.context import Context
from bot.desk.letters import letter
from bot.model.contact import Contact, ContactId, Sought
from bot.model.shield import Rest, Yours
from bot.talk.errors import Refused
from bot.talk.form import Choice, Key, Line
from bot.talk.view import (
    Bold,
    Button,
    Buttons,
    Element,
    Facts,
    Link,
    Option,
    Spans,
    Text,
    View,
    say,
    small,
)
from bot.talk.words import N_, _

PAGE = 5
"""Cards on one page: what a phone shows without much scrolling."""

LONGEST = 40
"""Characters of a search: it rides on the buttons that turn the page."""

SOUGHT = (
    Option(Sought.ANYTHING, N_("Anything on the card")),
    Option(Sought.ORGANISATION, N_("Organisation")),
    Option(Sought.FIELD, N_("Field")),
    Option(Sought.PLACE, N_("City or region")),
    Option(Sought.TAG, N_("Tag")),
)

_UNTURNABLE = str.maketrans("|~", "  ")
"""Characters that take double room on a button. The search takes no notice of them."""


@command("board", N_("Find somebody to talk to"), topic=Topic.CONTACTS, reads=True, submit=N_("Search"))
async def board(
    ctx: Context,
    words: Annotated[str, Line(N_("Words to look for"), N_("Nursing, Manila, night shifts, ..."), limit=LONGEST)] = "",
    by: Annotated[Sought, Choice(N_("Where to look"), SOUGHT)] = Sought.ANYTHING,
    before: Annotated[ContactId | None, Key()] = None,
) -> View:
    """The people your group shares: who they are, what they allow, and whether they are free to ask. Without words
    you see the newest. E-mail and phone stay hidden until the ask is yours."""
    words = words.translate(_UNTURNABLE)
    found = await ctx.store.contacts.search(words, by, ctx.now, before=before, limit=PAGE + 1)
    if not found:
        return _nobody(words, by, before)
    page, rest = found[:PAGE], found[PAGE:]
    turns = _turns(words, by, before, page[-1].id if rest else None)
    return View(_("The board"), (_heading(words, by), *await listed(ctx, page), Buttons(turns)))


def _heading(words: str, by: Sought) -> Text:
    if not words.strip():
        return say(_("Newest first."))
    if by is Sought.ANYTHING:
        return say(_("For {words}, newest first."), words=Bold(words))
    return say(_("For {words} ({by}), newest first."), words=Bold(words), by=_by_words(by))


def _by_words(by: Sought) -> str:
    return next(_(option.label) for option in SOUGHT if option.value == by).lower()


def _turns(words: str, by: Sought, before: ContactId | None, last: ContactId | None) -> tuple[Button, ...]:
    on = (board.primary(_("More"), words, by, last),) if last else ()
    back = (board.button(_("Back to the newest"), words, by),) if before else ()
    return (*on, *back, board.opens(_("Search again"), words, by), refer.opens(_("Share a contact")))


def _nobody(words: str, by: Sought, before: ContactId | None) -> View:
    again = board.opens(_("Search again"), words, by)
    if before is not None:
        said = say(_("That was everybody."))
        return View(_("The board"), (said, Buttons((board.button(_("Back to the newest"), words, by), again))))
    write_down = refer.opens(_("Write somebody down"))
    if not words.strip():
        first = say(_("Nobody is on the board yet. Whom do you know who would talk about their work?"))
        return View(_("The board"), (first, Buttons((write_down,))))
    said = say(_("Nobody fits {words} yet."), words=Bold(words))
    hint = say(
        _(
            "Try one word, or only its beginning. Or ask in your channel: “Who knows somebody in {words}?” "
            "Whoever does can put them here."
        ),
        words=words,
    )
    wide = (board.button(_("Look anywhere on the card"), words),) if by is not Sought.ANYTHING else ()
    everybody = board.button(_("See everybody"))
    return View(_("The board"), (said, hint, Buttons((*wide, again, everybody, write_down))))


@command("board look", N_("Look at a card"), topic=Topic.CONTACTS, is_listed=False, reads=True)
async def look(ctx: Context, contact: Annotated[ContactId, Key()]) -> View:
    found = await ctx.store.contacts.get(contact, ctx.member.id)
    if found is None or not (is_on_board(found, ctx.now) or found.steward == ctx.member.id):
        raise Refused(await _gone(ctx, contact), board.button(_("See the board")))
    sharer = (await ctx.store.members.names([found.steward])).get(found.steward, "")
    if found.steward == ctx.member.id:
        own = say(_("This is a contact of yours."))
        return View(found.name, (own, _facts(found, sharer), Buttons((see.button(_("Open your contact"), contact),))))
    seen = (await seen_on(ctx, [found.listing(sharer)]))[contact]
    body = (_facts(found, sharer), Text(rest_words(seen)), _vouching(sharer), Buttons(_choices(found, seen)))
    return View(found.name, body)


async def _gone(ctx: Context, contact: ContactId) -> str:
    """Return what to say about a card that is gone; to whoever asked about it, what to do."""
    if any(ask.contact == contact for ask in await ctx.store.asks.by(ctx.member.id)):
        return taken_back()
    return _("This card is not on the board any more. Others are.")


def _vouching(sharer: str) -> Element:
    return small(_("If you ask, {sharer} hears that it is you. Nobody else does."), sharer=sharer)


def _choices(contact: Contact, seen: Rest | Yours) -> tuple[Button, ...]:
    plan = plan_with.button(_("Plan a talk"), contact.id)
    label = _("Open your ask") if isinstance(seen, Yours) else _("I'd like to talk to them")
    return (ask.primary(label, contact.id), plan)


def _facts(contact: Contact, sharer: str) -> Facts:
    page: Spans = (Link(contact.link, contact.link),) if contact.link else ()
    rows: tuple[tuple[str, Spans], ...] = (
        (_("Does"), (contact.does,)), (_("Organisation"), (contact.organisation,)), (_("Field"), (contact.field,)),
        (_("Place"), (contact.place,)), (_("Tags"), (", ".join(contact.tags),)), (_("Page"), page),
        (_("Reach them"), (reach_row(contact),)), (_("Allows"), (allowance(contact.listing(sharer).scope),)),
        (_("Details"), (on_file(contact),)), (_("Shared by"), (sharer,)),
    )  # fmt: skip
    return Facts(tuple((name, value) for name, value in rows if any(value)))


@letter(CARD, delivered=posted)
async def card(ctx: Context, about: str) -> View | None:
    """Return the card of a shared contact for a channel; one that was taken back says so and nothing more."""
    contact = await ctx.store.contacts.get(ContactId(int(about)), ctx.member.id)
    if contact is None or not is_on_board(contact, ctx.now):
        return View("", (say(_("This card was taken back.")),), is_private=False)
    button = look.button(_("I'd like to talk to them"), contact.id)
    quiet = small(_("E-mail and phone stay private. One person asks at a time."))
    return View(
        _("A contact for the group"), (card_of(contact.listing(ctx.member.name), button), quiet), is_private=False
    )
