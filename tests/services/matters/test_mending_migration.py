"""A database with matters of the time before comes to today's shape with nothing lost."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text

from credit_site.extensions import db
from credit_site.services import migrating
from tests.support.bare_rows import fill
from tests.support.sites import running, site_settings

_SHA256 = "ab" * 32
_RECORD_VALUES = {"division": "410105", "state": "published", "register": "penalty"}


def test_old_matters_get_their_division_and_records_their_documents(
    empty_database_url: str, tmp_path: Path
) -> None:
    with running(site_settings(empty_database_url, tmp_path)) as app, app.app_context():
        migrating.upgrade(revision="0011")
        fill("records", id=1, **_RECORD_VALUES)
        fill("matters", id=1, number="a", form_key="a", record_id=1, reason="王某的电话")
        fill("matters", id=2, number="b", form_key="b", division="410102", reason="")
        said = f'{{"file":"{_SHA256}","kind":"application/pdf"}}'
        for number, details in enumerate((said, said, '{"reason":"x"}'), 1):
            fill("audit_events", id=number, subject="record/1", details=details)
        db.session().commit()
        migrating.upgrade()
        rows = db.session().execute(text("SELECT id, division FROM matters ORDER BY id"))
        assert [tuple(row) for row in rows] == [(1, "410105"), (2, "410102")]
        columns = {one["name"] for one in inspect(db.engine).get_columns("matters")}
        assert "reason" not in columns
        documents = db.session().execute(text("SELECT * FROM record_documents"))
        assert [tuple(row) for row in documents] == [(1, _SHA256, "application/pdf")]
        db.session.remove()
        migrating.downgrade(revision="0011")
        migrating.upgrade()
