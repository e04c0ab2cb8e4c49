"""Removes a member and everything that is theirs.

What stays names nobody: the dates of their asks, because they protect the contact; their questions in the bank; that
somebody looked at a contact's details; an empty row for each contact they had shared; and the letters that redraw a
message in a channel. A table that refers to members and is missing here makes the last statement fail.
"""

from typing import Any

from sqlalchemy import Executable, Table, and_, bindparam, case, delete, or_, select, update

from bot.model.contact import AskState, Standing
from bot.model.people import MemberId
from storage.link import OF_GROUP, Scope
from storage.tables import (
    accounts,
    asks,
    cards,
    contacts,
    drafts,
    interviews,
    letters,
    marks,
    members,
    nudge_log,
    planned,
    questions,
    replies,
    sightings,
)

_MEMBER: Any = bindparam("of_member")

_THEIRS = (contacts.c.group_id == OF_GROUP, contacts.c.steward_id == _MEMBER)
_PRIVATE = select(contacts.c.id).where(*_THEIRS, contacts.c.standing == Standing.PRIVATE)
_INTERVIEWS = select(interviews.c.id).where(interviews.c.group_id == OF_GROUP, interviews.c.seeker_id == _MEMBER)
_BLANK = dict.fromkeys(
    ("name", "does", "organisation", "field", "place", "link", "hours", "known", "note", "email", "phone", "name_hash"),
    "",
)


def _drop(table: Table, *conditions: Any) -> Executable:
    return delete(table).where(table.c.group_id == OF_GROUP, *conditions)


def _unname(table: Table, column: str, **values: Any) -> Executable:
    """Return the statement that takes the member out of *column* and leaves the row."""
    return (
        update(table).where(table.c.group_id == OF_GROUP, table.c[column] == _MEMBER).values({column: None, **values})
    )


_STATEMENTS: tuple[Executable, ...] = (
    _drop(asks, asks.c.contact_id.in_(_PRIVATE)),
    _drop(sightings, sightings.c.contact_id.in_(_PRIVATE)),
    update(interviews)
    .where(interviews.c.group_id == OF_GROUP, interviews.c.contact_id.in_(_PRIVATE))
    .values(contact_id=None),
    _drop(cards, cards.c.contact_id.in_(select(contacts.c.id).where(*_THEIRS))),
    _drop(contacts, contacts.c.id.in_(_PRIVATE)),
    _unname(contacts, "steward_id", standing=Standing.WITHDRAWN, tags="[]", email_hash=None, phone_hash=None, **_BLANK),
    _unname(contacts, "recorded_by_id"),
    _unname(
        asks,
        "seeker_id",
        state=case(
            (asks.c.state == AskState.SENT, AskState.CLOSED),
            (asks.c.state == AskState.HOLD, AskState.RELEASED),
            else_=asks.c.state,
        ),
    ),
    _unname(sightings, "reader_id"),
    _unname(questions, "author_id"),
    _drop(planned, planned.c.interview_id.in_(_INTERVIEWS)),
    _drop(marks, or_(marks.c.member_id == _MEMBER, marks.c.interview_id.in_(_INTERVIEWS))),
    _drop(interviews, interviews.c.seeker_id == _MEMBER),
    _drop(nudge_log, nudge_log.c.member_id == _MEMBER),
    _drop(replies, replies.c.member_id == _MEMBER),
    _drop(accounts, accounts.c.member_id == _MEMBER),
    _drop(drafts, drafts.c.member_id == _MEMBER),  # without an account, nobody can keep another one
    _drop(
        letters,
        letters.c.member_id == _MEMBER,
        ~and_(letters.c.channel.is_not(None), letters.c.edits.is_not(None), letters.c.state == "live"),
    ),
    _unname(letters, "member_id"),
    _drop(members, members.c.id == _MEMBER),
)


async def forget(scope: Scope, member: MemberId) -> None:
    for statement in _STATEMENTS:
        await scope.run(statement, of_member=member)
