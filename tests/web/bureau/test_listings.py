"""Cases of entry on a list on the desk: who may do what, forms, documents, files."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import Record
from tests.support.entries import CODE
from tests.support.listings import SUBJECT, heavy_penalty
from tests.support.people import Person, signed_in
from tests.support.personal_numbers import invented_id_number
from tests.support.sites import StandingClock
from tests.support.uploads import work
from tests.web.conftest import Publish
from tests.web.pages import CheckingClient, Page, checked

BUREAU = "market-supervision"
NEW = "/bureau/listings/new"
KEY = "a-form-key-of-its-own"


@pytest.fixture
def above(app: Flask) -> Person:
    """Somebody of the credit office, the level above."""
    return signed_in(app, Role.CREDIT_OFFICE)


def seen(person: Person, path: str, status: int = 200) -> Page:
    return CheckingClient(person.client).get(path, status)


def opened(person: Person, **changes: str) -> str:
    """The address of a case opened by hand."""
    fields = {
        **SUBJECT,
        "form_key": KEY,
        "branch": "intellectual-property",
        "ground": "wilful-infringement",
        "facts_on": "2026-05-20",
        "reason": "情节严重",
        **changes,
    }
    answer = person.post("/bureau/listings", **fields)
    assert answer.status_code == 303, CheckingClient
    return answer.location


def step(person: Person, case: str, action: str, day: str = "2026-06-01", **said: object) -> Page:
    """Takes a step and shows the case; or what was wrong, with what was typed."""
    given = {"words": "经审查", "document": f"郑市监列〔{day[:4] or 2026}〕{action}号", **said}
    if action == "notice":
        given.setdefault("measures", "priority-supervision")
    if action in ("notice", "announce", "confirm", "publish"):
        given.setdefault("read_through", "1")
    if action == "decide":
        given.setdefault("penalty_day", day)
    answer = person.post(case, action=action, day=day, **given)  # type: ignore[arg-type]  # fields of a form
    if answer.status_code == 422:
        return checked(case, answer)
    assert answer.status_code == 303, answer.text
    return seen(person, case)


def later(app: Flask, name: str = "later") -> tuple[Person, Person]:
    """A reviewer of the same bureau and the level above, signed in on another day."""
    reviewer = signed_in(app, Role.REVIEWER, BUREAU, name=name)
    return reviewer, signed_in(app, Role.CREDIT_OFFICE, name=f"{name}-above")


def agreed_and_published(reviewer: Person, above: Person, case: str) -> None:
    """Past the level above, which reads what goes out, and past the service, to the public."""
    assert "数额巨大" in seen(above, case).main
    page = step(above, case, "confirm", "2026-06-11", read_through="")
    assert "请确认：已经逐字看过将要公开的内容" in page.main
    page = step(above, case, "confirm", "2026-06-11")
    assert "送达当事人并登记以后才能公示" in page.main
    early = step(reviewer, case, "publish", "2026-06-11")
    assert "还没有登记送达" in early.main
    step(reviewer, case, "serve_decision", "2026-06-11", words="直接送达")
    step(reviewer, case, "publish", "2026-06-11")


def test_a_candidate_is_shown_with_its_reason_and_goes_the_whole_way(
    app: Flask, reviewer: Person, publish: Publish, clock: StandingClock
) -> None:
    publish(heavy_penalty())
    work(app)
    assert "候选 1 件等待审查" in seen(reviewer, "/bureau/").main
    page = seen(reviewer, "/bureau/listings")
    assert "规则提示：2026-05-06 的处罚决定" in page.main
    case = page.link("郑州某某食品有限公司")
    assert "吊销许可证件" in seen(reviewer, case).main
    step(reviewer, case, "notice", facts="数额巨大", ground="wilful-infringement")
    notice = seen(reviewer, f"{case}/notice").main
    for part in ("郑市监列〔2026〕notice号", "5 个工作日", "故意侵犯知识产权", "数额巨大", "救济"):
        assert part in notice
    step(reviewer, case, "serve", words="直接送达，王某签收")
    clock.move(days=10)
    reviewer, above = later(app)
    page = step(reviewer, case, "decide", "2026-06-11")
    assert "等待上一级" in page.main
    assert "决定书" in seen(reviewer, f"{case}/decision").heading
    agreed_and_published(reviewer, above, case)
    number = seen(reviewer, case).link("公开的页面")
    record = CheckingClient(app.test_client()).get(number)
    assert "故意侵犯知识产权" in record.main
    assert "知识产权" in record.main
    page = step(reviewer, case, "remove_error", "2026-06-11", apology="wrong_facts")
    assert "列入有误，移出" in page.main
    assert seen(reviewer, f"{case}/removal").heading == "移出严重失信主体名单决定书"
    gone = CheckingClient(app.test_client()).get(number, status=410)
    assert "因本机关认定事实有误" in gone.main
    assert "某某食品" not in gone.html


def test_papers_name_the_penalty_the_body_of_review_and_the_law_of_their_own_branch(
    app: Flask, reviewer: Person, publish: Publish, clock: StandingClock
) -> None:
    publish(heavy_penalty())
    case = opened(reviewer, record="1", branch="market-supervision", ground="food-safety")
    step(reviewer, case, "notice", facts="数额巨大", ground="food-safety")
    notice = seen(reviewer, f"{case}/notice").main
    step(reviewer, case, "serve", words="直接送达，王某签收")
    clock.move(days=10)
    reviewer, _ = later(app)
    step(reviewer, case, "decide", "2026-06-11")
    decision = seen(reviewer, f"{case}/decision").main
    assert "据以列入的行政处罚决定：郑市监处罚〔2026〕1号（2026年5月6日）" in decision
    assert "申请行政复议的，向郑州市人民政府提出" in decision
    for paper in (notice, seen(reviewer, f"{case}/repair").main):
        article, _, beside = paper.partition("受送达人签收")
        assert "第44号" in article
        assert "知识产权信用管理规定" not in article, "the basis of another list"
        assert "未核实" not in paper
        assert "签发以前请对照原文" in beside


def test_a_case_is_begun_from_a_record_whose_subject_is_taken_over(
    reviewer: Person, publish: Publish
) -> None:
    publish(heavy_penalty())
    page = seen(reviewer, "/bureau/records/1")
    choice = page.link("审查是否列入名单")
    assert choice == f"{NEW}?record=1"
    seen(reviewer, choice)
    form = seen(reviewer, f"{choice}&branch=intellectual-property")
    assert "公示编号 1 的处罚" in form.main
    case = opened(reviewer, record="1", subject_name="别的名称", uscc="")
    assert "郑州某某食品有限公司" in seen(reviewer, case).heading


def test_what_is_wrong_is_said_in_the_form_and_what_was_typed_stays(reviewer: Person) -> None:
    fields = {**SUBJECT, "uscc": "91410100MA0000015C", "branch": "local", "form_key": KEY}
    answer = reviewer.post("/bureau/listings", **fields, facts_on="2026-05-20", reason="严重")
    assert answer.status_code == 422
    assert "统一社会信用代码" in answer.text
    assert "91410100MA0000015C" in answer.text
    again = reviewer.post("/bureau/listings", **fields, facts_on="昨天", reason="严重")
    assert (again.status_code, "请填写事实" in again.text) == (422, True)


def test_nobody_of_another_bureau_sees_a_case(reviewer: Person, stranger: Person) -> None:
    case = opened(reviewer)
    assert stranger.get(case).status_code == 404
    assert stranger.get(f"{case}/notice").status_code == 404
    answer = stranger.post(case, action="dismiss", day="2026-06-01", words="不")
    assert answer.status_code == 404
    assert "某某食品" not in stranger.get("/bureau/listings").text


def test_an_auditor_reads_a_case_and_can_take_no_step(app: Flask, reviewer: Person) -> None:
    case = opened(reviewer)
    auditor = signed_in(app, Role.AUDITOR)
    assert case in seen(auditor, "/bureau/listings").links()
    assert "现在可以办理" not in seen(auditor, case).main
    answer = auditor.post(case, action="dismiss", day="2026-06-01", words="不")
    assert answer.status_code == 403


def test_only_the_level_above_confirms(app: Flask, reviewer: Person, clock: StandingClock) -> None:
    case = opened(reviewer)
    step(reviewer, case, "notice")
    step(reviewer, case, "serve")
    clock.move(days=10)
    reviewer, above = later(app)
    said = {"penalty_number": "郑市监处罚〔2026〕8号", "heavy": "责令停产停业"}
    step(reviewer, case, "decide", "2026-06-11", **said)
    assert reviewer.post(case, action="confirm").status_code == 403
    assert above.post(case, action="anything").status_code == 400
    assert above.post(case, action="expire").status_code == 400
    page = step(reviewer, case, "publish", "2026-06-11")
    assert "这件案件是“已决定列入”，要先办理“上一级审核：同意”" in page.main
    with app.app_context():
        assert db.session().query(Record).count() == 0


def test_a_refused_step_says_why_and_nothing_changes(reviewer: Person) -> None:
    case = opened(reviewer)
    assert "请填写日期" in step(reviewer, case, "notice", "").main
    wrong = step(reviewer, case, "notice", document=" ", facts="数额巨大，影响恶劣")
    assert "请写明文书" in wrong.main
    assert "数额巨大，影响恶劣" in wrong.main
    assert "要先办理“作出列入告知书”" in step(reviewer, case, "publish").main
    number = invented_id_number(3)
    page = step(reviewer, case, "dismiss", words=f"证件 {number}")
    assert "像是有证件号码" in page.main
    assert number not in page.html
    assert "候选，等待审查" in page.heading


def test_what_was_typed_into_a_step_of_a_case_that_a_colleague_closed_is_given_back(
    reviewer: Person,
) -> None:
    case, number = opened(reviewer), invented_id_number(4)
    step(reviewer, case, "dismiss")
    facts = f"数额巨大，影响恶劣，证件 {number}"
    page = step(reviewer, case, "notice", facts=facts, ground="wilful-infringement")
    assert "现在不能办理“作出列入告知书”" in page.main
    given = page.main.partition("您刚才填写的内容")[2]
    for said in (
        "故意侵犯知识产权",
        "数额巨大，影响恶劣",
        "郑市监列〔2026〕notice号",
        "2026-06-01",
    ):
        assert said in given
    assert number not in page.html


def test_a_notice_without_any_measure_is_refused(reviewer: Person) -> None:
    case = opened(reviewer)
    assert "请至少选择一项措施" in step(reviewer, case, "notice", measures="").main
    wrong = step(reviewer, case, "notice", measures="green-channel")
    assert "请至少选择一项措施" in wrong.main


def test_a_notice_of_1900_is_refused_in_words(reviewer: Person) -> None:
    page = step(reviewer, opened(reviewer), "notice", "1900-01-01")
    assert "不能早于开始审查的日期" in page.main


def serve_with(person: Person, case: str, paper: bytes) -> Page:
    """Sends a large file along; encoded here, for the test client leaves its own draft open."""
    said = {"action": "serve", "day": "2026-06-01", "words": "直接送达"}
    token = {"csrf_token": person.token()}
    boundary, sent = encode_multipart(
        {**said, **token, "file": FileStorage(BytesIO(paper), "回证.pdf")}
    )
    form = f"multipart/form-data; boundary={boundary}"
    answer = person.client.post(case, data=sent, content_type=form)
    assert answer.status_code == 303
    return seen(person, case)


def test_a_proof_of_service_is_kept_and_given_out_to_the_bureau_alone(
    reviewer: Person, stranger: Person
) -> None:
    case = opened(reviewer)
    step(reviewer, case, "notice")
    bad = step(reviewer, case, "serve", file=(BytesIO(b"MZ program"), "回证.pdf"))
    assert "不是 PDF" in bad.main
    large = b"%PDF-1.7 " + b"x" * (2 << 20)
    page = serve_with(reviewer, case, large)
    link = page.link("附件")
    with reviewer.client.get(link) as answer:
        assert (answer.data, answer.mimetype) == (large, "application/pdf")
    assert stranger.get(link).status_code == 404
    assert reviewer.get(f"{case}/files/99").status_code == 404


def test_documents_that_are_not_made_yet_are_not_found(reviewer: Person) -> None:
    case = opened(reviewer)
    for paper in ("notice", "decision", "removal"):
        assert reviewer.get(f"{case}/{paper}").status_code == 404


@pytest.mark.parametrize("show", ["open", "listed", "closed", "", "anything"])
def test_cases_are_listed_by_how_far_they_are(reviewer: Person, show: str) -> None:
    case = opened(reviewer)
    page = seen(reviewer, f"/bureau/listings?show={show}")
    assert (case in set(page.links())) is (show not in ("listed", "closed"))


def test_the_trustworthy_are_shown_to_everybody_while_announced(
    app: Flask, reviewer: Person
) -> None:
    case = opened(reviewer, branch="trustworthy", ground="commended")
    public = CheckingClient(app.test_client())
    assert "某某食品" not in public.get("/lists/trustworthy").main
    step(reviewer, case, "announce")
    shown = public.get("/lists/trustworthy").main
    assert f"郑州某某食品有限公司 {CODE}" in shown.replace("　", " ")
    assert "异议到 2026-06-10 为止" in shown
