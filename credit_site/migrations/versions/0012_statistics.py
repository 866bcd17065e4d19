"""statistics

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-26 00:40:00

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "statistics_facts",
        sa.Column("record_id", _ID, autoincrement=False, nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("tallies", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_statistics_facts")),
    )
    op.create_index(op.f("ix_statistics_facts_starts"), "statistics_facts", ["starts"])
    op.create_index(op.f("ix_statistics_facts_ends"), "statistics_facts", ["ends"])
    op.create_table(
        "statistics_tallies",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("dimension", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statistics_tallies")),
        sa.UniqueConstraint(
            "dimension", "value", name=op.f("uq_statistics_tallies_dimension_value")
        ),
    )
    op.create_index(
        op.f("ix_statistics_tallies_dimension_records"),
        "statistics_tallies",
        ["dimension", "records"],
    )
    op.create_table(
        "statistics_departures",
        sa.Column("list_name", sa.String(length=40), nullable=False),
        sa.Column("came", sa.String(length=7), nullable=False),
        sa.Column("gone", sa.String(length=7), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("list_name", "came", "gone", name=op.f("pk_statistics_departures")),
    )


def downgrade() -> None:
    op.drop_table("statistics_departures")
    op.drop_table("statistics_tallies")
    op.drop_table("statistics_facts")
