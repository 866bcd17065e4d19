"""matters: the days of each bureau that had one

Revision ID: 0028
Revises: 0027
Create Date: 2026-11-26 13:00:00

"""

from datetime import UTC, datetime, timedelta, timezone

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_CITY_TIME = timezone(timedelta(hours=8))
_MATTERS = sa.table("matters", sa.column("id"), sa.column("arrived_on", sa.Date()))
_STEPS = sa.table(
    "matter_steps",
    sa.column("id"),
    sa.column("matter_id"),
    sa.column("action"),
    sa.column("at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.create_table(
        "matter_stays",
        sa.Column("matter_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=60), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matters.id"], name=op.f("fk_matter_stays_matter_id_matters")
        ),
        sa.PrimaryKeyConstraint("matter_id", "position", name=op.f("pk_matter_stays")),
    )
    op.create_index(
        op.f("ix_matter_stays_agency_arrived_on"), "matter_stays", ["agency", "arrived_on"]
    )
    op.add_column("matters", sa.Column("arrived_on", sa.Date(), nullable=True))
    for matter_id, day in _passed_on_before().items():
        op.execute(_MATTERS.update().where(_MATTERS.c.id == matter_id).values(arrived_on=day))


def _passed_on_before() -> dict[int, object]:
    """Which bureaus had one before was not kept: the one that has it now gets its own days."""
    query = sa.select(_STEPS.c.matter_id, _STEPS.c.at).where(_STEPS.c.action == "reroute")
    found = op.get_bind().execute(query.order_by(_STEPS.c.id)).all()
    return {matter_id: _day(at) for matter_id, at in found}


def _day(moment: datetime) -> object:
    known = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return known.astimezone(_CITY_TIME).date()


def downgrade() -> None:
    op.drop_column("matters", "arrived_on")
    op.drop_index(op.f("ix_matter_stays_agency_arrived_on"), table_name="matter_stays")
    op.drop_table("matter_stays")
