"""listing cases

Revision ID: 0010
Revises: 0009
Create Date: 2026-11-25 21:40:00

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "listing_cases",
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("list_name", sa.String(length=40), nullable=False),
        sa.Column("branch", sa.String(length=40), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("agency", sa.String(length=60), nullable=False),
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("subject_name", sa.String(length=400), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.LargeBinary(length=16), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=120), nullable=False),
        sa.Column("facts_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("begun_on", sa.Date(), nullable=True),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.Column("decision_number", sa.String(length=128), nullable=False),
        sa.Column("penalty_number", sa.String(length=128), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("listed_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("apology", sa.Text(), nullable=False),
        sa.Column("record_id", _ID, nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_listing_cases_record_id_records")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_cases")),
        sa.UniqueConstraint("key", name=op.f("uq_listing_cases_key")),
    )
    op.create_index(op.f("ix_listing_cases_agency_state"), "listing_cases", ["agency", "state"])
    op.create_index(
        op.f("ix_listing_cases_list_name_state"), "listing_cases", ["list_name", "state"]
    )
    op.create_index(op.f("ix_listing_cases_uscc"), "listing_cases", ["uscc"])
    op.create_index(op.f("ix_listing_cases_record_id"), "listing_cases", ["record_id"])
    op.create_table(
        "listing_steps",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_kind", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["listing_cases.id"], name=op.f("fk_listing_steps_case_id_listing_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_steps")),
    )
    op.create_index(op.f("ix_listing_steps_case_id"), "listing_steps", ["case_id"])
    op.create_index(op.f("ix_listing_steps_sha256"), "listing_steps", ["sha256"])
    op.create_table(
        "listing_facts",
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("record_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["listing_cases.id"], name=op.f("fk_listing_facts_case_id_listing_cases")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_listing_facts_record_id_records")
        ),
        sa.PrimaryKeyConstraint("case_id", "record_id", name=op.f("pk_listing_facts")),
    )
    op.create_index(op.f("ix_listing_facts_record_id"), "listing_facts", ["record_id"])


def downgrade() -> None:
    op.drop_table("listing_facts")
    op.drop_table("listing_steps")
    op.drop_table("listing_cases")
