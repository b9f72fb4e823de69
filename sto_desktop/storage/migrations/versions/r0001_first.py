"""First revision: the log and the local tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the log and the local ones."""
    op.create_table(
        "change",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("stamp", sa.Integer, nullable=False),
        sa.Column("writer", sa.Text, nullable=False),
        sa.Column("action", sa.Integer, nullable=False),
        sa.Column("table_name", sa.Text, nullable=False),
        sa.Column("row_id", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("supersedes", sa.Text, nullable=False),
        sa.UniqueConstraint("stamp", "writer"),
    )
    op.create_index("change_row", "change", ["row_id"])
    op.create_table(
        "action",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("stamp", sa.Integer, nullable=False),
        sa.Column("writer", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("reverses", sa.Text),
        sa.UniqueConstraint("stamp", "writer"),
    )
    op.create_table(
        "writer",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("program", sa.Text, nullable=False),
    )
    op.create_table(
        "erasure",
        sa.Column("table_name", sa.Text, primary_key=True),
        sa.Column("row_id", sa.Text, primary_key=True),
        sa.Column("field", sa.Text, primary_key=True),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "draft",
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table("session", sa.Column("writer", sa.Text, primary_key=True))


def downgrade() -> None:
    """Refuse: a dossier never goes back; an older program reads its log."""
    raise NotImplementedError
