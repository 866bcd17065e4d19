"""matters: the days that do not count

Revision ID: 0025
Revises: 0024
Create Date: 2026-11-26 12:50:00

"""

import json
from datetime import UTC, datetime, timedelta, timezone

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_CITY_TIME = timezone(timedelta(hours=8))
_MATTERS = sa.table("matters", sa.column("id"), sa.column("kind"), sa.column("rests"))
_STEPS = sa.table(
    "matter_steps",
    sa.column("id"),
    sa.column("matter_id"),
    sa.column("action"),
    sa.column("state"),
    sa.column("at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.add_column("matters", sa.Column("rests", sa.Text(), server_default="[]", nullable=False))
    for matter_id, rests in _told_by_the_steps().items():
        said = json.dumps(rests, separators=(",", ":"))
        op.execute(_MATTERS.update().where(_MATTERS.c.id == matter_id).values(rests=said))


def _told_by_the_steps() -> dict[int, list[dict[str, str]]]:
    """From the day papers were asked for to the next step clocks rest, before now as from now."""
    query = (
        sa.select(_STEPS.c.matter_id, _STEPS.c.state, _STEPS.c.at)
        .join(_MATTERS, _MATTERS.c.id == _STEPS.c.matter_id)
        .where(_MATTERS.c.kind != "objection")
        .order_by(_STEPS.c.id)
    )
    found: dict[int, list[dict[str, str]]] = {}
    for matter_id, state, at in op.get_bind().execute(query).all():
        rests = found.setdefault(matter_id, [])
        if rests and not rests[-1]["last"]:
            rests[-1]["last"] = _day(at)
        if state == "asked":
            rests.append({"reason": "supply", "first": _day(at), "last": "", "document": ""})
    return {matter_id: rests for matter_id, rests in found.items() if rests}


def _day(moment: datetime) -> str:
    known = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return known.astimezone(_CITY_TIME).date().isoformat()


def downgrade() -> None:
    op.drop_column("matters", "rests")
