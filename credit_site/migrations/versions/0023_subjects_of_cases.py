"""listing cases: found by their subject

Revision ID: 0023
Revises: 0022
Create Date: 2026-11-26 11:45:00

"""

from alembic import op

# revision identifiers, used by Alembic.
revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_listing_cases_subject"), "listing_cases", ["subject"])


def downgrade() -> None:
    op.drop_index(op.f("ix_listing_cases_subject"), table_name="listing_cases")
