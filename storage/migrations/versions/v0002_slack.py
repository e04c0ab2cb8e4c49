"""Makes room for what a platform with real workspaces needs: installs, letters in doubt, groups that are to end."""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("groups", sa.Column("ends_at", Instant(), nullable=True))
    op.add_column("accounts", sa.Column("zone", sa.Text(), nullable=True))
    op.add_column("accounts", sa.Column("line", sa.Text(), nullable=True))
    op.create_index("accounts_platform_workspace_user_ix", "accounts", ["platform", "workspace", "user"])
    op.add_column("letters", sa.Column("is_in_doubt", sa.Boolean(), server_default=sa.false(), nullable=False))
    _make_installs()


def _make_installs() -> None:
    op.create_table(
        "installs",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secrets", sa.Text(), nullable=False),
        sa.Column("renew_at", Instant(), nullable=True),
        sa.Column("renewing_until", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("platform", "workspace", "organisation", name="installs_pk"),
    )
    op.create_table(
        "affiliations",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "workspace", name="affiliations_pk"),
    )
    op.create_index("affiliations_platform_organisation_ix", "affiliations", ["platform", "organisation"])
    op.create_table(
        "install_states",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="install_states_pk"),
    )
    op.create_index("install_states_ends_at_ix", "install_states", ["ends_at"])
