"""web hooks

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-25 20:40:00

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "hook_subscribers",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("wants", sa.String(length=10), nullable=False),
        sa.Column("wanted", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("pause_reason", sa.String(length=10), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("old_secret", sa.LargeBinary(), nullable=True),
        sa.Column("old_secret_until", MOMENT, nullable=True),
        sa.Column("position", BIG, nullable=False),
        sa.Column("created_by", sa.String(length=120), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_delivered_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook_subscribers")),
    )
    op.create_table(
        "hook_deliveries",
        sa.Column("id", BIG, nullable=False),
        sa.Column("subscriber_id", BIG, nullable=False),
        sa.Column("message_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("since", BIG, nullable=False),
        sa.Column("until", BIG, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("first_tried_at", MOMENT, nullable=True),
        sa.Column("next_try_at", MOMENT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["hook_subscribers.id"],
            name=op.f("fk_hook_deliveries_subscriber_id_hook_subscribers"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook_deliveries")),
    )
    op.create_index(
        op.f("ix_hook_deliveries_state_next_try_at"), "hook_deliveries", ["state", "next_try_at"]
    )
    op.create_index(
        op.f("ix_hook_deliveries_subscriber_id_state"),
        "hook_deliveries",
        ["subscriber_id", "state"],
    )
    op.create_table(
        "hook_attempts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("delivery_id", BIG, nullable=False),
        sa.Column("subscriber_id", BIG, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=20), nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["hook_deliveries.id"],
            name=op.f("fk_hook_attempts_delivery_id_hook_deliveries"),
        ),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["hook_subscribers.id"],
            name=op.f("fk_hook_attempts_subscriber_id_hook_subscribers"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook_attempts")),
    )
    op.create_index(op.f("ix_hook_attempts_at"), "hook_attempts", ["at"])
    op.create_index(op.f("ix_hook_attempts_delivery_id"), "hook_attempts", ["delivery_id"])
    op.create_index(
        op.f("ix_hook_attempts_subscriber_id_id"), "hook_attempts", ["subscriber_id", "id"]
    )


def downgrade() -> None:
    op.drop_table("hook_attempts")
    op.drop_table("hook_deliveries")
    op.drop_table("hook_subscribers")
