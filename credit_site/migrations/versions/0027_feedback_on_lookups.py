"""how a list was read; earlier feedback on look-ups

Revision ID: 0027
Revises: 0025
Create Date: 2026-11-26 12:55:00

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0027"
down_revision = "0025"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("lookups", sa.Column("reading", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "lookup_feedback",
        sa.Column("id", _ID, nullable=False),
        sa.Column("lookup_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("told_by", sa.String(length=120), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["lookup_id"], ["lookups.id"], name=op.f("fk_lookup_feedback_lookup_id_lookups")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookup_feedback")),
    )
    op.create_index(
        op.f("ix_lookup_feedback_lookup_id_position"), "lookup_feedback", ["lookup_id", "position"]
    )


def downgrade() -> None:
    op.drop_table("lookup_feedback")
    op.drop_column("lookups", "reading")
