"""Makes room for forms that wait, and finds the workspaces of a person who writes to the bot directly."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Instant

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # The new index serves what the old one did, and also finds a user of a platform wherever they are.
    op.create_index("accounts_platform_user_workspace_ix", "accounts", ["platform", "user", "workspace"])
    op.drop_index("accounts_platform_workspace_user_ix", table_name="accounts")
    op.create_table(
        "drafts",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"], ["members.group_id", "members.id"], name="drafts_group_id_member_id_fk"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="drafts_group_id_fk"),
        sa.PrimaryKeyConstraint("hash", name="drafts_pk"),
    )
    op.create_index("drafts_group_id_member_id_ix", "drafts", ["group_id", "member_id"])
    op.create_index("drafts_ends_at_ix", "drafts", ["ends_at"])
