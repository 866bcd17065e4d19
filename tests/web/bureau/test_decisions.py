"""One decision by hand: the form, its checks, drafts, handing in."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from credit_site.domain.cells import Cell
from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import Draft, Record, Submission
from tests.domain.penalty_rows import BOOK, LEGAL, PERSON
from tests.support.people import Person, signed_in
from tests.support.personal_numbers import invented_id_number
from tests.support.uploads import decision, work
from tests.web.pages import checked as checked_page

COLUMNS = BOOK.layouts[LEGAL].columns
PLACES = {column.field: index for index, column in enumerate(COLUMNS)}
NEW = f"/bureau/decisions/new?layout={LEGAL}"


def cells(row: Mapping[str, Cell]) -> dict[str, object]:
    """A row as the form sends it."""
    found = {f"cell{index}": str(row.get(c.field, "")) for index, c in enumerate(COLUMNS)}
    kinds = str(row.get("penalty_types", "")).split(";")
    return {**found, f"cell{PLACES['penalty_types']}": ["", *kinds]}


def begin(person: Person, row: Mapping[str, Cell], deed: str = "save") -> TestResponse:
    page = person.get(NEW).text
    key = re.search(r'name="form_key" value="([^"]+)"', page)
    assert key
    return send_new(person, row, key[1], deed)


def send_new(person: Person, row: Mapping[str, Cell], key: str, deed: str = "save") -> TestResponse:
    fields = {"layout": LEGAL, "form_key": key, "deed": deed, **cells(row)}
    return person.post("/bureau/decisions", **fields)


def keep(person: Person, number: int, version: int, deed: str, **row: Cell) -> TestResponse:
    fields = cells(decision(1, **row)) | {"version": version, "deed": deed}
    return person.post(f"/bureau/decisions/{number}", **fields)


def test_the_form_has_every_column_with_its_hint_and_the_bureaus_own_name(clerk: Person) -> None:
    with clerk.get(NEW) as answer:
        page = checked_page(NEW, answer)
    for index, column in enumerate(COLUMNS):
        assert page.all("div", **{"data-field": str(index)}) or page.all(
            "fieldset", **{"data-field": str(index)}
        ), column.title
    assert "郑州市市场监督管理局" in page.html
    assert "18 位统一社会信用代码" in page.html
    assert page.all("input", type="checkbox", value="罚款")


@pytest.mark.parametrize("layout", BOOK.layouts)
def test_every_layout_has_a_form(clerk: Person, layout: str) -> None:
    address = f"/bureau/decisions/new?layout={layout}"
    with clerk.get(address) as answer:
        checked_page(address, answer)


def test_a_good_decision_goes_the_way_of_a_row_of_a_file(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    answer = begin(clerk, decision(1), "hand-in")
    assert answer.status_code == 303, answer.text
    number = int(answer.location.rsplit("/", 1)[1])
    assert "手工填报：郑市监处罚〔2026〕1号" in reviewer.get("/bureau/").text
    reviewer.post(f"/bureau/submissions/{number}/publish")
    work(app)
    assert "郑州第1号食品有限公司" in app.test_client().get("/records/1").text
    with app.app_context():
        assert db.session().query(Draft).count() == 0
        assert db.session().query(Record).one().submission_id == number


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(clerk: Person) -> None:
    answer = begin(clerk, decision(1, legal_basis="", decision_date="昨天"), "hand-in")
    assert answer.status_code == 422
    page = checked_page("/bureau/decisions", answer)
    assert "还有 2 处要改" in page.main
    assert "郑州第1号食品有限公司" in page.html
    wrong = page.all("div", class_="is-wrong")
    assert [one.get("data-field") for one in wrong] == [
        str(PLACES["legal_basis"]),
        str(PLACES["decision_date"]),
    ]


def test_the_check_button_says_what_is_wrong_and_hands_nothing_in(
    app: Flask, clerk: Person
) -> None:
    assert "必填" in begin(clerk, decision(1, legal_basis=""), "check").text
    good = begin(clerk, decision(2), "check")
    assert "没有发现问题" in good.text
    with app.app_context():
        assert db.session().query(Submission).count() == 0


def test_the_script_is_told_where_it_was_kept_and_what_is_wrong(clerk: Person) -> None:
    answer = begin(clerk, decision(1, legal_basis=""), "watch")
    assert answer.json["address"] == "/bureau/decisions/1"
    assert answer.json["version"] == 1
    (issue,) = answer.json["issues"]
    assert (issue["index"], issue["level"]) == (PLACES["legal_basis"], "error")


def test_a_draft_outlives_the_session_and_belongs_to_its_writer(
    app: Flask, clerk: Person, reviewer: Person, stranger: Person
) -> None:
    begin(clerk, decision(1))
    clerk.post("/bureau/sign-out")
    clerk.sign_in()
    assert "郑市监处罚〔2026〕1号" in clerk.get("/bureau/decisions").text
    assert "郑州第1号食品有限公司" in clerk.get("/bureau/decisions/1").text
    for other in (reviewer, stranger):
        assert other.get("/bureau/decisions/1").status_code == 404
        assert other.post("/bureau/decisions/1", deed="discard").status_code == 404
    assert clerk.post("/bureau/decisions/1", deed="discard").status_code == 303
    assert clerk.get("/bureau/decisions/1").status_code == 404


def test_two_windows_do_not_overwrite_each_other(clerk: Person) -> None:
    begin(clerk, decision(1))
    assert keep(clerk, 1, 1, "save", violation_facts="第一个窗口").status_code == 303
    late = keep(clerk, 1, 1, "save", violation_facts="第二个窗口")
    assert late.status_code == 409
    assert "在另一个窗口里保存过了" in late.text
    assert "第二个窗口" in late.text
    assert keep(clerk, 1, 1, "watch", violation_facts="第二个窗口").status_code == 409
    assert keep(clerk, 1, 2, "save", violation_facts="第二个窗口").status_code == 303
    assert "第二个窗口" in clerk.get("/bureau/decisions/1").text


def test_a_form_sent_twice_is_one_draft_and_one_submission(app: Flask, clerk: Person) -> None:
    key = "a-key-of-the-form-itself"
    for _ in range(2):
        assert send_new(clerk, decision(1), key).status_code == 303
    assert keep(clerk, 1, 2, "hand-in").status_code == 303
    again = keep(clerk, 1, 2, "hand-in")
    assert again.status_code == 404
    with app.app_context():
        assert db.session().query(Submission).count() == 1


def test_the_same_decision_again_is_not_handed_in_and_stays_a_draft(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    number = begin(clerk, decision(1), "hand-in").location.rsplit("/", 1)[1]
    reviewer.post(f"/bureau/submissions/{number}/publish")
    work(app)
    answer = begin(clerk, decision(1), "hand-in")
    assert answer.location.endswith("/bureau/decisions")
    assert "完全相同" in clerk.get("/bureau/decisions").text
    with app.app_context():
        assert db.session().query(Submission).count() == 1
        assert db.session().query(Draft).count() == 1


def test_the_number_of_a_person_is_kept_sealed_and_never_shown_again(
    app: Flask, clerk: Person
) -> None:
    columns = BOOK.layouts[PERSON].columns
    place = [column.field for column in columns].index("counterparty_document_number")
    facts = [column.field for column in columns].index("violation_facts")
    number = invented_id_number(3)
    fields = {"layout": PERSON, "form_key": "x" * 20, "deed": "save", f"cell{place}": number}
    clerk.post("/bureau/decisions", **fields, **{f"cell{facts}": f"张某（{number}）卖假酒"})
    page = clerk.get("/bureau/decisions/1").text
    assert number not in page
    assert "●●●●●●" in page
    sent = {"version": 1, "deed": "save", f"cell{place}": "●●●●●●"}
    clerk.post("/bureau/decisions/1", **sent, **{f"cell{facts}": f"张某（{'*' * 18}）卖假酒"})
    with app.app_context():
        draft = db.session().query(Draft).one()
        vault = app.extensions["credit_site_vault"]
        kept = vault.open(draft.cells).decode()
        assert kept.count(number) == 2
        assert number.encode() not in draft.cells


def test_who_reaches_over_all_bureaus_chooses_one_first(app: Flask) -> None:
    office = signed_in(app, Role.CREDIT_OFFICE)
    assert "属于哪个部门" in office.get(NEW).text
    assert "郑州市卫生健康委员会" in office.get(f"{NEW}&agency=health").text
    assert office.get("/bureau/decisions/new?layout=none").status_code == 404
