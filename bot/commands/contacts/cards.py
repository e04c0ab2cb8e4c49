"""Draws a contact the way the group may see it: in a preview, on the board, on a card in a channel.

E-mail and phone are never part of it.
"""

from datetime import UTC, datetime, time, timedelta

from bot.model.contact import Consent, Contact, Listing, Reach, Scope, Standing
from bot.talk.view import Button, Card, Spans
from bot.talk.words import _

CARD = "card"
"""The kind of letter that puts a card into a channel, and keeps it true when the contact changes."""


def is_on_board(contact: Contact, now: datetime) -> bool:
    """Tell whether the group may see *contact*: shared, and what was allowed has not run out."""
    consent, today = contact.consent, now.astimezone(UTC).date()
    return contact.standing is Standing.SHARED and consent is not None and today <= consent.expires_on


def runs_out_at(consent: Consent) -> datetime:
    """Return from when on nobody but its steward sees a contact, unless what was allowed is renewed."""
    return datetime.combine(consent.expires_on + timedelta(days=1), time(), UTC)


def card_of(contact: Listing, *buttons: Button, more: tuple[Spans, ...] = ()) -> Card:
    """Return *contact* as a card: the name, what they do, what they allow, who shared them, and what *more* there is to
    say."""
    shared = _("Shared by {name}.").format(name=contact.sharer)
    words = (work_of(contact), whereabouts(contact), allowance(contact.scope), shared)
    lines: tuple[Spans, ...] = (*[(line,) for line in words if line], *more)
    return Card(contact.name, lines, buttons)


def work_of(contact: Contact | Listing) -> str:
    """Return what the contact does and where: `Nurse manager, Example Hospital`."""
    return ", ".join(filter(None, (contact.does, contact.organisation)))


def whereabouts(contact: Contact | Listing) -> str:
    """Return field, place and tags in one line: `Nursing · Manila · night shifts`."""
    return " · ".join(filter(None, (contact.field, contact.place, *contact.tags)))


def allowance(scope: Scope) -> str:
    """Return what the contact allowed, as a sentence for whoever may want to write to them."""
    if scope is Scope.ASK_ME_FIRST:
        return _("Through the person who shared them.")
    return _("You may write to them yourself once you hold the ask.")


def reach_words(reach: Reach) -> str:
    """Return how a contact likes to be reached."""
    match reach:
        case Reach.EMAIL:
            return _("by e-mail")
        case Reach.PHONE:
            return _("by phone")
        case Reach.MESSAGE:
            return _("by short message")
        case Reach.UNKNOWN:
            return _("not known yet")


def reach_row(contact: Contact) -> str:
    """Return how and when the contact likes to be reached, as far as it is known: `by phone, after 16:00`."""
    known = "" if contact.reach is Reach.UNKNOWN else reach_words(contact.reach)
    return ", ".join(part for part in (known, contact.hours) if part)


def on_file(contact: Contact) -> str:
    """Return which details are on file, without saying them; empty when there are none."""
    match contact.has_email, contact.has_phone:
        case True, True:
            return _("E-mail and phone on file")
        case True, False:
            return _("E-mail on file")
        case False, True:
            return _("Phone on file")
        case _:
            return ""
