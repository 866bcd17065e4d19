"""The desk's page of a record: how grave, until when and why, and by whose hands it came."""

from __future__ import annotations

import re

from flask import Flask

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import DirectPublication
from tests.support.people import Person, signed_in
from tests.support.sites import StandingClock
from tests.support.uploads import checked, decision, published, table, work
from tests.web.bureau.test_keys import key, send
from tests.web.bureau.test_listing_papers import listed as listed_by_case
from tests.web.bureau.test_listings import later, seen
from tests.web.conftest import Publish
from tests.web.invented import listed

__all__ = ["key"]


def said(person: Person, address: str) -> dict[str, str]:
    """What the page says of period and origin, by title; without markup."""
    page = person.get(address).text
    part = page.split("<h2>公示期限和来源</h2>")[1].split("</dl>")[0]
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", part, re.DOTALL)
    return {title: re.sub(r"<.*?>", "", text) for title, text in found}


def test_severity_last_day_and_the_rule_are_on_the_page(reviewer: Person, record: str) -> None:
    found = said(reviewer, record)
    assert found["失信程度"] == "一般（划分的规则）"
    assert found["最后公示日"] == "2027年5月6日（含当日），自 2026年5月6日起算"
    assert "公示 3 至 12 个月" in found["期限的依据"]


def test_who_uploaded_and_who_published_stand_with_file_row_and_moment(
    app: Flask, clerk: Person, reviewer: Person, record: str
) -> None:
    auditor = signed_in(app, Role.AUDITOR)
    for person in (clerk, reviewer, auditor):
        found = said(person, record)
        assert found["报送"] == (
            "六月.csv，第 2 行，2026年6月1日 10:00 由clerk-market-supervision上传"
        )
        assert found["发布"] == "2026年6月1日 10:00 由reviewer-market-supervision发布"
    assert 'href="/bureau/submissions/1"' in clerk.get(record).text


def test_each_part_of_a_file_names_who_let_it_out(
    app: Flask, clerk: Person, reviewer: Person, clock: StandingClock
) -> None:
    number = checked(app, clerk, [decision(1), decision(2)])
    address = f"/bureau/submissions/{number}"
    clerk.post(f"{address}/hand-in")
    reviewer.post(f"{address}/rows/3/hold", reason="请核对日期")
    reviewer.post(f"{address}/publish")
    work(app)
    clock.move(minutes=10)
    clerk.post(f"{address}/rows/3")
    clerk.post(f"{address}/hand-in")
    colleague = signed_in(app, Role.REVIEWER, "market-supervision", name="colleague")
    colleague.post(f"{address}/publish")
    work(app)
    assert "10:00 由reviewer-market-supervision发布" in said(clerk, "/bureau/records/1")["发布"]
    second = said(clerk, "/bureau/records/2")
    assert "第 3 行" in second["报送"]
    assert "10:10 由colleague发布" in second["发布"]


def test_a_later_file_that_changed_the_record_is_named_with_the_first_publication(
    app: Flask, clerk: Person, reviewer: Person, record: str, clock: StandingClock
) -> None:
    clock.move(minutes=20)
    facts = {"violation_facts": "销售白酒21瓶。"}
    assert published(app, clerk, reviewer, decision(1, **facts)) == record
    found = said(clerk, record)
    assert "10:20 由clerk-market-supervision上传" in found["报送"]
    assert found["发布"] == (
        "2026年6月1日 10:20 由reviewer-market-supervision发布；"
        "以前的内容 2026年6月1日 10:00 首次公示"
    )


def test_a_correction_on_the_desk_leaves_it_to_the_history_who_made_it(
    app: Flask, reviewer: Person, record: str, clock: StandingClock
) -> None:
    before = said(reviewer, record)
    clock.move(minutes=5)
    ground = {"reason": "笔误", "document": "更正通知书〔2026〕1号", "day": "2026-05-29"}
    reviewer.post(f"{record}/correct", cell13="销售白酒21瓶。", **ground)
    assert said(reviewer, record) == before


def test_what_a_machine_published_names_its_key(app: Flask, reviewer: Person, key: str) -> None:
    office = signed_in(app, Role.CREDIT_OFFICE)
    office.post("/bureau/direct/grant", agency="market-supervision")
    with app.app_context():
        assert db.session().query(DirectPublication).count() == 1
    assert send(app, key, table([decision(1)])).status_code == 202
    work(app)
    found = said(reviewer, "/bureau/records/1")
    assert "由接口“" in found["报送"]
    assert "由接口“" in found["发布"]


def test_what_ends_with_its_source_has_no_fixed_day(reviewer: Person, publish: Publish) -> None:
    elsewhere = {"severity": "", "publication_end": None}
    publish(listed(1, "published-elsewhere", agency="market-supervision", **elsewhere))
    found = said(reviewer, "/bureau/records/1")
    assert "失信程度" not in found
    assert found["最后公示日"].startswith("没有固定的日期，以原公布单位的名单为准")


def test_an_entry_of_a_case_leads_to_it_and_to_who_published_it(
    app: Flask, reviewer: Person, clock: StandingClock
) -> None:
    case = listed_by_case(app, reviewer, clock)
    reviewer, _ = later(app, "next")
    number = seen(reviewer, case).link("公开的页面")
    page = seen(reviewer, f"/bureau{number}")
    assert "由谁公示见下面的办理经过" in page.main
    assert page.link("列入名单的案件") == case
    assert "公示列入信息，文书：郑市监列〔2026〕publish号（2026-06-11）" in page.main


def test_another_bureau_is_not_told_that_it_is_there(stranger: Person, record: str) -> None:
    assert stranger.get(record).status_code == 404
