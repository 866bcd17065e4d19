"""accounts: sessions that ended, the last code of the second factor

Revision ID: 0022
Revises: 0020
Create Date: 2026-11-26 05:20:00

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0022"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ended_sessions",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ended_sessions")),
    )
    op.add_column("accounts", sa.Column("tf_last_counter", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("accounts", "tf_last_counter")
    op.drop_table("ended_sessions")
