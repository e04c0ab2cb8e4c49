"""Writes what is kept about a member as one file that a person can read, with nothing of anybody else in it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.desk.context import Context
from bot.model.contact import Ask
from bot.talk.view import Attachment
from bot.talk.words import _

Row = Mapping[str, Any]
Kept = Mapping[str, Sequence[Row]]

NAME = "askwell-export.json"

# The keys of the file are its format, so they are the same in every language.
_SECTIONS = {
    "members": "you",
    "accounts": "your accounts",
    "contacts": "contacts you wrote down or shared",
    "sightings": "contact details you were shown",
    "asks": "your asks",
    "interviews": "your talks",
    "planned": "questions in your plans",
    "marks": "steps you marked",
    "questions": "questions you added to the bank",
    "letters": "messages to you, sent or waiting",
    "nudge_log": "nudges that reached you",
    "drafts": "forms that wait to be mended, kept for a day",
    "replies": "presses kept for a week, so that none counts twice",
}
_ASKED = "asks by others about your contacts"
_FIELDS = {
    "at": "when",
    "field": "field of work",
    "id": "number",
    "is_latest": "is used for direct messages",
    "max_open_asks": "people who may ask at one time",
    "max_per_90d": "most asks in 90 days",
    "may_name": "others may say who suggested it",
    "min_gap_days": "days of rest between asks",
    "why": "why it was not sent",
}

_YOURSELF = frozenset({"member_id", "steward_id", "seeker_id", "reader_id", "author_id", "recorded_by_id"})
"""Columns that name the member in a row that is theirs anyway."""

_LEFT_OUT = {
    # They repeat what was on the screen, other people's contact details among it.
    "replies": frozenset({"answer"}),
    # They can name another member by number, or are of use to the delivery alone.
    "letters": frozenset({"key", "about", "edits", "tries", "wake_at", "leased_until"}),
}


async def export_file(ctx: Context) -> Attachment:
    """Return all that is kept about the member. Of others' asks on their contacts it has the day, not the person."""
    kept = await ctx.store.exports.everything(ctx.member.id)
    contacts = [contact.id for contact in await ctx.store.contacts.of(ctx.member.id)]
    about = await ctx.store.asks.about_each(contacts, ctx.member.joined_at)
    asked = [_asked(ask) for contact in contacts for ask in about.get(contact, ()) if ask.seeker != ctx.member.id]
    whole = {
        "made": ctx.now.isoformat(),
        "group": ctx.group.name,
        **{_SECTIONS.get(table, _plain(table)): _section(table, rows) for table, rows in kept.items()},
        _ASKED: asked,
    }
    words = _("Everything kept about you, as text. Any editor opens it.")
    return Attachment(NAME, "application/json", json.dumps(whole, ensure_ascii=False, indent=2), words)


def _section(table: str, rows: Sequence[Row]) -> list[dict[str, Any]]:
    hidden = _LEFT_OUT.get(table, frozenset()) | _YOURSELF
    return [_row({name: value for name, value in row.items() if name not in hidden}) for row in rows]


def _row(row: Row) -> dict[str, Any]:
    return {_plain(name): _row(value) if isinstance(value, Mapping) else value for name, value in row.items()}


def _plain(name: str) -> str:
    """Return *name* as a person says it: `taken at`; `contact number` for what leads to a contact."""
    return _FIELDS.get(name) or name.replace("_id", "_number").replace("_", " ")


def _asked(ask: Ask) -> dict[str, Any]:
    return {"contact number": ask.contact, "day": ask.taken_at.date().isoformat()}
