"""assessment of bureaus and early warnings

Revision ID: 0013
Revises: 0012
Create Date: 2026-11-26 00:30:00

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "assessment_reports",
        sa.Column("id", _ID, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("foreword", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("created_by", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(length=120), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_reports")),
        sa.UniqueConstraint("month", "version", name=op.f("uq_assessment_reports_month_version")),
    )
    op.create_index(
        op.f("ix_assessment_reports_state_month"), "assessment_reports", ["state", "month"]
    )
    op.create_table(
        "warning_notes",
        sa.Column("id", _ID, nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warning_notes")),
    )
    op.create_index(op.f("ix_warning_notes_about"), "warning_notes", ["about"])


def downgrade() -> None:
    op.drop_table("warning_notes")
    op.drop_table("assessment_reports")
