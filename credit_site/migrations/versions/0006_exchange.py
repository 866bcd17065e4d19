"""exchange

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-25 10:00:00

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "exchange_channels",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("profile", sa.String(length=40), nullable=False),
        sa.Column("target", sa.String(length=10), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("folder", sa.String(length=200), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("schedule", sa.String(length=12), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("cut_on", sa.Date(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_channels")),
        sa.UniqueConstraint("name", name=op.f("uq_exchange_channels_name")),
    )
    op.create_table(
        "exchange_batches",
        sa.Column("id", BIG, nullable=False),
        sa.Column("channel_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.Column("since", BIG, nullable=False),
        sa.Column("until", BIG, nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("cut_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["exchange_channels.id"],
            name=op.f("fk_exchange_batches_channel_id_exchange_channels"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_batches")),
        sa.UniqueConstraint(
            "channel_id", "number", name=op.f("uq_exchange_batches_channel_id_number")
        ),
        sa.UniqueConstraint("name", name=op.f("uq_exchange_batches_name")),
    )
    op.create_index(op.f("ix_exchange_batches_state"), "exchange_batches", ["state"])
    op.create_table(
        "exchange_rows",
        sa.Column("id", BIG, nullable=False),
        sa.Column("batch_id", BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("channel_id", BIG, nullable=False),
        sa.Column("record_id", BIG, nullable=False),
        sa.Column("agency", sa.String(length=60), nullable=False),
        sa.Column("ledger_seq", BIG, nullable=False),
        sa.Column("operation", sa.String(length=10), nullable=False),
        sa.Column("ending", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("cells", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("again_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["exchange_batches.id"],
            name=op.f("fk_exchange_rows_batch_id_exchange_batches"),
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["exchange_channels.id"],
            name=op.f("fk_exchange_rows_channel_id_exchange_channels"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_rows")),
        sa.UniqueConstraint(
            "batch_id", "position", name=op.f("uq_exchange_rows_batch_id_position")
        ),
    )
    op.create_index(
        op.f("ix_exchange_rows_channel_id_record_id"), "exchange_rows", ["channel_id", "record_id"]
    )
    op.create_index(op.f("ix_exchange_rows_state_agency"), "exchange_rows", ["state", "agency"])
    op.create_table(
        "exchange_receipts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("channel_id", BIG, nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["exchange_channels.id"],
            name=op.f("fk_exchange_receipts_channel_id_exchange_channels"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_receipts")),
    )
    op.create_index(
        op.f("ix_exchange_receipts_channel_id_sha256"),
        "exchange_receipts",
        ["channel_id", "sha256"],
    )


def downgrade() -> None:
    op.drop_table("exchange_receipts")
    op.drop_table("exchange_rows")
    op.drop_table("exchange_batches")
    op.drop_table("exchange_channels")
