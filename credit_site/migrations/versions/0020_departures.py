"""records that are not published, revisions by when they were replaced: what feeds tell has left

Revision ID: 0020
Revises: 0018
Create Date: 2026-11-26 04:20:00

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None

_GONE = sa.text("state <> 'published'")


def upgrade() -> None:
    op.create_index(
        "ix_records_gone", "records", ["ledger_seq"], sqlite_where=_GONE, postgresql_where=_GONE
    )
    op.create_index(op.f("ix_record_revisions_replaced_at"), "record_revisions", ["replaced_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_record_revisions_replaced_at"), "record_revisions")
    op.drop_index("ix_records_gone", "records")
