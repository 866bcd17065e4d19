"""One decision by hand: a form made from the register, checked as files are, drafts kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import AuditEvent, Draft, Record, StagedRow, Submission
from tests.domain.penalty_rows import BOOK, CLEAN, LAYOUTS, LEGAL, PERSON
from tests.support.forms import NEW, draft_of, filled, hidden, send
from tests.support.people import Person, signed_in
from tests.support.uploads import checked, decision, work
from tests.web.pages import CheckingClient

PERSON_FORM = f"/bureau/decisions/new?layout={PERSON}"


def submissions(app: Flask) -> int:
    with app.app_context():
        return db.session().query(Submission).count()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_has_a_form_with_all_its_columns_and_faultless_html(
    clerk: Person, layout: str
) -> None:
    page = CheckingClient(clerk.client).get(f"/bureau/decisions/new?layout={layout}")
    register = BOOK.registers[BOOK.layouts[layout].register]
    for column in BOOK.layouts[layout].columns:
        assert f'name="{column.field}"' in page.html
        assert column.title in page.html
        field = register.field(column.field)
        assert (field.help if field.type != "choices" else "可以选几项") in page.html


def test_the_form_knows_types_units_lengths_and_the_bureau(clerk: Person) -> None:
    page = clerk.get(NEW).text
    assert 'name="decision_date" type="date"' in page
    assert 'name="penalty_types" value="罚款"' in page
    assert "以万元为单位" in page
    assert "<textarea" in page
    assert 'data-most="5000"' in page
    assert 'name="enforcement_agency" type="text" value="郑州市市场监督管理局"' in page
    assert '<option value="自然人"' not in page
    assert '<option value="自然人" selected' in clerk.get(PERSON_FORM).text


def test_what_is_handed_in_goes_the_way_of_an_uploaded_row(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    answer = send(clerk, NEW, "hand-in", filled(decision(1)))
    assert answer.location == "/bureau/submissions/1"
    assert "等待审核" in clerk.get(answer.location).text
    page = reviewer.get("/bureau/submissions/1/review").text
    assert "郑州第1号食品有限公司" in page
    assert "填报" in page
    clerk.post("/bureau/submissions/1/publish")
    reviewer.post("/bureau/submissions/1/publish")
    work(app)
    public = app.test_client().get("/records/1").text
    assert "郑市监处罚〔2026〕1号" in public
    with app.app_context():
        record = db.session().query(Record).one()
        assert record.amount_fen == 1_000_000
        deeds = [one.action for one in db.session().query(AuditEvent).order_by(AuditEvent.id)]
        wanted = ("receive", "stage", "hand_in", "decide_to_publish", "publish")
        assert [deed for deed in deeds if deed in wanted] == list(wanted)


def test_the_same_row_as_a_file_and_by_hand_is_the_same_record(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    number = checked(app, clerk, [decision(1)])
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    reviewer.post(f"/bureau/submissions/{number}/publish")
    work(app)
    address = draft_of(clerk)
    assert "完全相同" in clerk.get(f"{address}?check=1").text
    send(clerk, address, "hand-in", {})
    assert "不必再报" in clerk.get(address).text
    assert submissions(app) == 1
    changed = send(clerk, address, "check", {"penalty_content": "罚款人民币2万元"})
    assert "按变更处理" in clerk.get(changed.location).text


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_handed_in(
    app: Flask, clerk: Person
) -> None:
    wrong = filled(decision(1, legal_basis="", uscc="91410105MA000005AA"))
    answer = send(clerk, NEW, "hand-in", wrong)
    assert answer.location == "/bureau/decisions/1?check=1"
    page = clerk.get(answer.location).text
    assert "还有 2 处要改" in page
    assert '<a href="#legal_basis">' in page
    assert "这一格必填" in page
    assert "校验码不符" in page
    assert 'value="91410105MA000005AA"' in page
    assert submissions(app) == 0


def test_a_live_check_says_what_the_check_of_a_file_says_and_keeps_nothing(
    app: Flask, clerk: Person
) -> None:
    wrong = filled(decision(1, decision_date="2036-05-06", fine_yuan="12.5"))
    answer = clerk.post("/bureau/decisions/check", layout=LEGAL, **wrong).get_json()
    assert answer["fields"]["decision_date"][0]["message"] == "日期晚于今天，请核对。"
    assert answer["said"]["fine_yuan"] == "即 125,000 元"
    assert answer["good"] is False
    good = clerk.post("/bureau/decisions/check", layout=LEGAL, **filled(decision(1))).get_json()
    assert good["good"] is True
    assert "失信程度“一般”" in good["outcome"][0]
    with app.app_context():
        assert db.session().query(Draft).count() == 0


def test_a_draft_is_sealed_listed_and_outlives_the_session(app: Flask, clerk: Person) -> None:
    address = draft_of(clerk, counterparty_name="郑州未完食品有限公司")
    with app.app_context():
        assert "未完" not in (db.session().query(Draft).one().cells or b"").decode("latin-1")
    clerk.post("/bureau/sign-out")
    assert clerk.get(address).status_code == 302
    clerk.sign_in()
    assert "郑州未完食品有限公司" in clerk.get("/bureau/").text
    assert "郑州未完食品有限公司" in clerk.get("/bureau/decisions/").text
    assert 'value="郑州未完食品有限公司"' in clerk.get(address).text
    clerk.post(f"{address}/discard")
    assert "没有草稿" in clerk.get("/bureau/decisions/").text
    assert clerk.get(address).status_code == 303
    with app.app_context():
        assert db.session().query(Draft).one().cells is None


def test_a_number_of_a_document_is_kept_but_never_said_back(
    app: Flask,
    clerk: Person,
    reviewer: Person,
    id_number: Callable[..., str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    for secret in (id_number(), "X0000001"):
        row = {**CLEAN[PERSON], "counterparty_document_number": secret}
        row |= {"decision_number": f"郑市监处罚〔2026〕{len(secret)}号"}
        answer = send(clerk, PERSON_FORM, "check", filled(row, PERSON))
        page = clerk.get(answer.location)
        assert secret not in page.text
        assert f'value="{"*" * len(secret)}"' in page.text
        shown = {**filled(row, PERSON), "counterparty_document_number": "*" * len(secret)}
        opened = hidden(page)
        live = clerk.post("/bureau/decisions/check", layout=PERSON, **opened, **shown)
        assert live.get_json()["good"] is True, live.text
        assert secret not in live.text
        handed_in = send(clerk, answer.location.partition("?")[0], "hand-in", shown)
        assert "/bureau/submissions/" in handed_in.location
        for address in (handed_in.location, f"{handed_in.location}/review"):
            assert secret not in reviewer.get(address).text
        assert secret not in caplog.text
        reviewer.post(f"{handed_in.location}/publish")
    work(app)
    with app.app_context():
        assert db.session().query(Record).count() == 2, "told apart by the number"


def test_asterisks_that_hide_nothing_are_no_number(clerk: Person) -> None:
    row = {**filled(CLEAN[PERSON], PERSON), "counterparty_document_number": "41*****1234"}
    answer = send(clerk, PERSON_FORM, "check", row)
    assert '<a href="#counterparty_document_number">' in clerk.get(answer.location).text


def test_two_windows_do_not_overwrite_each_other_and_nothing_is_lost(clerk: Person) -> None:
    address = draft_of(clerk)
    first, second = hidden(clerk.get(address)), hidden(clerk.get(address))
    clerk.post(address, **first, deed="save", remarks="第一个窗口")
    answer = clerk.post(address, **second, deed="save", remarks="第二个窗口")
    assert answer.location != address
    page = clerk.get(answer.location).text
    assert "已经在另一个窗口里改过" in page
    assert "第二个窗口" in page
    assert "第一个窗口" in clerk.get(address).text


def test_keeping_by_itself_tells_a_second_window_and_begins_no_other_draft(
    app: Flask, clerk: Person
) -> None:
    address = draft_of(clerk)
    first, second = hidden(clerk.get(address)), hidden(clerk.get(address))
    kept = clerk.post(address, **first, deed="autosave", remarks="第一个窗口").get_json()
    assert (kept["number"], kept["version"], kept["address"]) == (1, 2, address)
    refused = clerk.post(address, **second, deed="autosave", remarks="第二个窗口")
    assert refused.status_code == 409
    assert "另存成一份新的草稿" in refused.get_json()["problem"]
    with app.app_context():
        assert db.session().query(Draft).count() == 1


def test_a_double_click_makes_one_draft_and_one_submission(app: Flask, clerk: Person) -> None:
    opened, fields = hidden(clerk.get(NEW)), filled(decision(1))
    deeds = ("save", "save", "hand-in", "hand-in")
    answers = [clerk.post(NEW, **opened, **fields, deed=deed) for deed in deeds]
    assert [one.location for one in answers] == [
        *["/bureau/decisions/1"] * 2,
        *["/bureau/submissions/1"] * 2,
    ]
    assert submissions(app) == 1
    with app.app_context():
        assert db.session().query(Draft).count() == 1
        assert db.session().query(StagedRow).count() == 1


def test_another_window_that_comes_after_handing_in_keeps_what_it_says(
    app: Flask, clerk: Person
) -> None:
    address = draft_of(clerk)
    late = hidden(clerk.get(address))
    send(clerk, address, "hand-in", {})
    answer = clerk.post(address, **late, **filled(decision(1, remarks="晚来的话")), deed="hand-in")
    assert answer.location == "/bureau/decisions/2?check=1"
    assert "晚来的话" in clerk.get(answer.location).text
    assert submissions(app) == 1


def test_what_came_back_is_taken_into_the_form_again(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    address = send(clerk, NEW, "hand-in", filled(decision(1))).location
    reviewer.post(f"{address}/send-back", reason="依据写全称")
    assert "回到表单里改" in clerk.get(address).text
    answer = clerk.post(f"{address}/reopen")
    page = clerk.get(answer.location).text
    assert "依据写全称" in page
    assert 'value="郑州第1号食品有限公司"' in page
    draft = answer.location.partition("?")[0]
    again = send(clerk, draft, "hand-in", {"legal_basis": "《中华人民共和国商标法》第六十条"})
    reviewer.post(f"{again.location}/publish")
    work(app)
    with app.app_context():
        record = db.session().query(Record).one()
        assert record.content["legal_basis"] == "《中华人民共和国商标法》第六十条"
        assert record.content["penalty_types"] == ["罚款"]


def test_nobody_else_sees_a_draft(app: Flask, clerk: Person, reviewer: Person) -> None:
    address = draft_of(clerk)
    for other in (reviewer, signed_in(app, Role.CREDIT_OFFICE)):
        assert other.get(address).status_code == 404
        assert other.post(address, deed="save").status_code == 404
        assert other.post(f"{address}/discard").status_code == 404
        stolen = other.post(
            "/bureau/decisions/check", layout=LEGAL, agency="health", draft=address[-1]
        )
        assert stolen.status_code == 404
        assert "郑州第1号" not in other.get("/bureau/decisions/").text
    assert clerk.get(address).status_code == 200


def test_the_credit_office_says_for_which_bureau(app: Flask) -> None:
    office = signed_in(app, Role.CREDIT_OFFICE)
    assert office.get(NEW).location == "/bureau/decisions/"
    answer = send(office, f"{NEW}&agency=health", "save", filled(decision(1)))
    with app.app_context():
        assert db.session().query(Draft).one().agency == "health"
    assert office.get(answer.location).status_code == 200


def test_a_form_without_its_token_is_refused(clerk: Person) -> None:
    assert clerk.client.post(NEW, data={"deed": "save"}).status_code == 400


def test_a_long_text_is_kept_whole_and_told_to_be_too_long(clerk: Person) -> None:
    facts = "长" * 6_000
    answer = send(clerk, NEW, "check", filled(decision(1, violation_facts=facts)))
    page = clerk.get(answer.location).text
    assert facts in page
    assert "现有 6000 个" in page
