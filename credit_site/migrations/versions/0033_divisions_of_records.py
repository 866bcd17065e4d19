"""records: found by their division

Revision ID: 0033
Revises: 0032
Create Date: 2026-11-26 23:05:00

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_records_division_ledger_seq",
        "records",
        ["division", "ledger_seq"],
        sqlite_where=sa.text("division <> ''"),
        postgresql_where=sa.text("division <> ''"),
    )


def downgrade() -> None:
    op.drop_index("ix_records_division_ledger_seq", table_name="records")
