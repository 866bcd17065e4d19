"""The audit log: filtered, exported, and never changed."""

from __future__ import annotations

import ast
import csv
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from credit_site import services
from credit_site.domain.listing_cases import ListingAction
from credit_site.domain.matters import MatterAction
from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import AuditEvent
from credit_site.web.bureau.audit_words import LABELS
from credit_site.web.bureau.names import DEEDS
from tests.support.people import Person, signed_in
from tests.support.uploads import checked, decision

SERVICES = Path(str(services.__file__)).parent


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
    assert f"文件 {number}</a>" in auditor.get("/bureau/audit?subject=submission").text


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
    assert 'href="/bureau/audit">回到审计日志</a>' in refused.text
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


@pytest.mark.parametrize("action", [*ListingAction, *MatterAction])
def test_every_step_of_a_case_or_a_matter_has_words(action: ListingAction | MatterAction) -> None:
    kind = "listing" if isinstance(action, ListingAction) else "matter"
    assert f"{kind}_{action.value}" in DEEDS


def test_what_is_known_of_a_deed_has_words() -> None:
    said = set()
    for path in SERVICES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "note":
                said |= {one.arg for one in node.keywords if one.arg}
    assert said
    assert said <= set(LABELS)


def test_deeds_are_told_in_words_with_a_way_to_what_they_were_done_to(
    app: Flask, reviewer: Person, record: str, auditor: Person
) -> None:
    cells = {"cell13": "销售白酒21瓶。", "reason": "笔误", "document": "更〔2026〕1号"}
    reviewer.post(f"{record}/correct", **cells, day="2026-05-29")
    page = auditor.get("/bureau/audit").text
    assert '<a href="/bureau/records/1">公示编号 1</a>' in page
    assert "<dt>改动</dt><dd>违法事实</dd>" in page
    assert "<dt>理由</dt><dd>笔误</dd>" in page
    assert "{&#34;" not in page
