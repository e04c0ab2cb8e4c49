"""Holds the tables. Every row belongs to a group, and a reference to a row of another group cannot be written.

`info` says what may leave in an export: a column marked `sealed` is encrypted, `json` holds JSON, and `inner` columns
(the group's id, keyed hashes, positions) are not about anybody.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from storage.types import Day, Id, Instant, Words

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "fk": "%(table_name)s_%(column_0_N_name)s_fk",
        "uq": "%(table_name)s_%(column_0_N_name)s_uq",
        "ix": "%(table_name)s_%(column_0_N_name)s_ix",
        "ck": "%(table_name)s_%(constraint_name)s_ck",
    }
)

SEALED = {"sealed": True}
JSON = {"json": True}
INNER = {"inner": True}


def _table(name: str, *parts: Any) -> Table[Any]:
    # An id is never given twice: an old button must not act on what came later.
    counts = any(getattr(part, "name", None) in {"id", "no"} for part in parts)
    options: dict[str, Any] = {"sqlite_autoincrement": True} if counts else {}
    return Table(name, metadata, *parts, **options)


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True)


def _group(*, primary_key: bool = False) -> Column[int]:
    return Column("group_id", ForeignKey("groups.id"), primary_key=primary_key, nullable=False, info=INNER)


def _to(table: str, column: str) -> ForeignKeyConstraint:
    """Return a reference to a row of *table* in the same group."""
    return ForeignKeyConstraint(["group_id", column], [f"{table}.group_id", f"{table}.id"])


def _text(name: str, *, default: str | None = "", info: dict[str, bool] | None = None) -> Column[str]:
    """Return a text column; without a *default* it must be given."""
    return Column(name, Text, nullable=False, server_default=default, info=info or {})


def _maybe(name: str, type_: Any = Text, *, info: dict[str, bool] | None = None) -> Column[Any]:
    return Column(name, type_, nullable=True, info=info or {})


def _moment(name: str) -> Column[Any]:
    return Column(name, Instant, nullable=False)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=false())


groups = _table(
    "groups",
    _id(),
    _text("name", default=None),
    _text("office"),
    Column("says_not_applying", Boolean, nullable=False, server_default=true()),
    _text("breaks", default="[]", info=JSON),
    _moment("created_at"),
    _maybe("ends_at", Instant),  # its workspace took the bot away; `storage.pruning` erases the group after this
)

places = _table(
    "places",
    Column("platform", Text, primary_key=True),
    Column("workspace", Text, primary_key=True),
    Column("channel", Text, primary_key=True),  # empty: the whole workspace
    _group(),
    Index(None, "group_id"),
)

members = _table(
    "members",
    _id(),
    _group(),
    _text("name", default=None),
    _moment("joined_at"),
    _maybe("zone"),
    _text("locale", default="en"),
    _maybe("purpose"),
    _text("field"),
    _flag("is_organiser"),
    _flag("has_started"),
    _text("nudges", default="{}", info=JSON),
    _text("inventory", default="{}", info=JSON),
    UniqueConstraint("group_id", "id"),
)

accounts = _table(
    "accounts",
    _id(),
    _group(),
    Column("member_id", Id, nullable=False),
    _text("platform", default=None),
    _text("workspace", default=None),
    _text("user", default=None),
    _flag("is_latest"),
    _maybe("zone"),  # as the platform last said it; the member's own may be another
    _maybe("line"),  # the platform's id of the direct messages with them
    _to("members", "member_id"),
    UniqueConstraint("group_id", "platform", "workspace", "user"),
    Index(None, "platform", "user", "workspace"),
    Index(None, "group_id", "member_id"),
)

contacts = _table(
    "contacts",
    _id(),
    _group(),
    _maybe("steward_id", Id),  # nobody, once the steward has left
    _text("name", default=None),
    _text("does"),
    _text("organisation"),
    _text("field"),
    _text("place"),
    _moment("created_at"),
    _text("tags", default="[]", info=JSON),
    _text("link"),
    _text("reach", default="unknown"),
    _text("hours"),
    _text("known"),
    _text("note", info=SEALED),
    _text("email", info=SEALED),
    _text("phone", info=SEALED),
    _text("standing", default="private"),
    _maybe("basis"),
    _maybe("scope"),
    _maybe("given_on", Day),
    _maybe("expires_on", Day),
    _maybe("recorded_by_id", Id),
    _flag("may_name"),
    Column("max_open_asks", SmallInteger, nullable=False, server_default="1"),
    Column("min_gap_days", SmallInteger, nullable=False, server_default="14"),
    Column("max_per_90d", SmallInteger, nullable=False, server_default="4"),
    _maybe("shared_at", Instant),
    _maybe("card_no", Id, info=INNER),  # stays after a withdrawal, so that paging goes on from here
    _text("name_hash", info=INNER),
    _maybe("email_hash", info=INNER),
    _maybe("phone_hash", info=INNER),
    _to("members", "steward_id"),
    _to("members", "recorded_by_id"),
    UniqueConstraint("group_id", "id"),
    Index(None, "group_id", "steward_id"),
    Index(None, "group_id", "recorded_by_id"),
    Index(None, "group_id", "name_hash"),
    Index(None, "group_id", "email_hash"),
    Index(None, "group_id", "phone_hash"),
)

cards = _table(
    "cards",
    Column("no", Id, primary_key=True),
    _group(),
    Column("contact_id", Id, nullable=False, unique=True),
    Column("words", Words, nullable=False),
    _to("contacts", "contact_id"),
    Index(None, "group_id", "no"),
    Index("cards_words_ix", "words", postgresql_using="gin").ddl_if(dialect="postgresql"),
)

sightings = _table(
    "sightings",
    _id(),
    _group(),
    Column("contact_id", Id, nullable=False),
    _maybe("reader_id", Id),
    _moment("at"),
    _to("contacts", "contact_id"),
    _to("members", "reader_id"),
    Index(None, "group_id", "contact_id"),
    Index(None, "group_id", "reader_id"),
)

suppressions = _table(
    "suppressions",
    _group(primary_key=True),
    Column("hash", Text, primary_key=True, info=INNER),
    _moment("at"),
)

asks = _table(
    "asks",
    _id(),
    _group(),
    Column("contact_id", Id, nullable=False),
    _maybe("seeker_id", Id),
    _text("state", default=None),
    _moment("taken_at"),
    _moment("ends_at"),
    _maybe("sent_at", Instant),
    _to("contacts", "contact_id"),
    _to("members", "seeker_id"),
    Index(None, "group_id", "contact_id"),
    Index(None, "group_id", "seeker_id"),
)

interviews = _table(
    "interviews",
    _id(),
    _group(),
    Column("seeker_id", Id, nullable=False),
    _maybe("contact_id", Id),
    _text("who", default=None),
    _text("organisation"),
    _text("field"),
    _text("goal"),
    _text("relates"),
    Column("minutes", SmallInteger, nullable=False),
    _text("state", default=None),
    _moment("since"),
    _moment("created_at"),
    _maybe("booked_at", Instant),
    _to("members", "seeker_id"),
    _to("contacts", "contact_id"),
    UniqueConstraint("group_id", "id"),
    Index(None, "group_id", "seeker_id"),
    Index(None, "group_id", "contact_id"),
)

planned = _table(
    "planned",
    Column("interview_id", Id, primary_key=True, autoincrement=False),
    Column("question", Text, primary_key=True),
    _group(),
    Column("row", SmallInteger, nullable=False, info=INNER),
    _maybe("place", Integer),
    _text("wording"),
    _flag("is_starred"),
    _flag("is_parked"),
    _to("interviews", "interview_id"),
    Index(None, "group_id", "interview_id"),
)

marks = _table(
    "marks",
    _id(),
    _group(),
    Column("member_id", Id, nullable=False),
    _maybe("interview_id", Id),
    _text("step", default=None),
    _text("mark", default=None),
    _moment("at"),
    _maybe("until", Instant),
    _to("members", "member_id"),
    _to("interviews", "interview_id"),
    Index(None, "group_id", "interview_id"),
    Index(
        "marks_of_interview_ix", "group_id", "member_id", "step", "interview_id", unique=True,
        sqlite_where=text("interview_id IS NOT NULL"), postgresql_where=text("interview_id IS NOT NULL"),
    ),
    Index(
        "marks_for_all_ix", "group_id", "member_id", "step", unique=True,
        sqlite_where=text("interview_id IS NULL"), postgresql_where=text("interview_id IS NULL"),
    ),
)  # fmt: skip

questions = _table(
    "questions",
    _id(),
    _group(),
    _maybe("author_id", Id),
    _text("text", default=None),
    _text("category", default=None),
    _moment("created_at"),
    _to("members", "author_id"),
    Index(None, "group_id", "author_id"),
)

letters = _table(
    "letters",
    _id(),
    _group(),
    _text("key", default=None),
    _text("kind", default=None),
    _text("about", default=None),
    _maybe("member_id", Id),
    _maybe("platform"),
    _maybe("workspace"),
    _maybe("channel"),
    _maybe("edits"),
    _moment("due_at"),
    _moment("wake_at"),  # when the queue looks at it next: a claim and a retry move this and leave due_at
    _maybe("leased_until", Instant),
    Column("tries", Integer, nullable=False, server_default="0"),
    _flag("is_in_doubt"),
    _text("state", default="live"),
    _text("why"),
    _maybe("ended_at", Instant),
    CheckConstraint("state IN ('live', 'done', 'dead')", name="state"),
    _to("members", "member_id"),
    UniqueConstraint("group_id", "key"),
    Index(None, "group_id", "member_id"),
    Index(
        "letters_live_ix", "wake_at", "id",
        sqlite_where=text("state = 'live'"), postgresql_where=text("state = 'live'"),
    ),
    Index(
        "letters_ended_ix", "state", "ended_at",
        sqlite_where=text("state <> 'live'"), postgresql_where=text("state <> 'live'"),
    ),
)  # fmt: skip

posts = _table(
    "posts",
    _id(),
    _group(),
    _text("kind", default=None),
    _text("about", default=None),
    _text("platform", default=None),
    _text("workspace", default=None),
    _text("channel", default=None),
    _text("message", default=None),
    UniqueConstraint("group_id", "platform", "workspace", "channel", "message"),
    Index(None, "group_id", "kind", "about"),
)

nudge_log = _table(
    "nudge_log",
    _group(primary_key=True),
    Column("member_id", Id, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    _moment("sent_at"),
    Column("ignored", Integer, nullable=False),
    _maybe("answered_at", Instant),
    _to("members", "member_id"),
)

replies = _table(
    "replies",
    _group(primary_key=True),
    Column("key", Text, primary_key=True, info=INNER),
    Column("member_id", Id, nullable=False),
    _maybe("answer", info=SEALED),
    _moment("at"),
    _to("members", "member_id"),
    Index(None, "group_id", "member_id"),
    Index(None, "at"),
)

drafts = _table(
    "drafts",
    Column("hash", Text, primary_key=True, info=INNER),
    _group(),
    Column("member_id", Id, nullable=False),
    _text("platform", default=None),
    _text("workspace", default=None),
    _text("user", default=None),
    _text("text", default=None, info=SEALED),
    _moment("ends_at"),
    _to("members", "member_id"),
    Index(None, "group_id", "member_id"),
    Index(None, "ends_at"),
)

installs = _table(
    "installs",
    Column("platform", Text, primary_key=True),
    Column("workspace", Text, primary_key=True),  # empty: the whole organisation
    Column("organisation", Text, primary_key=True),  # empty: the workspace is in none
    _text("name", default=None),
    _text("secrets", default=None, info=SEALED),
    _maybe("renew_at", Instant),
    _maybe("renewing_until", Instant),  # one process is exchanging the tokens
)

affiliations = _table(
    "affiliations",
    Column("platform", Text, primary_key=True),
    Column("workspace", Text, primary_key=True),
    _text("organisation", default=None),
    Index(None, "platform", "organisation"),
)

install_states = _table(
    "install_states",
    Column("hash", Text, primary_key=True, info=INNER),
    _moment("ends_at"),
    Index(None, "ends_at"),
)

messages = _table(
    "messages",
    _id(),
    _text("key", default=None),
    _text("room", default=None),
    _maybe("reader"),
    _text("author", default=None),
    _text("body", default=None, info=SEALED),
    _moment("at"),
    _maybe("edited_at", Instant),
    Column("revision", Id, nullable=False),
    UniqueConstraint("key"),
    UniqueConstraint("revision"),
    Index(None, "room", "id"),
)

settings = _table("settings", Column("name", Text, primary_key=True), _text("value", default=None))

counters = _table("counters", Column("name", Text, primary_key=True), Column("value", Id, nullable=False))

secrets = _table("secrets", Column("name", Text, primary_key=True), _text("value", default=None, info=SEALED))
