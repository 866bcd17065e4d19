"""Matters of the time before: what waits, or waited, for papers rests as from now on."""

from __future__ import annotations

from pathlib import Path

import orjson
from sqlalchemy import text

from credit_site.extensions import db
from credit_site.services import migrating
from tests.support.bare_rows import fill
from tests.support.sites import running, site_settings


def _step(number: int, matter: int, state: str, at: str) -> None:
    fill("matter_steps", id=number, matter_id=matter, state=state, at=at)


def test_clocks_rest_from_the_day_papers_were_asked_for_to_the_next_step(
    empty_database_url: str, tmp_path: Path
) -> None:
    with running(site_settings(empty_database_url, tmp_path)) as app, app.app_context():
        migrating.upgrade(revision="0024")
        for number, kind in enumerate(("repair", "tip", "objection"), 1):
            fill("matters", id=number, number=kind, form_key=kind, kind=kind)
        db.session().commit()
        _step(1, 1, "asked", "2026-06-01 02:00:00+00:00")
        _step(2, 1, "received", "2026-06-03 17:00:00+00:00")
        _step(3, 1, "asked", "2026-06-05 02:00:00+00:00")
        _step(4, 2, "received", "2026-06-01 02:00:00+00:00")
        _step(5, 3, "asked", "2026-06-01 02:00:00+00:00")
        db.session().commit()
        migrating.upgrade()
        rows = db.session().execute(text("SELECT rests FROM matters ORDER BY id"))
        waited, *others = (orjson.loads(rests) for (rests,) in rows)
        days = [(one["reason"], one["first"], one["last"]) for one in waited]
        assert days == [("supply", "2026-06-01", "2026-06-04"), ("supply", "2026-06-05", "")]
        assert others == [[], []]
        db.session.remove()
        migrating.downgrade(revision="0024")
        migrating.upgrade()
