"""beside the cases of lists: apologies without a case, objections to who is announced

Revision ID: 0018
Revises: 0017
Create Date: 2026-11-26 04:20:00

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "apologies",
        sa.Column("record_id", _ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_apologies_record_id_records")
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_apologies")),
    )
    with op.batch_alter_table("matters") as batch:
        batch.add_column(sa.Column("case_id", _ID, nullable=True))
        batch.create_foreign_key(
            op.f("fk_matters_case_id_listing_cases"), "listing_cases", ["case_id"], ["id"]
        )
        batch.create_index(op.f("ix_matters_case_id"), ["case_id"])


def downgrade() -> None:
    with op.batch_alter_table("matters") as batch:
        batch.drop_index(op.f("ix_matters_case_id"))
        batch.drop_constraint(op.f("fk_matters_case_id_listing_cases"), type_="foreignkey")
        batch.drop_column("case_id")
    op.drop_table("apologies")
