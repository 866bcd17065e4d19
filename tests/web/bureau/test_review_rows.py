"""What the reviewer sees of a row: private matters, changes, duplicates, the rule, the notice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from flask import Flask

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import AuditEvent, Record
from tests.domain.penalty_rows import CLEAN, LEGAL, LIST, OLD, PERSON, invented_uscc
from tests.support.people import Person, signed_in
from tests.support.personal_numbers import invented_id_number
from tests.support.sites import StandingClock
from tests.support.uploads import Row, decision, number_of, table, upload, work
from tests.web.bureau.test_reviews import handed_in, people, published

__all__ = ["people"]


@pytest.mark.parametrize(
    "facts",
    [
        f"联系电话{139 * 10**8}，销售白酒。",
        "家住某区某路1号院3号楼2单元501室。",
        f"账号{6222 * 10**12}。",
    ],
)
def test_what_looks_personal_must_be_cleared_row_by_row(
    app: Flask, people: tuple[Person, Person], facts: str
) -> None:
    address = handed_in(app, people[0], [decision(1), decision(2, violation_facts=facts)])
    people[1].post(f"{address}/publish")
    assert "请先确认" in people[1].get(f"{address}/review").text
    people[1].post(f"{address}/rows/3/clear")
    people[1].post(f"{address}/publish")
    work(app)
    assert "已经发布 2 行" in people[1].get(address).text


def test_a_change_is_shown_field_by_field(app: Flask, people: tuple[Person, Person]) -> None:
    published(app, people, [decision(1)])
    address = handed_in(
        app, people[0], [decision(1, penalty_content="罚款人民币2万元", fine_yuan="2")]
    )
    page = people[1].get(f"{address}/review").text
    assert "<del>罚款人民币10000元</del>" in page
    assert "<ins>罚款人民币2万元</ins>" in page
    assert "变更" in page
    people[1].post(f"{address}/publish")
    work(app)
    with app.app_context():
        assert db.session().query(Record).one().amount_fen == 2_000_000


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"decision_number": "郑市监处罚〔2026〕001号"}, "同一当事人、同一天，文号只差一点"),
        ({"decision_number": "郑市监罚〔2026〕1号", "decision_date": "2026-05-07"}, "文号只差一点"),
        (
            {"decision_number": "郑市监处罚〔2026〕88号", "decision_date": "2026-05-07"},
            "事实几乎相同",
        ),
        ({"uscc": invented_uscc(9), "counterparty_name": "某某公司"}, "文号相同，当事人不同"),
    ],
)
def test_what_is_nearly_the_same_decision_is_flagged_with_the_reason(
    app: Flask, people: tuple[Person, Person], changes: Mapping[str, str], why: str
) -> None:
    published(app, people, [decision(1)])
    address = handed_in(app, people[0], [decision(1, **changes)])
    page = people[1].get(f"{address}/review").text
    assert "可能重复（" in page
    assert why in page


def test_another_decision_against_the_same_company_is_no_duplicate(
    app: Flask, people: tuple[Person, Person]
) -> None:
    published(app, people, [decision(1)])
    other = {"violation_facts": "未按规定标注配料，货值五百元，责令改正后仍未改正。"}
    number = {"decision_number": "郑市监处罚〔2026〕2号", "decision_date": "2026-05-08"}
    address = handed_in(app, people[0], [decision(1, **other, **number)])
    assert "可能重复" not in people[1].get(f"{address}/review").text


def test_the_same_decision_twice_on_the_desk_is_flagged(
    app: Flask, people: tuple[Person, Person]
) -> None:
    first = handed_in(app, people[0], [decision(1)])
    twins = [decision(1, remarks="再报"), decision(1, decision_number="郑市监处罚〔2026〕5号")]
    second = handed_in(app, people[0], twins)
    page = people[1].get(f"{second}/review").text
    assert f'<a href="{first}">另一份报送</a>里（第 2 行）' in page
    assert "与第 3 行是同一当事人、同一天" in page


def test_what_looks_private_is_marked_where_it_stands(
    app: Flask, people: tuple[Person, Person]
) -> None:
    facts = f"联系电话{139 * 10**8}，销售白酒。"
    address = handed_in(app, people[0], [decision(1, violation_facts=facts)])
    assert f"<mark>{139 * 10**8}</mark>" in people[1].get(f"{address}/review").text


def test_the_rule_behind_severity_and_window_is_shown(
    app: Flask, people: tuple[Person, Person]
) -> None:
    row = decision(1, penalty_types="罚款;警告")
    address = handed_in(app, people[0], [row])
    page = people[1].get(f"{address}/review").text
    assert "罚款 1万元：一般（3,000元以上为一般，200万元以上为严重）；警告：轻微" in page
    assert "公示 3 至 12 个月" in page
    people[1].post(f"{address}/rows/2/severity", severity="serious", reason="造成人身伤害")
    page = people[1].get(f"{address}/review").text
    assert "按规则应为“一般”，审核时已改为“严重”" in page


def test_the_severity_is_overruled_with_a_reason_and_the_window_follows(
    app: Flask, people: tuple[Person, Person]
) -> None:
    address = handed_in(app, people[0], [decision(1)])
    people[1].post(f"{address}/rows/2/severity", severity="serious", reason="造成人身伤害")
    assert "2029年5月6日" in people[1].get(f"{address}/review").text
    people[1].post(f"{address}/publish")
    work(app)
    with app.app_context():
        record = db.session().query(Record).one()
        assert (record.severity, record.publication_end) == ("serious", date(2029, 5, 6))
        (event,) = db.session().query(AuditEvent).filter_by(action="overrule_severity")
        assert "造成人身伤害" in event.details


def test_a_decision_found_minor_is_shown_for_as_long_as_the_rule_of_its_bureau_says(
    app: Flask, people: tuple[Person, Person]
) -> None:
    address = handed_in(app, people[0], [decision(1)])
    people[1].post(f"{address}/rows/2/severity", severity="minor", reason="首违轻微")
    people[1].post(f"{address}/publish")
    work(app)
    with app.app_context():
        record = db.session().query(Record).one()
        assert (record.severity, record.publication_end) == ("minor", date(2026, 8, 6))


MINOR: Row = {
    **CLEAN[PERSON],
    "counterparty_document_type": "身份证",
    "counterparty_document_number": invented_id_number(born="20130101"),
}
WARNING = decision(1, penalty_types="警告", penalty_content="警告", fine_yuan="")
INTERNAL: Row = {**CLEAN[OLD], "use_scope": "1", "decision_date": "2026-05-06"}


@pytest.mark.parametrize(
    ("layout", "row", "why"),
    [
        (PERSON, MINOR, "未成年人"),
        (LEGAL, WARNING, "单处警告"),
        (OLD, INTERNAL, "信息使用范围"),
    ],
)
def test_no_severity_publishes_what_must_never_be_published(
    app: Flask, people: tuple[Person, Person], layout: str, row: Row, why: str
) -> None:
    number = number_of(upload(people[0], table([row], layout)))
    work(app)
    address = f"/bureau/submissions/{number}"
    people[0].post(f"{address}/hand-in")
    page = people[1].get(f"{address}/review").text
    assert why in page
    assert "改失信程度" not in page
    told = people[1].post(f"{address}/rows/2/severity", severity="serious", reason="情节严重")
    assert "改程度也不能公示" in told.text
    people[1].post(f"{address}/publish")
    work(app)
    with app.app_context():
        assert not db.session().query(Record).count()


def test_a_reviewer_decides_on_the_words_that_were_read_and_on_no_others(
    app: Flask, people: tuple[Person, Person], clock: StandingClock
) -> None:
    clerk, reviewer = people
    address = handed_in(app, clerk, [decision(1, violation_facts=f"联系电话{139 * 10**8}，售酒。")])
    read = reviewer.seen(address)
    clerk.post(f"{address}/withdraw")
    row = clerk.get(f"{address}/rows/2").text
    assert "售酒" in row
    clock.move(minutes=1)
    clerk.post(f"{address}/hand-in")
    for deed, more in (
        ("rows/2/clear", {}),
        ("rows/2/hold", {"reason": "核对"}),
        ("rows/2/severity", {"severity": "serious", "reason": "情节严重"}),
        ("send-back", {"reason": "请改"}),
        ("publish", {}),
    ):
        answer = reviewer.post(f"{address}/{deed}", seen=read, **more)
        told = answer.text + reviewer.get(f"{address}/review").text
        assert "撤回改过又重新提交了" in told, deed
    reviewer.post(f"{address}/publish", seen="")
    work(app)
    with app.app_context():
        assert not db.session().query(Record).count()
    reviewer.post(f"{address}/rows/2/clear")
    reviewer.post(f"{address}/publish")
    work(app)
    with app.app_context():
        assert db.session().query(Record).count() == 1


def test_what_a_colleague_decided_meanwhile_is_looked_at_before_it_is_published(
    app: Flask, people: tuple[Person, Person]
) -> None:
    clerk, reviewer = people
    address = handed_in(app, clerk, [decision(1), decision(2)])
    read = reviewer.seen(address)
    colleague = signed_in(app, Role.REVIEWER, "market-supervision", "colleague")
    colleague.post(f"{address}/rows/2/severity", severity="serious", reason="情节严重")
    reviewer.post(f"{address}/rows/3/hold", seen=read, reason="核对文号")
    reviewer.post(f"{address}/publish", seen=read)
    assert "又有人在这份报送上办理过" in reviewer.get(f"{address}/review").text
    reviewer.post(f"{address}/publish")
    work(app)
    with app.app_context():
        assert db.session().query(Record).one().severity == "serious"


def test_the_repair_notice_says_how_long_and_how_to_get_off(
    app: Flask, people: tuple[Person, Person]
) -> None:
    address = handed_in(app, people[0], [decision(1)])
    page = people[1].get(f"{address}/rows/2/notice").text
    assert "信用修复告知书" in page
    assert "公示满 3 个月" in page
    assert "自 2026年8月6日起" in page
    assert "2027年5月6日" in page
    assert "自提出申请之日起 10 个工作日内答复" in page


def test_the_notice_is_to_be_had_as_long_as_the_record_is_public(
    app: Flask, people: tuple[Person, Person]
) -> None:
    published(app, people, [decision(1)])
    assert "/bureau/records/1/notice" in people[0].get("/bureau/records/1").text
    page = people[0].get("/bureau/records/1/notice")
    assert "信用修复告知书" in page.text
    assert "2027年5月6日" in page.text
    ground = {"reason": "公示有误", "document": "核查记录", "day": "2026-05-20", "why": "error"}
    people[1].post("/bureau/records/1/end", **ground)
    assert people[0].get("/bureau/records/1/notice").status_code == 404
    assert "/bureau/records/1/notice" not in people[0].get("/bureau/records/1").text


def test_the_notice_calls_a_person_by_the_whole_name_and_shows_no_number(
    app: Flask, people: tuple[Person, Person]
) -> None:
    number = number_of(upload(people[0], table([CLEAN[PERSON]], PERSON)))
    work(app)
    address = f"/bureau/submissions/{number}"
    people[0].post(f"{address}/hand-in")
    assert "欧阳某某：" in people[1].get(f"{address}/rows/2/notice").text
    assert "X0000001" not in people[1].get(f"{address}/rows/2/notice").text
    assert "欧阳某某" not in people[1].get(f"{address}/review").text


def test_a_listing_has_its_notice_too(app: Flask, people: tuple[Person, Person]) -> None:
    number = number_of(upload(people[0], table([CLEAN[LIST]], LIST)))
    work(app)
    page = people[1].get(f"/bureau/submissions/{number}/rows/2/notice").text
    assert "失信主体名单信息信用修复告知书" in page
    assert "列入满 12 个月" in page
