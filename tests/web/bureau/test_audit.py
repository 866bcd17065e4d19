"""The audit log: filtered, exported, and never changed."""

from __future__ import annotations

import ast
import csv
import re
from io import StringIO
from pathlib import Path

import orjson
import pytest
from flask import Flask
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from credit_site import services
from credit_site.domain.exchange_types import Operation
from credit_site.domain.listing_cases import ListingAction, ListingState
from credit_site.domain.matters import MatterAction, MatterKind, MatterState
from credit_site.domain.permissions import Role
from credit_site.domain.public_form import JsonValue
from credit_site.domain.states import SubmissionState
from credit_site.extensions import clock, db
from credit_site.models import AuditEvent
from credit_site.services.audit import note
from credit_site.services.honours import UNFOUNDED
from credit_site.services.matters.steps import CORRECTED, ENDED, GONE, SCREENED
from credit_site.services.publication import EndReason
from credit_site.services.publisher import Outcome
from credit_site.web.bureau.audit_labels import LABELS
from credit_site.web.bureau.audit_words import code_of, details_of, subject_of
from credit_site.web.bureau.names import DEEDS
from credit_site.web.matters.wording import state_words
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


def test_the_export_says_subject_and_content_in_words_beside_what_is_stored(
    app: Flask, clerk: Person, auditor: Person
) -> None:
    number = checked(app, clerk, [decision(1)])
    clerk.post(f"/bureau/submissions/{number}/withdraw")
    text = auditor.get("/bureau/audit.csv?deed=withdraw").text.removeprefix("\ufeff")
    row = next(csv.DictReader(StringIO(text)))
    assert (row["操作"], row["对象"], row["内容"]) == ("撤回", f"文件 {number}", "状态 放弃")
    assert (row["对象代码"], row["内容原样"]) == (f"submission/{number}", '{"state":"withdrawn"}')


TOLD: list[tuple[str, JsonValue]] = [
    *(("state", one.value) for one in (*ListingState, *MatterState)),
    *(("outcome", one) for one in (ENDED, CORRECTED, SCREENED, GONE)),
    *(("reason", one) for one in (*(why.value for why in EndReason), UNFOUNDED)),
    *((one.value, 3) for one in (*Outcome, *Operation)),
    ("before", "credit_office@"),
    ("before", "clerk@health"),
    ("problem", "timeout"),
    ("profile", "penalty_2018_legal"),
    ("changed", ["amount_fen", "fine_yuan", "publication_end"]),
]


@pytest.mark.parametrize(("name", "value"), TOLD)
def test_what_is_stored_by_its_english_name_is_said_in_chinese(name: str, value: JsonValue) -> None:
    [(label, text)] = details_of("record/1", orjson.dumps({name: value}).decode())
    assert not re.search("[A-Za-z_]", label + text), label + text


@pytest.mark.parametrize(
    "state", [SubmissionState.READ, SubmissionState.CLOSED, SubmissionState.WITHDRAWN]
)
def test_what_became_of_a_file_that_was_taken_back_is_said_in_chinese(
    state: SubmissionState,
) -> None:
    [(_, text)] = details_of("submission/1", orjson.dumps({"state": state.value}).decode())
    assert not re.search("[A-Za-z_]", text)


@pytest.mark.parametrize("kind", MatterKind)
def test_how_a_matter_ended_is_said_in_the_words_of_its_kind(kind: MatterKind) -> None:
    for state in (MatterState.UPHELD, MatterState.REJECTED):
        known = orjson.dumps({"kind": kind.value, "state": state.value}).decode()
        assert dict(details_of("record/1", known))["状态"] == state_words(kind, state)[0]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("record/12", "公示编号 12"),
        ("submission/3/row/4", "文件 3 第 4 行"),
        ("exchange/channel/2", "交换通道 2"),
        ("matter/7", "异议、申请或者举报 7"),
        ("files", "没有用到的文件"),
        ("records", "到期的信息"),
        ("listing", "名单案件"),
    ],
)
def test_a_subject_is_asked_for_as_the_log_shows_it(code: str, text: str) -> None:
    assert subject_of(code).text == text
    assert code_of(text) == code
    assert code_of(code) == code


def test_what_a_warning_was_about_is_said_without_codes() -> None:
    assert subject_of(f"warning/company/{'0' * 32}").text == "预警：多次受处罚的企业"
    assert subject_of("warning/division/410105/2026-05").text == "预警：区县 金水区 2026-05"
    assert subject_of("warning/field/食品/2026-05").text == "预警：商品领域 食品 2026-05"


def test_who_may_not_read_records_is_led_to_none(
    app: Flask, clerk: Person, auditor: Person
) -> None:
    number = checked(app, clerk, [decision(1)])
    page = signed_in(app, Role.ADMINISTRATOR).get("/bureau/audit").text
    assert f"文件 {number}" in page
    assert 'href="/bureau/submissions/' not in page
    assert f'href="/bureau/submissions/{number}"' in auditor.get("/bureau/audit").text


def test_asking_for_one_subject_finds_it_and_its_rows_and_no_other(
    app: Flask, auditor: Person
) -> None:
    with app.app_context():
        for subject in ("submission/1", "submission/1/row/7", "submission/12", "record/1"):
            note(db.session(), clock.now(), "system", "read", subject)
        db.session().commit()
    page = auditor.get("/bureau/audit?subject=文件+1")
    assert 'href="/bureau/submissions/1">文件 1</a>' in page.text
    assert "文件 1 第 7 行" in page.text
    assert "文件 12" not in page.text
    assert 'value="文件 1"' in page.text
    assert "文件 12</a>" in auditor.get("/bureau/audit?subject=文件").text


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
