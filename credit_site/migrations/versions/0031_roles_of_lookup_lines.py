"""as what a line of a look-up stands beside another one of its row

Revision ID: 0031
Revises: 0028
Create Date: 2026-11-26 15:35:00

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0031"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "lookup_lines",
        sa.Column("role", sa.String(length=30), server_default="", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("lookup_lines", "role")
