"""The audit log: filtered, exported, and never changed."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import AuditEvent
from tests.support.people import Person, signed_in
from tests.support.uploads import checked, decision


@pytest.fixture
def auditor(app: Flask) -> Person:
    return signed_in(app, Role.AUDITOR)


def test_deeds_are_shown_in_words_and_filtered(app: Flask, clerk: Person, auditor: Person) -> None:
    number = checked(app, clerk, [decision(1)])
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    page = auditor.get("/bureau/audit").text
    assert "提交审核</span>" in page
    only = auditor.get("/bureau/audit?deed=receive").text
    assert "提交审核</span>" not in only
    assert "收到文件</span>" in only
    assert "没有这样的记录" in auditor.get("/bureau/audit?since=2030-01-01").text
    assert "没有这样的记录" in auditor.get("/bureau/audit?until=2020-01-01").text
    assert f"submission/{number}" in auditor.get("/bureau/audit?subject=submission").text


@pytest.mark.parametrize(
    ("asked", "named"),
    [("since=what", "从"), ("until=2026-13-01", "到"), ("snce=2026-01-01", "snce")],
)
def test_a_condition_that_cannot_be_read_is_said_and_refuses_the_export(
    auditor: Person, asked: str, named: str
) -> None:
    page = auditor.get(f"/bureau/audit?{asked}")
    assert page.status_code == 200
    assert f"没有读懂：{named}。" in page.text
    refused = auditor.get(f"/bureau/audit.csv?{asked}")
    assert refused.status_code == 422
    assert f"没有读懂：{named}。" in refused.text
    assert "没有读懂" not in auditor.get("/bureau/audit?since=2026-01-01&until=&after=0").text


def test_the_log_is_exported_whole_and_no_cell_acts_as_a_formula(
    app: Flask, clerk: Person, auditor: Person
) -> None:
    checked(app, clerk, [decision(1)])
    answer = auditor.get("/bureau/audit.csv")
    rows = list(csv.reader(StringIO(answer.text.removeprefix("\ufeff"))))
    with app.app_context():
        assert len(rows) == 1 + db.session().query(AuditEvent).count()
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_nobody_changes_or_removes_what_was_noted(app: Flask, clerk: Person) -> None:
    with app.app_context():
        for deed in (update(AuditEvent).values(actor="x"), delete(AuditEvent)):
            with pytest.raises(DatabaseError, match="only added to"):
                db.session().execute(deed)
            db.session().rollback()
