"""Cases of the time before keep the day on which their decision was served."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from credit_site.extensions import db
from credit_site.services import migrating
from tests.support.bare_rows import fill
from tests.support.sites import running, site_settings


def test_the_service_of_the_last_decision_is_known_and_no_earlier_one(
    empty_database_url: str, tmp_path: Path
) -> None:
    with running(site_settings(empty_database_url, tmp_path)) as app, app.app_context():
        migrating.upgrade(revision="0016")
        for number in (1, 2, 3):
            fill("listing_cases", id=number, key=str(number), decided_on="2026-06-11")
        said = {"action": "serve_decision", "at": "2026-06-01 02:00:00"}
        fill("listing_steps", id=1, case_id=1, day="2026-06-15", **said)
        fill("listing_steps", id=2, case_id=2, day="2026-06-01", **said)
        db.session().commit()
        migrating.upgrade()
        rows = db.session().execute(
            text("SELECT id, served_on, objects_from, restores FROM listing_cases ORDER BY id")
        )
        found = [(number, str(day), *rest) for number, day, *rest in rows]
        assert found == [
            (1, "2026-06-15", None, None),
            (2, "None", None, None),
            (3, "None", None, None),
        ]
        db.session.remove()
