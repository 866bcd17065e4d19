"""After publication: corrected, marked, ended, each with reason and document."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask import Flask

from credit_site.extensions import db
from credit_site.models import AuditEvent, LedgerEntry, Record, RecordRevision
from tests.domain.penalty_rows import BOOK, LEGAL
from tests.support.people import Person
from tests.support.uploads import Row, checked, decision, work

GROUND = {"reason": "笔误", "document": "更正通知书〔2026〕1号", "day": "2026-05-29"}
FACTS = [column.field for column in BOOK.layouts[LEGAL].columns].index("violation_facts")
DATE = [column.field for column in BOOK.layouts[LEGAL].columns].index("decision_date")


@pytest.fixture
def record(app: Flask, clerk: Person, reviewer: Person) -> str:
    """The address of a published record on the desk."""
    return publish(app, clerk, reviewer, decision(1))


def publish(app: Flask, clerk: Person, reviewer: Person, row: Row) -> str:
    number = checked(app, clerk, [row])
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    reviewer.post(f"/bureau/submissions/{number}/publish")
    work(app)
    with app.app_context():
        return f"/bureau/records/{db.session().query(Record).count()}"


def test_a_record_is_found_by_number_code_and_name(reviewer: Person, record: str) -> None:
    for asked in ("1", "郑市监处罚[2026]1号", "郑州第1号食品有限公司"):
        assert record in reviewer.get(f"/bureau/records?q={asked}").text, asked
    assert "没有找到" in reviewer.get("/bureau/records?q=没有的").text


def test_a_correction_says_why_and_keeps_what_was_said_before(
    app: Flask, reviewer: Person, record: str
) -> None:
    form = reviewer.get(f"{record}/correct").text
    assert f'name="cell{FACTS}"' in form
    answer = reviewer.post(f"{record}/correct", **{f"cell{FACTS}": "销售白酒21瓶。", **GROUND})
    assert answer.status_code == 303
    work(app)
    page = reviewer.get(record).text
    assert "<ins>销售白酒21瓶。</ins>" in page
    assert "理由：笔误" in page
    assert "更正通知书〔2026〕1号" in page
    public = app.test_client().get("/records/1").text
    assert "销售白酒21瓶。" in public
    assert "更正：" in public
    with app.app_context():
        assert db.session().query(RecordRevision).one().reason == "corrected"
        assert db.session().query(LedgerEntry).count() == 2


def test_a_correction_that_breaks_the_rules_changes_nothing(
    app: Flask, reviewer: Person, record: str
) -> None:
    answer = reviewer.post(f"{record}/correct", **{f"cell{DATE}": "昨天", **GROUND})
    assert answer.status_code == 422
    assert "昨天" in answer.text
    assert "请写成" in answer.text
    with app.app_context():
        assert db.session().query(LedgerEntry).count() == 1


def test_nothing_typed_differently_is_no_correction(reviewer: Person, record: str) -> None:
    reviewer.post(f"{record}/correct", **GROUND)
    assert "没有改动任何内容" in reviewer.get(record).text


def test_a_severity_that_a_person_decided_outlives_a_correction(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    number = checked(app, clerk, [decision(1)])
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    address = f"/bureau/submissions/{number}"
    reviewer.post(f"{address}/rows/2/severity", severity="serious", reason="造成人身伤害")
    reviewer.post(f"{address}/publish")
    work(app)
    reviewer.post("/bureau/records/1/correct", **{f"cell{FACTS}": "销售白酒21瓶。", **GROUND})
    with app.app_context():
        record = db.session().query(Record).one()
        assert record.severity == "serious"
        assert str(record.publication_end) == "2029-05-06"


def test_every_step_needs_reason_document_and_day(
    app: Flask, reviewer: Person, record: str
) -> None:
    for missing, said in (("reason", "理由"), ("document", "文书"), ("day", "日期")):
        given = {**GROUND, missing: ""}
        reviewer.post(f"{record}/end", why="repaired", **given)
        assert said in reviewer.get(record).text
        reviewer.post(f"{record}/dispute", **given)
        reviewer.post(f"{record}/correct", **{f"cell{FACTS}": "别的事实", **given})
    reviewer.post(f"{record}/end", why="because", **GROUND)
    reviewer.post(f"{record}/end", why="repaired", **{**GROUND, "day": "2026-06-02"})
    with app.app_context():
        assert db.session().query(LedgerEntry).count() == 1


def test_an_objection_is_marked_in_public_and_taken_off_again(
    app: Flask, reviewer: Person, record: str
) -> None:
    reviewer.post(f"{record}/dispute", **GROUND)
    assert "异议处理中" in app.test_client().get("/records/1").text
    reviewer.post(f"{record}/dispute", **GROUND)
    assert "已经是这个状态" in reviewer.get(record).text
    reviewer.post(f"{record}/dispute-over", **GROUND)
    assert "异议处理中" not in app.test_client().get("/records/1").text
    with app.app_context():
        reasons = [entry.reason for entry in db.session().query(LedgerEntry)]
        assert reasons == ["", "disputed", "dispute_over"]


def test_an_ending_takes_it_from_the_public_at_once(
    app: Flask, reviewer: Person, record: str
) -> None:
    reviewer.post(f"{record}/end", why="repaired", **GROUND)
    assert app.test_client().get("/records/1").status_code == 410
    work(app)
    public = app.test_client()
    assert "郑州第1号食品" not in public.get("/search?q=第1号食品").text.split("<main")[1].replace(
        "第1号食品", "", 1
    )
    assert "郑州第1号食品有限公司" not in public.get("/feeds/all.atom").text
    page = reviewer.get(record).text
    assert "已终止公示" in page
    assert "更正内容" not in page
    reviewer.post(f"{record}/end", why="repaired", **GROUND)
    assert "已经终止公示，不能再改" in reviewer.get(record).text


def test_a_withdrawal_after_three_working_days_is_told_as_late(
    app: Flask, reviewer: Person, record: str
) -> None:
    reviewer.post(f"{record}/end", why="revoked", **{**GROUND, "day": "2026-05-20"})
    assert "超过 3 个工作日" in reviewer.get(record).text


def test_a_document_is_kept_sealed_and_only_of_kinds_that_are_safe(
    app: Flask, reviewer: Person, record: str
) -> None:
    bad = (BytesIO(b"MZ program"), "x.pdf")
    reviewer.post(f"{record}/dispute", **GROUND, file=bad)
    assert "只收 PDF、JPG、PNG" in reviewer.get(record).text
    good = (BytesIO(b"%PDF-1.7 document"), "x.pdf")
    reviewer.post(f"{record}/dispute", **GROUND, file=good)
    with app.app_context():
        event = db.session().query(AuditEvent).filter_by(action="dispute").one()
        assert re.search('"file":"[0-9a-f]{64}"', event.details)


def test_another_bureau_reaches_none_of_it(stranger: Person, record: str) -> None:
    for path in ("", "/correct"):
        assert stranger.get(record + path).status_code == 404
    for path in ("/correct", "/dispute", "/end"):
        assert stranger.post(record + path, why="error", **GROUND).status_code == 404
    assert "没有找到" in stranger.get("/bureau/records?q=郑州第1号食品有限公司").text
