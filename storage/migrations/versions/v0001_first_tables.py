"""Makes the first tables.

A migration is never changed after a release, not even to follow `storage.tables`: databases out there have run it.
"""

import sqlalchemy as sa
from alembic import op

from storage.types import Day, Id, Instant, Words

revision = "0001"
down_revision = None

# FTS5 keeps no text of its own here; it indexes cards.words, and the triggers tell it of every change.
_SEARCH_ON_SQLITE = (
    """
    CREATE VIRTUAL TABLE board USING fts5
    (words, content = 'cards', content_rowid = 'no', detail = none, columnsize = 0, tokenize = 'ascii')
    """,
    """
    CREATE TRIGGER cards_added AFTER INSERT ON cards BEGIN
        INSERT INTO board (rowid, words) VALUES (new.no, new.words);
    END
    """,
    """
    CREATE TRIGGER cards_removed AFTER DELETE ON cards BEGIN
        INSERT INTO board (board, rowid, words) VALUES ('delete', old.no, old.words);
    END
    """,
    """
    CREATE TRIGGER cards_changed AFTER UPDATE OF words ON cards BEGIN
        INSERT INTO board (board, rowid, words) VALUES ('delete', old.no, old.words);
        INSERT INTO board (rowid, words) VALUES (new.no, new.words);
    END
    """,
)


