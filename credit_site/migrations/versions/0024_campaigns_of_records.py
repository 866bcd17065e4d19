"""records: found by their campaign

Revision ID: 0024
Revises: 0023
Create Date: 2026-11-26 12:05:00

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_SAID = {
    "sqlite": "json_extract(content_json, '$.campaign')",
    "postgresql": "content_json::json ->> 'campaign'",
}


def upgrade() -> None:
    op.add_column(
        "records",
        sa.Column("campaign", sa.String(length=200), server_default="", nullable=False),
    )
    said = _SAID[op.get_bind().dialect.name]
    op.execute(
        f"UPDATE records SET campaign = coalesce({said}, '') "  # noqa: S608  # one of the two above
        "WHERE content_json LIKE '%\"campaign\":%'"
    )
    op.create_index(
        "ix_records_campaign_ledger_seq",
        "records",
        ["campaign", "ledger_seq"],
        sqlite_where=sa.text("campaign <> ''"),
        postgresql_where=sa.text("campaign <> ''"),
    )


def downgrade() -> None:
    op.drop_index("ix_records_campaign_ledger_seq", table_name="records")
    op.drop_column("records", "campaign")
