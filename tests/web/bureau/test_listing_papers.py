"""Cases on the desk beyond the first way: doubts about a subject, extensions, false papers."""

from __future__ import annotations

from io import BytesIO

from flask import Flask

from credit_site.extensions import db
from credit_site.models import ListingCase
from tests.support.listings import SUBJECT, heavy_penalty
from tests.support.people import Person
from tests.support.personal_numbers import invented_id_number
from tests.support.sites import StandingClock
from tests.web.bureau.test_listings import KEY, NEW, above, later, opened, seen, step
from tests.web.conftest import Publish

__all__ = ["above"]


def test_a_name_that_public_records_know_otherwise_is_confirmed_in_the_form(
    reviewer: Person, publish: Publish
) -> None:
    publish(heavy_penalty())
    fields = {**SUBJECT, "subject_name": "郑州市庚辛有限公司", "branch": "local"}
    fields |= {
        "form_key": KEY,
        "ground": "market-order",
        "facts_on": "2026-05-20",
        "reason": "严重",
    }
    answer = reviewer.post("/bureau/listings", **fields)
    assert answer.status_code == 422
    assert "在公示信息里的名称是“郑州某某食品有限公司”" in answer.text
    assert "same_subject" in answer.text
    case = opened(reviewer, **fields, same_subject="1")
    assert "请核对是不是同一个主体" in seen(reviewer, case).main


def test_the_form_of_the_managers_list_offers_persons_alone(above: Person) -> None:
    page = seen(above, f"{NEW}?agency=cyberspace&branch=network-order")
    assert "自然人" in page.main
    assert "个体工商户" not in page.main
    assert "证件号码" in page.main


def test_an_extension_is_told_and_decided_on_paper(
    app: Flask, reviewer: Person, clock: StandingClock
) -> None:
    case = listed(app, reviewer, clock)
    reviewer, above = later(app, "next")
    for paper in ("extension", "prolongation"):
        assert reviewer.get(f"{case}/{paper}").status_code == 404
    said = {"until": "2030-06-01", "because": "郑市监处罚〔2026〕8号", "words": "限制从业五年"}
    refused = step(reviewer, case, "extension_notice", "2026-06-11", **said)
    assert "并附这份决定书" in refused.main
    file = (BytesIO(b"%PDF-1.7 restriction"), "决定书.pdf")
    page = step(reviewer, case, "extension_notice", "2026-06-11", **said, file=file)
    assert f"{case}/extension" in page.links()
    notice = seen(reviewer, f"{case}/extension").main
    for part in ("限制从业五年", "依据郑市监处罚〔2026〕8号", "2030年6月1日", "5 个工作日"):
        assert part in notice
    step(reviewer, case, "extension_object", "2026-06-11", words="限制已经解除")
    page = step(reviewer, case, "extension_hear", "2026-06-11", words="限制仍在执行")
    assert "当事人提出了异议，已经听取" in page.main
    clock.move(days=10)
    reviewer, above = later(app, "again")
    step(above, case, "extend", "2026-06-21", words="限制还没有届满")
    decision = seen(above, f"{case}/prolongation").main
    for part in ("公示至 2029年6月11日", "并听取了提出的异议", "延长到 2030年6月1日"):
        assert part in decision
    assert above.get(f"{case}/extension").status_code == 404


def test_who_left_on_false_papers_has_a_case_of_its_own(
    app: Flask, reviewer: Person, clock: StandingClock
) -> None:
    case = listed(app, reviewer, clock)
    clock.move(days=366)
    reviewer, _ = later(app, "again")
    all_true = {"performed": "1", "mended": "1", "unrestricted": "1"}
    step(reviewer, case, "remove_early", "2027-06-12", **all_true)
    file = (BytesIO(b"%PDF-1.7 false papers"), "认定.pdf")
    page = step(reviewer, case, "restore", "2027-06-12", words="履行证明系伪造", file=file)
    anew = page.link("第 2 号案件")
    page = seen(reviewer, anew)
    assert "候选，等待审查" in page.heading
    assert "第 1 号案件以虚假材料提前移出，拟恢复列入" in page.main
    step(reviewer, anew, "notice", "2027-06-12")
    assert "履行证明系伪造" in seen(reviewer, f"{anew}/notice").main


def listed(app: Flask, reviewer: Person, clock: StandingClock) -> str:
    """The address of a case whose entry is public, ten days after it was served."""
    case = opened(reviewer)
    step(reviewer, case, "notice")
    step(reviewer, case, "serve")
    clock.move(days=10)
    person, above = later(app)
    said = {"penalty_number": "郑市监处罚〔2026〕8号", "heavy": "责令停产停业"}
    step(person, case, "decide", "2026-06-11", **said)
    step(above, case, "confirm", "2026-06-11")
    step(person, case, "serve_decision", "2026-06-11")
    step(person, case, "publish", "2026-06-11")
    return case


def test_a_manager_is_masked_in_lists_of_cases_and_named_in_the_notice(
    app: Flask, above: Person
) -> None:
    number = invented_id_number(5)
    case = opened(
        above,
        agency="cyberspace",
        branch="network-order",
        ground="network-order",
        subject_name="欧阳某某",
        subject_type="自然人",
        uscc="",
        subject_document_number=number,
    )
    step(above, case, "notice")
    assert "欧阳**" in seen(above, "/bureau/listings").main
    assert "欧阳某某" in seen(above, f"{case}/notice").main
    for path in (case, f"{case}/notice", "/bureau/listings"):
        assert number not in above.get(path).text
    with app.app_context():
        (found,) = db.session().query(ListingCase)
        assert found.subject_name == "欧阳**"
