"""look-ups by departments

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-25 21:50:00

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "lookups",
        sa.Column("id", _ID, nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("agency", sa.String(length=60), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("matter_number", sa.String(length=100), nullable=False),
        sa.Column("head_seq", _ID, nullable=False),
        sa.Column("head_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookups")),
        sa.UniqueConstraint("number", name=op.f("uq_lookups_number")),
    )
    op.create_index(op.f("ix_lookups_agency_id"), "lookups", ["agency", "id"])
    op.create_index(op.f("ix_lookups_asked_on"), "lookups", ["asked_on"])
    op.create_table(
        "lookup_lines",
        sa.Column("lookup_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=18), nullable=False),
        sa.Column("result", sa.String(length=10), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("told_by", sa.String(length=120), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["lookup_id"], ["lookups.id"], name=op.f("fk_lookup_lines_lookup_id_lookups")
        ),
        sa.PrimaryKeyConstraint("lookup_id", "position", name=op.f("pk_lookup_lines")),
    )
    op.create_table(
        "lookup_grounds",
        sa.Column("lookup_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("record_id", _ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lookup_id"], ["lookups.id"], name=op.f("fk_lookup_grounds_lookup_id_lookups")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_lookup_grounds_record_id_records")
        ),
        sa.PrimaryKeyConstraint(
            "lookup_id", "position", "record_id", name=op.f("pk_lookup_grounds")
        ),
    )
    op.create_index(op.f("ix_lookup_grounds_record_id"), "lookup_grounds", ["record_id"])


def downgrade() -> None:
    op.drop_table("lookup_grounds")
    op.drop_table("lookup_lines")
    op.drop_table("lookups")
