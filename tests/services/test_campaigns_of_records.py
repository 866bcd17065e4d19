"""The campaign that a record came of: stored beside it, and found without reading the others."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from credit_site.extensions import db
from credit_site.models import Record
from credit_site.services import migrating
from credit_site.services.feed_changes import positions
from credit_site.services.public_records import Selection
from tests.support.bare_rows import fill
from tests.support.entries import penalty, saying
from tests.support.publishing import Desk
from tests.support.sites import running, site_settings

_RECORD = {"state": "published", "register": "penalty"}


def campaigns(session: Session) -> list[str]:
    return list(session.scalars(select(Record.campaign).order_by(Record.id)))


def test_it_comes_with_the_record_and_goes_with_a_correction(desk: Desk, session: Session) -> None:
    desk.publish(
        saying(penalty(1), campaign="闪电"), penalty(2), saying(penalty(3), campaign="护航")
    )
    assert campaigns(session) == ["闪电", "", "护航"]
    desk.publish(saying(penalty(1), campaign="护航"), penalty(3))
    assert campaigns(session) == ["护航", "", ""]
    assert positions(session, Selection(campaign="护航"), 50) == [4]
    assert positions(session, Selection(campaign="闪电"), 50) == []


def test_records_of_an_older_database_get_theirs(empty_database_url: str, tmp_path: Path) -> None:
    with running(site_settings(empty_database_url, tmp_path)) as app, app.app_context():
        migrating.upgrade(revision="0023")
        for number, content in enumerate(
            ('{"campaign":"闪电","x":"y"}', '{"x":"campaign"}', ""), 1
        ):
            key = bytes([number])
            fill("records", id=number, key=key, content_json=content, **_RECORD)
        db.session().commit()
        migrating.upgrade()
        rows = db.session().execute(text("SELECT campaign FROM records ORDER BY id"))
        assert [row.campaign for row in rows] == ["闪电", "", ""]
        db.session.remove()
        migrating.downgrade(revision="0023")
        migrating.upgrade()
