"""matters

Revision ID: 0009
Revises: 0007
Create Date: 2026-11-25 20:40:00

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "matters",
        sa.Column("id", _ID, nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("form_key", sa.String(length=40), nullable=False),
        sa.Column("secret", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("agency", sa.String(length=60), nullable=False),
        sa.Column("division", sa.String(length=6), nullable=False),
        sa.Column("record_id", _ID, nullable=True),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("excluded_days", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("purged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_matters_record_id_records")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matters")),
        sa.UniqueConstraint("number", name=op.f("uq_matters_number")),
        sa.UniqueConstraint("form_key", name=op.f("uq_matters_form_key")),
    )
    op.create_index(op.f("ix_matters_agency_state"), "matters", ["agency", "state"])
    op.create_index(op.f("ix_matters_record_id"), "matters", ["record_id"])
    op.create_index(op.f("ix_matters_state_closed_on"), "matters", ["state", "closed_on"])
    op.create_table(
        "matter_steps",
        sa.Column("id", _ID, nullable=False),
        sa.Column("matter_id", _ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matters.id"], name=op.f("fk_matter_steps_matter_id_matters")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_steps")),
    )
    op.create_index(op.f("ix_matter_steps_matter_id"), "matter_steps", ["matter_id"])
    op.create_table(
        "matter_files",
        sa.Column("matter_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("size", _ID, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matters.id"], name=op.f("fk_matter_files_matter_id_matters")
        ),
        sa.PrimaryKeyConstraint("matter_id", "position", name=op.f("pk_matter_files")),
    )
    op.create_index(op.f("ix_matter_files_sha256"), "matter_files", ["sha256"])


def downgrade() -> None:
    op.drop_table("matter_files")
    op.drop_table("matter_steps")
    op.drop_table("matters")
