"""listing cases: from when objections count, when the decision was served, what is restored

Revision ID: 0017
Revises: 0016
Create Date: 2026-11-26 04:30:00

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("listing_cases", sa.Column("objects_from", sa.Date(), nullable=True))
    op.add_column("listing_cases", sa.Column("served_on", sa.Date(), nullable=True))
    op.add_column("listing_cases", sa.Column("restores", _ID, nullable=True))
    op.execute(
        sa.text(
            "UPDATE listing_cases SET served_on = (SELECT max(day) FROM listing_steps"
            " WHERE listing_steps.case_id = listing_cases.id"
            " AND listing_steps.action = 'serve_decision'"
            " AND listing_steps.day >= listing_cases.decided_on)"
        )
    )


def downgrade() -> None:
    op.drop_column("listing_cases", "restores")
    op.drop_column("listing_cases", "served_on")
    op.drop_column("listing_cases", "objects_from")
