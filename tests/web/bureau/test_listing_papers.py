"""Cases on the desk beyond the first way: doubts about a subject, extensions, false papers."""

from __future__ import annotations

from io import BytesIO

from flask import Flask

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import ListingCase
from tests.domain.penalty_rows import invented_uscc
from tests.support.listings import SUBJECT, heavy_penalty
from tests.support.people import Person, signed_in
from tests.support.personal_numbers import invented_id_number
from tests.support.sites import StandingClock
from tests.support.uploads import work
from tests.web.bureau.test_listings import (
    KEY,
    NEW,
    above,
    later,
    opened,
    seen,
    step,
)
from tests.web.conftest import Publish
from tests.web.pages import CheckingClient

__all__ = ["above"]
OTHER_CODE = invented_uscc(7)


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
    reviewer, _ = later(app, "next")
    for paper in ("extension", "prolongation"):
        assert reviewer.get(f"{case}/{paper}").status_code == 404
    said = {
        "restriction": "限制从业",
        "restricted_until": "2030-06-01",
        "because": "郑市监处罚〔2026〕88号",
        "words": "限制从业五年",
    }
    assert "责令停产停业等没有期限的处罚，不是延长的理由" in seen(reviewer, case).main
    refused = step(reviewer, case, "extension_notice", "2026-06-11", **said)
    assert "并附这份决定书" in refused.main
    file = (BytesIO(b"%PDF-1.7 restriction"), "决定书.pdf")
    page = step(reviewer, case, "extension_notice", "2026-06-11", **said, file=file)
    notice = seen(reviewer, page.link("延长期限告知书 郑市监列〔2026〕extension_notice号")).main
    for part in (
        "限制从业五年",
        "依据郑市监处罚〔2026〕88号（限制从业，限制至 2030年6月1日）",
        "5 个工作日",
    ):
        assert part in notice
    step(reviewer, case, "extension_object", "2026-06-11", words="限制已经解除")
    page = step(reviewer, case, "extension_hear", "2026-06-11", words="限制仍在执行")
    assert "当事人提出了异议，已经听取" in page.main
    clock.move(days=10)
    decided_and_served(app, case)


def decided_and_served(app: Flask, case: str) -> None:
    """Past the bureau's second person, the level above and the service, to everybody."""
    reviewer, above = later(app, "again")
    page = step(above, case, "extend", "2026-06-21", words="限制还没有届满")
    assert "告知、决定、移出和致歉由认定机关自己的人办理" in page.main
    page = step(reviewer, case, "extend", "2026-06-21", words="限制还没有届满")
    assert "延长决定等待上一级（信用管理部门）审核" in page.main
    decision = seen(above, f"{case}/extensions/1/decision").main
    for part in ("公示至 2029年6月11日", "并听取了提出的异议", "延长到 2030年6月1日"):
        assert part in decision
    step(above, case, "extension_agree", "2026-06-21")
    assert "2029年6月11日" in seen(reviewer, case).main
    page = step(reviewer, case, "extension_serve", "2026-06-21", words="直接送达")
    assert "公示至2030年6月1日" in page.main.replace(" ", "")
    assert "送达日期：2026年6月21日" in seen(above, f"{case}/extensions/1/decision").main
    listing = seen(above, f"{case}/decision").main
    assert "最早可以自 2027年6月11日起申请提前移出" in listing, "as it was served"
    assert "公示期限后来延长到 2030年6月1日。" in listing.partition("受送达人签收")[2]
    for old, now in (("extension", "notice"), ("prolongation", "decision")):
        assert above.get(f"{case}/{old}").location == f"{case}/extensions/1/{now}"
    record = CheckingClient(app.test_client()).get(page.link("公开的页面")).main
    assert "延长期限：" in record
    assert "更正" not in record
    assert "依据是限制从业（郑市监处罚〔2026〕88号），限制至 2030-06-01" in record
    assert "期满以前不能提前移出" in record
    assert "依法限制的期限超过三年的，按照实际限制期限" in record
    assert "第十九条：信息公示最长五年，延长不得超过" in record
    assert "现在可以申请" not in record
    withdrawn(reviewer, above, case)


def withdrawn(reviewer: Person, above: Person, case: str) -> None:
    """The paper of the withdrawal is there, and what was served stays."""
    assert "告知、决定、移出由郑州市市场监督管理局自己的人办理" in seen(above, case).main
    said = {"words": "法院解除限制", "revoked_by": "（2026）豫01行终1号"}
    page = step(reviewer, case, "extension_undo", "2026-06-21", **said)
    assert "公示至2029年6月11日" in page.main.replace(" ", "")
    paper = seen(above, page.link("撤回延长决定书 郑市监列〔2026〕extension_undo号")).main
    for part in (
        "延长到 2030年6月1日。这项限制已由（2026）豫01行终1号解除或者撤销。法院解除限制。",
        "期限恢复为公示至 2029年6月11日",
        "（印章）2026年6月21日",
    ):
        assert part in paper.replace("\n", "")
    notice, decision = (f"{case}/extensions/1/{name}" for name in ("notice", "decision"))
    assert "公示至 2029年6月11日" in seen(above, notice).main
    assert "延长到 2030年6月1日" in seen(above, decision).main
    assert above.get(f"{case}/extensions/2/notice").status_code == 404


