"""corrections that wait for another person

Revision ID: 0032
Revises: 0031
Create Date: 2026-11-26 19:30:00

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "waiting_corrections",
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("agency", sa.String(length=60), nullable=False),
        sa.Column("cells", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.Column("refused_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_waiting_corrections_record_id_records")
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_waiting_corrections")),
    )
    op.create_index(op.f("ix_waiting_corrections_agency"), "waiting_corrections", ["agency"])


def downgrade() -> None:
    op.drop_table("waiting_corrections")