def upgrade() -> None:
    op.create_table(
        "counters",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", Id, nullable=False),
        sa.PrimaryKeyConstraint("name", name="counters_pk"),
    )
    op.create_table(
        "groups",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), server_default="", nullable=False),
        sa.Column("says_not_applying", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("breaks", sa.Text(), server_default="[]", nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="groups_pk"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "messages",
        sa.Column("id", Id, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("edited_at", Instant(), nullable=True),
        sa.Column("revision", Id, nullable=False),
        sa.PrimaryKeyConstraint("id", name="messages_pk"),
        sa.UniqueConstraint("key", name="messages_key_uq"),
        sa.UniqueConstraint("revision", name="messages_revision_uq"),
        sqlite_autoincrement=True,
    )
    op.create_index("messages_room_id_ix", "messages", ["room", "id"])
    op.create_table(
        "secrets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="secrets_pk"),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="settings_pk"),
    )
    op.create_table(
        "members",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("joined_at", Instant(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), server_default="en", nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), server_default="", nullable=False),
        sa.Column("is_organiser", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("has_started", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("nudges", sa.Text(), server_default="{}", nullable=False),
        sa.Column("inventory", sa.Text(), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="members_group_id_fk"),
        sa.PrimaryKeyConstraint("id", name="members_pk"),
        sa.UniqueConstraint("group_id", "id", name="members_group_id_id_uq"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "places",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="places_group_id_fk"),
        sa.PrimaryKeyConstraint("platform", "workspace", "channel", name="places_pk"),
    )
    op.create_index("places_group_id_ix", "places", ["group_id"])
    op.create_table(
        "posts",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="posts_group_id_fk"),
        sa.PrimaryKeyConstraint("id", name="posts_pk"),
        sa.UniqueConstraint(
            "group_id",
            "platform",
            "workspace",
            "channel",
            "message",
            name="posts_group_id_platform_workspace_channel_message_uq",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("posts_group_id_kind_about_ix", "posts", ["group_id", "kind", "about"])
    op.create_table(
        "suppressions",
        sa.Column("group_id", Id, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="suppressions_group_id_fk"),
        sa.PrimaryKeyConstraint("group_id", "hash", name="suppressions_pk"),
    )
    op.create_table(
        "accounts",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("is_latest", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"], ["members.group_id", "members.id"], name="accounts_group_id_member_id_fk"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="accounts_group_id_fk"),
        sa.PrimaryKeyConstraint("id", name="accounts_pk"),
        sa.UniqueConstraint(
            "group_id", "platform", "workspace", "user", name="accounts_group_id_platform_workspace_user_uq"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("accounts_group_id_member_id_ix", "accounts", ["group_id", "member_id"])
    op.create_table(
        "contacts",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("steward_id", Id, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("does", sa.Text(), server_default="", nullable=False),
        sa.Column("organisation", sa.Text(), server_default="", nullable=False),
        sa.Column("field", sa.Text(), server_default="", nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("tags", sa.Text(), server_default="[]", nullable=False),
        sa.Column("link", sa.Text(), server_default="", nullable=False),
        sa.Column("reach", sa.Text(), server_default="unknown", nullable=False),
        sa.Column("hours", sa.Text(), server_default="", nullable=False),
        sa.Column("known", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("standing", sa.Text(), server_default="private", nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("given_on", Day(), nullable=True),
        sa.Column("expires_on", Day(), nullable=True),
        sa.Column("recorded_by_id", Id, nullable=True),
        sa.Column("may_name", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("max_open_asks", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("min_gap_days", sa.SmallInteger(), server_default="14", nullable=False),
        sa.Column("max_per_90d", sa.SmallInteger(), server_default="4", nullable=False),
        sa.Column("shared_at", Instant(), nullable=True),
        sa.Column("card_no", Id, nullable=True),
        sa.Column("name_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("email_hash", sa.Text(), nullable=True),
        sa.Column("phone_hash", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id", "recorded_by_id"],
            ["members.group_id", "members.id"],
            name="contacts_group_id_recorded_by_id_fk",
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "steward_id"], ["members.group_id", "members.id"], name="contacts_group_id_steward_id_fk"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="contacts_group_id_fk"),
        sa.PrimaryKeyConstraint("id", name="contacts_pk"),
        sa.UniqueConstraint("group_id", "id", name="contacts_group_id_id_uq"),
        sqlite_autoincrement=True,
    )
    op.create_index("contacts_group_id_email_hash_ix", "contacts", ["group_id", "email_hash"])
    op.create_index("contacts_group_id_name_hash_ix", "contacts", ["group_id", "name_hash"])
    op.create_index("contacts_group_id_phone_hash_ix", "contacts", ["group_id", "phone_hash"])
    op.create_index("contacts_group_id_recorded_by_id_ix", "contacts", ["group_id", "recorded_by_id"])
    op.create_index("contacts_group_id_steward_id_ix", "contacts", ["group_id", "steward_id"])
    op.create_table(
        "letters",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("member_id", Id, nullable=True),
        sa.Column("platform", sa.Text(), nullable=True),
        sa.Column("workspace", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("edits", sa.Text(), nullable=True),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("wake_at", Instant(), nullable=False),
        sa.Column("leased_until", Instant(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sa.Text(), server_default="live", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint("state IN ('live', 'done', 'dead')", name="letters_state_ck"),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"], ["members.group_id", "members.id"], name="letters_group_id_member_id_fk"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="letters_group_id_fk"),
        sa.PrimaryKeyConstraint("id", name="letters_pk"),
        sa.UniqueConstraint("group_id", "key", name="letters_group_id_key_uq"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "letters_ended_ix",
        "letters",
        ["state", "ended_at"],
        sqlite_where=sa.text("state <> 'live'"),
        postgresql_where=sa.text("state <> 'live'"),
    )
    op.create_index("letters_group_id_member_id_ix", "letters", ["group_id", "member_id"])
    op.create_index(
        "letters_live_ix",
        "letters",
        ["wake_at", "id"],
        sqlite_where=sa.text("state = 'live'"),
        postgresql_where=sa.text("state = 'live'"),
    )
    op.create_table(
        "nudge_log",
        sa.Column("group_id", Id, nullable=False),
        sa.Column("member_id", Id, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("ignored", sa.Integer(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"], ["members.group_id", "members.id"], name="nudge_log_group_id_member_id_fk"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="nudge_log_group_id_fk"),
        sa.PrimaryKeyConstraint("group_id", "member_id", "kind", name="nudge_log_pk"),
    )
    op.create_table(
        "questions",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("author_id", Id, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "author_id"], ["members.group_id", "members.id"], name="questions_group_id_author_id_fk"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="questions_group_id_fk"),
        sa.PrimaryKeyConstraint("id", name="questions_pk"),
        sqlite_autoincrement=True,
    )
    op.create_index("questions_group_id_author_id_ix", "questions", ["group_id", "author_id"])
    op.create_table(
        "replies",
        sa.Column("group_id", Id, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"], ["members.group_id", "members.id"], name="replies_group_id_member_id_fk"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="replies_group_id_fk"),
        sa.PrimaryKeyConstraint("group_id", "key", name="replies_pk"),
    )
    op.create_index("replies_at_ix", "replies", ["at"])
    op.create_index("replies_group_id_member_id_ix", "replies", ["group_id", "member_id"])
    op.create_table(
        "asks",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("seeker_id", Id, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id", "contact_id"], ["contacts.group_id", "contacts.id"], name="asks_group_id_contact_id_fk"
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "seeker_id"], ["members.group_id", "members.id"], name="asks_group_id_seeker_id_fk"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="asks_group_id_fk"),
        sa.PrimaryKeyConstraint("id", name="asks_pk"),
        sqlite_autoincrement=True,
    )
    op.create_index("asks_group_id_contact_id_ix", "asks", ["group_id", "contact_id"])
    op.create_index("asks_group_id_seeker_id_ix", "asks", ["group_id", "seeker_id"])
    op.create_table(
        "cards",
        sa.Column("no", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("words", Words(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "contact_id"], ["contacts.group_id", "contacts.id"], name="cards_group_id_contact_id_fk"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="cards_group_id_fk"),
        sa.PrimaryKeyConstraint("no", name="cards_pk"),
        sa.UniqueConstraint("contact_id", name="cards_contact_id_uq"),
        sqlite_autoincrement=True,
    )
    op.create_index("cards_group_id_no_ix", "cards", ["group_id", "no"])
    op.create_table(
        "interviews",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("seeker_id", Id, nullable=False),
        sa.Column("contact_id", Id, nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), server_default="", nullable=False),
        sa.Column("field", sa.Text(), server_default="", nullable=False),
        sa.Column("goal", sa.Text(), server_default="", nullable=False),
        sa.Column("relates", sa.Text(), server_default="", nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("booked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id", "contact_id"], ["contacts.group_id", "contacts.id"], name="interviews_group_id_contact_id_fk"
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "seeker_id"], ["members.group_id", "members.id"], name="interviews_group_id_seeker_id_fk"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="interviews_group_id_fk"),
        sa.PrimaryKeyConstraint("id", name="interviews_pk"),
        sa.UniqueConstraint("group_id", "id", name="interviews_group_id_id_uq"),
        sqlite_autoincrement=True,
    )
    op.create_index("interviews_group_id_contact_id_ix", "interviews", ["group_id", "contact_id"])
    op.create_index("interviews_group_id_seeker_id_ix", "interviews", ["group_id", "seeker_id"])
    op.create_table(
        "sightings",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("reader_id", Id, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "contact_id"], ["contacts.group_id", "contacts.id"], name="sightings_group_id_contact_id_fk"
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "reader_id"], ["members.group_id", "members.id"], name="sightings_group_id_reader_id_fk"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="sightings_group_id_fk"),
        sa.PrimaryKeyConstraint("id", name="sightings_pk"),
        sqlite_autoincrement=True,
    )
    op.create_index("sightings_group_id_contact_id_ix", "sightings", ["group_id", "contact_id"])
    op.create_index("sightings_group_id_reader_id_ix", "sightings", ["group_id", "reader_id"])
    op.create_table(
        "marks",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("interview_id", Id, nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id", "interview_id"],
            ["interviews.group_id", "interviews.id"],
            name="marks_group_id_interview_id_fk",
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"], ["members.group_id", "members.id"], name="marks_group_id_member_id_fk"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="marks_group_id_fk"),
        sa.PrimaryKeyConstraint("id", name="marks_pk"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "marks_for_all_ix",
        "marks",
        ["group_id", "member_id", "step"],
        unique=True,
        sqlite_where=sa.text("interview_id IS NULL"),
        postgresql_where=sa.text("interview_id IS NULL"),
    )
    op.create_index("marks_group_id_interview_id_ix", "marks", ["group_id", "interview_id"])
    op.create_index(
        "marks_of_interview_ix",
        "marks",
        ["group_id", "member_id", "step", "interview_id"],
        unique=True,
        sqlite_where=sa.text("interview_id IS NOT NULL"),
        postgresql_where=sa.text("interview_id IS NOT NULL"),
    )
    op.create_table(
        "planned",
        sa.Column("interview_id", Id, autoincrement=False, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("row", sa.SmallInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("wording", sa.Text(), server_default="", nullable=False),
        sa.Column("is_starred", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_parked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "interview_id"],
            ["interviews.group_id", "interviews.id"],
            name="planned_group_id_interview_id_fk",
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="planned_group_id_fk"),
        sa.PrimaryKeyConstraint("interview_id", "question", name="planned_pk"),
    )
    op.create_index("planned_group_id_interview_id_ix", "planned", ["group_id", "interview_id"])
    _make_search()


def _make_search() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("cards_words_ix", "cards", ["words"], postgresql_using="gin")
    else:
        for statement in _SEARCH_ON_SQLITE:
            op.execute(statement)
