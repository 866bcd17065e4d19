"""Entries of our own lists from a file go out only when what a case demands was confirmed."""

from __future__ import annotations

import pytest
from flask import Flask

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import AuditEvent, Record
from tests.domain.penalty_rows import BOOK, CLEAN, LIST, USCC
from tests.support.listings import heavy_penalty
from tests.support.people import Person, signed_in
from tests.support.uploads import Row, checked, decision, number_of, table, upload, work
from tests.web.conftest import Publish
from tests.web.pages import checked as checked_page

TICKS = {"told": "1", "heard": "1", "decided": "1"}
DOCUMENT = "豫市监审〔2026〕5号"
WATCHED = {
    "list": "watch",
    "branch": "知识产权（重点关注）",
    "ground": "多次侵犯知识产权",
    "measures": "提高检查频次",
}


@pytest.fixture
def above(app: Flask) -> Person:
    """Somebody of the credit office, the level above."""
    return signed_in(app, Role.CREDIT_OFFICE)


def handed_in(app: Flask, clerk: Person, **changes: str) -> str:
    row: Row = {**CLEAN[LIST], **changes}
    address = f"/bureau/submissions/{number_of(upload(clerk, table([row], LIST)))}"
    work(app)
    assert clerk.post(f"{address}/hand-in").status_code == 303
    return address


def tried(app: Flask, person: Person, address: str) -> int:
    """How many entries of lists are public after somebody presses the button."""
    person.post(f"{address}/publish")
    work(app)
    with app.app_context():
        count = db.session().query(Record).filter(Record.list_name != "").count()
        db.session.remove()
    return count


def test_a_bureau_s_own_reviewer_lists_nobody_from_a_file(
    app: Flask, clerk: Person, reviewer: Person, publish: Publish
) -> None:
    publish(heavy_penalty(uscc=USCC))
    address = handed_in(app, clerk)
    assert "没有经过名单案件" in reviewer.get(f"{address}/review").text
    assert tried(app, reviewer, address) == 0
    assert 'name="document"' not in reviewer.get(f"{address}/review").text, "no form in vain"
    refused = reviewer.post(f"{address}/confirm", document=DOCUMENT, **TICKS)
    assert (refused.status_code, "没有可以一起确认的条目" in refused.text) == (422, True)
    refused = reviewer.post(f"{address}/rows/2/confirm", document=DOCUMENT, **TICKS)
    assert refused.status_code == 422
    assert "须由上一级（信用管理部门）核对确认" in refused.text
    reviewer.post(f"{address}/rows/2/clear")
    assert tried(app, reviewer, address) == 0


def test_the_level_above_confirms_what_a_case_demands_and_the_entry_goes_out(
    app: Flask, clerk: Person, reviewer: Person, above: Person, publish: Publish
) -> None:
    publish(heavy_penalty(uscc=USCC))
    address = handed_in(app, clerk)
    refused = checked_page(address, above.post(f"{address}/confirm", document=DOCUMENT, told="1"))
    assert "请逐项核对并勾选" in refused.main
    boxes = reversed(refused.all("input"))  # the form for all stands before those of the rows
    typed = {one.get("name"): one for one in boxes if one.get("name")}
    assert typed["document"].get("value") == DOCUMENT, "what was typed stays"
    assert (typed["told"].get("checked"), typed["heard"].get("checked")) == ("", None)
    assert "请写明审核意见" in above.post(f"{address}/confirm", document="", **TICKS).text
    above.post(f"{address}/confirm", document=DOCUMENT, **TICKS)
    assert "已经确认 1 条名单条目" in above.get(f"{address}/review").text
    assert tried(app, reviewer, address) == 1
    with app.app_context():
        event = db.session().query(AuditEvent).filter_by(action="confirm_entries").one()
        assert DOCUMENT in event.details
        entry = db.session().query(Record).filter(Record.list_name != "").one()
        assert "六十日内申请行政复议" in str(entry.content["remedies"])
        db.session.remove()


def test_without_a_public_heavier_penalty_its_number_is_asked_of_each_row(
    app: Flask, clerk: Person, above: Person
) -> None:
    address = handed_in(app, clerk)
    assert "这些条目不能一次确认" in above.get(f"{address}/review").text
    refused = above.post(f"{address}/confirm", document=DOCUMENT, **TICKS)
    assert "没有可以一起确认的条目" in refused.text
    for no_number in ("", "没有", "3号"):
        said = {"document": DOCUMENT, "penalty": no_number, **TICKS}
        page = checked_page(address, above.post(f"{address}/rows/2/confirm", **said))
        assert "请写明处罚决定书完整的文号" in page.main
        assert page.one("input", name="penalty").get("value") == no_number
    number = "郑市监处罚〔2025〕3号"
    above.post(f"{address}/rows/2/confirm", document=DOCUMENT, penalty=number, **TICKS)
    assert tried(app, above, address) == 1


def test_a_list_that_needs_no_review_is_confirmed_by_the_bureau_s_reviewer(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    address = handed_in(app, clerk, **WATCHED)
    assert tried(app, reviewer, address) == 0
    reviewer.post(f"{address}/confirm", document=DOCUMENT, **TICKS)
    assert tried(app, reviewer, address) == 1


def test_a_penalty_is_no_entry_that_could_be_confirmed(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    address = f"/bureau/submissions/{checked(app, clerk, [decision(1)])}"
    clerk.post(f"{address}/hand-in")
    refused = reviewer.post(f"{address}/rows/2/confirm", document=DOCUMENT, **TICKS)
    assert "不是没有经过案件的名单条目" in refused.text


def test_whoever_let_an_entry_from_a_file_out_does_not_correct_who_it_is(
    app: Flask, clerk: Person, above: Person
) -> None:
    address = handed_in(app, clerk)
    number = "郑市监处罚〔2025〕3号"
    above.post(f"{address}/rows/2/confirm", document=DOCUMENT, penalty=number, **TICKS)
    assert tried(app, above, address) == 1
    with app.app_context():
        record = db.session().query(Record).filter(Record.list_name != "").one()
        found, layout = record.id, BOOK.layouts[LIST]
        db.session.remove()
    name = [column.field for column in layout.columns].index("subject_name")
    ground = {"reason": "笔误", "document": "更正通知书〔2026〕1号", "day": "2026-06-01"}
    typed = {f"cell{name}": "郑州某某食品有限责任公司", **ground}
    refused = above.post(f"/bureau/records/{found}/correct", **typed)
    assert refused.status_code == 422
    assert "须由另一个人核对更正" in refused.text
    colleague = signed_in(app, Role.CREDIT_OFFICE, name="another")
    assert colleague.post(f"/bureau/records/{found}/correct", **typed).status_code == 303
