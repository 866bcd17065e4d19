from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import vault
from credit_site.services.publication import EndReason, end_record
from tests.support.entries import CODE, penalty, saying
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.invented import SEALED, full_penalty, listed, person
from tests.web.pages import CheckingClient

REASONS = {
    EndReason.EXPIRED: "公示期届满",
    EndReason.REPAIRED: "信用修复",
    EndReason.REVOKED: "处罚决定被撤销、变更或者确认违法、无效",
    EndReason.CORRECTED: "信息更正",
    EndReason.ERROR: "公示有误",
}


@pytest.mark.parametrize("register", ["penalty", "serious_dishonesty"])
def test_every_public_field_is_shown_in_the_register_s_order(
    pages: CheckingClient, publish: Publish, register: str
) -> None:
    publish(full_penalty(1) if register == "penalty" else listed(1))
    titles = [field.title for field in load_rulebook().registers[register].public_fields]
    shown = pages.get("/records/1").texts("dt")
    # Behind a term stands what it means, shown to whoever points at it.
    assert len(shown) == len(titles)
    for text, title in zip(shown, titles, strict=True):
        assert text.startswith(title)


def test_a_number_is_written_in_one_way_alone(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    for path in ("/records/{}", "/records/{}/proof.json", "/ledger/{}", "/api/v1/records/{}"):
        statuses = [client.get(path.format(number)).status_code for number in ("1", "01", "0001")]
        assert statuses == [200, 404, 404], path


def test_no_sealed_value_is_on_the_page(pages: CheckingClient, publish: Publish) -> None:
    publish(full_penalty(1), person(2))
    for number in (1, 2):
        html = pages.get(f"/records/{number}").html
        assert not [value for value in (*SEALED.values(), "欧阳某某") if value in html]


def test_the_record_is_told_in_one_sentence(pages: CheckingClient, publish: Publish) -> None:
    publish(saying(penalty(1), violation_type="销售侵犯注册商标专用权的商品"))
    sentence = (
        "2026年5月6日，郑州市市场监督管理局因销售侵犯注册商标专用权的商品，"
        "对郑州某某食品有限公司处以罚款1万元。"
    )
    page = pages.get("/records/1")
    assert page.texts("p", class_="sentence") == [sentence]
    assert page.one("meta", name="description").get("content") == sentence


def test_the_page_says_until_when_the_record_is_shown_and_why(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(penalty(1))
    page = pages.get("/records/1")
    assert "公示至2027年5月6日（含当日），期满自动停止" in page.main
    assert page.texts("ul", class_="basis")


def test_it_leads_to_the_company_its_bureau_and_feeds(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(penalty(1))
    links = set(pages.get("/records/1").links())
    company = f"/companies/{CODE}"
    assert {company, "/agencies/market-supervision", f"/feeds{company}.atom"} <= links


def test_a_correction_is_told_with_the_titles_of_the_changed_fields(
    pages: CheckingClient, publish: Publish, clock: StandingClock
) -> None:
    publish(penalty(1))
    clock.move(days=1)
    publish(saying(penalty(1), violation_facts="更正后的事实"))
    page = pages.get("/records/1")
    history = page.texts("ol", class_="history")[0]
    assert "2026年6月2日 10:00 更正：违法事实" in history
    assert "公示要素" not in history
    assert "更正后的事实" in page.main
    assert "销售侵犯注册商标专用权的商品" not in page.main


def test_an_entry_of_a_list_is_marked_with_the_list_s_name(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(listed(1))
    page = pages.get("/records/1")
    assert "严重失信主体名单" in page.texts("span", class_="tag-serious")
    assert page.all("article", class_="document-serious")


def test_a_name_is_text_and_never_markup(pages: CheckingClient, publish: Publish) -> None:
    name = "<script>alert(1)</script>\"'&食品"
    publish(replace(saying(penalty(1), counterparty_name=name), subject_name=name))
    for path in ("/records/1", f"/companies/{CODE}", "/search?q=食品", "/"):
        assert name in pages.get(path).main


@pytest.mark.parametrize("reason", REASONS)
def test_an_ended_record_leaves_a_neutral_notice_without_its_content(
    pages: CheckingClient,
    publish: Publish,
    session: Session,
    clock: StandingClock,
    reason: EndReason,
) -> None:
    entry = full_penalty(1)
    publish(entry)
    end_record(session, vault(), 1, reason, "clerk", clock.now())
    page = pages.get("/records/1", status=410)
    assert f"编号 1 的信息自 2026年6月1日起不再公示，原因：{REASONS[reason]}。" in page.main
    assert page.one("meta", name="robots").get("content") == "noindex"
    told = [str(value) for value in entry.content.values() if isinstance(value, str)]
    assert not [value for value in told if value in page.html]


def test_after_its_last_day_a_record_is_gone_without_anybody_acting(
    pages: CheckingClient, publish: Publish, clock: StandingClock
) -> None:
    publish(replace(penalty(1), publication_end=clock.today()))
    pages.get("/records/1")
    clock.move(days=1)
    page = pages.get("/records/1", status=410)
    assert "自 2026年6月2日起不再公示，原因：公示期届满" in page.main
    assert "郑州某某食品有限公司" not in page.html


def test_a_record_whose_publication_has_not_begun_does_not_exist_yet(
    pages: CheckingClient, publish: Publish, clock: StandingClock
) -> None:
    tomorrow = clock.today().replace(day=2)
    publish(replace(penalty(1), publication_start=tomorrow))
    pages.get("/records/1", status=404)
    clock.move(days=1)
    pages.get("/records/1")


@pytest.mark.parametrize("number", ["0", "2", "9" * 30, "-1", "1.5", "一"])
def test_a_number_nobody_gave_out_is_not_found(
    pages: CheckingClient, publish: Publish, number: str
) -> None:
    publish(penalty(1))
    assert "没有找到这一页" in pages.get(f"/records/{number}", status=404).heading


def test_the_page_can_be_cited_by_its_lasting_address(
    pages: CheckingClient, publish: Publish, client: FlaskClient
) -> None:
    publish(penalty(1))
    page = pages.get("/records/1?from=elsewhere")
    assert page.one("link", rel="canonical").get("href") == "https://credit.example/records/1"
    assert page.one("link", rel="cite-as").get("href") == "https://credit.example/records/1"
    assert "永久链接：https://credit.example/records/1。公示编号 1，现为第 1 版。" in page.main


@pytest.mark.parametrize(
    ("name", "branch", "said", "unsaid"),
    [
        (
            "trustworthy",
            "trustworthy",
            ("守信名单", "守信事实", "激励措施", "通称“红名单”", "本项目所拟"),
            ("失信", "黑名单", "惩戒措施", "第44号", "信用修复", "申请移出"),
        ),
        ("watch", "", ("重点关注名单", "管理措施", "知识产权信用管理规定"), ("惩戒措施", "第44号")),
        (
            "serious-dishonesty",
            "market-supervision",
            ("失信名单", "惩戒措施", "第44号"),
            ("守信", "激励"),
        ),
        ("serious-dishonesty", "culture-market", ("文化和旅游部令第7号",), ("第44号",)),
    ],
)
def test_who_stands_on_a_list_is_shown_in_the_words_of_that_list(
    pages: CheckingClient,
    publish: Publish,
    name: str,
    branch: str,
    said: tuple[str, ...],
    unsaid: tuple[str, ...],
) -> None:
    entry = listed(1, name)
    content: dict[str, JsonValue] = {
        "subject_name": "郑州某某食品有限公司",
        "list": name,
        "branch": branch,
        "facts": "按时履行",
        "measures": "绿色通道",
    }
    publish(replace(entry, content=content, rule=f"list_periods/2000-01-01/{name}"))
    page = pages.get("/records/1")
    for words in said:
        assert words in page.main, words
    for words in unsaid:
        assert words not in page.main.replace("在有效期内发生失信行为的", ""), words


def test_a_listing_that_was_revoked_is_not_told_as_a_penalty_that_was(
    session: Session, client: FlaskClient, publish: Publish, clock: StandingClock
) -> None:
    publish(listed(1))
    end_record(session, vault(), 1, EndReason.REVOKED, "clerk", clock.now())
    said = "原因：列入决定被撤销。"
    assert said in client.get("/records/1").text
    assert said in client.get("/api/v1/records/1").get_json()["detail"]