def test_a_removal_names_the_judgment_and_bears_a_number_of_its_own(
    app: Flask, reviewer: Person, clock: StandingClock
) -> None:
    case = listed(app, reviewer, clock)
    reviewer, _ = later(app, "again")
    refused = step(reviewer, case, "remove_revoked", "2026-06-11", document="移字1号")
    assert "请填写撤销列入决定或者所依据处罚的文书" in refused.main
    said = {"document": "郑市监移〔2026〕1号", "revoked_by": "（2026）豫01行终1号"}
    step(reviewer, case, "remove_revoked", "2026-06-11", **said)
    paper = seen(reviewer, f"{case}/removal").main
    assert "已由（2026）豫01行终1号撤销" in paper
    assert "移出严重失信主体名单决定书 郑市监移〔2026〕1号" in paper


def test_who_stayed_to_the_end_gets_a_certificate(
    app: Flask, reviewer: Person, clock: StandingClock
) -> None:
    case = listed(app, reviewer, clock)
    clock.move(days=3 * 366)
    work(app)
    reviewer, _ = later(app, "again")
    page = seen(reviewer, case)
    assert "移出证明" in page.main
    certificate = seen(reviewer, f"{case}/removal")
    assert certificate.heading == "移出严重失信主体名单证明"
    assert "公示至 2029年6月11日。现期限已满，你单位已经移出" in certificate.main


def test_the_notice_on_repair_bears_the_day_of_its_decision(
    app: Flask, reviewer: Person, clock: StandingClock
) -> None:
    case = listed(app, reviewer, clock)
    clock.move(days=60)
    reviewer, _ = later(app, "again")
    notice = seen(reviewer, f"{case}/repair").main
    assert "（印章）2026年6月11日" in notice.replace("\n", "")
    assert "2026年8月10日" not in notice


def test_a_number_that_another_listing_bears_is_ticked_before_it_is_decided_on(
    app: Flask, reviewer: Person, clock: StandingClock
) -> None:
    listed(app, reviewer, clock)
    reviewer, above = later(app, "next")
    said = {"subject_name": "郑州市庚辛有限公司", "uscc": OTHER_CODE}
    case = opened(reviewer, form_key=f"{KEY}-2", facts_on="2026-06-10", **said)
    step(reviewer, case, "notice", "2026-06-11")
    step(reviewer, case, "serve", "2026-06-11")
    clock.move(days=10)
    reviewer, above = later(app, "again")
    said = {
        "penalty_number": "郑市监处罚〔2026〕9号",
        "heavy": "责令停产停业",
        "document": "郑市监列〔2026〕decide号",
    }
    page = step(reviewer, case, "decide", "2026-06-21", **said)
    assert "在名单案件第 1 号里用过" in page.main
    assert "已经核对列入决定书的文号" in page.main
    page = step(reviewer, case, "decide", "2026-06-21", **said, number_checked="1")
    assert "在名单案件第 1 号里用过" in page.main
    page = step(above, case, "confirm", "2026-06-21")
    assert "确实无误的，请勾选确认" in page.main
    page = step(above, case, "confirm", "2026-06-21", number_checked="1")
    assert "上一级已同意" in page.heading


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


def about_a_person(above: Person, number: str) -> str:
    """A case of the managers' list, on a person with that number of a document; its address."""
    return opened(
        above,
        agency="cyberspace",
        branch="network-order",
        ground="network-order",
        subject_name="欧阳某某",
        subject_type="自然人",
        uscc="",
        subject_document_number=number,
    )


def test_a_manager_is_masked_in_lists_of_cases_and_named_in_the_notice(
    app: Flask, above: Person
) -> None:
    number = invented_id_number(5)
    case = about_a_person(above, number)
    manager = signed_in(app, Role.REVIEWER, "cyberspace", name="cyberspace")
    refused = step(above, case, "notice")
    assert "告知、决定、移出和致歉由认定机关自己的人办理" in refused.main
    step(manager, case, "notice", measures="online-order-restriction")
    assert "欧阳**" in seen(above, "/bureau/listings").main
    notice = seen(above, f"{case}/notice").main
    assert "经查，你存在下列情况" in notice
    assert "欧阳某某" in notice
    assert "总局令第44号" not in notice
    for path in (case, f"{case}/notice", "/bureau/listings"):
        assert number not in above.get(path).text
    with app.app_context():
        (found,) = db.session().query(ListingCase)
        assert found.subject_name == "欧阳**"
