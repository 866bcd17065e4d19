"""matters: no reason in the clear, the division of their record; documents of records

Revision ID: 0016
Revises: 0014
Create Date: 2026-11-26 01:10:00

"""

import json

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_RECORD = "record/"


def upgrade() -> None:
    # The words of the last step, sealed, say the same: nothing is lost with the clear ones.
    op.execute(sa.text("UPDATE matters SET reason = ''"))
    op.drop_column("matters", "reason")
    op.execute(
        sa.text(
            "UPDATE matters SET division = (SELECT division FROM records"
            " WHERE records.id = matters.record_id) WHERE record_id IS NOT NULL"
        )
    )
    documents = op.create_table(
        "record_documents",
        sa.Column("record_id", _ID, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_record_documents_record_id_records")
        ),
        sa.PrimaryKeyConstraint("record_id", "sha256", name=op.f("pk_record_documents")),
    )
    op.create_index(op.f("ix_record_documents_sha256"), "record_documents", ["sha256"])
    found = _told_by_the_audit_log()
    if found:
        op.bulk_insert(documents, found)


def _told_by_the_audit_log() -> list[dict[str, object]]:
    """Until now the audit log alone named the documents that deeds on records rest on."""
    events = op.get_bind().execute(
        sa.text(
            "SELECT subject, details FROM audit_events"
            " WHERE subject LIKE 'record/%' AND details LIKE '%\"file\"%'"
        )
    )
    found: dict[tuple[int, str], str] = {}
    for subject, details in events:
        said, number = json.loads(details), subject.removeprefix(_RECORD)
        if number.isdigit() and said.get("file"):
            found.setdefault((int(number), str(said["file"])), str(said.get("kind", "")))
    return [
        {"record_id": record_id, "sha256": sha256, "kind": kind}
        for (record_id, sha256), kind in found.items()
    ]


def downgrade() -> None:
    op.drop_table("record_documents")
    op.add_column("matters", sa.Column("reason", sa.Text(), nullable=False, server_default=""))
